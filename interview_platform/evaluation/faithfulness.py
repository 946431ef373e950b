"""Whether what a report says is borne out: every shown point's quote word for word, and what people say it shows.

The check is independent of the judge: a file of answers in which people marked, point by point, what each shows and
what it leaves open (`question say shows open`, YAML; benchmarks/full_answers.yaml and level_answers.yaml hold full
ones, coverage.yaml partial ones; the judge is fitted on all three: benchmarks/levels.py measures in folds).
A point that the judge calls met is a claim; on an answer that leaves it open, its quote does not
support it. What it calls partly met claims nothing but that the quote is worth listening to ("pointers"); how many of
these do show their point is told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from interview_platform.errors import BadInput
from interview_platform.ports import AnswerJudge
from interview_platform.services.agent import bank
from interview_platform.services.scoring import evidence

VERBATIM, ENTAILED = 1.0, 0.95
"""The goals: shares of claims whose quote stands in the answer, and whose point people saw there."""


@dataclass(frozen=True)
class Marked:
    """One answer and what people saw in it."""

    question: str
    answer: str
    shows: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One point that the judge says is shown, checked."""

    answer: Marked
    point: str
    verdict: str
    quotes: tuple[str, ...]
    verbatim: bool
    entailed: bool


def read(path: Path) -> list[Marked]:
    """The file's answers; `question` is a text or an id of the banks, `ask` a text. Raises BadInput."""
    known = {entry.id: entry.text for family in bank.families() for entry in family.questions}
    try:
        items = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [
            Marked(
                known.get(item.get("question"), item.get("question") or item["ask"]),
                str(item["say"]),
                tuple(map(str, item.get("shows") or ())),
                tuple(map(str, item.get("open") or ())),
            )
            for item in items
        ]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path} cannot be used ({type(error).__name__}: {error}). It needs a list with question or ask, say, "
            "shows and open. Nothing was checked."
        ) from None


def claims(answers: Sequence[Marked], judge: AnswerJudge) -> Iterator[Claim]:
    """Every point that the judge calls met or partly met."""
    for one in answers:
        points = [*one.shows, *one.open]
        for verdict in judge.judge(one.question, points, one.answer):
            if verdict.verdict != "not_shown":
                held = bool(verdict.quotes) and all(evidence.verify(quote, one.answer) for quote in verdict.quotes)
                yield Claim(one, verdict.point, verdict.verdict, verdict.quotes, held, verdict.point in one.shows)


def measure(answers: Sequence[Marked], judge: AnswerJudge) -> dict[str, Any]:
    """Shares of claims and of pointers that hold, of shown points found by either, and the claims that do not."""
    made = list(claims(answers, judge))
    met = [claim for claim in made if claim.verdict == "met"]
    partly = [claim for claim in made if claim.verdict != "met"]
    shown = sum(len(one.shows) for one in answers)
    report: dict[str, Any] = {
        "answers": len(answers),
        "points": sum(len(one.shows) + len(one.open) for one in answers),
        "points_shown": shown,
        "verbatim": _share([claim.verbatim for claim in made]),
        "claims": len(met),
        "entailed": _share([claim.entailed for claim in met]),
        "pointers": len(partly),
        "pointers_entailed": _share([claim.entailed for claim in partly]),
        "both_entailed": _share([claim.entailed for claim in made]),
        "shown_points_claimed": round(sum(claim.entailed for claim in met) / shown, 3) if shown else None,
        "shown_points_found": round(sum(claim.entailed for claim in made) / shown, 3) if shown else None,
        "unsupported": [_told(claim) for claim in met if not (claim.verbatim and claim.entailed)],
    }
    report["as_wanted"] = report["verbatim"] == VERBATIM and (report["entailed"] or 0.0) >= ENTAILED
    return report


def _share(held: Sequence[bool]) -> float | None:
    return round(sum(held) / len(held), 3) if held else None


def _told(claim: Claim) -> Mapping[str, str]:
    return {"point": claim.point, "verdict": claim.verdict, "quote": " … ".join(claim.quotes)}
