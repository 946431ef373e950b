"""Résumés taken in and the pool they make."""

import pytest

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import BadInput, NotAllowed, NotFound, ResumeUnreadable
from interview_platform.models import AuditEvent, Candidate, Resume, session
from interview_platform.ports import ParsedFile
from interview_platform.services import candidates, smartfilter
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT


class PlainParser:
    """Reads text as it is; a file that starts with "bad" cannot be read."""

    def parse(self, filename, content):
        if content.startswith(b"bad"):
            raise ResumeUnreadable("This file is damaged. Ask for it again.", "damaged")
        return ParsedFile(content.decode(), 1, "text/plain", ({"kind": "tiny", "detail": "9 tiny.", "count": 9},))


@pytest.fixture
def blobs(tmp_path):
    return LocalFiles(tmp_path / "files", builders.SECRET, "http://localhost")


@pytest.fixture
def job(engine):
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        return builders.job(db, actor).id, actor


@pytest.fixture
def take(engine, blobs, job):
    def taken(content=TEXT, filename="maya.txt"):
        with session(engine) as db:
            row = candidates.add_resume(db, blobs, job[1], job[0], filename, content.encode())
        return candidates.ingest(engine, blobs, row.id, PlainParser())

    return taken


def pool(engine, job, **options):
    with session(engine) as db:
        return candidates.pool(db, job[1], job[0], **options)


def test_the_original_is_stored_and_its_facts_are_kept(engine, blobs, job, take):
    row = take(filename="../évil/Maya Okafor (CV).txt")
    assert blobs.get(row.blob_key) == TEXT.encode()
    assert row.blob_key == f"resumes/{row.organisation_id}/{row.id}/Maya_Okafor_CV_.txt"
    assert (row.status, row.filename, row.media_type) == ("parsed", "Maya Okafor (CV).txt", "text/plain")
    (found,) = pool(engine, job)
    assert (found.name, found.email, found.headline) == ("Maya Okafor", "maya.okafor@example.com", "Backend Engineer")
    assert (found.stage, found.score, found.invite_status) == ("new", None, "")


def test_the_same_file_again_is_refused_by_the_earlier_ones_name(take):
    take()
    with pytest.raises(BadInput, match=r"maya\.txt"):
        take(filename="copy.txt")


def test_a_newer_resume_of_the_same_person_takes_the_older_ones_place(engine, job, take):
    take()
    newer = take(TEXT + "\nRust\n", "maya-2.txt")
    (found,) = pool(engine, job)
    assert found.resume_id == newer.id
    with session(engine) as db:
        assert db.query(Candidate).count() == 1


def test_people_without_an_address_are_not_taken_for_one(engine, job, take):
    take("STAFF ACCOUNTANT\nSummary\nKeeps books.", "a.txt")
    take("SOUS CHEF\nSummary\nCooks.", "b.txt")
    assert len(pool(engine, job)) == 2


def test_a_file_that_cannot_be_read_is_listed_with_the_way_out(engine, job, take):
    take("bad file")
    take()
    with session(engine) as db:
        (failed,) = candidates.failures(db, job[1], job[0])
    assert (failed.filename, failed.error) == ("maya.txt", "This file is damaged. Ask for it again.")
    assert len(pool(engine, job)) == 1


def test_a_file_that_failed_may_be_uploaded_again(engine, job, take):
    first = take("bad file")
    assert take("bad file").id == first.id


def test_a_failed_file_can_be_removed_and_a_read_one_cannot(engine, blobs, job, take):
    failed, read = take("bad file"), take()
    with session(engine) as db:
        candidates.discard(db, blobs, job[1], failed.id)
        with pytest.raises(BadInput):
            candidates.discard(db, blobs, job[1], read.id)
    assert not blobs.exists(failed.blob_key)


def test_the_pool_is_searched_by_name_and_by_skill_and_ordered(engine, job, take):
    take()
    take("Pia Cook\npia@example.com\n\nExperience\nSous Chef\t2019 - 2024\nPlated banquets.\n", "pia.txt")
    with session(engine) as db:
        smartfilter.rank(db, job[1], HashingEmbeddings(), job[0])
    assert [row.name for row in pool(engine, job)] == ["Maya Okafor", "Pia Cook"]
    assert [row.name for row in pool(engine, job, search="kubernetes")] == ["Maya Okafor"]
    assert [row.name for row in pool(engine, job, search="pia chef")] == ["Pia Cook"]
    assert [row.name for row in pool(engine, job, order="newest")] == ["Pia Cook", "Maya Okafor"]


def test_one_candidate_is_shown_whole(engine, job, take):
    take()
    with session(engine) as db:
        smartfilter.rank(db, job[1], HashingEmbeddings(), job[0])
        shown = candidates.detail(db, job[1], candidates.pool(db, job[1], job[0])[0].application_id)
    match = next(match for match in shown.row.matched if match.skill == "Kubernetes")
    assert shown.text[match.start : match.end] == match.sentence
    assert shown.warnings == ("9 tiny.",)
    assert set(shown.parts) == {"required", "preferred", "semantic"}
    assert shown.facts.experience[0].company == "Harbour Payments Ltd"


def test_an_invited_candidate_shows_so(engine, job, take):
    take()
    with session(engine) as db:
        row = candidates.pool(db, job[1], job[0])[0]
        application = candidates.access.application(db, job[1], row.application_id)
        builders.interview(db, job[1], application, status="live")
    (found,) = pool(engine, job)
    assert (found.invite_status, found.interview_status) == ("open", "live")


def test_no_name_reaches_the_audit_log(engine, job, take):
    take()
    take("bad file", "Maya Okafor.txt")
    with session(engine) as db:
        details = [str(event.detail) for event in db.query(AuditEvent)]
    assert details
    assert not any("Maya" in detail or "maya" in detail for detail in details)


def test_other_organisations_see_and_add_nothing(engine, blobs, job, take):
    take()
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="s@example.com")
        _, auditor = builders.recruiter(db, db.get(builders.Organisation, job[1].organisation_id), role="auditor")
        with pytest.raises(NotFound):
            candidates.pool(db, stranger, job[0])
        with pytest.raises(NotFound):
            candidates.add_resume(db, blobs, stranger, job[0], "x.txt", b"x")
        with pytest.raises(NotAllowed):
            candidates.add_resume(db, blobs, auditor, job[0], "x.txt", b"x")
        assert db.query(Resume).count() == 1
