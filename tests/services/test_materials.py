"""What a recruiter gives the agent to answer from: versions, limits, and nobody else's business."""

from __future__ import annotations

import pytest
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound, ResumeUnreadable
from interview_platform.models import AuditEvent, session
from interview_platform.ports import ParsedFile
from interview_platform.services import materials
from interview_platform.services.access import Actor
from tests import builders

TEXT = "Lunch is free on Fridays. The canteen opens at 11."


class Reader:
    """A parser that reads every file as the same text, but refuses locked ones."""

    def parse(self, filename: str, content: bytes) -> ParsedFile:
        if content == b"locked":
            raise ResumeUnreadable("The file is locked with a password.", "encrypted")
        return ParsedFile(f"Read from {filename}.", 1, "application/pdf")


def test_an_edit_is_a_new_version_and_only_the_newest_is_live(engine, job):
    job_id, actor = job
    with session(engine) as db:
        first = materials.add(db, None, actor, job_id, "Food", TEXT)
        second = materials.replace(db, actor, first.series_id, text="There is no canteen.")
        assert [row.text for row in materials.listing(db, actor, job_id)] == ["There is no canteen."]
        assert (second.version, second.title, first.status) == (2, "Food", "replaced")
        assert [row.version for row in materials.history(db, actor, first.series_id)] == [2, 1]


def test_saving_the_same_again_makes_no_version(engine, job):
    job_id, actor = job
    with session(engine) as db:
        row = materials.add(db, None, actor, job_id, "Food", TEXT)
        assert materials.replace(db, actor, row.series_id, "Food", TEXT).id == row.id
        assert len(materials.history(db, actor, row.series_id)) == 1


def test_a_removed_text_is_no_longer_listed_but_stays_in_the_history(engine, job):
    job_id, actor = job
    with session(engine) as db:
        row = materials.add(db, None, actor, job_id, "Food", TEXT)
        materials.remove(db, actor, row.series_id)
        assert materials.listing(db, actor, job_id) == []
        assert [one.status for one in materials.history(db, actor, row.series_id)] == ["removed"]
        with pytest.raises(NotFound, match="removed"):
            materials.replace(db, actor, row.series_id, text="Back again, for good.")


def test_texts_about_a_job_and_about_the_employer_are_apart(engine, job):
    job_id, actor = job
    with session(engine) as db:
        materials.add(db, None, actor, job_id, "Food", TEXT)
        materials.add(db, None, actor, None, "History", "The company began in a garage.")
        assert [row.title for row in materials.listing(db, actor, job_id)] == ["Food"]
        assert [row.title for row in materials.listing(db, actor, None)] == ["History"]


def test_another_organisation_neither_sees_nor_changes_it(engine, job):
    job_id, actor = job
    with session(engine) as db:
        row = materials.add(db, None, actor, job_id, "Food", TEXT)
        _, stranger = builders.recruiter(db, email="other@example.com")
        for act in (
            lambda: materials.listing(db, stranger, job_id),
            lambda: materials.history(db, stranger, row.series_id),
            lambda: materials.replace(db, stranger, row.series_id, text="Mine now, all of it."),
            lambda: materials.remove(db, stranger, row.series_id),
            lambda: materials.add(db, None, stranger, job_id, "Food", TEXT),
        ):
            with pytest.raises(NotFound):
                act()


def test_who_may_only_read_cannot_add(engine, job):
    job_id, actor = job
    auditor = Actor(organisation_id=actor.organisation_id, role="auditor", user_id=actor.user_id)
    with session(engine) as db, pytest.raises(NotAllowed):
        materials.add(db, None, auditor, job_id, "Food", TEXT)


def test_every_change_is_in_the_audit_log_without_the_text(engine, job):
    job_id, actor = job
    with session(engine) as db:
        row = materials.add(db, None, actor, job_id, "Food", TEXT)
        materials.replace(db, actor, row.series_id, text="There is no canteen.")
        materials.remove(db, actor, row.series_id)
    with session(engine) as db:
        events = [e for e in db.exec(select(AuditEvent)) if e.action.startswith("material.")]
        assert sorted(e.action for e in events) == ["material.added", "material.removed", "material.replaced"]
        assert "canteen" not in str([e.detail for e in events])


@pytest.mark.parametrize(
    ("title", "text", "word"),
    [
        ("", TEXT, "title"),
        ("x" * 121, TEXT, "120"),
        ("Food", " \n ", "no text"),
        ("Food", "12 34 --", "no text"),
        ("Food", "word " * 12_001, "60,000"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(engine, job, title, text, word):
    job_id, actor = job
    with session(engine) as db, pytest.raises(BadInput, match=word):
        materials.add(db, None, actor, job_id, title, text)


def test_the_same_text_twice_is_named_by_its_title(engine, job):
    job_id, actor = job
    with session(engine) as db:
        materials.add(db, None, actor, job_id, "Food", TEXT)
        with pytest.raises(BadInput, match="Food"):
            materials.add(db, None, actor, job_id, "Lunch", TEXT)


def test_the_file_is_kept_beside_the_text(engine, job, blobs):
    job_id, actor = job
    with session(engine) as db:
        row = materials.add(db, blobs, actor, job_id, "", TEXT, "../food list.pdf", b"%PDF-", "application/pdf")
        assert (row.filename, row.title) == ("food list.pdf", "food list.pdf")
        assert blobs.get(row.blob_key) == b"%PDF-"


def test_plain_text_is_read_as_it_is_and_other_files_by_the_parser():
    assert materials.read(Reader(), "food.md", "# Café\nfree".encode()) == "# Café\nfree"
    assert materials.read(Reader(), "food.txt", "Café".encode("cp1252")) == "Café"
    assert materials.read(Reader(), "food.pdf", b"%PDF-") == "Read from food.pdf."


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("food.xlsx", b"PK", "not a PDF"),
        ("food.txt", b"\xff\x00\x00", "not a text file"),
        ("food.pdf", b"locked", "password"),
        ("food.txt", b"a" * (materials.MOST_BYTES + 1), "10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, word):
    with pytest.raises(BadInput, match=word):
        materials.read(Reader(), name, content)
