"""The route for other systems, called as such a system would, and as somebody who is none."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.api_shield import Shield
from interview_platform.models import Application, Candidate, Resume, session
from interview_platform.services import webhooks
from interview_platform.settings import Settings
from interview_platform.wiring import Platform
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT

DOCS = Path(__file__).resolve().parent.parent / "docs" / "webhooks.md"


@pytest.fixture
def client(held: Platform) -> TestClient:
    return TestClient(Shield(api.build(), 40_000_000), follow_redirects=False)


@pytest.fixture
def event(held: Platform) -> dict:
    with session(held.engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
    return {
        "event_id": "evt-1",
        "organisation_id": actor.organisation_id,
        "job_id": job.id,
        "candidate": {"name": "Maya Okafor", "email": "maya@example.com", "links": ["http://169.254.169.254/latest"]},
    }


def send(client: TestClient, held: Platform, event: dict, **headers: str):
    body = json.dumps(event).encode()
    secret = webhooks.secret_of(held.webhook_secret, str(event.get("organisation_id")))
    signed = webhooks.sign(secret, body, int(time.time()))
    return client.post(routes.API_WEBHOOK_CANDIDATES, content=body, headers={"X-Signature": signed, **headers})


def test_a_signed_event_is_answered_with_ids_and_again_with_the_same(client, held, event) -> None:
    first, again = send(client, held, event), send(client, held, event)
    assert (first.status_code, again.status_code) == (202, 202)
    assert set(first.json()) == {"event_id", "candidate_id", "application_id", "resume_id", "repeated"}
    assert again.json() == {**first.json(), "repeated": True}
    with session(held.engine) as db:
        assert db.get(Application, first.json()["application_id"]).candidate_id == first.json()["candidate_id"]


def test_an_attached_resume_is_read_after_the_answer(client, held, event) -> None:
    event["resume"] = {"filename": "cv.txt", "content_base64": base64.b64encode(TEXT.encode()).decode()}
    answer = send(client, held, event).json()
    with session(held.engine) as db:
        row = db.get(Resume, answer["resume_id"])
    assert (row.status, row.candidate_id) == ("parsed", answer["candidate_id"])


def test_an_event_without_a_file_is_ranked_after_the_answer(client, held, event) -> None:
    held.__dict__["embeddings"] = HashingEmbeddings()
    event["candidate"] |= {"skills": ["Python"], "summary": "Wrote services in Python for six years."}
    answer = send(client, held, event).json()
    with session(held.engine) as db:
        assert db.get(Application, answer["application_id"]).score is not None


def test_without_a_good_signature_nothing_comes_in(client, held, event) -> None:
    body = json.dumps(event).encode()
    for header in ("", "t=1,v1=" + "0" * 64, webhooks.sign("wrong", body, int(time.time()))):
        answer = client.post(routes.API_WEBHOOK_CANDIDATES, content=body, headers={"X-Signature": header})
        assert answer.status_code == 401
        assert answer.json()["error"]
    with session(held.engine) as db:
        assert db.query(Candidate).count() == 0


def test_wrong_fields_are_named(client, held, event) -> None:
    event["candidate"] = {"name": "Maya", "email": "nowhere"}
    answer = send(client, held, event)
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"candidate.email": "not an e-mail address"}


def test_an_unknown_job_is_not_found(client, held, event) -> None:
    answer = send(client, held, {**event, "job_id": "made-up"})
    assert answer.status_code == 404
    assert "not yours" in answer.json()["error"]


def test_a_body_over_the_limit_is_refused_with_words(client) -> None:
    answer = client.post(routes.API_WEBHOOK_CANDIDATES, content=b"x" * (webhooks.MOST_BYTES + 1))
    assert answer.status_code == 413
    assert "15 MB" in answer.json()["error"]


def test_storage_that_is_away_is_said_and_the_event_can_be_sent_again(client, held, event, monkeypatch) -> None:
    from interview_platform.errors import ServiceUnavailable

    def fail(*_: object) -> None:
        raise ServiceUnavailable("The storage does not answer. Nothing was kept.")

    with monkeypatch.context() as broken:
        broken.setattr(held.blobs, "put", fail)
        answer = send(client, held, event)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert send(client, held, event).json()["repeated"] is False


def test_it_is_no_page_and_only_posts_are_taken(client) -> None:
    assert client.get(routes.API_WEBHOOK_CANDIDATES).status_code == 405


def test_the_secret_may_be_set_apart_from_the_products(held, monkeypatch) -> None:
    assert held.webhook_secret == held.secret
    chosen = Settings(webhook_secret="another", _env_file=None)
    monkeypatch.setattr(held, "settings", chosen)
    assert held.webhook_secret == b"another"


def test_the_documented_example_and_its_shell_lines_work(client, held, event, tmp_path) -> None:
    written = DOCS.read_text()
    example = json.loads(re.search(r"```json\n(.*?)```", written, re.S).group(1))
    example |= {name: event[name] for name in ("organisation_id", "job_id")}
    example["resume"]["content_base64"] = base64.b64encode(b"%PDF-1.7 nothing").decode()
    (tmp_path / "event.json").write_text(json.dumps(example))
    lines = re.search(r"```sh\n(.*?)curl", written, re.S).group(1)
    secret = webhooks.secret_of(held.webhook_secret, event["organisation_id"])
    script = f'{lines}printf "t=%s,v1=%s" "$SECONDS_NOW" "$HEX"'
    signed = subprocess.run(
        ["bash", "-c", script],
        env={"SECRET": secret, "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    ).stdout
    answer = client.post(
        routes.API_WEBHOOK_CANDIDATES, content=(tmp_path / "event.json").read_bytes(), headers={"X-Signature": signed}
    )
    assert answer.status_code == 202, answer.text


def test_every_field_that_is_taken_is_documented() -> None:
    example = json.loads(re.search(r"```json\n(.*?)```", DOCS.read_text(), re.S).group(1))
    assert set(example) == set(webhooks.Payload.model_fields)
    assert set(example["candidate"]) == set(webhooks.Person.model_fields)
    assert set(example["resume"]) == set(webhooks.File.model_fields)
