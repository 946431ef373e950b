"""Whether a passage really answers a question, and which of its sentences does: by rules.

Nearness of meaning cannot tell an answer from a neighbour. So three ways lead to one. A question written with its
answer (a FAQ) fits when it is nearer than everything else candidates ask about. A sentence fits a topic when it has the
form of the topic's answers. Any other must hold the question's own words. Each word that matters is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from interview_platform.services.agent import answer_conditions, answer_context, asking, demands, slots
from interview_platform.services.agent.accounting import Accounts, Query
from interview_platform.services.agent.answer_kinds import MEASURED
from interview_platform.services.agent.asked_before import SURELY, About, AskedBefore, Repeated
from interview_platform.services.agent.matters import lead
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
SHARED, SHARED_LEAD, SHARED_NEAR = 0.35, 0.10, 0.20
"""From which a sentence is about the same matters as the question, by how much more than every other one, and how near
it must be at least."""
NEAREST, NEAREST_LEAD = 0.60, 0.20
"""The same for the nearness of its words alone."""
_CLAUSES, _SHORT_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:and|but|with|while)\s+"), 2
NEARER_TOPIC = 0.05
"""By how much the topic of an own sentence must be nearer than the written question that it goes before."""
MAYBE_TOPIC = 0.35
_LOOKED_AT, _LOOKED_AT_LAST = 60, 24
_BEHIND = 0.03


@dataclass(frozen=True)
class Finding:
    """Sentences of one piece that answer, or, without a piece, why there is no answer."""

    piece: Piece | None = None
    sentences: tuple[str, ...] = ()
    score: float = 0.0
    reason: str = ""
    how: str = ""  # for the trace: asked | topic:<id> | words | read | nearest
    nearest: bool = False  # the sentences are only what comes nearest
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


class Rules:
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
        kinds = self.kinds(scopes)
        found = self._find(answer_context.unnamed(question, names, kinds), scopes, names)
        clause = asking.question_clause(question)
        if found.piece is None and found.reason == NOTHING and clause:
            other = self._find(answer_context.unnamed(clause, names, kinds), scopes, names)
            # "… because somebody left" asks for the reason: only what is written about the interview leaves it out
            halved = " because " in question and other.piece is not None and other.piece.source != "faq"
            return other if other.piece is not None and not halved else found
        return found

    def _find(self, question: str, scopes: Collection[str], names: Collection[str]) -> Finding:
        read = self._read(question, scopes, names)
        looked_at = tuple(read.found[:3])
        if refused := _never(read):
            return Finding(reason=refused, looked_at=looked_at)
        options = _demanded(read.query, self._by_topic(read))
        written = self._by_question(read, options)
        slotted = _demanded(read.query, self._by_slot(read))
        named = any(one.how != "slot:count" for one in slotted)
        nearer = any(read.topics[0][0].id == one.how.removeprefix("topic:") for one in options) and (
            bool(written) and read.topics[0][1] >= written[0].score + NEARER_TOPIC
        )
        if written and not named and not nearer and read.about.clear and read.about.piece is written[0].piece:
            return replace(written[0], looked_at=looked_at)
        options = (options if named else options + written) or slotted or _demanded(read.query, self._by_words(read))
        options = options or _demanded(read.query, self._by_matter(read))
        if not options:
            return Finding(reason=NOTHING, looked_at=looked_at)
        best = max(options, key=lambda option: option.score)
        assert best.piece is not None
        whole = best.sentences if best.how == "asked" else answer_context.understood(best.piece, best.sentences)
        return replace(best, sentences=whole, looked_at=looked_at)

    def kinds(self, scopes: Collection[str]) -> frozenset[str]:
        """What the employer's page says that it is: "museum" of "The Loomhouse is a museum of textiles"."""
        pages = [piece for piece in self._library.pieces(scopes) if piece.source == "company"]
        firsts = [piece.sentences[0] for piece in pages if piece.sentences]
        return answer_context.kinds(firsts)

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
        total += OWN_SOURCE * answer_conditions.of_the_job(query, piece)
        return Finding(piece, answer_context.kept(piece, ranked), total, how=f"topic:{topic.id}")

    def _by_slot(self, read: _Read) -> list[Finding]:
        """Sentences that fill the slot of a plain question: a number of something, a place, a manager."""
        options: list[Finding] = []
        for one in read.found:
            for sentence, score in self._ranked(read.query, one.piece.sentences):
                slot = slots.fits(read.query, one.piece, sentence)
                text = answer_context.in_context(one.piece, sentence)
                loose = slots.free(read.query, slot)
                if slot and not self._accounts.strange(read.query, text, soft=False, free=loose):
                    total = score * 0.9 + OWN_SOURCE * answer_conditions.of_the_job(read.query, one.piece)
                    options.append(Finding(one.piece, (sentence,), total, how=f"slot:{slot}"))
        return options

    def _by_words(self, read: _Read) -> list[Finding]:
        """Sentences that hold all of the question's words."""
        query = read.query
        if not query.words or (len(query.words) == 1 and query.kind == "other"):
            return []
        least = WORDS_OFF_TOPIC if read.topics[0][1] >= TOPIC + 0.15 else WORDS
        least = WORDS_COUNTED if query.counted else max(least, WORDS_ALONE) if len(query.words) == 1 else least
        return [
            Finding(one.piece, (sentence,), score * 0.9, how="words")
            for one in read.found[:20]
            for sentence, nearness in self._ranked(query, one.piece.sentences)
            if self._says(query, one.piece, sentence)
            and (score := max(nearness, self._clause_near(query, sentence)))
            >= answer_conditions.least_near(least, query, sentence)
        ]

    def _clause_near(self, query: Query, sentence: str) -> float:
        """The nearness of the nearest clause: a long sentence on several things is far from a question on one."""
        clauses = [part.strip() for part in _CLAUSES.split(sentence) if len(part.split()) > _SHORT_CLAUSE]
        ranked = self._ranked(query, clauses) if len(clauses) > 1 else []
        return ranked[0][1] if ranked else 0.0

    def _by_matter(self, read: _Read) -> list[Finding]:
        """The sentence that is about what is asked about, clearly more so than every other one."""
        rows = [(one.piece, sentence) for one in read.found[:_LOOKED_AT_LAST] for sentence in one.piece.sentences]
        if not rows or read.query.kind.startswith("past_"):
            return []
        texts = [answer_context.in_context(piece, sentence) for piece, sentence in rows]
        near = self._embeddings.rows(texts) @ self._embeddings.rows([read.query.text])[0]
        shared = self._before.shared(read.query.text, texts, read.scopes)
        options: list[Finding] = []
        for place in set(map(int, (near.argmax(), shared.argmax()))):
            piece, sentence = rows[place]
            leads = lead(shared, texts, place) >= SHARED_LEAD and shared[place] >= SHARED and near[place] >= SHARED_NEAR
            nearest = lead(near, texts, place) >= NEAREST_LEAD and near[place] >= NEAREST
            if (leads or nearest) and self._open(read, piece, sentence) <= int(nearest):
                options.append(Finding(piece, (sentence,), float(near[place]) * 0.9, how="matter"))
        return options

    def _open(self, read: _Read, piece: Piece, sentence: str) -> int:
        """How many of the question's words a sentence leaves open; many, where it does not hold what is asked for."""
        around, query = answer_context.around(piece), read.query
        text = answer_context.in_context(piece, sentence)
        if (query.kind in MEASURED and not answer_conditions.has_kind(query, sentence)) or not query.counts_in(text):
            return len(query.words) + 1
        about = [topic for topic, score in read.topics if score >= MAYBE_TOPIC]
        if any(one.lacks is not None and one.lacks.search(sentence) for one in about[:2]):
            return len(query.words) + 1
        holding = next((one.words for one in about if not one.never and one.held_by(sentence, around)), frozenset())
        return len(self._accounts.strange(query, text, soft=False, free=holding))

    # --- what they rest on ------------------------------------------------------------------------------------------

    def _fits(self, query: Query, topic: Topic, piece: Piece, sentence: str) -> bool:
        """Whether the sentence has the form of the topic's answers and leaves no word open."""
        around = answer_context.around(piece)
        if not topic.held_by(sentence, around) or (
            query.kind in MEASURED and not answer_conditions.has_kind(query, sentence)
        ):
            return False
        text = answer_context.in_context(piece, sentence)
        return query.counts_in(text) and not self._accounts.strange(query, text, soft=topic.soft, free=topic.words)

    def _says(self, query: Query, piece: Piece, sentence: str) -> bool:
        """Whether the sentence holds all of the question's words and what its kind wants."""
        text = answer_context.in_context(piece, sentence)
        if not answer_conditions.has_kind(query, sentence) or not query.counts_in(text):
            return False
        return not self._accounts.strange(query, text, soft=False)

    def _ranked(self, query: Query, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """Sentences with their nearness to the question, the nearest first."""
        if not sentences:
            return []
        scores = self._embeddings.rows(list(sentences)) @ self._embeddings.rows([query.text])[0]
        return sorted(zip(sentences, map(float, scores), strict=True), key=lambda item: -item[1])


def _never(read: _Read) -> str:
    """Why the question is not answered whatever a source says; empty when it may be."""
    topic, score = read.topics[0]
    if not topic.never or score < NEVER:
        return ""
    return topic.never if not read.asked or score >= read.asked[0].score + 0.04 else ""


def _demanded(query: Query, options: Sequence[Finding]) -> list[Finding]:
    """Those that hold what the question demands beyond its words: another time, a comparison, somebody's own words."""
    return [
        one for one in options if one.piece and demands.met(query.text, answer_context.read(one.piece, one.sentences))
    ]
