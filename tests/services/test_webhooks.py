"""Candidates that another system sends: who may send, what is taken, and events that come twice."""

import base64
import json
import threading

import pytest

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import NotAllowed, NotFound, NotSignedIn
from interview_platform.models import Application, AuditEvent, Candidate, Resume, session
from interview_platform.ports import ParsedFile
from interview_platform.services import candidates, duplicates, webhooks
from tests import builders
from tests.builders import SECRET
from tests.resume_files import TEXT

NOW = 1_790_000_000


@pytest.fixture
def blobs(tmp_path):
    return LocalFiles(tmp_path / "files", SECRET, "http://localhost")


@pytest.fixture
def job(engine):
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        return builders.job(db, actor).id, actor


@pytest.fixture
def event(job):
    def made(file=None, **values):
        held = {
            "event_id": "evt-1",
            "organisation_id": job[1].organisation_id,
            "job_id": job[0],
            "candidate": {
                "name": "Maya Okafor",
                "email": "Maya@Example.com",
                "skills": ["Python"],
                "phone": "0113 496 0000",
            },
            **values,
        }
        if file is not None:
            held["resume"] = {"filename": "cv.txt", "content_base64": base64.b64encode(file).decode()}
        return held

    return made


def verified(held, at=NOW, now=NOW, secret=SECRET, organisation_id=None):
    body = held if isinstance(held, bytes) else json.dumps(held).encode()
    organisation_id = organisation_id or (held["organisation_id"] if isinstance(held, dict) else "")
    header = webhooks.sign(webhooks.secret_of(secret, organisation_id), body, at)
    return webhooks.verified(SECRET, header, body, now)


# --- who sends -------------------------------------------------------------------------------------------------


def test_a_signed_event_is_let_in(event):
    assert verified(event()).candidate.email == "maya@example.com"


def test_each_organisation_has_its_own_secret(event):
    assert webhooks.secret_of(SECRET, "a") != webhooks.secret_of(SECRET, "b")
    with pytest.raises(NotSignedIn):
        verified(event(), organisation_id="another")


def test_the_secret_is_shown_to_those_who_may_add_candidates(engine, job):
    assert webhooks.shown_secret(job[1], SECRET) == webhooks.secret_of(SECRET, job[1].organisation_id)
    with session(engine) as db:
        _, auditor = builders.recruiter(db, role="auditor")
    with pytest.raises(NotAllowed):
        webhooks.shown_secret(auditor, SECRET)


def test_a_secret_says_nothing_about_the_products_secret(event):
    assert SECRET.hex() not in webhooks.secret_of(SECRET, "a")
    with pytest.raises(NotSignedIn):
        verified(event(), secret=b"guessed")


@pytest.mark.parametrize("seconds", [301, -301, 10**9])
def test_an_old_signature_and_one_of_the_future_are_refused(event, seconds):
    with pytest.raises(NotSignedIn, match="five minutes"):
        verified(event(), at=NOW - seconds)


def test_a_signature_of_almost_five_minutes_is_good(event):
    assert verified(event(), at=NOW - 299)


@pytest.mark.parametrize(
    "header", ["", "t=,v1=", "v1=" + "0" * 64, f"t={NOW},v1=" + "0" * 63, f"t={NOW},v1=" + "Z" * 64, "x"]
)
def test_a_header_of_another_shape_is_refused(event, header):
    with pytest.raises(NotSignedIn, match="X-Signature"):
        webhooks.verified(SECRET, header, json.dumps(event()).encode(), NOW)


def test_a_changed_body_and_a_changed_time_are_refused(event):
    body = json.dumps(event()).encode()
    header = webhooks.sign(webhooks.secret_of(SECRET, event()["organisation_id"]), body, NOW)
    with pytest.raises(NotSignedIn):
        webhooks.verified(SECRET, header, body + b" ", NOW)
    with pytest.raises(NotSignedIn):
        webhooks.verified(SECRET, header.replace(f"t={NOW}", f"t={NOW + 1}"), body, NOW)


# --- what is taken ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_named(body):
    with pytest.raises(webhooks.BadFields) as caught:
        verified(body)
    assert set(caught.value.fields) == {"body"}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"event_id": ""}, {"event_id"}),
        ({"event_id": 5}, {"event_id"}),
        ({"job_id": None}, {"job_id"}),
        ({"candidate": {}}, {"candidate"}),
        ({"candidate": {"name": " \u202e"}}, {"candidate"}),
        ({"candidate": {"name": "Maya", "email": "nowhere"}}, {"candidate.email"}),
        ({"candidate": {"name": "Maya", "skills": "Python"}}, {"candidate.skills"}),
        ({"candidate": {"name": "M" * 201}}, {"candidate.name"}),
        ({"candidate": {"name": "Maya", "experience": [{"title": 1}]}}, {"candidate.experience.0.title"}),
        ({"resume": {"filename": "x.pdf"}}, {"resume.content_base64"}),
        ({"resume": {"filename": "x.exe", "content_base64": "eA=="}}, {"resume.filename"}),
        ({"resume": {"filename": "x.pdf", "url": "http://169.254.169.254/"}}, {"resume.content_base64"}),
    ],
)
def test_wrong_fields_are_named_and_their_values_are_not_repeated(event, change, fields):
    with pytest.raises(webhooks.BadFields) as caught:
        verified(event(**change))
    assert set(caught.value.fields) == fields
    assert "nowhere" not in str(caught.value) + str(caught.value.fields)


def test_what_is_not_base64_is_named(engine, blobs, event):
    for content in ("not base64!", "####"):
        held = event(resume={"filename": "cv.pdf", "content_base64": content})
        with pytest.raises(webhooks.BadFields) as caught:
            webhooks.receive(engine, blobs, verified(held))
        assert set(caught.value.fields) == {"resume.content_base64"}
    with session(engine) as db:
        assert db.query(Candidate).count() == 0


# --- what it becomes -------------------------------------------------------------------------------------------


def test_an_event_becomes_a_candidate_in_the_jobs_pool(engine, blobs, job, event):
    received = webhooks.receive(engine, blobs, verified(event()))
    assert (received.event_id, received.resume_id, received.repeated, received.to_read) == ("evt-1", "", False, False)
    with session(engine) as db:
        person = db.get(Candidate, received.candidate_id)
        application = db.get(Application, received.application_id)
        (source,) = db.query(Resume).all()
    assert (person.name, person.email) == ("Maya Okafor", "maya@example.com")
    assert (application.job_id, application.candidate_id) == (job[0], person.id)
    assert (source.source, source.filename, source.status) == ("webhook", "Event evt-1", "parsed")


def test_what_is_private_is_dropped_unread(engine, blobs, event):
    person = {
        "name": "Maya",
        "birth_date": "1990-05-03",
        "gender": "female",
        "photo": "http://x/y",
        "address": "1 Lane",
    }
    webhooks.receive(
        engine,
        blobs,
        verified(
            event(
                candidate={
                    **person,
                    "summary": "Cooks.\nDate of birth: 3 May 1990",
                    "experience": [{"title": "Cook", "text": "Born: 1990"}],
                }
            )
        ),
    )
    with session(engine) as db:
        (row,) = db.query(Resume).all()
    everything = row.text + json.dumps(row.facts) + blobs.get(row.blob_key).decode()
    for private in ("1990", "female", "http://x", "1 Lane"):
        assert private not in everything


def test_the_attached_file_is_kept_to_be_read_and_is_the_candidates(engine, blobs, event):
    received = webhooks.receive(engine, blobs, verified(event(TEXT.encode())))
    assert received.to_read

    class Parser:
        def parse(self, filename, content):
            return ParsedFile(content.decode(), 1, "text/plain")

    row = candidates.ingest(engine, blobs, received.resume_id, Parser())
    assert row.candidate_id == received.candidate_id
    with session(engine) as db:
        assert db.query(Candidate).count() == 1
        assert db.get(Application, received.application_id).resume_id == row.id


def test_an_event_that_comes_again_is_answered_with_the_same_ids(engine, blobs, event):
    first = webhooks.receive(engine, blobs, verified(event(TEXT.encode())))
    again = webhooks.receive(engine, blobs, verified(event(TEXT.encode()), at=NOW + 9, now=NOW + 9))
    assert again.repeated
    assert (again.candidate_id, again.application_id, again.resume_id) == (
        first.candidate_id,
        first.application_id,
        first.resume_id,
    )
    with session(engine) as db:
        assert (db.query(Candidate).count(), db.query(Resume).count(), db.query(Application).count()) == (1, 2, 1)


def test_the_same_event_at_the_same_time_is_kept_once(engine, blobs, event):
    answers = []
    payload = verified(event(TEXT.encode()))
    threads = [
        threading.Thread(target=lambda: answers.append(webhooks.receive(engine, blobs, payload))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(one.candidate_id, one.application_id, one.resume_id) for one in answers}) == 1
    assert [one.repeated for one in answers].count(False) == 1


def test_another_event_about_the_same_person_meets_the_same_candidate(engine, blobs, event):
    first = webhooks.receive(engine, blobs, verified(event(TEXT.encode())))
    second = webhooks.receive(engine, blobs, verified(event(TEXT.encode(), event_id="evt-2")))
    assert (second.candidate_id, second.resume_id, second.repeated) == (first.candidate_id, first.resume_id, False)
    with session(engine) as db:
        assert db.query(Application).count() == 1


def test_the_same_event_id_of_two_organisations_is_two_events(engine, blobs, event):
    webhooks.receive(engine, blobs, verified(event()))
    with session(engine) as db:
        _, other = builders.recruiter(db, email="o@example.com")
        job_id = builders.job(db, other).id
    held = event(organisation_id=other.organisation_id, job_id=job_id)
    assert not webhooks.receive(engine, blobs, verified(held)).repeated


def test_a_candidate_who_was_merged_meanwhile_is_answered_as_the_one_who_is_kept(engine, blobs, job, event):
    with session(engine) as db:
        older = builders.candidate(db, job[1], email="x@example.com", phone="+44 113 496 0000")
    webhooks.receive(engine, blobs, verified(event()))
    with session(engine) as db:
        (pair,) = duplicates.open_pairs(db, job[1])
        duplicates.merge(db, job[1], pair.duplicate_id)
    again = webhooks.receive(engine, blobs, verified(event()))
    assert again.candidate_id == older.id
    assert again.application_id


def test_another_organisations_job_looks_like_one_that_does_not_exist(engine, blobs, event):
    with session(engine) as db:
        _, other = builders.recruiter(db, email="o@example.com")
        theirs = builders.job(db, other).id
    said = []
    for job_id in (theirs, "made-up"):
        with pytest.raises(NotFound) as caught:
            webhooks.receive(engine, blobs, verified(event(job_id=job_id)))
        said.append(str(caught.value))
    assert said[0] == said[1]
    with pytest.raises(NotFound):
        webhooks.receive(engine, blobs, verified(event(organisation_id="nobody")))
    with session(engine) as db:
        assert db.query(Candidate).count() == 0


def test_the_audit_log_says_that_an_event_came_without_saying_of_whom(engine, blobs, event):
    webhooks.receive(engine, blobs, verified(event()))
    with session(engine) as db:
        events = {one.action: str(one.detail) for one in db.query(AuditEvent)}
    assert "webhook.received" in events
    assert not any("Maya" in detail or "example" in detail for detail in events.values())
