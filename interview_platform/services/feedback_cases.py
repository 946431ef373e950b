"""Feedback becomes evaluation: each flag, other level, blind rating and correction is a case to put to the judge again.

A case is tested where that can be done without a person: a level by judging the same words by the same rubric again;
a "not what was said" or "unfair" flag by whether the sentence is still made. Other flags are kept and counted, not
tested.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from interview_platform.models import Correction, Feedback, Interview, Override, Rating, Replay, Report, Score
from interview_platform.ports import AnswerJudge
from interview_platform.services import access, agreement, audit, report_write, reports, transcript
from interview_platform.services.scoring import rubric
from interview_platform.services.scoring.assess import Finding, findings

TESTED_FLAGS = ("hallucination", "bias")


@dataclass(frozen=True)
class Case:
    """One thing a person said of the judge. `machine` and `person` are levels; `now` what the present judge says."""

    kind: str  # override | rating | flag | correction
    interview_id: str
    at: datetime
    competency: str = ""
    machine: int | None = None
    person: int | None = None
    about: str = ""
    quote: str = ""
    text: str = ""
    judge: str = ""
    rubric: str = ""
    now: int | None = None
    agreed: bool | None = None  # None: a person has to look


def gather(db: Session, organisation_id: str) -> list[Case]:
    """Every case of an organisation, oldest first; practice interviews left out."""
    practice = set(db.exec(select(Interview.id).where(col(Interview.practice).is_(True))).all())
    held = [*_overrides(db, organisation_id), *_ratings(db, organisation_id)]
    held += [*_flags(db, organisation_id), *_corrections(db, organisation_id)]
    return sorted((case for case in held if case.interview_id not in practice), key=lambda case: case.at)


def replay(db: Session, organisation_id: str, judge: AnswerJudge) -> tuple[Replay, list[Case]]:
    """Put every case to the judge and keep the figures. Raises ServiceUnavailable from the judge: nothing is kept."""
    cases = gather(db, organisation_id)
    judged = {key: _judged(db, key, judge) for key in dict.fromkeys(case.interview_id for case in cases)}
    done = [_put(case, judged[case.interview_id]) for case in cases]
    tested = [case for case in done if case.agreed is not None]
    pairs = [(case.person, case.now) for case in done if case.person is not None and case.now is not None]
    by_kind: dict[str, list[int]] = {}
    for case in tested:
        counted = by_kind.setdefault(case.kind, [0, 0])
        counted[0], counted[1] = counted[0] + 1, counted[1] + bool(case.agreed)
    known = agreement.of([(int(person), int(now)) for person, now in pairs])
    figures = {"by_kind": by_kind, "not_tested": len(done) - len(tested), "levels": asdict(known)}
    row = Replay(
        organisation_id=organisation_id,
        judge=judge.label,
        cases=len(tested),
        agreed=sum(bool(case.agreed) for case in tested),
        figures=figures,
    )
    db.add(row)
    audit.record(db, access.system(organisation_id), "judge.replayed", f"replay:{row.id}", cases=row.cases)
    return row, done


def as_jsonl(cases: Sequence[Case]) -> str:
    """One case a line; times in ISO 8601. No names: ids of interviews only."""
    return "".join(json.dumps({**asdict(c), "at": c.at.isoformat()}, ensure_ascii=False) + "\n" for c in cases)


def _overrides(db: Session, organisation_id: str) -> Iterator[Case]:
    query = (
        select(Override, Score, Report)
        .join(Score, col(Override.score_id) == Score.id)
        .join(Report, col(Score.report_id) == Report.id)
        .join(Interview, col(Report.interview_id) == Interview.id)
        .where(Interview.organisation_id == organisation_id)
        .order_by(col(Override.created_at), col(Report.created_at))
    )
    latest: dict[tuple[str, str, datetime], Case] = {}  # carried to later versions, one override stays one case
    for override, score, report in db.exec(query):
        made = Case(
            "override",
            report.interview_id,
            override.created_at,
            score.name,
            score.level,
            override.level,
            text=override.reason,
            judge=report.judge,
            rubric=str(report.versions.get("rubric", "")),
        )
        latest.setdefault((report.interview_id, score.name, override.created_at), made)
    yield from latest.values()


def _ratings(db: Session, organisation_id: str) -> Iterator[Case]:
    query = select(Rating).where(Rating.organisation_id == organisation_id, col(Rating.blind).is_(True))
    for row in db.exec(query):
        report = reports.newest(db, row.interview_id)
        scored = select(Score).where(Score.report_id == report.id, Score.name == row.name) if report else None
        score = db.exec(scored).first() if scored is not None else None
        judge, version = (report.judge, str(report.versions.get("rubric", ""))) if report else ("", "")
        machine = score.level if score else None
        yield Case(
            "rating",
            row.interview_id,
            row.created_at,
            row.name,
            machine,
            row.level,
            text=row.note,
            judge=judge,
            rubric=version,
        )


def _flags(db: Session, organisation_id: str) -> Iterator[Case]:
    query = select(Feedback).where(Feedback.organisation_id == organisation_id, Feedback.kind == "flag")
    for row in db.exec(query):
        if row.interview_id:
            about = row.about or "other"
            yield Case("flag", row.interview_id, row.created_at, about=about, quote=row.quote, text=row.text)


def _corrections(db: Session, organisation_id: str) -> Iterator[Case]:
    for row in db.exec(select(Correction).where(Correction.organisation_id == organisation_id)):
        case = Case("correction", row.interview_id, row.created_at, about="transcript", quote=row.before, text=row.text)
        yield case


def _judged(db: Session, interview_id: str, judge: AnswerJudge) -> list[Finding]:
    """The present judge on the present words, by the rubric of the report that counts."""
    report, interview = reports.newest(db, interview_id), db.get(Interview, interview_id)
    if report is None or interview is None or not report.rubric:
        return []
    kept = report.rubric
    asked = [entry for line in kept["lines"] for entry in line["questions"]]
    turns = transcript.of(db, interview_id).turns
    return findings(rubric.restore(kept, rubric.asked_of(asked, turns, interview.ended_by)), judge)


def _put(case: Case, judged: Sequence[Finding]) -> Case:
    found = next((f for f in judged if f.criterion.name == case.competency), None)
    if case.kind in ("override", "rating"):
        now = found.level.level if found and found.level else None
        return replace(case, now=now, agreed=now == case.person if found else None)
    if case.kind == "correction":
        return replace(case, agreed=not _quotes_only(case.quote, case.text, judged) if judged else None)
    if case.about in TESTED_FLAGS and case.quote and judged:
        return replace(case, agreed=case.quote not in _sentences(judged))
    return case


def _sentences(judged: Sequence[Finding]) -> set[str]:
    """What a report by these findings says: strengths, concerns, points with their verdicts."""
    said = {str(held["text"]) for held in (*report_write.strengths(judged), *report_write.concerns(judged))}
    words = {"met": "Shown", "partly": "Not shown clearly: listen", "not_shown": "Not shown in the answers"}
    return said | {f"{words[s.verdict.verdict]}: {s.verdict.point}" for f in judged for s in f.shown}


def _quotes_only(wrong: str, right: str, judged: Sequence[Finding]) -> bool:
    """Whether anything is still quoted that stands in the wrong words and not in the right ones."""
    quotes = [quote.text for f in judged for s in f.shown for quote in s.quotes]
    return any(quote in wrong and quote not in right for quote in quotes)
