"""The API for other systems, used as such a system uses it, and by everybody who must not."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from sqlmodel import func, select

from interview_platform.api_v1_openapi import document
from interview_platform.api_v1_operations import OPERATIONS
from interview_platform.models import (
    ApiToken,
    Application,
    AuditEvent,
    Candidate,
    Feedback,
    Interview,
    Job,
    Message,
    Resume,
    Signal,
    session,
)
from interview_platform.services import api_tokens, limits
from interview_platform.services.access import Actor
from tests.api_world import Employer, System, employer, newcomer
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT

DOCS = Path(__file__).resolve().parent.parent / "docs" / "api.md"
GOOD = {
    "create_job": {"title": "Nurse"},
    "add_candidate": {"name": "Maya Okafor"},
    "launch_interviews": {"application_ids": ["a" * 32]},
}


@pytest.fixture
def ours(held) -> Employer:
    held.__dict__["embeddings"] = HashingEmbeddings()
    return employer(held, "Northwind")


@pytest.fixture
def writer(ours) -> System:
    return System(ours.keys["write"])


def every_operation(system: System, ids: dict[str, str]):
    """Every operation's answer to a request that would be good, with these ids."""
    for one in OPERATIONS:
        path = one.path.format(**ids)
        yield one, system.ask(one.method, path, GOOD.get(one.name), **{"Idempotency-Key": f"k-{one.name}"})


def test_every_operation_answers_whoever_may_in_its_documented_shape(held, ours, writer) -> None:
    for one, answer in every_operation(writer, ours.ids):
        assert answer.status_code == one.status, (one.name, answer.text)
        one.answer.model_validate(answer.json())


@pytest.mark.parametrize("key", ["", "ipk_made-up", "revoked", "digest"])
def test_nobody_reaches_anything(held, ours, key) -> None:
    with session(held.engine) as db:
        if key == "revoked":
            api_tokens.revoke(db, ours.actor, ours.tokens["write"])
            key = ours.keys["write"]
        if key == "digest":
            key = db.get_one(ApiToken, ours.tokens["write"]).digest
    for one, answer in every_operation(System(key), ours.ids):
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), one.name
        assert "Northwind" not in answer.text


def test_a_key_that_may_only_read_changes_nothing(held, ours) -> None:
    asked = {one.name: answer.status_code for one, answer in every_operation(System(ours.keys["read"]), ours.ids)}
    assert asked == {one.name: 403 if one.scope == "write" else 200 for one in OPERATIONS}


def test_another_organisations_key_finds_none_of_ours(held, ours) -> None:
    system = System(employer(held, "Stranger").keys["write"])
    for one, answer in every_operation(system, ours.ids):
        assert "Northwind" not in answer.text, one.name
        assert answer.status_code == (404 if "{" in one.path else one.status), one.name
    launched = system.ask(
        "POST",
        f"/jobs/{system.get('/jobs')['data'][-1]['id']}/launch",
        {"application_ids": [ours.ids["application_id"]]},
        **{"Idempotency-Key": "x"},
    )
    assert launched.json()["data"][0]["outcome"] == "refused"
    assert system.get(f"/interviews?job_id={ours.ids['job_id']}")["data"] == []


def test_a_session_cookie_opens_nothing(held, ours) -> None:
    system = System()
    system.client.cookies.set("session", ours.keys["write"])
    assert system.ask("GET", "/jobs").status_code == 401


def test_only_owners_make_keys_and_the_key_itself_is_kept_nowhere(held, ours) -> None:
    from interview_platform.errors import NotAllowed

    with session(held.engine) as db:
        for role in ("recruiter", "hiring_manager", "reviewer", "auditor"):
            with pytest.raises(NotAllowed):
                api_tokens.create(db, Actor(ours.actor.organisation_id, role), "X", "read")
        rows = repr([row.model_dump() for row in db.exec(select(ApiToken))])
        noted = repr([row.model_dump() for row in db.exec(select(AuditEvent))])
    assert ours.keys["read"] not in rows + noted
    assert ours.keys["read"][12:] not in rows + noted


def test_what_a_key_does_stands_in_the_audit_log_under_its_name(held, ours, writer) -> None:
    job = writer.ask("POST", "/jobs", {"title": "Nurse"}).json()
    with session(held.engine) as db:
        event = db.exec(select(AuditEvent).where(AuditEvent.subject == f"job:{job['id']}")).one()
        assert event.actor == f"token:{ours.tokens['write']}"
        assert db.get_one(ApiToken, ours.tokens["write"]).last_used_at is not None


def test_a_page_ends_where_the_next_begins_while_rows_come_in(held, ours, writer) -> None:
    titles = [writer.ask("POST", "/jobs", {"title": f"Job {number}"}).json()["title"] for number in range(5)]
    first = writer.get("/jobs?limit=2")
    writer.ask("POST", "/jobs", {"title": "Late"})
    second = writer.get(f"/jobs?limit=2&cursor={first['next']}")
    last = writer.get(f"/jobs?limit=2&cursor={second['next']}")
    seen = [row["title"] for page in (first, second, last) for row in page["data"]]
    assert seen == [*reversed(titles), "Northwind engineer"]
    assert last["next"] == ""


@pytest.mark.parametrize(
    "query", ["cursor=nonsense", "cursor=%00", "limit=0", "limit=101", "limit=x", "status=none", "statuss=open"]
)
def test_a_wrong_query_is_said(ours, writer, query) -> None:
    answer = writer.ask("GET", f"/jobs?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail", "fields"}


def test_a_job_and_a_candidate_that_went_out_come_in_again_the_same(held, ours, writer) -> None:
    given = {
        "title": "Nurse",
        "description": "Night shifts.",
        "level": "senior",
        "required_skills": ["Triage"],
        "competencies": [{"name": "Calm", "weight": 2.0, "anchors": {"1": "Loses it", "5": "Keeps it"}}],
        "custom_questions": ["Why nights?"],
        "conditions": [{"kind": "language", "value": "Spanish"}],
    }
    out = writer.ask("POST", "/jobs", given).json()
    again = System(employer(held, "Stranger").keys["write"]).ask("POST", "/jobs", out).json()
    made = ("id", "created_at")
    assert {name: value for name, value in again.items() if name not in made} == {
        name: value for name, value in out.items() if name not in made
    }
    person = {
        "name": "Maya Okafor",
        "email": "maya@example.com",
        "skills": ["Triage"],
        "experience": [
            {"title": "Nurse", "company": "Harbour", "start": "Mar 2021", "end": "Present", "text": "Nights."}
        ],
        "education": [{"school": "Keele", "degree": "BSc", "field": "Nursing", "end": "2017"}],
    }
    added = writer.ask("POST", f"/jobs/{out['id']}/candidates", person).json()
    held_now = writer.get(f"/candidates/{added['candidate_id']}")
    other = writer.ask("POST", f"/jobs/{ours.ids['job_id']}/candidates", held_now).json()
    assert other["candidate_id"] == added["candidate_id"]
    assert held_now["experience"][0] | {"text": ""} == person["experience"][0] | {"text": ""}
    assert held_now["education"] == [{"start": "", **person["education"][0]}]
    assert {one["job_id"] for one in writer.get(f"/candidates/{added['candidate_id']}")["applications"]} == {
        out["id"],
        ours.ids["job_id"],
    }


def test_a_candidates_file_is_read_after_the_answer_and_a_repeated_request_adds_nobody(held, ours, writer) -> None:
    body = {
        "name": "Maya Okafor",
        "email": "maya@example.com",
        "resume": {"filename": "cv.txt", "content_base64": base64.b64encode(TEXT.encode()).decode()},
    }
    path, key = f"/jobs/{ours.ids['job_id']}/candidates", {"Idempotency-Key": "req-1"}
    first, again = writer.ask("POST", path, body, **key), writer.ask("POST", path, body, **key)
    assert (first.status_code, again.json()) == (201, first.json())
    other = writer.ask("POST", path, {**body, "name": "Somebody Else"}, **key)
    assert (other.status_code, "another request" in other.json()["detail"]) == (422, True)
    with session(held.engine) as db:
        assert db.get_one(Resume, first.json()["resume_id"]).status == "parsed"
        assert db.exec(select(func.count()).select_from(Candidate)).one() == 2


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, None),
        ({"name": "M", "email": "nowhere"}, "email"),
        ({"name": "M\x00"}, "name"),
        ({"name": "M", "resume": {"filename": "a.exe", "content_base64": "eA=="}}, None),
        ({"name": "M", "resume": {"filename": "a.pdf", "content_base64": "%%"}}, None),
        ([], "body"),
    ],
)
def test_a_candidate_that_cannot_be_used_leaves_nothing_behind(held, ours, writer, body, named) -> None:
    answer = writer.ask("POST", f"/jobs/{ours.ids['job_id']}/candidates", body)
    assert answer.status_code == 422
    assert (named in answer.json()["fields"]) if named else answer.json()["detail"]
    with session(held.engine) as db:
        assert db.exec(select(func.count()).select_from(Candidate)).one() == 1


def test_a_launch_invites_each_once_and_needs_its_key(held, ours, writer) -> None:
    waiting = newcomer(held, ours)
    without = newcomer(held, ours, email="")
    path, body = f"/jobs/{ours.ids['job_id']}/launch", {"application_ids": [waiting.id, without.id, "f" * 32]}
    assert writer.ask("POST", path, body).status_code == 400
    key = {"Idempotency-Key": "launch-1"}
    first, again = writer.ask("POST", path, body, **key).json(), writer.ask("POST", path, body, **key).json()
    assert first == again
    assert [one["outcome"] for one in first["data"]] == ["invited", "refused", "refused"]
    writer.ask("POST", path, body, **{"Idempotency-Key": "launch-2"})
    with session(held.engine) as db:
        mails = db.exec(select(Message).where(Message.application_id == waiting.id)).all()
        assert [mail.status for mail in mails] == ["kept"]
        assert db.get_one(Application, waiting.id).stage == "invited"
        assert db.exec(select(Interview).where(Interview.application_id == waiting.id)).one().plan
    interview = writer.get(f"/interviews/{first['data'][0]['interview_id']}")
    assert (interview["status"], interview["report_ready"]) == ("planned", False)
    assert mails[0].text.split("/interview/")[1].split()[0] not in str(first) + str(interview)


def test_a_report_tells_levels_and_no_measure_of_delivery(held, ours, writer) -> None:
    with session(held.engine) as db:
        db.add(Signal(interview_id=ours.ids["interview_id"], source="face", name="smiling", value=4.2, unit="%"))
    told = writer.ask("GET", f"/interviews/{ours.ids['interview_id']}/report")
    assert told.json()["overall"]["level"] == 3.0
    assert told.json()["scores"][0]["level"] == 3
    for word in ("smiling", "face", "voice", "signals", "tone", "captions", "recording", "sex", "ethnic"):
        assert word not in told.text
    with session(held.engine) as db:
        assert db.exec(select(AuditEvent).where(AuditEvent.action == "report.exported")).one().detail["form"] == "api"


def test_levels_that_people_shall_not_see_before_they_rate_are_kept_from_other_systems(held, ours, writer) -> None:
    with session(held.engine) as db:
        job = db.get_one(Job, ours.ids["job_id"])
        job.blind_first = True
        db.add(job)
    answer = writer.ask("GET", f"/interviews/{ours.ids['interview_id']}/report")
    assert (answer.status_code, "3.0" in answer.text) == (403, False)


def test_decisions_are_read_without_the_note_and_there_is_no_way_to_decide(held, ours, writer) -> None:
    with session(held.engine) as db:
        db.add(
            Feedback(
                organisation_id=ours.actor.organisation_id,
                interview_id=ours.ids["interview_id"],
                user_id=ours.actor.user_id,
                kind="decision",
                text="next_step\nCheerful in the morning",
            )
        )
    answer = writer.ask("GET", "/decisions")
    assert answer.json()["data"][0]["decision"] == "next_step"
    assert "Cheerful" not in answer.text
    assert writer.ask("POST", "/decisions", {}).status_code == 405
    assert {one.method for one in OPERATIONS if one.scope == "read"} == {"GET"}


def test_too_much_is_refused_with_words(held, ours, writer) -> None:
    large = writer.client.post(
        "/api/v1/jobs",
        content=b"x" * 15_000_001,
        headers={"Authorization": f"Bearer {writer.key}", "Content-Type": "application/json"},
    )
    assert large.status_code == 413
    plain = writer.client.post("/api/v1/jobs", content=b"title=x", headers={"Authorization": f"Bearer {writer.key}"})
    assert plain.status_code == 415
    for _ in range(600):
        held.sessions.count(limits._key("api", ours.tokens["write"]), 60)
    answer = writer.ask("GET", "/jobs")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


def test_what_is_not_there_is_a_problem_document_too(writer) -> None:
    answer = writer.ask("GET", "/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_documents_name_every_operation_and_event() -> None:
    from interview_platform.services.outgoing_events import EVENTS

    written = DOCS.read_text()
    named = set(re.findall(r"^\| `(GET|POST) (\S+)` \|", written, re.MULTILINE))
    assert named == {(one.method, one.path) for one in OPERATIONS}
    assert set(re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", written, re.MULTILINE)) == set(EVENTS)
    assert set(document()["paths"]) == {one.path for one in OPERATIONS}
