"""Whether a passage really answers a question, and which of its sentences does.

Nearness of meaning finds what a question is about; it cannot tell an answer from a neighbour. So three ways lead to
an answer, each with conditions of its own. A question that was written with its answer (a FAQ) fits when it is nearer
than everything else candidates ask about. A sentence fits a topic when it has the form of the topic's answers. Any
other sentence must hold the question's own words. And on every way each word that matters is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from interview_platform.services.agent import asking, slots
from interview_platform.services.agent.accounting import Accounts, Query
from interview_platform.services.agent.answer_kinds import MEASURED, answers_kind
from interview_platform.services.agent.asked_before import SURELY, About, AskedBefore, Repeated
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Found, Library
from interview_platform.services.agent.topics import Topic, TopicReader

NOTHING = "No source answers this."
TOPIC, SURE_TOPIC, TOPIC_MARGIN = 0.54, 0.80, 0.12
"""Nearness from which a question may be, and surely is, about a topic; how far behind the nearest one it may lie."""
NEVER = 0.60
SPECIFIC = 0.15
"""What is added for a source about this very job or employer: it goes before a FAQ on the same thing."""
OWN_SOURCE = 0.1
"""What is added for the company page where the company is asked about."""
LEAST_NEAR, LEAST_NEAR_SURE = 0.12, 0.05
"""A sentence farther from the question does not answer it, whatever its form."""
WORDS, WORDS_ALONE, WORDS_OFF_TOPIC, WORDS_COUNTED = 0.45, 0.50, 0.60, 0.38
"""Nearness that a sentence with all the question's words needs; where one word has to do; where the question is about a
topic whose answers look otherwise; where the sentence holds a number of what is counted."""
_LOOKED_AT = 60
_REFERS = re.compile(r"\b(?:it|they|them|this|that|these|those|there)\b", re.IGNORECASE)
_SHORT = 3  # words of a sentence that says little alone
_SAYABLE = 36
_KIND_OF = re.compile(
    r"\b(?:is|are) (?:an?|the) (?:[\w-]+ ){0,4}?([a-z][\w-]+)"
    r"(?= (?:of|in|with|that|which|for|on|near|at|and|to)\b|[,.;])"
)
_OF_THE_PLACE = re.compile(r"\bhow (?:big|large|high|wide)\b", re.IGNORECASE)
"""Asked of a garden or a museum it means the place, not how many people work there."""
_BEHIND = 0.03


@dataclass(frozen=True)
class Finding:
    """Sentences of one piece that answer, or, without a piece, why there is no answer."""

    piece: Piece | None = None
    sentences: tuple[str, ...] = ()
    score: float = 0.0
    reason: str = ""
    how: str = ""  # for the trace: asked | topic:<id> | words
    looked_at: tuple[Found, ...] = field(default=())


@dataclass(frozen=True)
class _Read:
    """A question and everything near it."""

    query: Query
    topics: list[tuple[Topic, float]]
    asked: list[Repeated]
    about: About
    found: list[Found]
    scopes: Collection[str] = ()


class Finder:
    """Looks for answers in a library."""

    def __init__(self, library: Library) -> None:
        self._library, self._embeddings = library, library.embeddings
        self._topics = TopicReader(self._embeddings)
        self._accounts = Accounts(self._embeddings)
        self._before = AskedBefore(library, self._topics, self._accounts)

    def warm(self, scopes: Collection[str]) -> None:
        """Compute what the first question would wait for."""
        self._topics.near("What do you do?")
        self._before.about("What do you do?", scopes, self._before.near("What do you do?", scopes))

    def find(self, question: str, scopes: Collection[str], names: Collection[str] = ()) -> Finding:
        """The answer to one question. `names` are the job's and the employer's: they ask for nothing by themselves."""
        kinds = self._kinds_of_employer(scopes)
        found = self._find(_unnamed(question, names, kinds), scopes, names)
        clause = asking.question_clause(question)
        if found.piece is None and found.reason == NOTHING and clause:
            other = self._find(_unnamed(clause, names, kinds), scopes, names)
            # "… because somebody left" asks for the reason: only what is written about the interview leaves it out
            halved = " because " in question and other.piece is not None and other.piece.source != "faq"
            return other if other.piece is not None and not halved else found
        return found

    def _find(self, question: str, scopes: Collection[str], names: Collection[str]) -> Finding:
        read = self._read(question, scopes, names)
        looked_at = tuple(read.found[:3])
        if refused := _never(read):
            return Finding(reason=refused, looked_at=looked_at)
        options = self._by_topic(read)
        written = self._by_question(read, options)
        slotted = self._by_slot(read)
        named = any(one.how != "slot:count" for one in slotted)
        if written and not named and read.about.clear and read.about.piece is written[0].piece:
            return replace(written[0], looked_at=looked_at)
        options = (options if named else options + written) or slotted or self._by_words(read)
        if not options:
            return Finding(reason=NOTHING, looked_at=looked_at)
        best = max(options, key=lambda option: option.score)
        return replace(best, sentences=_understood(best), looked_at=looked_at)

    def _kinds_of_employer(self, scopes: Collection[str]) -> frozenset[str]:
        """What the employer's page says that it is: "museum" of "The Loomhouse is a museum of textiles"."""
        pages = [piece for piece in self._library.pieces(scopes) if piece.source == "company"]
        firsts = [piece.sentences[0] for piece in pages if piece.sentences]
        return frozenset(found.group(1).lower() for first in firsts if (found := _KIND_OF.search(first)))

    def _read(self, question: str, scopes: Collection[str], names: Collection[str]) -> _Read:
        known = frozenset(asking.stem(word) for name in names for word in asking.words(name))
        near = self._before.near(question, scopes)
        return _Read(
            Query(question, known),
            self._topics.near(question),
            near,
            self._before.about(question, scopes, near),
            [one for one in self._library.search(question, scopes, _LOOKED_AT) if one.piece.source != "faq"],
            scopes,
        )

    # --- three ways to an answer -----------------------------------------------------------------------------------

    def _by_question(self, read: _Read, by_topic: Sequence[Finding]) -> list[Finding]:
        """The written answer, unless a source about this very job or employer answers the same."""
        best = self._repeated(read)
        if best is None:
            return []
        elsewhere = {one.how.removeprefix("topic:") for one in by_topic}
        if best.piece.source == "faq" and not elsewhere.isdisjoint(self._before.linked(best.piece)):
            return []
        return [Finding(best.piece, best.piece.sentences, best.score, how="asked")]

    def _repeated(self, read: _Read) -> Repeated | None:
        """The written question it repeats: the FAQ it is clearly about, or one that it is near to and accounts for."""
        about, nearest = read.about, self._before.repeated(read.query, read.asked, read.topics)
        if nearest is not None and (nearest.piece.source != "faq" or nearest.score >= SURELY):
            return nearest
        if about.clear and about.piece is not None:
            if self._before.names_own(read.query, about.piece, read.scopes):
                return None
            return next((one for one in read.asked if one.piece is about.piece), None)
        if nearest is None or (about.piece is nearest.piece):
            return nearest
        return None

    def _by_topic(self, read: _Read) -> list[Finding]:
        """Sentences in the form of an answer on what is asked about."""
        options: list[Finding] = []
        for topic, score in read.topics[:4]:
            if topic.never or score < max(TOPIC, read.topics[0][1] - TOPIC_MARGIN):
                continue
            if topic.asked is not None and not topic.asked.search(read.query.text):
                continue
            if not self._is_about_another(read, topic, score):
                options += [made for one in read.found if (made := self._holding(read.query, topic, score, one.piece))]
        return options

    def _is_about_another(self, read: _Read, topic: Topic, score: float) -> bool:
        """Whether a written question on something else is clearly nearer than the topic."""
        if not read.asked or read.asked[0].score <= score + _BEHIND:
            return False
        if topic.id not in self._before.linked(read.asked[0].piece):
            return True
        return read.asked[0].score >= SURELY and read.asked[0].score > score + 3 * _BEHIND

    def _holding(self, query: Query, topic: Topic, score: float, piece: Piece) -> Finding | None:
        fitting = [one for one in piece.sentences if self._fits(query, topic, piece, one)]
        least = -1.0 if score >= 1.0 else LEAST_NEAR_SURE if score >= SURE_TOPIC else LEAST_NEAR
        ranked = [pair for pair in self._ranked(query, fitting) if pair[1] >= least]
        if not ranked:
            return None
        total = score * 0.7 + ranked[0][1] * 0.3 + SPECIFIC
        total += OWN_SOURCE * (topic.id.startswith("company") and piece.source == "company")
        return Finding(piece, _kept(piece, ranked), total, how=f"topic:{topic.id}")

    def _by_slot(self, read: _Read) -> list[Finding]:
        """Sentences that fill the slot of a plain question: a number of something, a place, a manager."""
        options: list[Finding] = []
        for one in read.found:
            for sentence, score in self._ranked(read.query, one.piece.sentences):
                slot = slots.fits(read.query, one.piece, sentence)
                text = _in_context(one.piece, sentence)
                loose = slots.free(read.query, slot)
                if slot and not self._accounts.strange(read.query, text, soft=False, free=loose):
                    options.append(Finding(one.piece, (sentence,), score * 0.9, how=f"slot:{slot}"))
        return options

    def _by_words(self, read: _Read) -> list[Finding]:
        """Sentences that hold all of the question's words."""
        query = read.query
        if not query.words or (len(query.words) == 1 and query.kind == "other"):
            return []
        least = WORDS_OFF_TOPIC if read.topics[0][1] >= TOPIC + 0.15 else WORDS
        least = max(least, WORDS_ALONE) if len(query.words) == 1 else least
        least = WORDS_COUNTED if query.counted else least
        return [
            Finding(one.piece, (sentence,), score * 0.9, how="words")
            for one in read.found[:20]
            for sentence, score in self._ranked(query, one.piece.sentences)
            if score >= least and self._says(query, one.piece, sentence)
        ]

    # --- what they rest on ------------------------------------------------------------------------------------------

    def _fits(self, query: Query, topic: Topic, piece: Piece, sentence: str) -> bool:
        """Whether the sentence has the form of the topic's answers and leaves no word open."""
        around = _around(piece)
        if not topic.held_by(sentence, around) or (query.kind in MEASURED and not _has_kind(query, sentence)):
            return False
        text = _in_context(piece, sentence)
        return query.counts_in(text) and not self._accounts.strange(query, text, soft=topic.soft, free=topic.words)

    def _says(self, query: Query, piece: Piece, sentence: str) -> bool:
        """Whether the sentence holds all of the question's words and what its kind wants."""
        text = _in_context(piece, sentence)
        if not _has_kind(query, sentence) or not query.counts_in(text):
            return False
        return not self._accounts.strange(query, text, soft=False)

    def _ranked(self, query: Query, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """Sentences with their nearness to the question, the nearest first."""
        if not sentences:
            return []
        scores = self._embeddings.rows(list(sentences)) @ self._embeddings.rows([query.text])[0]
        return sorted(zip(sentences, map(float, scores), strict=True), key=lambda item: -item[1])


def _unnamed(question: str, names: Collection[str], kinds: Collection[str] = ()) -> str:
    """The question with "the company" for the employer's name or kind, which the nearness of meaning cannot know."""
    for kind in () if _OF_THE_PLACE.search(question) else kinds:
        question = re.sub(rf"\b(?:the|your|this) {re.escape(kind)}\b", "the company", question, flags=re.IGNORECASE)
    employer = list(names)[-1] if len(names) > 1 else ""
    for name in filter(None, (employer, *(word for word in employer.split()[:1] if len(word) > 3))):
        question = re.sub(rf"\b(?:the )?{re.escape(name)}(?:'s)?\b", "the company", question, flags=re.IGNORECASE)
    return question


def _has_kind(query: Query, sentence: str) -> bool:
    """Whether the sentence holds what is asked for; "you report to the manager" does not tell who the manager is."""
    return answers_kind(query.kind, query.without(sentence) if query.kind == "who" else sentence)


def _never(read: _Read) -> str:
    """Why the question is not answered whatever a source says; empty when it may be."""
    topic, score = read.topics[0]
    if not topic.never or score < NEVER:
        return ""
    return topic.never if not read.asked or score >= read.asked[0].score + 0.04 else ""


def _in_context(piece: Piece, sentence: str) -> str:
    """The sentence with what it is read by: its heading, and the one before it where it refers back."""
    return " ".join(filter(None, (_around(piece), _before(piece, sentence), sentence)))


def _before(piece: Piece, sentence: str) -> str:
    """The sentence before one that cannot be understood alone: "We pay for it.", "Tools are provided."."""
    place = piece.sentences.index(sentence) if sentence in piece.sentences else 0
    leans = place > 0 and (_REFERS.search(sentence) or len(sentence.split()) <= _SHORT)
    return piece.sentences[place - 1] if leans else ""


def _understood(found: Finding) -> tuple[str, ...]:
    """The sentences with the one that they refer back to, where both can be said."""
    if found.piece is None or not found.sentences or found.how == "asked":
        return found.sentences
    before = _before(found.piece, found.sentences[0])
    fits = len(f"{before} {' '.join(found.sentences)}".split()) <= _SAYABLE
    return (before, *found.sentences) if before and fits else found.sentences


def _around(piece: Piece) -> str:
    return f"{piece.title} {piece.heading}" if piece.source == "material" else piece.heading


def _kept(piece: Piece, ranked: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The best sentence, then the others that fit, while they are nearly as near; in the piece's order."""
    best = ranked[0][1]
    kept = {sentence for sentence, score in ranked[:3] if score >= best - 0.15}
    return tuple(sentence for sentence in piece.sentences if sentence in kept)
