"""A second look at what the rules call an answer: short utterances are read by their nearest labelled examples.

The examples stand in rag_data/utterances.yaml with real answers as the counter-class. An utterance becomes something
else than an answer only where its nearest examples beat the nearest answers by a margin, and where it neither tells a
deed nor speaks of the open question. What closes a question (skip, not knowing) needs more than what only asks back.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import yaml
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from interview_platform.services.agent import intents
from interview_platform.services.agent import intents_signs as signs
from interview_platform.services.agent.answer_signs import points_back
from interview_platform.services.agent.bank import RAG_DATA
from interview_platform.services.agent.intents import MIN_ANSWER_WORDS, Intent, Reading
from interview_platform.services.agent.intents_plain import plain, sentences
from interview_platform.services.agent.intents_questions import about_the_job
from interview_platform.services.scoring.sentences import content

Vectors = NDArray[np.float32]


class Reader(Protocol):
    """Looks again at what was said, and tells how near sentences are to one another."""

    def __call__(
        self, text: str, read: Reading, question: str = "", points: Sequence[str] = (), told: Sequence[str] = ()
    ) -> Reading:
        """The reading that counts. `read`: by the rules; `told`: what was answered before, if a follow-up is open."""
        ...

    def likeness(self, one: str, others: Sequence[str]) -> list[float]:
        """Cosines."""
        ...


MOST_WORDS = 30
NEAREST = (0.5, 0.3, 0.2)
"""Weights of an intent's nearest, second and third nearest example."""
_BARS: dict[str, tuple[float, float]] = {
    "end": (0.30, 0.03),
    "repeat": (0.36, 0.04),
    "rephrase": (0.38, 0.06),
    "moment": (0.38, 0.04),
    "distress": (0.43, 0.08),
    "nervous": (0.40, 0.07),
    "complaint": (0.40, 0.06),
    "insult": (0.43, 0.10),
    "score": (0.41, 0.08),
    "question": (0.43, 0.08),
    "clarify": (0.43, 0.08),
    "accommodation": (0.40, 0.10),
    "instruct": (0.38, 0.05),
    "answered": (0.44, 0.08),
    "dont_know": (0.48, 0.12),
    "skip": (0.42, 0.10),
    "off_topic": (0.40, 0.10),
    "correction": (0.38, 0.00),
}
"""By intent: the least nearness, and by how much it must beat the nearest answers."""
_ABOUT_TALK = frozenset(content("question questions answer answers example thread word words interview point moment"))
"""Words of content that say nothing of what a question is about."""
_AT_THE_END = frozenset({"repeat", "rephrase", "moment", "end"})
"""Requests that count where they end a short utterance that tells nothing."""
_CLOSING = frozenset({"skip", "dont_know"})
MIN_CLOSING_WORDS = 3
"""Two words alone close no question, unless the rules know them."""
_REREAD = frozenset({"question", "clarify"})
_ASKED_FOR = frozenset({"skip", "rephrase", "repeat", "moment", "score", "off_topic", "end", "complaint", "insult"})
_CLEARLY = 0.08
"""By how much a request must beat what the rules read in a question."""
_SHARING = 0.08
"""How much higher both bars are where a word of content is shared with the question."""
_UNSURE = 0.06
"""Talk that beats the answers by so much, and reaches no bar, is asked about rather than judged."""
_UNSURE_LEAST = 0.38
MOST_WORDS_BEFORE = 20
MOST_UNSURE_WORDS = 12
LEAST_OFF_WORDS = 6
MOST_OFF_WORDS = 45
OFF_QUESTION, OFF_STORY = 0.07, 0.15
"""Nearness to the question and to every point below which an answer is about something else; for the reply to a
follow-up, which may be far from these: nearness to them and to all that was told here."""


class NearestReader:
    """Reads by the nearest of labelled examples; their vectors are computed at the first use and remembered."""

    def __init__(
        self, embeddings: Embeddings, examples: Mapping[str, Sequence[str]] | None = None, kept: Path | None = None
    ) -> None:
        """`examples` by intent, else those of rag_data/utterances.yaml; `kept` is a folder to keep vectors in."""
        self._embeddings = embeddings
        self._examples = dict(examples if examples is not None else shipped())
        self._making = threading.Lock()
        self._made: dict[str, Vectors] = {}
        self._kept = kept
        self._just_read = lru_cache(maxsize=512)(self._embed)
        self._asked: dict[str, Vectors] = {}

    def prepare(self) -> None:
        """Compute the examples' vectors now, so that no candidate waits for them."""
        with self._making:
            if self._made:
                return
            rows = self._rows([text for held in self._examples.values() for text in held])
            made, first = {}, 0
            for intent, held in self._examples.items():
                made[intent] = rows[first : first + len(held)]
                first += len(held)
            self._made = made

    def _rows(self, texts: list[str]) -> Vectors:
        """Their vectors, from the file where it was made of the same texts by the same model."""
        told = "\n".join([str(getattr(self._embeddings, "name", "")), *texts])
        file = self._kept / f"utterances-{hashlib.sha256(told.encode()).hexdigest()[:16]}.npy" if self._kept else None
        if file is not None and file.is_file():
            return cast(Vectors, np.load(file))
        rows = np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(f".{os.getpid()}.npy")
            np.save(part, rows)
            part.replace(file)
        return rows

    def _ready(self) -> bool:
        """Whether the examples are there; nobody waits while somebody else is computing them."""
        if not self._made and self._making.locked():
            return False
        self.prepare()
        return True

    def __call__(
        self, text: str, read: Reading, question: str = "", points: Sequence[str] = (), told: Sequence[str] = ()
    ) -> Reading:
        """`read`, or what the nearest examples say that the utterance is."""
        words = plain(text)
        number = len(words.split())
        if read.intent in _REREAD and number <= MOST_WORDS and not about_the_job(words):
            return self._otherwise(text, read)
        if read.intent != "answer" or read.beside or not number or not self._ready():
            return read
        shared = len((content(text) & content(" ".join([question, *points]))) - _ABOUT_TALK)
        if number <= MOST_WORDS and not signs.narrates(words) and not points_back(text):
            found = self._nearest(text, words, shared)
            if found:
                return _as(found, text)
        if ordered := self._orders(text):
            return ordered
        fits = LEAST_OFF_WORDS <= number <= MOST_OFF_WORDS
        if not question or not fits or shared or (told and signs.ends_it(words)):
            return read
        return Reading("off_question", aside=text) if self._off(text, question, points, told) else read

    def likeness(self, one: str, others: Sequence[str]) -> list[float]:
        """Cosine of a sentence to each of others."""
        return [float(self._vector(one) @ self._vector(other)) for other in others]

    def nearness(self, text: str) -> dict[str, float]:
        """By intent: the weighted cosine of its nearest examples to the text."""
        vector = self._vector(text)
        found = {}
        for intent, rows in self._made.items():
            best = np.sort(rows @ vector)[::-1][: len(NEAREST)]
            found[intent] = float(best @ np.asarray(NEAREST[: len(best)], dtype=np.float32))
        return found

    def _otherwise(self, text: str, read: Reading) -> Reading:
        """A question that is none about the job: what its nearest examples clearly say that it asks for."""
        if not self._ready():
            return read
        near = self.nearness(text)
        found = _over_the_bar(near, plain(text), False)
        clear = found in _ASKED_FOR and near[found] - near[read.intent] >= _CLEARLY
        return _as(found, text) if clear else read

    def _nearest(self, text: str, words: str, shared: int) -> str:
        """The intent of the whole, or of one sentence where the rest is no answer; empty: an answer."""
        if shared > 1:
            return ""
        told = any(signs.of_somebody(plain(one)) for one in sentences(text))
        whole = self.nearness(text)
        found = _over_the_bar(whole, words, bool(shared)) or self._of_a_part(text)
        if found:
            return found if not told or found == "distress" else ""
        answer = whole.pop("answer", 0.0)
        talks = signs.to_the_agent(words) and not shared and 2 < len(words.split()) <= MOST_UNSURE_WORDS
        nearest = max(whole.values(), default=0.0)
        return "unsure" if talks and not told and nearest >= max(_UNSURE_LEAST, answer + _UNSURE) else ""

    def _of_a_part(self, text: str) -> str:
        """The last or the first sentence's intent if all others are no answers either; a refusal before its reason."""
        said = sentences(text)
        if len(said) > 1:
            last = intents.read(said[-1]).intent
            if last in _AT_THE_END and len(said[-1].split()) > 1 and len(text.split()) <= MOST_WORDS_BEFORE:
                return last
            if any(signs.turns(plain(one)) for one in said):
                return ""
            read = [_over_the_bar(self.nearness(one), plain(one), True) or _by_rules(one) for one in said]
            return next((kind for kind in reversed(read) if kind in _BARS), "") if all(read) else ""
        head, _, reason = text.partition(",")
        if len(head.split()) < 2 or not reason or signs.turns(plain(reason)):
            return ""
        found = _over_the_bar(self.nearness(head), plain(head), True)
        return found if found == "skip" else ""

    def _orders(self, text: str) -> Reading | None:
        """An answer without the sentences that order the agent or claim what it was told; None: there are none."""
        said = sentences(text)
        meant = [one for one in said if self._is_order(one)]
        if not meant:
            return None
        rest = " ".join(one for one in said if one not in meant)
        if len(plain(rest).split()) < MIN_ANSWER_WORDS:
            return Reading("instruct", aside=text)
        return Reading("answer", rest=rest, aside=" ".join(meant), beside="instruct")

    def _is_order(self, sentence: str) -> bool:
        words = plain(sentence)
        if len(words.split()) > MOST_WORDS or not signs.may_order(sentence, words):
            return False
        return _over_the_bar(self.nearness(sentence), words, True) == "instruct"

    def _off(self, text: str, question: str, points: Sequence[str], told: Sequence[str]) -> bool:
        """Whether no sentence is anywhere near the question, one of its points, or what was told before."""
        asked = self._of_question(question, points)
        before = [self._vector(part) for answer in told for part in (answer, *sentences(answer))]
        near = np.vstack([asked, *before]) if before else asked
        bar = OFF_STORY if before else OFF_QUESTION
        return all(float((near @ self._vector(part)).max()) < bar for part in [text, *sentences(text)[:3]])

    def _of_question(self, question: str, points: Sequence[str]) -> Vectors:
        key = "\n".join([question, *points])
        if key not in self._asked:
            if len(self._asked) > 500:
                self._asked.clear()
            rows = self._embeddings.embed_documents([question, *points])
            self._asked[key] = np.asarray(rows, dtype=np.float32)
        return self._asked[key]

    def _vector(self, text: str) -> Vectors:
        return self._just_read(text)

    def _embed(self, text: str) -> Vectors:
        return np.asarray(self._embeddings.embed_query(text), dtype=np.float32)


@lru_cache(maxsize=1)
def shipped() -> dict[str, tuple[str, ...]]:
    """The examples of rag_data/utterances.yaml by intent."""
    held: dict[str, Any] = yaml.safe_load((RAG_DATA / "utterances.yaml").read_text(encoding="utf-8"))
    return {intent: tuple(str(lines).strip().splitlines()) for intent, lines in held.items()}


def _by_rules(sentence: str) -> str:
    """What the rules say that a sentence is, if it is no answer; a word or two are none."""
    intent = intents.read(sentence).intent
    return "" if intent == "answer" and len(sentence.split()) > 3 else intent if intent != "answer" else "polite"


def _over_the_bar(near: Mapping[str, float], words: str, shared: bool) -> str:
    """The nearest intent, if it is near enough and far enough before the answers."""
    best = max(near, key=lambda intent: near[intent])
    if best == "answer" and near.get("correction", 0.0) < near[best] - 0.12:
        return ""
    number = len(words.split())
    if best not in _BARS or number < 2 or (best in _CLOSING and number < MIN_CLOSING_WORDS):
        return ""
    if not signs.believed(best, words):
        return ""
    least, margin = _BARS[best]
    more = _SHARING if shared else 0.0
    return best if near[best] >= least + more and near[best] - near.get("answer", 0.0) >= margin + more else ""


def _as(intent: str, text: str) -> Reading:
    """The reading of a whole utterance."""
    found = cast(Intent, intent)
    if found in {"dont_know", "answered"}:
        return Reading(found, rest=text, aside=text, near=True)
    return Reading(found, aside=text, asked=(text,) if found == "question" else (), near=True)
