"""The answer to one question: what the rules and the trained reader find, and how sure of it they are.

Three outcomes: a sentence answers; or the nearest one is quoted as such, and the question is passed on; or it is only
passed on. Where there is no reader the rules decide alone. What is never answered (scores, promises, right answers) is
refused by the rules before the reader is asked.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

import structlog

from interview_platform.errors import ModelMissing
from interview_platform.services.agent import answer_context, topics
from interview_platform.services.agent.answer_options import Option, Options, Weigher, counts
from interview_platform.services.agent.answerability import NOTHING, Finding, Rules
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.plainly import Plain, PlainFaqs
from interview_platform.services.agent.retrieval import Library

SURE, SURE_FAQ = 0.7, 1.5
"""The reader's weight from which its choice is said as the answer: a sentence; a FAQ (the rules know those by many
wordings)."""
TOGETHER, TOGETHER_FAQ = -1.5, -0.3
"""The weight from which it is enough that the rules chose the same."""
BEHIND_FAQ = 0.6
"""By how much the FAQ that the rules chose may lie behind the reader's choice."""
NEAR = -1.5
"""The weight from which its choice is quoted as the nearest."""
PLAIN, PLAIN_BEFORE_OWN, PLAIN_AGAINST_REFUSAL = 0.06, 0.5, 0.3
"""By how much a FAQ must be ahead of all else (plainly.py) to be the answer: at all, before a sentence of the
employer's that seemed to answer, where the rules would not answer."""
FOREIGN = -0.1
"""The lead below which a question is about something that no FAQ is about."""
MAY_BE_WRITTEN = frozenset({"advice", "protected", "outside", "about_agent"})
"""Topics that are never answered, but where a FAQ may be meant: "what should I wear", "must I say I am pregnant"."""
_log = structlog.get_logger()
Weighed = Sequence[tuple[Option, float]]


class Finder:
    """Looks for answers in a library."""

    def __init__(self, library: Library, reader: Weigher | None = None) -> None:
        self._rules, self._options, self._reader = Rules(library), Options(library), reader
        self._plain = PlainFaqs(library)

    def warm(self, scopes: Collection[str]) -> None:
        """Compute what the first question would wait for."""
        self._rules.warm(scopes)
        self.weighed("What do you do?", scopes)
        self._plain.about("What do you do?", scopes)

    def find(self, question: str, scopes: Collection[str], names: Collection[str] = ()) -> Finding:
        """The answer to one question. `names` are the job's and the employer's: they ask for nothing by themselves."""
        found = decided(*self.looked(question, scopes, names))
        if self._reader is None:
            return found
        return with_plain(found, self._plain.about(answer_context.unnamed(question, names, frozenset()), scopes))

    def looked(self, question: str, scopes: Collection[str], names: Collection[str]) -> tuple[Finding, Weighed]:
        """What the rules found, and what the reader weighed: nothing where there is none, or nothing to weigh."""
        ruled = self._rules.find(question, scopes, names)
        if self._reader is None or (ruled.piece is None and ruled.reason != NOTHING):
            return ruled, []
        return ruled, self.weighed(answer_context.unnamed(question, names, self._rules.kinds(scopes)), scopes)

    def weighed(self, question: str, scopes: Collection[str]) -> list[tuple[Option, float]]:
        """What is near to the question, with its weight: above 0 it answers rather than not. The heaviest first."""
        if self._reader is None:
            return []
        options = self._options.near(question, scopes)
        held = [one.candidate for one in options]
        try:
            weights = self._reader.weights(question, [one.text for one in held], counts(question, held))
        except ModelMissing as error:
            _log.warning("question_reader_missing", why=str(error))
            self._reader = None
            return []
        return sorted(zip(options, map(float, weights), strict=True), key=lambda pair: -pair[1])


def decided(ruled: Finding, weighed: Weighed) -> Finding:
    """Which of the three outcomes it is, by what the rules found and the options with their weights, heaviest first.

    Where the two chose differently, neither is said as the answer. A FAQ is never quoted as the nearest.
    """
    if not weighed:
        return ruled
    best, weight = weighed[0]
    written = best.piece.source == "faq"
    if _together(ruled, weighed):
        return ruled
    if weight >= (SURE_FAQ if written else SURE):
        return _read(best, weight, ruled)
    if not written and weight >= NEAR:
        return replace(_read(best, weight, ruled), nearest=True, how="nearest")
    if ruled.piece is not None and ruled.piece.source != "faq":
        return replace(ruled, nearest=True, how="nearest")
    return Finding(reason=NOTHING, looked_at=ruled.looked_at)


def with_plain(found: Finding, plain: tuple[Piece, Plain] | None) -> Finding:
    """What was found, or the FAQ that the question plainly is; no FAQ where it is plainly about something else."""
    if plain is None:
        return found
    piece, held = plain
    if found.piece is None and found.reason != NOTHING:
        bar = PLAIN_AGAINST_REFUSAL if found.reason in _bending() else math.inf
    elif found.piece is not None and found.piece.source != "faq" and not found.nearest:
        bar = PLAIN_BEFORE_OWN
    else:
        bar = PLAIN
    if held.lead >= bar:
        return Finding(piece, piece.sentences, min(1.0, held.weight), how="plain", looked_at=found.looked_at)
    if found.piece is not None and found.piece.source == "faq" and held.lead < FOREIGN:
        return Finding(reason=NOTHING, looked_at=found.looked_at)
    return found


@lru_cache
def _bending() -> frozenset[str]:
    """The reasons of MAY_BE_WRITTEN."""
    return frozenset(topic.never for topic in topics.topics() if topic.id in MAY_BE_WRITTEN)


def _together(ruled: Finding, weighed: Weighed) -> bool:
    """Whether the reader holds what the rules chose for an answer, too."""
    weight = weighed[0][1]
    own = next((held for one, held in weighed if one.piece == ruled.piece and _said_by(one, ruled)), None)
    if ruled.piece is None or own is None:
        return False
    if ruled.piece.source == "faq":
        return own >= TOGETHER_FAQ and own >= weight - BEHIND_FAQ
    return own >= weight and weight >= TOGETHER


def _said_by(option: Option, ruled: Finding) -> bool:
    """Whether the rules would say what the option says, both of one piece."""
    return option.piece.source == "faq" or not set(option.sentences).isdisjoint(ruled.sentences)


def _read(option: Option, weight: float, ruled: Finding) -> Finding:
    said = option.sentences
    if option.piece.source != "faq":
        said = answer_context.understood(option.piece, said)
    return Finding(option.piece, said, 1 / (1 + math.exp(-weight)), how="read", looked_at=ruled.looked_at)
