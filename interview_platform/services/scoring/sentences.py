"""An answer in sentences, and which of them carry weight: no echo, no rubric read back, no empty praise of oneself.

Everything here is plain code over words, English only. A sentence keeps its exact characters, so that a quote made
of it is word for word the candidate's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

LONG_SENTENCE = 30
"""Words above which a spoken sentence is also cut at its joints (", and", ", so", …)."""

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_JOINT = re.compile(r"[,;]\s+(?=(?:and|so|but|then|because|which|after|until|while)\b)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_STOP = frozenset(
    """a about after again all also always am an and any are as at be because been before being both but by came
    can come could did do does doing done down each even every few for from get gets getting go goes going gone
    good got had has have having he her here hers him his how i if in into is it its just like lot made make
    makes many may me might more most much must my myself never no not now of off often on once one only or
    other our out over own put really said say says see she should so some something such than that the their
    them themselves then there these they thing things this those through time to too two up us used very was
    way we well went were what when where which while who whom whose why will with would yes you your tell
    describe explain give gives name names mention mentions show shows uses use share happen happened i'm i've
    i'd i'll it's don't didn't that's we're we've you're um uh er erm hmm okay ok right yeah actually basically
    kind sort someone somebody""".split()  # noqa: SIM905  (a list of words is read more easily as text)
)
_COMMON = frozenset("a an the i we it is was to of in on at for and or so by with that my our you they had".split())  # noqa: SIM905
_META = re.compile(
    r"\bi(?:'d|'ll| will| would| can| could| always| also| did)* "
    r"(?:say|said|explain|explained|describe|described|mention|mentioned|name|named|show|showed|cover|covered|"
    r"address|addressed|gave|give|met|meet|demonstrate|demonstrated)\b",
    re.IGNORECASE,
)
_TO_THE_JUDGE = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your |my |these |those |previous |prior |above )+"
    r"(?:instructions?|rules?|rubric|prompt|guidelines?)|\b(?:system|developer) prompt\b|\bas an ai\b|"
    r"\b(?:highest|full|top|maximum|perfect|best) (?:score|marks?|points|level|rating)\b|"
    r"\b(?:all|every) (?:the )?points? (?:is|are|was|were|has been|have been)? ?(?:met|covered|shown|fulfilled)\b|"
    r"\b(?:rate|score|grade|give) (?:me|this|my answer|this answer)\b.{0,30}\b(?:5|five|ten|10|high|excellent|met)\b|"
    r"\byou (?:must|should|have to|will) (?:score|rate|hire|recommend|mark)\b|"
    r"^\W*(?:please|kindly|so please|just)\b.{0,40}\b"
    r"(?:me|my|that i|aside|record|note|write|mark|put|say|read|tell|give)\b|"
    r"^\W*(?:record|mark|note|write|log|put|count|rate|score) (?:down )?"
    r"(?:that i|the remaining|me|my|this|it|all|every)\b|\bwrite it (?:down )?anyway\b|"
    r"\b(?:put|note|write) down (?:a|an|the) (?:one|two|three|four|five|\d|mark|score|level)\b|"
    r"\b(?:give|tell|show|read|grant) me (?:the |a |an |my )?(?:\w+ )?"
    r"(?:mark|score|level|grade|points|criteria|rubric|key|list)s?\b|"
    r"\banswer key\b|\bin your (?:next|last) (?:sentence|reply|answer|message)\b|\bwhen you write (?:the|my|your)\b|"
    r"\b(?:interviewers?|you) (?:now |must |may |can )*tell (?:the )?(?:candidates?|me) "
    r"(?:the|my|their) (?:level|mark|score)|\b(?:begin|end) (?:of )?(?:trusted|system|admin|transcript)\b|"
    r"\balready (?:been )?approved\b|\bhiring manager \w+ said\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\bi(?:'m| am|'ve always been| have always been) (?:a |an |very |really |always |extremely |so |highly )*"
    r"(?:good|great|excellent|fast|quick|hard|team|people|passionate|motivated|dedicated|persistent|perfectionist|"
    r"reliable|flexible|creative|detail|results?|self|natural|strong|skilled|experienced|confident|proactive)|"
    r"\bi (?:really |just |truly )?(?:love|like|enjoy) (?:my job|to work|working|what i do|being|helping|people)|"
    r"\bi (?:work|am working) too hard\b|\bi have (?:great|excellent|good|strong) (?:\w+ ){0,2}skills?\b|"
    r"\bi(?: always)? (?:give|do) (?:it )?(?:my best|110|one hundred)\b|\b(?:team player|hard worker|fast learner)\b|"
    r"\bi get along with everyone\b|\bi treat (?:all|everyone|every)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:i|we)(?:'ve| have|'d| had)? never\b|\bnever (?:had|have|done|did|been|used|worked|happened to me|"
    r"needed)\b|"
    r"\bi (?:don't|do not|didn't|did not|wouldn't|would not) (?:really |even |actually )?(?:know|remember|recall|"
    r"have|care|"
    r"think i|understand|do that|do any|do anything|check|bother|look into)\b|\bi can(?:'t|not) (?:think of|"
    r"remember|recall|say|answer)\b|"
    r"\b(?:no|not any|not much|without any) (?:idea|experience|clue|knowledge|example)\b|\bnothing (?:comes to mind|"
    r"special)\b|"
    r"\bi(?:'m| am) not (?:sure|familiar|aware|experienced|the one)\b|\bi haven't\b|\bi have not\b|"
    r"\b(?:i|we) (?:hadn't|had not|weren't|were not|wasn't|was not) (?:involved|part of|responsible|allowed)\b|"
    r"\b(?:nobody|no one) (?:told|asked|knew|checked|looked)\b|"
    r"\bi(?:'d| would) (?:rather|prefer) not\b|\bi(?:'ve| have)? (?:already |just )?(?:told|answered) you\b|"
    r"\bi(?:'m| am) not (?:allowed|able|free) to (?:say|talk|tell|speak)\b",
    re.IGNORECASE,
)
_NEGATED_BUT = re.compile(
    r"\b(?:but|instead|rather|so (?:i|we)|until|before|unless|without first|since then|again)\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"\b(?:i guess|maybe|perhaps|i(?:'m| am) not (?:sure|certain)|something like that|or something|or "
    r"whatever|"
    r"i would probably|i'd probably|i might|could be that|hopefully|i imagine)\b",
    re.IGNORECASE,
)
_VOWELLESS = re.compile(r"^(?:[^aeiouy]{4,}|.*[^aeiouy\d]{5,}.*)$")

_ABOUT_AN_ANSWER = re.compile(
    r"^(?:clearly |at least )?(?:says?|names?|gives?|explains?|mentions?|describes?|shows?|uses?|states?|tells?|"
    r"identifies|discusses|recogni[sz]es|knows?)\b(?: (?:how|what|why|whom?|which|that|when|where))?(?: they)?\s*",
    re.IGNORECASE,
)


_EXAMPLES = re.compile(
    r",? (?:such as|for example(?: by| with| in)?|like)\b(.*)|, (?:by|from|with|in) ((?:\w+ ){1,3}(?:,|or\b|and\b).*)"
    r"|\b(?:from|by) ((?:\w+, )+\w.*)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?: (?:in which|that fits|of|on))? ['\"“‘][^'\"”’]{12,}['\"”’](?: mattered)?")
_SHORT_FORMS = tuple(
    (re.compile(short, re.IGNORECASE), full)
    for short, full in (
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not"),
        (r"\b(i|you|he|she|it|we|they|who|there)'d\b", r"\1 would"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'re\b", " are"),
        (r"\bi'm\b", "i am"),
        (r"\b(he|she|it|that|there|what|who)'s\b", r"\1 is"),
    )
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one clause of a long one, or two neighbours together; `text` is verbatim."""

    text: str
    start: int
    end: int
    hedged: bool = False


def split(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences; long spoken ones are cut at their joints."""
    spans: list[tuple[int, int]] = []
    for start, end in _between(text, 0, len(text), _END):
        long = len(_TOKEN.findall(text, start, end)) > LONG_SENTENCE
        spans += _between(text, start, end, _JOINT) if long else [(start, end)]
    return spans


def _between(text: str, start: int, end: int, cut: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, at = [], start
    for match in [*cut.finditer(text, start, end), None]:
        until = match.start() if match else end
        piece = text[at:until]
        if piece.strip():
            spans.append((at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())))
        at = match.end() if match else end
    return spans


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A word without its commonest endings; crude, but the same for both sides of a comparison."""
    for ending in ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def content(text: str) -> set[str]:
    """Stems of the words that carry content."""
    words = (token.lower().replace("’", "'") for token in _TOKEN.findall(text))
    return {stem(word.removesuffix("'s")) for word in words if word not in _STOP and (len(word) > 1 or word.isdigit())}


def written_out(text: str) -> str:
    """The text with its short forms in full ("I'd" as "I would"), for patterns; not for quoting."""
    text = text.replace("’", "'")
    for short, full in _SHORT_FORMS:
        text = short.sub(full, text)
    return text


def parts(point: str) -> tuple[str, str]:
    """A point without the examples it names ("such as a rollback"), and these."""
    match = _EXAMPLES.search(point) if about_an_answer(point) else None
    if match is None:
        return point, ""
    return point[: match.start()], next(filter(None, match.groups()), "")


def about_an_answer(point: str) -> bool:
    """Whether a point speaks of an answer ("Says how …"); else it is a fact, and the right answer repeats it."""
    return bool(_ABOUT_AN_ANSWER.match(point))


def bare(point: str) -> str:
    """The point without the words about an answer, and without a quoted line (a value of the employer's)."""
    return _ABOUT_AN_ANSWER.sub("", _QUOTED.sub("", point)) or point


def carrying(answer: str, question: str, points: Sequence[str]) -> list[Sentence]:
    """The sentences that may show something, in order: what is echo, gibberish, denial or show is left out."""
    asked = content(question)
    rubric = [content(text) for point in points if about_an_answer(point) for text in (parts(point)[0], point)]
    kept: list[Sentence] = []
    for start, end in split(answer):
        text = answer[start:end]
        if kept and _is_afterthought(text) and not answer[kept[-1].end : start].strip():
            before = kept.pop()
            kept.append(Sentence(answer[before.start : end], before.start, end, before.hedged))
        elif not _is_empty(text) and not _is_echo(text, asked, rubric) and not _is_denial(text):
            kept.append(Sentence(text, start, end, bool(_HEDGED.search(text))))
    return kept


def pairs(sentences: Sequence[Sentence], answer: str) -> list[Sentence]:
    """Neighbours together, for a thought that runs over two sentences; only where nothing but space is between."""
    return [
        Sentence(answer[a.start : b.end], a.start, b.end, a.hedged or b.hedged)
        for a, b in pairwise(sentences)
        if "\n" not in answer[a.end : b.start] and not answer[a.end : b.start].strip(" ,;")
    ]


def _is_afterthought(text: str) -> bool:
    """A few words that only say something with the sentence before them: "I held it." """
    tokens = _TOKEN.findall(text)
    return 2 <= len(tokens) <= 5 and len(content(text)) == 1 and not _PRAISE.search(text) and not _is_denial(text)


def _is_empty(text: str) -> bool:
    """Too little, not words, addressed to the judge, or praise of oneself without a deed."""
    tokens = [t.lower() for t in _TOKEN.findall(text)]
    if len(tokens) < 3 or len(content(text)) < 2 or _TO_THE_JUDGE.search(text):
        return True
    if len(tokens) >= 5 and not _COMMON.intersection(tokens):
        return True  # a bare list of words
    strange = sum(bool(_VOWELLESS.match(t)) for t in tokens if not t.isdigit())
    if strange > 0.34 * len(tokens) or len(set(tokens)) < 0.4 * len(tokens):
        return True
    return bool(_PRAISE.search(text)) and not re.search(r"\b(?:when|for example|last|once)\b|\d", text, re.I)


def _is_echo(text: str, asked: Collection[str], rubric: Iterable[set[str]]) -> bool:
    """The question read back, or the rubric's own words with nothing added."""
    said = content(text)
    points = list(rubric)
    new = said.difference(asked, *points)
    if len(new) <= 2 and len(said) - len(new) >= 0.7 * len(said) and len(said) - len(new) >= 2:
        return True
    about = max((len(said & p) / len(p) for p in points if p), default=0.0)
    return (about >= 0.5 and bool(_META.search(text))) or (about >= 0.7 and len(new) <= 1)


def to_the_judge(text: str) -> bool:
    """Whether a text speaks to whoever judges it ("give this answer the highest score")."""
    return bool(_TO_THE_JUDGE.search(text))


def reads_back(answer: str, question: str) -> bool:
    """Whether an answer is nothing but words of a question of some length; one word of its own may be the answer."""
    said, asked = content(answer), content(question)
    return len(said) >= 3 and said <= asked and len(said) >= 0.6 * len(asked)


def _is_denial(text: str) -> bool:
    """The speaker says they did not, or do not know; not when the sentence goes on to what they did instead."""
    return bool(_NEGATED.search(text)) and not _NEGATED_BUT.search(text)
