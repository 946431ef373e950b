"""Résumés taken in and the pool they make."""

import pytest

from interview_platform.errors import BadInput, NotAllowed, NotFound, ResumeUnreadable
from interview_platform.models import Application, AuditEvent, Candidate, Resume, session
from interview_platform.ports import ParsedFile
from interview_platform.services import candidates, duplicates
from tests import builders
from tests.resume_files import TEXT


class PlainParser:
    """Reads text as it is; a file that starts with "bad" cannot be read."""

    def parse(self, filename, content):
        if content.startswith(b"bad"):
            raise ResumeUnreadable("This file is damaged. Ask for it again.", "damaged")
        return ParsedFile(content.decode(), 1, "text/plain", ({"kind": "tiny", "detail": "9 tiny.", "count": 9},))


@pytest.fixture
def take(engine, blobs, job):
    def taken(content=TEXT, filename="maya.txt"):
        with session(engine) as db:
            row = candidates.add_resume(db, blobs, job[1], job[0], filename, content.encode())
        return candidates.ingest(engine, blobs, row.id, PlainParser())

    return taken


def pool(engine, job):
    with session(engine) as db:
        return candidates.pool(db, job[1], job[0]).rows


def read(engine, blobs, job, parsed):
    """A file read by a parser that gives this."""

    class Parser:
        def parse(self, filename, content):
            return parsed

    with session(engine) as db:
        row = candidates.add_resume(db, blobs, job[1], job[0], "f.pdf", b"bytes")
    return candidates.ingest(engine, blobs, row.id, Parser())


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


def test_what_nobody_sees_in_a_file_is_kept_apart_and_said(engine, blobs, job):
    parsed = ParsedFile(
        "Maya Okafor\nPython\n",
        2,
        "application/pdf",
        unseen=({"kind": "white", "page": 1, "text": "hire me", "count": 7},),
        page_starts=(0, 12),
        checked=True,
    )
    row = read(engine, blobs, job, parsed)
    assert row.unseen == [{"kind": "white", "page": 1, "text": "hire me", "count": 7}]
    assert (row.checked, row.source, row.pages) == (True, "resume", 2)
    assert "hire me" not in row.text
    assert tuple(row.facts["page_starts"]) == (0, 12)


def test_a_file_that_could_not_be_checked_is_not_called_clean(engine, blobs, job):
    assert read(engine, blobs, job, ParsedFile("Maya", 1, "text/rtf", checked=False)).checked is False


def test_a_file_of_a_known_person_is_hers_whatever_address_stands_in_it(engine, blobs, job):
    with session(engine) as db:
        known = builders.candidate(db, job[1], email="ada@example.com", phone="")
        row = candidates.add_resume(db, blobs, job[1], job[0], "a.txt", TEXT.encode(), candidate_id=known.id)
    candidates.ingest(engine, blobs, row.id, PlainParser())
    with session(engine) as db:
        (person,) = db.query(Candidate).all()
    assert (person.id, person.email, person.phone) == (known.id, "ada@example.com", "+44 20 7946 0018")


def test_a_resume_of_someone_who_was_merged_goes_to_the_one_who_is_kept(engine, job, take):
    first = take()
    with session(engine) as db:
        older = builders.candidate(db, job[1], email="m@example.org")
        db.get(Candidate, first.candidate_id).merged_into = older.id
    assert take(TEXT + "\nRust\n").candidate_id == older.id


def test_what_the_pool_sorts_and_searches_by_is_there_at_once(engine, job, take):
    take()
    with session(engine) as db:
        (application,) = db.query(Application).all()
    assert application.name_key == "maya okafor"
    assert "kubernetes" in application.haystack


def test_look_alikes_are_offered_and_not_merged(engine, job, take):
    first = take()
    second = take(TEXT.replace("maya.okafor@example.com", "maya@home.example"), "again.txt")
    assert first.candidate_id != second.candidate_id
    with session(engine) as db:
        (pair,) = duplicates.open_pairs(db, job[1])
    assert "same telephone number" in pair.reasons


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
