"""The pool put into words: what one row of the table and one refused file show."""

from dataclasses import dataclass

from interview_platform.services import candidates, smartfilter
from interview_platform.states.words import ago, standing

MOST_DOTS = 6


@dataclass
class Dot:
    """One requirement: found, near (found by meaning) or gap. `said` is the whole of it in words."""

    skill: str
    look: str
    said: str


@dataclass
class PoolLine:
    """One candidate in the table. `score` below 0: not ranked yet."""

    application: str
    number: int
    name: str
    note: str
    score: int
    steps: int
    dots: list[Dot]
    more: int
    status: str
    tone: str
    when: str
    chosen: bool


@dataclass
class Failure:
    """A file that could not be used, and the way out. `resume` is "" when it was not even stored."""

    resume: str
    filename: str
    error: str


def pool_line(row: candidates.PoolRow, number: int, chosen: list[str]) -> PoolLine:
    """A row put into words."""
    dots = [_found(match) for match in row.matched] + [_gap(gap) for gap in row.missing]
    wanted = {gap.skill for gap in (*row.matched, *row.missing) if gap.required}
    dots.sort(key=lambda dot: dot.skill not in wanted)
    status, tone = standing(row.stage, row.invite_status, row.interview_status)
    score = -1 if row.score is None else round(row.score)
    return PoolLine(
        application=row.application_id,
        number=number,
        name=row.name or row.filename or "Name not found",
        note=row.headline or row.email,
        score=score,
        steps=0 if score < 0 else min(5, score // 20 + 1),
        dots=dots[:MOST_DOTS],
        more=max(0, len(dots) - MOST_DOTS),
        status=status,
        tone=tone,
        when=ago(row.created_at),
        chosen=row.application_id in chosen,
    )


def _found(match: smartfilter.SkillMatch) -> Dot:
    near = match.similarity < 1
    return Dot(match.skill, "near" if near else "found", "found by meaning" if near else "found in the résumé")


def _gap(gap: smartfilter.SkillGap) -> Dot:
    return Dot(gap.skill, "gap", "not found in the résumé")
