"""The judge of reports: warm before an interview ends, and not asked twice for the same words."""

from __future__ import annotations

from interview_platform.models import session
from interview_platform.services.access import Actor
from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.wiring import Platform
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.services.scoring.material import ANSWER, FOUND, SetJudge

QUESTION = "Tell me about a fault in production that you found."


class Counting(HashingEmbeddings):
    """Keeps every text it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += texts
        return super().embed_documents(texts)


class Quiet:
    """A reader of utterances that has nothing to prepare."""

    def prepare(self) -> None: ...


def _opened(held: Platform) -> str:
    """An interview of one question whose room is about to open."""
    with session(held.engine) as db:
        _, actor = builders.recruiter(db)
        assert isinstance(actor, Actor)
        job = builders.job(db, actor)
        question = builders.question(db, job, competency_id=builders.competency(db, job).id)
        return builders.interview(db, actor, builders.application(db, actor, job), plan=[question.id]).id


def test_a_room_that_opens_lets_the_judge_read_the_rubric_before_the_first_answer(held: Platform) -> None:
    embeddings = Counting()
    held.__dict__.update(
        judge=OfflineJudge(embeddings), offline=OfflineInterviewer(HashingEmbeddings()), reader=Quiet()
    )

    held._prepare(_opened(held))
    known = set(embeddings.texts)
    embeddings.texts.clear()
    held.judge.judge(QUESTION, [FOUND], ANSWER)

    assert {QUESTION, FOUND} <= known
    assert not {QUESTION, FOUND} & set(embeddings.texts)


def test_a_language_model_is_not_paid_to_be_warmed(held: Platform) -> None:
    asked: list[str] = []
    judge = SetJudge(lambda point, answer: asked.append(point))  # type: ignore[arg-type, func-returns-value]
    held.__dict__.update(judge=judge, offline=OfflineInterviewer(HashingEmbeddings()), reader=Quiet())

    held._prepare(_opened(held))

    assert asked == []


def test_the_offline_judge_of_reports_remembers_over_a_restart(held: Platform) -> None:
    held.__dict__["judge"] = OfflineJudge(HashingEmbeddings())
    first = held.report_judge.judge(QUESTION, [FOUND], ANSWER)
    del held.__dict__["report_judge"]

    assert held.report_judge.judge(QUESTION, [FOUND], ANSWER) == first
    assert held.report_judge.asked == 0  # type: ignore[attr-defined]


def test_a_language_model_judges_anew_each_time(held: Platform) -> None:
    held.__dict__["judge"] = SetJudge()

    assert held.report_judge is held.judge
