"""The routes that are not pages, called as a browser, as another site, and as nobody."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.api_shield import Shield
from interview_platform.models import Application, session
from interview_platform.services import accounts, invites, launch
from interview_platform.wiring import Platform
from tests import builders

PASSWORD = "correct horse battery"
HERE = {"origin": "http://testserver"}


@pytest.fixture
def client(held: Platform) -> TestClient:
    return TestClient(Shield(api.build(), 1_000_000, may_upload=api.may_upload), follow_redirects=False)


@pytest.fixture
def user(held: Platform) -> str:
    with session(held.engine) as db:
        return accounts.add_user(db, builders.organisation(db).id, "r@example.com", "R", PASSWORD).email


def post_sign_in(client: TestClient, email: str, password: str = PASSWORD, **fields: str):
    return client.post(
        routes.API_SIGN_IN,
        data={"email": email, "password": password, **fields},
        headers=HERE,
    )


def test_signing_in_sets_an_http_only_cookie_and_goes_home(client: TestClient, user: str) -> None:
    answer = post_sign_in(client, user)
    assert (answer.status_code, answer.headers["location"]) == (303, routes.HOME)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_wrong_password_goes_back_to_the_form_with_the_reason_and_no_cookie(client: TestClient, user: str) -> None:
    answer = post_sign_in(client, user, "wrong password")
    assert answer.headers["location"].startswith(f"{routes.SIGN_IN}?error=")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_another_site_cannot_post_the_form(client: TestClient, user: str, origin: str) -> None:
    headers = {"origin": origin} if origin else {}
    answer = client.post(routes.API_SIGN_IN, data={"email": user, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: TestClient, user: str, target: str) -> None:
    assert post_sign_in(client, user, next=target).headers["location"] == routes.HOME


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client: TestClient, user: str) -> None:
    assert post_sign_in(client, user, next="/jobs/abc").headers["location"] == "/jobs/abc"


def test_a_body_over_the_limit_is_refused_with_words(client: TestClient) -> None:
    answer = client.post(routes.API_SIGN_IN, content=b"x" * 1_000_001, headers=HERE)
    assert answer.status_code == 413
    assert "smaller" in answer.json()["error"]


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    headers = client.get(routes.API_HEALTH).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def invited(held: Platform, consent: bool) -> str:
    """A link's token, with or without consent given."""
    with session(held.engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        application: Application = builders.application(db, actor, job)
        builders.question(db, job)
        launched = launch.launch(
            db, actor, held.secret, application.id, "http://testserver", 7, lambda _db, _interview: None
        )
        token = invites.token_of(held.secret, launched.invite)
        if consent:
            opened = invites.open_link(db, held.secret, token)
            invites.give_consent(db, opened, {"ai_interviewer": True, "recording": True}, "text")
    return token


def test_an_offer_with_an_unknown_link_is_refused(client: TestClient, held: Platform) -> None:
    answer = client.post(routes.offer("made-up"), json={"sdp": "v=0", "type": "offer"}, headers=HERE)
    assert answer.status_code == 404


def test_an_offer_before_consent_is_refused(client: TestClient, held: Platform) -> None:
    answer = client.post(routes.offer(invited(held, consent=False)), json={"sdp": "v=0", "type": "offer"}, headers=HERE)
    assert answer.status_code == 403
    assert "agree" in answer.json()["error"]


def test_an_offer_from_another_site_is_refused(client: TestClient, held: Platform) -> None:
    answer = client.post(
        routes.offer(invited(held, consent=True)), json={"sdp": "v=0"}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe"])
def test_an_offer_that_is_no_json_object_is_refused_with_words(client: TestClient, held: Platform, body: bytes) -> None:
    answer = client.post(routes.offer("any"), content=body, headers=HERE)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_stored_file_is_served_to_the_holder_of_its_address_with_ranges(client: TestClient, held: Platform) -> None:
    held.blobs.put("recordings/a.webm", b"0123456789", "video/webm")
    path = "/" + held.blobs.url("recordings/a.webm").split("/", 3)[3]
    answer = client.get(path, headers={"range": "bytes=2-4"})
    assert (answer.status_code, answer.content) == (206, b"234")


def test_a_changed_file_address_serves_nothing(client: TestClient, held: Platform) -> None:
    held.blobs.put("recordings/a.webm", b"0123456789", "video/webm")
    path = "/" + held.blobs.url("recordings/a.webm").split("/", 3)[3]
    assert client.get(path[:-2] + "xx").status_code == 404
