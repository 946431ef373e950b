"""The forms that sign people in, as a browser sends them and as an attacker does."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.api_shield import Shield
from interview_platform.models import User, session
from interview_platform.ports import Mail
from interview_platform.services import accounts, limits, resets, second_factors, team
from interview_platform.states.guard import COOKIE
from interview_platform.wiring import Platform
from tests import builders

PASSWORD, NEW = "correct horse battery", "another long password"
HERE = {"origin": "http://testserver"}


@pytest.fixture
def client(held: Platform) -> TestClient:
    return TestClient(Shield(api.build(), 1_000_000, may_upload=api.may_upload), follow_redirects=False)


@pytest.fixture
def user(held: Platform) -> User:
    with session(held.engine) as db:
        return accounts.add_user(db, builders.organisation(db).id, "r@example.com", "R", PASSWORD, "owner")


def post(client: TestClient, route: str, **fields: str):
    return client.post(route, data=fields, headers=HERE)


def with_app(held: Platform, user: User) -> pyotp.TOTP:
    """The user's authenticator app, in use."""
    with session(held.engine) as db:
        app = pyotp.TOTP(second_factors.begin(db, accounts.actor_from(user), held.secret)[0])
    with session(held.engine) as db:
        actor = accounts.actor_from(user)
        second_factors.confirm(db, held.sessions, actor, held.secret, app.at(time.time() - 30))
    return app


def test_with_a_second_factor_the_password_gives_no_session(client: TestClient, held: Platform, user: User) -> None:
    with_app(held, user)
    answer = post(client, routes.API_SIGN_IN, email=user.email, password=PASSWORD, next="/jobs")
    assert answer.headers["location"] == f"{routes.SECOND_STEP}?next=%2Fjobs"
    assert f"{COOKIE}=" not in answer.headers["set-cookie"]


def test_the_code_gives_the_session_and_goes_on(client: TestClient, held: Platform, user: User) -> None:
    app = with_app(held, user)
    post(client, routes.API_SIGN_IN, email=user.email, password=PASSWORD)
    answer = post(client, routes.API_SECOND_STEP, code=app.now(), next="/jobs")
    assert answer.headers["location"] == "/jobs"
    assert client.cookies[COOKIE]


def test_the_second_step_alone_leads_back_to_the_first(client: TestClient, held: Platform, user: User) -> None:
    app = with_app(held, user)
    answer = post(client, routes.API_SECOND_STEP, code=app.now())
    assert urlsplit(answer.headers["location"]).path == routes.SIGN_IN
    assert COOKIE not in client.cookies


def test_the_ticket_of_the_first_step_is_no_session(client: TestClient, held: Platform, user: User) -> None:
    with_app(held, user)
    post(client, routes.API_SIGN_IN, email=user.email, password=PASSWORD)
    with session(held.engine) as db, pytest.raises(accounts.NotSignedIn):
        accounts.actor_of(db, held.sessions, client.cookies["half"])


def test_known_and_unknown_addresses_get_the_same_answer(client: TestClient, user: User) -> None:
    said = set()
    for email in (user.email, "nobody@example.com", "", "x" * 5000):
        answer = post(client, routes.API_FORGOT, email=email)
        said.add((answer.status_code, answer.headers["location"], answer.content))
    assert len(said) == 1


class Letters:
    """A mail server that keeps what it is given."""

    name, delivers = "kept", True

    def __init__(self) -> None:
        self.kept: list[Mail] = []

    def send(self, mail: Mail) -> str:
        self.kept.append(mail)
        return "1"


def test_a_forgotten_password_is_set_by_the_letter(client: TestClient, held: Platform, user: User) -> None:
    held.mailer = letters = Letters()
    post(client, routes.API_FORGOT, email=user.email)
    found = re.search(r"/reset/(\S+)", letters.kept[0].text)
    assert found
    answer = post(client, routes.API_RESET, token=found.group(1), password=NEW)
    assert answer.headers["location"] == f"{routes.SIGN_IN}?done=reset"
    assert post(client, routes.API_SIGN_IN, email=user.email, password=NEW).headers["location"] == routes.HOME
    again = post(client, routes.API_RESET, token=found.group(1), password=PASSWORD)
    assert parse_qs(urlsplit(again.headers["location"]).query)["error"] == [resets.GONE]


def test_a_forgotten_password_does_not_switch_the_second_factor_off(
    client: TestClient, held: Platform, user: User
) -> None:
    with_app(held, user)
    with session(held.engine) as db:
        token = resets.link(held.secret, db.get_one(User, user.id), "").rpartition("/")[2]
    post(client, routes.API_RESET, token=token, password=NEW)
    answer = post(client, routes.API_SIGN_IN, email=user.email, password=NEW)
    assert urlsplit(answer.headers["location"]).path == routes.SECOND_STEP


def test_an_invited_colleague_is_signed_in_at_once(client: TestClient, held: Platform, user: User) -> None:
    with session(held.engine) as db:
        row = team.invite(db, held.sessions, accounts.actor_from(user), "new@example.com", "auditor")
        token = team.link(held.secret, row, "").rpartition("/")[2]
    answer = post(client, routes.API_JOIN, token=token, name="Nora", password=PASSWORD)
    assert answer.headers["location"] == routes.HOME
    with session(held.engine) as db:
        assert accounts.actor_of(db, held.sessions, client.cookies[COOKIE]).role == "auditor"


@pytest.mark.parametrize("token", ["", "x", "../../sign-in", "a/../b?x=1#y", "\r\nset-cookie: session=x"])
def test_a_bad_token_leads_back_to_our_own_page(client: TestClient, held: Platform, token: str) -> None:
    for route, page in ((routes.API_RESET, "/reset/"), (routes.API_JOIN, "/join/")):
        answer = post(client, route, token=token, name="N", password=PASSWORD)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(page)
        assert "set-cookie" not in answer.headers


FORMS = (
    routes.API_SIGN_IN, routes.API_SIGN_OUT, routes.API_SECOND_STEP, routes.API_FORGOT, routes.API_RESET,
    routes.API_JOIN,
)  # fmt: skip


@pytest.mark.parametrize("route", FORMS)
def test_another_site_can_send_none_of_the_forms(client: TestClient, user: User, route: str) -> None:
    for origin in ("https://evil.example", "null", "http://testserver.evil.example", ""):
        headers = {"origin": origin} if origin else {}
        assert client.post(route, data={"email": user.email}, headers=headers).status_code == 403


@pytest.mark.parametrize("route", FORMS)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"\xff" * 100, "application/x-www-form-urlencoded"),
        (b"&".join(b"a=%d" % number for number in range(100)), "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="email"; filename="a"\r\n\r\nb\r\n--x--\r\n',
         "multipart/form-data; boundary=x"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_form_is_refused_without_an_error_of_ours(
    client: TestClient, held: Platform, route: str, body: bytes, kind: str
) -> None:
    answer = client.post(route, content=body, headers={**HERE, "content-type": kind})
    assert answer.status_code < 500


def test_trying_passwords_from_one_place_is_stopped_whoever_is_meant(client: TestClient, held: Platform) -> None:
    key = limits._key("sign-in-place", "testclient")
    for _ in range(limits.SIGN_IN_PLACE.times):
        held.sessions.count(key, 900)
    answer = post(client, routes.API_SIGN_IN, email="somebody@example.com", password=PASSWORD)
    assert "Too%20many" in answer.headers["location"]


def test_signing_out_ends_the_session_itself_not_only_the_cookie(
    client: TestClient, held: Platform, user: User
) -> None:
    post(client, routes.API_SIGN_IN, email=user.email, password=PASSWORD)
    kept = client.cookies[COOKIE]
    client.post(routes.API_SIGN_OUT, headers=HERE)
    with session(held.engine) as db, pytest.raises(accounts.NotSignedIn):
        accounts.actor_of(db, held.sessions, kept)
