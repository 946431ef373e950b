"""Many files at once: each is answered, none stops the others, and the pool is ranked at the end."""

import pytest

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Application, Match, Resume, session
from interview_platform.services import candidates
from interview_platform.workflows.ingest import FAULT, NOT_RANKED, ingest_many
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


class NoEmbeddings(HashingEmbeddings):
    def embed_documents(self, texts):
        raise ServiceUnavailable("The sentence model does not answer. Rank again later.")


@pytest.fixture
def stored(engine, tmp_path):
    blobs = LocalFiles(tmp_path / "files", builders.SECRET, "http://localhost")
    contents = {
        "maya.txt": TEXT,
        "bad.txt": "bad file",
        "odd.txt": TEXT + "x",
        "pia.txt": TEXT.replace("maya.", "pia."),
    }
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        rows = [candidates.add_resume(db, blobs, actor, job.id, name, text.encode()) for name, text in contents.items()]
    return blobs, actor, job.id, [row.id for row in rows]


def test_every_file_is_answered_and_the_rest_is_ranked(engine, stored):
    blobs, actor, job_id, ids = stored
    seen = []
    outcome = ingest_many(
        engine, blobs, BrokenParser(), HashingEmbeddings(), actor, job_id, ids, lambda *step: seen.append(step)
    )
    assert (outcome.read, outcome.failed, outcome.ranked) == (2, 2, 2)
    assert [(done, total) for done, total, *_ in seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    errors = {name: error for _, _, name, error in seen}
    assert errors["maya.txt"] == errors["pia.txt"] == ""
    assert "damaged" in errors["bad.txt"]
    assert errors["odd.txt"] == FAULT
    with session(engine) as db:
        assert db.query(Match).count() == 2
        assert {row.status for row in db.query(Resume)} == {"parsed", "failed"}


def test_two_files_of_one_person_meet_in_one_application(engine, stored):
    blobs, actor, job_id, ids = stored
    with session(engine) as db:
        again = candidates.add_resume(db, blobs, actor, job_id, "maya-2.txt", (TEXT + "Rust").encode()).id
    ingest_many(engine, blobs, PlainParser(), HashingEmbeddings(), actor, job_id, [ids[0], again])
    with session(engine) as db:
        assert db.query(Application).count() == 1


@pytest.mark.parametrize(
    ("embeddings", "words"), [(None, NOT_RANKED), (NoEmbeddings(), "The sentence model does not answer.")]
)
def test_without_a_ranking_the_files_are_kept_and_it_is_said(engine, stored, embeddings, words):
    blobs, actor, job_id, ids = stored
    outcome = ingest_many(engine, blobs, PlainParser(), embeddings, actor, job_id, ids[:1])
    assert (outcome.read, outcome.ranked) == (1, 0)
    assert outcome.ranking_error.startswith(words)
