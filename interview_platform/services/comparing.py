"""Two to five people side by side on the same questions: levels, and what each said to each. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from interview_platform.errors import BadInput
from interview_platform.services import reports
from interview_platform.services.access import Actor
from interview_platform.services.report_view import ReportView

FEWEST, MOST = 2, 5


@dataclass(frozen=True)
class Answer:
    """What one person said to one question; `note` says why there is nothing to read."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Columns are `reports`, in the order asked for; every row has one entry per column."""

    job_title: str
    reports: tuple[ReportView, ...]
    levels: tuple[tuple[str, tuple[int | None, ...]], ...]  # (competency, level that counts, None = not assessed)
    answers: tuple[tuple[str, tuple[Answer, ...]], ...]  # (question, …): those that two or more were asked
    own: tuple[int, ...]  # how many questions only this person was asked (from the résumé)


def compare(db: Session, actor: Actor, interview_ids: Sequence[str], key: bytes = b"") -> Comparison:
    """Put them side by side. Raises BadInput (too few, too many, different jobs, levels still hidden), NotFound."""
    wanted = list(dict.fromkeys(interview_ids))
    if not FEWEST <= len(wanted) <= MOST:
        raise BadInput(f"Choose {FEWEST} to {MOST} people to compare; {len(wanted)} are chosen.")
    views = tuple(reports.view(db, actor, interview_id, key) for interview_id in wanted)
    if len({view.job_id for view in views}) > 1:
        raise BadInput("These people are candidates for different jobs: they were asked by different rubrics.")
    hidden = [view.candidate_name for view in views if view.hidden]
    if hidden:
        raise BadInput(f"Rate first: {', '.join(hidden)}. In this job the judge's levels open after your own.")
    waiting = [view.candidate_name for view in views if view.status != "ready"]
    if waiting:
        raise BadInput(f"There is no finished report yet on {', '.join(waiting)}.")
    questions = _shared_questions(views)
    own = tuple(sum(q.asked and q.text not in questions for q in view.questions) for view in views)
    answers = tuple((text, tuple(_answer(view, text) for view in views)) for text in questions)
    return Comparison(views[0].job_title, views, tuple(_levels(views)), answers, own)


def _levels(views: Sequence[ReportView]) -> list[tuple[str, tuple[int | None, ...]]]:
    """Every competency that anybody has, in the order of the first who has it."""
    held = [{score.name: score.shown_level for score in view.scores} for view in views]
    names = list(dict.fromkeys(name for levels in held for name in levels))
    return [(name, tuple(levels.get(name) for levels in held)) for name in names]


def _shared_questions(views: Sequence[ReportView]) -> list[str]:
    asked = [[q.text for q in view.questions if q.asked] for view in views]
    texts = dict.fromkeys(text for own in asked for text in own)
    return [text for text in texts if sum(text in own for own in asked) >= FEWEST]


def _answer(view: ReportView, text: str) -> Answer:
    question = next((q for q in view.questions if q.text == text), None)
    if question is None or not question.asked:
        return Answer("", "Not asked")
    said = [
        turn.text
        for turn in view.turns
        if turn.speaker == "candidate" and turn.question_id == question.question_id and turn.kind != "skip"
    ]
    words = "\n".join(line for line in said if line.strip())
    return Answer(words, "" if words else "No answer")
