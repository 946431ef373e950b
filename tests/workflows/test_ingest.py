"""Many files at once: each is answered, none stops the others, people may pause, and the pool is ranked on the way."""

import threading

import pytest

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import ModelMissing, ServiceUnavailable
from interview_platform.models import Application, AuditEvent, Job, Match, Resume, session
from interview_platform.services import candidates, intake
from interview_platform.workflows import ingest
from interview_platform.workflows.ingest import FAULT, Intake
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT
from tests.services.test_candidates import PlainParser


class BrokenParser(PlainParser):
    """Falls over on one file with an error nobody expected."""

    def parse(self, filename, content):
        if filename == "odd.txt":
            raise ZeroDivisionError
        return super().parse(filename, content)


class GatedParser(PlainParser):
    """Reads a file only once the gate is open; says which were begun."""

    def __init__(self):
        self.gate, self.begun, self.first = threading.Event(), [], threading.Event()

    def parse(self, filename, content):
        self.begun.append(filename)
        self.first.set()
        assert self.gate.wait(20)
        return super().parse(filename, content)


class NoEmbeddings(HashingEmbeddings):
    def embed_documents(self, texts):
        raise ServiceUnavailable("The sentence model does not answer. Rank again later.")


def missing_model():
    raise ModelMissing("The sentence model is not here. Run the command that fetches it.")


class House:
    """One job, its files, and the intake that reads them."""

    def __init__(self, engine, folder):
        self.engine, self.parser, self.sessions = engine, BrokenParser(), EmbeddedSessions()
        self.blobs = LocalFiles(folder / "files", builders.SECRET, "http://localhost")
        with session(engine) as db:
            _, self.actor = builders.recruiter(db)
            self.job_id = builders.job(db, self.actor).id

    def add(self, **contents):
        with session(self.engine) as db:
            rows = [
                candidates.add_resume(db, self.blobs, self.actor, self.job_id, f"{name}.txt", text.encode())
                for name, text in contents.items()
            ]
        return [row.id for row in rows]

    def people(self, number):
        names = [f"p{place}" for place in range(number)]
        return self.add(**{name: TEXT.replace("maya.", f"{name}.") for name in names})

    def intake(self, embeddings=HashingEmbeddings):
        return Intake(self.engine, self.blobs, self.parser, embeddings, self.sessions)

    def run(self, **options):
        return self.intake(**options).run(self.actor, self.job_id)

    def pause(self, paused):
        with session(self.engine) as db:
            intake.set_paused(db, self.actor, self.job_id, paused)

    def count(self, table, **where):
        with session(self.engine) as db:
            return db.query(table).filter_by(**where).count()


@pytest.fixture
def house(engine, tmp_path):
    return House(engine, tmp_path)


def test_every_file_is_answered_and_the_rest_is_ranked(house):
    house.add(maya=TEXT, bad="bad file", odd=TEXT + "x", pia=TEXT.replace("maya.", "pia."))
    outcome = house.run()
    assert (outcome.read, outcome.failed, outcome.ranked, outcome.ranking_error) == (2, 2, 2, "")
    with session(house.engine) as db:
        errors = {row.filename: row.error for row in db.query(Resume)}
        assert {row.status for row in db.query(Resume)} == {"parsed", "failed"}
    assert errors["maya.txt"] == errors["pia.txt"] == ""
    assert "damaged" in errors["bad.txt"]
    assert errors["odd.txt"] == FAULT
    assert house.count(Match) == 2
    assert house.intake().progress(house.job_id) is None


def test_two_files_of_one_person_meet_in_one_application(house):
    house.add(maya=TEXT, maya2=TEXT + "Rust")
    house.run()
    assert house.count(Application) == 1


def test_progress_counts_what_is_read_what_failed_and_what_is_to_come(house):
    told = []
    put = house.sessions.put
    house.sessions.put = lambda key, value, seconds: (told.append(value), put(key, value, seconds))
    house.people(3)
    house.add(bad="bad file")
    house.run()
    assert {step["total"] for step in told} == {4}
    assert [step["done"] for step in told] == sorted(step["done"] for step in told)
    assert (told[0]["done"], told[-1]["done"], told[-1]["failed"], told[-1]["ranking"]) == (0, 4, 1, True)
    assert told[0]["left_seconds"] is None
    assert told[-1]["left_seconds"] == 0


def test_the_list_fills_while_many_files_are_read(house, monkeypatch):
    monkeypatch.setattr(ingest, "RANK_EVERY", 2)
    monkeypatch.setattr(ingest, "RANK_SHARE", 0)
    told = []
    put = house.sessions.put
    house.sessions.put = lambda key, value, seconds: (told.append(value), put(key, value, seconds))
    house.people(5)
    house.run()
    ranked_at = [step["done"] for step in told if step["ranking"]]
    assert ranked_at[0] < 5
    assert ranked_at[-1] == 5


def test_a_pause_lets_the_files_under_way_finish_and_the_rest_waits(house):
    house.people(6)
    house.parser = GatedParser()
    made = house.intake()
    work = threading.Thread(target=made.run, args=(house.actor, house.job_id))
    work.start()
    assert house.parser.first.wait(20)
    house.pause(True)
    house.parser.gate.set()
    work.join(20)
    read = house.count(Resume, status="parsed")
    assert 1 <= read <= 2
    assert house.count(Match) == read
    assert made.run(house.actor, house.job_id) is not None
    assert house.count(Resume, status="queued") == 6 - read
    house.pause(False)
    made.run(house.actor, house.job_id)
    assert house.count(Match) == 6


def test_files_that_arrive_while_others_are_read_are_read_too(house):
    house.people(1)
    house.parser = GatedParser()
    made = house.intake()
    work = threading.Thread(target=made.run, args=(house.actor, house.job_id))
    work.start()
    assert house.parser.first.wait(20)
    house.add(late=TEXT.replace("maya.", "late."))
    assert made.run(house.actor, house.job_id) is None
    house.parser.gate.set()
    work.join(20)
    assert house.count(Resume, status="parsed") == 2


def test_a_start_reads_on_where_another_process_stopped_but_not_what_was_paused(house):
    house.people(2)
    with session(house.engine) as db:
        other = builders.job(db, house.actor, title="Paused", intake_paused=True)
        candidates.add_resume(db, house.blobs, house.actor, other.id, "wait.txt", TEXT.encode())
    assert house.intake().recover() == [house.job_id]
    assert house.count(Resume, status="parsed", job_id=house.job_id) == 2
    assert house.count(Resume, status="queued", job_id=other.id) == 1


def test_after_closing_nothing_more_is_begun(house):
    house.people(2)
    made = house.intake()
    made.close()
    assert made.run(house.actor, house.job_id) is None
    assert made.recover() == [house.job_id]
    assert house.count(Resume, status="queued") == 2


@pytest.mark.parametrize(
    ("embeddings", "words"),
    [(missing_model, "The sentence model is not here."), (NoEmbeddings, "The sentence model does not answer.")],
)
def test_without_a_ranking_the_files_are_kept_and_it_is_said_until_one_comes(house, embeddings, words):
    house.people(1)
    outcome = house.run(embeddings=embeddings)
    assert (outcome.read, outcome.ranked) == (1, 0)
    assert outcome.ranking_error.startswith(words)
    assert house.intake().ranking_problem(house.job_id).startswith(words)
    assert house.intake().rank(house.actor, house.job_id) == 1
    assert house.intake().ranking_problem(house.job_id) == ""


def test_pausing_is_kept_with_the_job_and_audited_once(house):
    house.pause(True)
    house.pause(True)
    with session(house.engine) as db:
        assert db.get(Job, house.job_id).intake_paused
        events = [row.action for row in db.query(AuditEvent)]
    assert events.count("intake.paused") == 1


def test_what_came_without_a_file_is_ranked_soon_and_many_at_once_share_two_rankings(house):
    house.people(2)
    held = house.intake()
    held.run(house.actor, house.job_id)
    ranked, inside, gate = [], threading.Event(), threading.Event()

    def rank(actor, job_id):
        ranked.append(job_id)
        inside.set()
        assert gate.wait(20)
        raise ServiceUnavailable("The sentence model does not answer.")

    held.rank = rank
    first = threading.Thread(target=held.rank_soon, args=(house.actor, house.job_id))
    first.start()
    assert inside.wait(20)
    others = [threading.Thread(target=held.rank_soon, args=(house.actor, house.job_id)) for _ in range(5)]
    for other in others:
        other.start()
    waiting = [other for other in others if other.is_alive()]
    while len(waiting) > 1:
        waiting = [other for other in waiting if other.is_alive()]
    gate.set()
    for thread in (first, *others):
        thread.join(20)
    assert len(ranked) == 2
