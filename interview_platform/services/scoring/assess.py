"""From answers to findings: asks the judge for points, verifies every quote, derives the levels. Writes nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from interview_platform.ports import AnswerJudge, PointVerdict, Verdict
from interview_platform.services.agent import guard_orders
from interview_platform.services.scoring import combine, evidence, neutral, structure
from interview_platform.services.scoring.rubric import Asked, Criterion

NOTHING_VERIFIED = "Not assessed: no judgement could be tied to the candidate's own words."


@dataclass(frozen=True)
class Quote:
    """A verified quote: the turn's own characters."""

    turn_id: str
    text: str
    found: evidence.Found


@dataclass(frozen=True)
class Shown:
    """One point's verdict with its verified quotes (none only for "not_shown")."""

    verdict: PointVerdict
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One criterion, judged; `level` None = not assessed, with the reason."""

    criterion: Criterion
    shown: tuple[Shown, ...] = ()
    level: combine.Level | None = None
    reason: str = ""

    @property
    def part(self) -> combine.Part:
        """Its part in the total."""
        known = self.level
        return combine.Part(
            self.criterion.group,
            self.criterion.weight,
            known.level if known else None,
            known.low if known else None,
            known.high if known else None,
        )


@dataclass
class _Verdicts:
    """What the judge said of one question, quotes verified. `discarded` = points whose quotes were not found."""

    shown: dict[str, Shown] = field(default_factory=dict)
    discarded: set[str] = field(default_factory=set)


def findings(criteria: Sequence[Criterion], judge: AnswerJudge) -> list[Finding]:
    """Judge every answer once and give each criterion its finding. Raises ServiceUnavailable from the judge."""
    judged = {a.question_id: a for c in criteria for a in c.judged}
    by_structure = {a.question_id for c in criteria if c.by_structure for a in c.judged}
    verdicts = {key: _ask(judge, asked, key in by_structure) for key, asked in judged.items()}
    return [_finding(criterion, verdicts) for criterion in criteria]


def _ask(judge: AnswerJudge, asked: Asked, with_structure: bool) -> _Verdicts:
    points = list(dict.fromkeys([*asked.points, *(structure.POINTS if with_structure else ())]))
    made = _Verdicts()
    for point, verdict in zip(points, judge.judge(asked.text, points, read(asked)), strict=True):
        quotes = _verified(verdict.quotes, asked)
        if verdict.verdict != "not_shown" and not quotes:
            made.discarded.add(point)
        else:
            made.shown[point] = Shown(verdict, quotes if verdict.verdict != "not_shown" else ())
    return made


def read(asked: Asked) -> str:
    """What a judge reads of an answer: without what is meant for a program, and without who and where."""
    return _read(asked.answer, (asked.text, *asked.points))


@lru_cache(maxsize=256)
def _read(answer: str, wanted: tuple[str, ...]) -> str:
    return neutral.neutral(guard_orders.for_people(answer), wanted)


def _verified(quotes: Sequence[str], asked: Asked) -> tuple[Quote, ...]:
    """The candidate's own words behind the judge's quotes, which are from `read`."""
    kept, wanted = [], (asked.text, *asked.points)
    for quote in dict.fromkeys(quotes):
        for turn in asked.turns:
            own = neutral.original(quote, turn.text, wanted)
            found = evidence.locate(own, turn.text, turn.words, turn.started_seconds, turn.ended_seconds)
            if found is not None:
                kept.append(Quote(turn.id, turn.text[found.start : found.end], found))
                break
    return tuple(kept)


def _finding(criterion: Criterion, verdicts: dict[str, _Verdicts]) -> Finding:
    if criterion.reason:
        return Finding(criterion, reason=criterion.reason)
    heard = [(asked, verdicts[asked.question_id]) for asked in criterion.judged]
    if criterion.by_structure:
        over = [
            _over_answers(point, [v.shown[point] for _, v in heard if point in v.shown]) for point in structure.POINTS
        ]
        shown = [s for s in over if s is not None]
        discarded = len(over) - len(shown)
    else:
        shown = [v.shown[point] for asked, v in heard for point in asked.points if point in v.shown]
        discarded = sum(point in v.discarded for asked, v in heard for point in asked.points)
    level = combine.level_of([s.verdict for s in shown], discarded)
    return Finding(criterion, tuple(shown), level, "" if level else NOTHING_VERIFIED)


def _over_answers(point: str, answers: Sequence[Shown]) -> Shown | None:
    """A structure point is met when at least half of the answers show it, partly when one does; None without any."""
    if not answers:
        return None
    having = [s for s in answers if s.verdict.verdict != "not_shown"]
    enough = math.ceil(len(answers) / 2)
    met = sum(s.verdict.verdict == "met" for s in having)
    verdict: Verdict = "not_shown" if not having else "met" if met >= enough else "partly"
    quotes = tuple(q for s in having for q in s.quotes)[:3]
    known = [s.verdict.chance for s in answers if s.verdict.chance is not None]
    chance = math.fsum(known) / len(known) if len(known) == len(answers) else None
    return Shown(PointVerdict(point, verdict, tuple(q.text for q in quotes), chance=chance), quotes)
