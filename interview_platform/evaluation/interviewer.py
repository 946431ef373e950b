"""How good the interviewer is: whole interviews with invented candidates, held in text and read back turn by turn.

What counts as an open point: where a persona's answers are labelled (`covers`), the labels; elsewhere a second reading
of everything said in the interview before, by the offline judge with a higher bar (`SURE`). `follow_up_recall` is the
share of first answers with an open point and room left (no sign of the point, where nobody labelled) that got a
follow-up: precision alone would reward an interviewer who never asks. `targeted_precision` leaves out follow-ups that
aim at no point (deeper questions, open probes): these cannot ask for what was answered, so they always count as open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine

from interview_platform.evaluation import interview_reading as reading
from interview_platform.evaluation import interview_stage, personas
from interview_platform.evaluation.interview_stage import Held
from interview_platform.ports import Answerer, Interviewer
from interview_platform.services.agent.intents_nearest import NearestReader
from interview_platform.services.agent.position import QUESTIONS

LEAST_PRECISION = 0.9
Say = Callable[[str], None]


@dataclass(frozen=True)
class _Measured:
    """One interview's figures."""

    held: Held
    core: tuple[str, ...]
    row: dict[str, Any]


def measure(
    found: Sequence[personas.Persona],
    interviewer: Interviewer,
    embeddings: Embeddings,
    answerer: Callable[[Engine], Answerer] | None = None,
    say: Say = lambda _line: None,
    show: Say | None = None,
) -> dict[str, Any]:
    """Hold one interview with each persona; {"summary", "goals", "as_wanted", "decisions", "interviews"}.

    `say` hears a line for each interview, `show` its transcript.
    """
    second = reading.SecondReading(embeddings)
    measured = []
    with interview_stage.stage(interviewer, answerer, NearestReader(embeddings)) as stage:
        for persona in found:
            held = stage.hold(persona)
            if show:
                show(reading.transcript(held))
            measured.append(_measured(held, second))
            say(_line(measured[-1]))
    return _report(measured)


def load(folder: Path | None) -> list[personas.Persona]:
    """The personas of a folder, or the shipped ones. Raises BadInput."""
    return personas.read(folder)


# --- one interview ---------------------------------------------------------------------------------------------


def _measured(held: Held, second: reading.SecondReading) -> _Measured:
    asked = [turn.question_id for turn in held.turns if turn.kind in QUESTIONS]
    ended_early = held.interview.ended_by == "candidate"
    follow_ups, rooms = reading.follow_ups(held, second), reading.rooms(held, second)
    row: dict[str, Any] = {
        "persona": held.persona.name,
        "job": held.job.title,
        "questions": len(held.plan),
        "asked": len(set(asked)),
        "coverage": 1.0 if ended_early else len(set(asked) & {q.id for q in held.plan}) / max(1, len(held.plan)),
        "ended_by": held.interview.ended_by or "nobody",
        "turns": len(held.turns),
        "follow_ups": len(follow_ups),
        "truly_open": sum(one.open for one in follow_ups),
        "targeted": sum(bool(one.target) for one in follow_ups),
        "targeted_open": sum(bool(one.target) and one.open for one in follow_ups),
        "left_open": len(rooms),
        "followed_up": sum(one.followed for one in rooms),
        "not_followed_up": [one.told() for one in rooms if not one.followed],
        "closed_targets": [one.told() for one in follow_ups if not one.open],
        "re_asked": [*reading.asked_twice(held), *(one.told() for one in follow_ups if one.covered_before)],
        "guard_violations": reading.violations(held),
        "custom_changed": reading.custom_changed(held, ended_early),
        "over_limits": reading.over_limits(held),
        "decisions": dict(Counter(one.decision.action for one in held.decided)),
        "seconds": round(held.seconds, 2),
        "engines": sorted({turn.engine for turn in held.turns if turn.engine}),
        "labelled": sum(one.by_label for one in follow_ups),
    }
    return _Measured(held, reading.core_texts(held), row)


def _line(one: _Measured) -> str:
    row = one.row
    wrong = sum(len(row[name]) for name in ("re_asked", "guard_violations", "custom_changed", "over_limits"))
    return (
        f"{row['persona']:32} {row['job'][:28]:28} {row['asked']}/{row['questions']} asked, {row['turns']:3} turns, "
        f"{row['follow_ups']:2} follow-ups ({row['truly_open']} open), {wrong} wrong, {row['seconds']:.1f} s"
    )


# --- all of them -----------------------------------------------------------------------------------------------


def _report(measured: Sequence[_Measured]) -> dict[str, Any]:
    rows = [one.row for one in measured]
    follow_ups = sum(row["follow_ups"] for row in rows)
    custom = sum(len(reading.own_questions(one.held)) for one in measured)
    changed = sum(len(row["custom_changed"]) for row in rows)
    summary = {
        "personas": len(rows),
        "coverage": _share(sum(row["coverage"] for row in rows), len(rows)),
        "re_asked": sum(len(row["re_asked"]) for row in rows),
        "guard_violations": sum(len(row["guard_violations"]) for row in rows),
        "follow_up_precision": _share(sum(row["truly_open"] for row in rows), follow_ups),
        "follow_up_recall": _share(sum(row["followed_up"] for row in rows), sum(row["left_open"] for row in rows)),
        "targeted": sum(row["targeted"] for row in rows),
        "targeted_precision": _share(sum(row["targeted_open"] for row in rows), sum(row["targeted"] for row in rows)),
        "custom_verbatim": _share(custom - changed, custom),
        "core_identical": _same_core(measured),
        "follow_ups": follow_ups,
        "follow_ups_labelled": sum(row["labelled"] for row in rows),
        "over_limits": sum(len(row["over_limits"]) for row in rows),
    }
    goals = {
        "coverage": summary["coverage"] == 1.0,
        "re_asked": summary["re_asked"] == 0,
        "guard_violations": summary["guard_violations"] == 0,
        "follow_up_precision": summary["follow_up_precision"] >= LEAST_PRECISION,
        "custom_verbatim": summary["custom_verbatim"] == 1.0,
        "core_identical": summary["core_identical"] == 1.0,
        "over_limits": summary["over_limits"] == 0,
    }
    return {
        "summary": summary,
        "goals": goals,
        "as_wanted": all(goals.values()),
        "decisions": _decisions(measured),
        "open_by": "labels of the persona where it has them, else the offline judge over everything said before",
        "interviews": rows,
    }


def _decisions(measured: Sequence[_Measured]) -> dict[str, Any]:
    decided = [one for each in measured for one in each.held.decided]
    times = sorted(one.seconds * 1000 for one in decided)
    return {
        "by_kind": dict(Counter(one.decision.action for one in decided)),
        "by_engine": dict(Counter(one.decision.engine for one in decided)),
        "fallbacks": sum(bool(one.decision.fallback) for one in decided),
        "ms_p50": round(median(times), 1) if times else None,
        "ms_p95": round(times[int(0.95 * (len(times) - 1))], 1) if times else None,
    }


def _same_core(measured: Sequence[_Measured]) -> float:
    """Share of interviews whose core questions are those of the first interview of their job."""
    first: dict[str, tuple[str, ...]] = {}
    same = sum(first.setdefault(one.held.job.id, one.core) == one.core for one in measured)
    return _share(same, len(measured))


def _share(part: float, whole: float) -> float:
    """Rounded share; 1.0 of nothing."""
    return round(part / whole, 4) if whole else 1.0
