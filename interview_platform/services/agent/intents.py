"""What an utterance is: an answer, a request, a question back, a correction, or something else beside the answer.

Pure and fast. When in doubt it is an answer: words that are taken for something else would be lost to the judge. An
answer that ends in a question keeps the answer, and the question is served too (`Reading.aside`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from interview_platform.services.agent import intents_asides as asides
from interview_platform.services.agent import intents_language as language
from interview_platform.services.agent import intents_orders as orders
from interview_platform.services.agent import intents_questions as questions
from interview_platform.services.agent import intents_requests as requests
from interview_platform.services.agent.intents_plain import plain, sentences, silent

Intent = Literal[
    "answer",
    "answered",  # "I already told you"
    "dont_know",
    "repeat",
    "rephrase",
    "moment",
    "skip",
    "end",
    "yes",
    "no",
    "unheard",
    "question",  # about the job, the employer, the process
    "clarify",  # about the question that is open
    "correction",
    "go_back",  # wants to return to an earlier question
    "off_topic",
    "insult",
    "complaint",
    "distress",
    "nervous",
    "accommodation",
    "other_language",
    "instruct",
    "score",
    "unsure",  # talk to the agent that no rule and no example makes clear (intents_nearest)
    "off_question",  # tells something, but nothing that the question asks for (intents_nearest)
]
_FIRST: tuple[Intent, ...] = (
    "distress",
    "end",
    "accommodation",
    "instruct",
    "complaint",
    "insult",
    "correction",
    "go_back",
    "score",
    "question",
    "clarify",
    "off_topic",
    "rephrase",
    "repeat",
    "skip",
    "moment",
    "nervous",
    "dont_know",
    "answered",
)
"""Which one counts when an utterance holds several."""
_BESIDE_AN_ANSWER = frozenset(
    {"question", "correction", "score", "instruct", "distress", "accommodation", "insult", "end"}
)
MIN_ANSWER_WORDS = 4
"""Fewer words beside a request are no answer of their own."""
MIN_FULL_ANSWER_WORDS = 8
"""Beside so many, rude words are not answered."""
MOST_ASIDE_WORDS = 60
MOST_BEFORE = 9
MIN_CORRECTION_WORDS = 14
_COULD_YOU = re.compile(r"\b(?:could|can|would) (?:you|i|we)\b")


@dataclass(frozen=True)
class Reading:
    """What an utterance is. `aside` is what stands beside an answer, or the request itself, in the speaker's words."""

    intent: Intent
    rest: str = ""  # the words that answer
    aside: str = ""  # the words that ask, correct or say something else
    beside: Intent | None = None  # what `aside` is, next to an answer
    asked: tuple[str, ...] = ()  # each question back, a sentence each
    near: bool = False  # read by the nearest examples alone: too unsure to end an interview by itself


def read(text: str, ending: bool = False, inviting: bool = False) -> Reading:
    """What the utterance is.

    `ending`: the agent has just asked how or whether to go on, so that `yes` and `no` are read. `inviting`: it has
    asked whether there are questions, so that `no` is read and any question counts.
    """
    if silent(text):
        return Reading("unheard")
    words = plain(text)
    if ending and (said := requests.confirmation(words)):
        return Reading(cast(Intent, said), aside=text)
    if inviting and requests.no_questions(words):
        return Reading("no", aside=text)
    if inviting and requests.confirmation(words) == "yes":
        return Reading("yes", aside=text)
    if whole := requests.request(words):
        return Reading(cast(Intent, whole), rest=text if whole in {"dont_know", "answered"} else "", aside=text)
    if language.foreign(text) or language.asks_for(words):
        return Reading("other_language", aside=text)
    return _by_sentences(text, inviting)


def _by_sentences(text: str, inviting: bool) -> Reading:
    said = [sentence for sentence in sentences(text) if not silent(sentence)]
    kinds = _kinds(said, inviting)
    if "distress" in kinds:  # what stands beside it in the same breath is no answer either
        kinds = [
            "polite" if kind == "answer" and asides.grieves(plain(s)) else kind
            for s, kind in zip(said, kinds, strict=True)
        ]
    if not any(kind in ("answer", "condition") for kind in kinds):
        return _aside(text, said, kinds)
    return _mixed(text, said, kinds, inviting)


def _kinds(said: Sequence[str], inviting: bool) -> list[str]:
    """Of each sentence: an intent, "polite" (belongs to either side), "condition", or "answer"."""
    found: list[str] = []
    for number, sentence in enumerate(said):
        before = plain(said[number - 1]) if number else ""
        found.append(_kind(sentence, before, len(said) <= 2, inviting, len(said) == 1))
    return found


def _kind(sentence: str, before: str, alone: bool, inviting: bool, alone_in_text: bool) -> str:
    words = plain(sentence)
    if orders.speaks_as_system(sentence):
        return "instruct"
    if requests.polite(words) or questions.check_back(words):
        return "polite"
    if asked_for := requests.request(words) or _last_words(words) or _in_parts(sentence):
        return asked_for
    if requests.refusal_with_reason(sentence):
        return "skip"
    if not alone_in_text and language.foreign(sentence):
        return "polite"  # a few words in one's own language, then English
    if beside := _beside(words, alone, questions.asks(sentence, words)):
        return beside
    if questions.asks(sentence, words) and not questions.told_of(before):
        if questions.clarifies(words) and not inviting:
            return "clarify"
        return "off_topic" if asides.off_topic(words) else "question"
    if asides.off_topic(words):
        return "off_topic"
    return "condition" if asides.condition(words) else "answer"


def _in_parts(sentence: str) -> str:
    """Requests and politeness with commas between: "that's a good question, let me think for a moment"."""
    parts = [plain(part) for part in sentence.split(",") if part.strip()]
    found = [requests.request(part) for part in parts]
    whole = all(kind or requests.polite(part) for kind, part in zip(found, parts, strict=True))
    return next((kind for kind in reversed(found) if kind), "") if whole and len(parts) > 1 else ""


def _last_words(words: str) -> str:
    """A request that ends a short sentence without a full stop: "you broke up a bit there could you repeat"."""
    found = _COULD_YOU.search(words)
    if found is None or len(words[: found.start()].split()) > MOST_BEFORE or questions.told_of(words[: found.start()]):
        return ""
    asked_for = requests.request(words[found.start() :])
    return asked_for if asked_for in {"repeat", "rephrase", "moment", "skip"} else ""


def _beside(words: str, alone: bool, asked: bool) -> str:
    """What a sentence says beside the answer, other than asking; empty when it is none of these."""
    if asides.distress(words) and (alone or len(words.split()) <= 18):
        return "distress"
    if asides.nervous(words):
        return "nervous"
    if orders.instruct(words):
        return "instruct"
    if asides.accommodation(words, alone, asked):
        return "accommodation"
    if questions.corrects(words):
        return "correction"
    if questions.goes_back(words):
        return "go_back"
    if orders.score(words):
        return "score"
    if asides.insult(words):
        return "insult"
    return "complaint" if asides.complaint(words) else ""


def _aside(text: str, said: Sequence[str], kinds: Sequence[str]) -> Reading:
    """Nothing answers."""
    found = [kind for kind in kinds if kind != "polite"]
    if not found:
        return Reading("moment", aside=text) if requests.fills_time(plain(text)) else Reading("answer", rest=text)
    intent: Intent = next((kind for kind in _FIRST if kind in found), "answer")
    if intent == "go_back" and len(text.split()) >= MIN_CORRECTION_WORDS:
        intent = "correction"  # it says at once what is to be added
    asked = tuple(s for s, kind in zip(said, kinds, strict=True) if kind == "question")
    if intent in {"dont_know", "answered"}:
        return Reading(intent, rest=text, aside=text)
    return Reading(intent, aside=text, asked=asked)


def _mixed(text: str, said: Sequence[str], kinds: Sequence[str], inviting: bool) -> Reading:
    """Some of it answers: that part is kept, and what stands beside it is served where it is surely meant so."""
    if "correction" in kinds or "go_back" in kinds:
        return _correcting(text, said, kinds)
    sure = [_surely(number, said, kinds, inviting) for number in range(len(said))]
    beside = next((kind for kind in _FIRST if kind in {k for k, s in zip(kinds, sure, strict=True) if s}), None)
    if beside is None:
        return Reading("answer", rest=text)
    asked = [s for s, kind, meant in zip(said, kinds, sure, strict=True) if meant and kind == beside]
    rest = " ".join(s for s, meant in zip(said, sure, strict=True) if not meant)
    whole = tuple(asked) if beside == "question" else ()
    if _hardly_any(said, kinds, sure):
        return Reading(beside, aside=text, asked=whole)
    return Reading("answer", rest=rest, aside=" ".join(asked), beside=beside, asked=whole)


def _surely(number: int, said: Sequence[str], kinds: Sequence[str], inviting: bool) -> bool:
    """Whether the sentence is meant for the agent and is no part of what is told."""
    kind, words = kinds[number], plain(said[number])
    if kind not in _BESIDE_AN_ANSWER or len(words.split()) > MOST_ASIDE_WORDS:
        return False
    if kind == "question":
        last = all(k not in ("answer", "condition") for k in kinds[number + 1 :])
        aside = questions.turns_aside(words)
        return inviting or aside or (questions.about_the_job(words) and (last or "your" in words.split()))
    if kind == "insult":  # beside a full answer it is let pass
        told = sum(len(said[n].split()) for n, k in enumerate(kinds) if k in ("answer", "condition"))
        return told < MIN_FULL_ANSWER_WORDS and asides.aimed(words)
    if kind in ("score", "end"):
        return all(k not in ("answer", "condition") for k in kinds[number + 1 :])
    return True


def _hardly_any(said: Sequence[str], kinds: Sequence[str], sure: Sequence[bool]) -> bool:
    """Whether the part that answers is only a few words around the request."""
    left = [plain(s) for s, kind, meant in zip(said, kinds, sure, strict=True) if not meant and kind != "polite"]
    return sum(len(words.split()) for words in left) < MIN_ANSWER_WORDS


def _correcting(text: str, said: Sequence[str], kinds: Sequence[str]) -> Reading:
    """A correction takes the sentences after it along; what stood before it, if it is enough, is the answer."""
    first = next(number for number, kind in enumerate(kinds) if kind in ("correction", "go_back"))
    before = [s for s, kind in zip(said[:first], kinds[:first], strict=True) if kind != "polite"]
    if sum(len(plain(s).split()) for s in before) < MIN_ANSWER_WORDS:
        whole = "correction" in kinds or len(said) > first + 1 or len(text.split()) >= MIN_CORRECTION_WORDS
        kind = "correction" if whole else "go_back"
        return Reading(cast(Intent, kind), aside=text)
    return Reading("answer", rest=" ".join(before), aside=" ".join(said[first:]), beside="correction")
