"""A recruiter's practice interview: real behind its link, and nowhere among candidates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Application, Candidate, Interview, Recording, Report, Turn, now, session
from interview_platform.services import invites, jobs, overview, plans, pool, practice, previews, report_list, review
from interview_platform.services.access import Actor
from interview_platform.services.agent import plan
from interview_platform.services.pool_query import PoolQuery
from tests import builders
from tests.services.planned import application

ADDRESS = "http://localhost:3000"


@pytest.fixture
def db(engine):
    with session(engine) as opened:
        yield opened


def started(db, actor, job) -> practice.Started:
    return practice.start(db, actor, builders.SECRET, job.id, ADDRESS, plan.build)


def rows(db, actor, job) -> list[practice.PracticeRow]:
    return practice.listing(db, actor, builders.SECRET, job.id, ADDRESS)


def test_a_practice_link_opens_an_interview_with_the_newest_plan_and_nobody_is_written_to(db):
    actor, job, _ = application(db)
    made = started(db, actor, job)
    opened = invites.open_link(db, builders.SECRET, made.link.rpartition("/")[2])
    assert opened.interview is not None
    assert opened.candidate.name == "Practice (Robin Reyes)"
    held = plans.current(db, actor, job.id)
    assert opened.interview.plan == [line.key for line in held.lines if line.question]
    assert opened.interview.practice


def test_an_unfinished_practice_goes_on_and_follows_a_newer_plan_until_it_begins(db):
    actor, job, _ = application(db)
    first = started(db, actor, job)
    gone = first.interview.plan[0]
    plans.remove(db, actor, job.id, gone)
    again = started(db, actor, job)
    assert again.link == first.link
    assert gone not in again.interview.plan
    assert again.interview.plan_version == 2


def test_after_the_end_another_practice_gets_another_link_for_the_same_person(db):
    actor, job, _ = application(db)
    first = started(db, actor, job)
    first.interview.status = "reported"
    db.add(first.interview)
    second = started(db, actor, job)
    assert second.link != first.link
    assert second.interview.application_id == first.interview.application_id
    assert [row.link == "" for row in rows(db, actor, job)] == [False, True]


def test_two_people_practise_apart(db):
    actor, job, _ = application(db)
    user, _ = builders.recruiter(db, email="kim@example.com", name="Kim Kahn")
    user.organisation_id = actor.organisation_id
    db.add(user)
    kim = Actor(organisation_id=actor.organisation_id, role="recruiter", user_id=user.id)
    assert started(db, actor, job).interview.application_id != started(db, kim, job).interview.application_id
    assert {row.who for row in rows(db, actor, job)} == {"Practice (Robin Reyes)", "Practice (Kim Kahn)"}


def test_a_practice_is_in_no_pool_count_or_list(db):
    actor, job, _ = application(db)
    before = (pool.size(db, actor, job.id), jobs.listing(db, actor)[0], overview.funnel(db, actor))
    made = started(db, actor, job).interview
    made.status, made.started_at, made.ended_at = "reported", now(), now()
    db.add_all([made, Report(interview_id=made.id, status="ready")])
    db.flush()
    page = pool.pool(db, actor, job.id, PoolQuery())
    searched = pool.pool(db, actor, job.id, PoolQuery(search="practice"))
    assert (page.total, page.everyone, searched.total) == (1, 1, 0)
    assert "practice" not in page.stages
    after = (pool.size(db, actor, job.id), jobs.listing(db, actor)[0], overview.funnel(db, actor))
    assert after == before
    assert overview.interviews(db, actor) == []
    assert report_list.listing(db, actor) == []
    assert sum(number for _, number in overview.ended_per_day(db, actor)) == 0


def test_nobody_is_decided_about_after_a_practice(db):
    actor, job, _ = application(db)
    made = started(db, actor, job).interview
    made.status = "reported"
    db.add(made)
    with pytest.raises(BadInput, match="practice"):
        review.decide(db, actor, made.id, "reject")
    assert db.get(Application, made.application_id).stage == "practice"


def test_deleting_takes_everything_along(db, blobs: LocalFiles, tmp_path: Path):
    actor, job, _ = application(db)
    made = started(db, actor, job).interview
    part = tmp_path / "part.webm"
    part.write_bytes(b"-")
    blobs.put("recordings/x/whole.webm", b"-", "video/webm")
    builders.turn(db, made, 1, "agent", "Hello.")
    db.add(Recording(interview_id=made.id, part=0, blob_key="recordings/x/whole.webm", path=str(part)))
    db.flush()
    applied = db.get(Application, made.application_id)
    interview_id, who = made.id, applied.candidate_id
    practice.delete(db, blobs, actor, made.id)
    db.flush()
    db.expire_all()
    assert not blobs.exists("recordings/x/whole.webm")
    assert not part.exists()
    assert db.get(Interview, interview_id) is None
    assert db.get(Candidate, who) is None
    assert db.query(Turn).count() == 0
    assert rows(db, actor, job) == []


def test_a_candidates_interview_is_not_deleted_as_practice_nor_a_running_one(db, blobs):
    actor, job, applied = application(db)
    real = builders.interview(db, actor, applied)
    with pytest.raises(NotFound):
        practice.delete(db, blobs, actor, real.id)
    made = started(db, actor, job).interview
    made.status = "live"
    db.add(made)
    with pytest.raises(BadInput, match="running"):
        practice.delete(db, blobs, actor, made.id)


def test_strangers_and_readers_start_none(db):
    _, job, _ = application(db)
    _, stranger = builders.recruiter(db, email="s@example.com")
    with pytest.raises(NotFound):
        started(db, stranger, job)
    with pytest.raises(NotAllowed):
        started(db, Actor(organisation_id=job.organisation_id, role="auditor"), job)


class Beep:
    """A voice that says a tenth of a second of tone for each word."""

    name, rate = "beep", 8000

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, text: str):
        self.said.append(text)
        for _ in text.split():
            yield np.full(800, 0.5, dtype=np.float32)


def test_a_question_is_said_once_and_heard_again_from_the_file(blobs: LocalFiles, tmp_path: Path):
    voice = Beep()
    assert previews.hear(blobs, voice, "org", "How  are you?").startswith("http")
    previews.hear(blobs, voice, "org", "How are you?")
    assert voice.said == ["How are you?"]
    [file] = (tmp_path / "files" / "files").rglob("*.wav")
    assert file.stat().st_size == 44 + 3 * 800 * 2


def test_a_wav_holds_the_samples_clipped(tmp_path: Path):
    import io
    import wave

    with wave.open(io.BytesIO(previews.wav(np.array([0.0, 2.0, -2.0], dtype=np.float32), 8000))) as read:
        held = np.frombuffer(read.readframes(9), dtype="<i2")
        assert (read.getframerate(), read.getnchannels(), list(held)) == (8000, 1, [0, 32767, -32767])


@pytest.mark.parametrize("text", ["  ", "word " * 300])
def test_what_cannot_be_said_is_refused(blobs, text):
    with pytest.raises(BadInput):
        previews.hear(blobs, Beep(), "org", text)
