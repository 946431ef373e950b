"""Single sign-on as a browser goes through it, and everything an attacker can change on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.adapters.oidc import OidcProvider
from interview_platform.api_shield import Shield
from interview_platform.models import User, session
from interview_platform.services import accounts, second_factors, single_sign_on
from interview_platform.settings import settings
from interview_platform.states.guard import COOKIE
from interview_platform.wiring import Platform
from tests import builders
from tests.attacks.identity_server import CLIENT, SECRET, IdentityServer, identity, shared_secret

PASSWORD = "correct horse battery"


@pytest.fixture
def provider() -> Iterator[IdentityServer]:
    with identity() as held:
        yield held


@pytest.fixture
def user(held: Platform, provider: IdentityServer) -> User:
    with session(held.engine) as db:
        made = accounts.add_user(db, builders.organisation(db).id, "r@example.com", "R", PASSWORD, "owner")
    switched_on(held, provider, made.organisation_id)
    return made


def switched_on(held: Platform, provider: IdentityServer, organisations: str) -> None:
    """As the settings would: the held platform with an issuer."""
    values = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_organisations": organisations}
    held.settings = held.settings.model_copy(update=values)
    held.__dict__["identity_provider"] = OidcProvider(provider.issuer, CLIENT, SECRET, timeout_seconds=5)


def browser() -> TestClient:
    return TestClient(Shield(api.build(), 1_000_000, may_upload=api.may_upload), follow_redirects=False)


def left(client: TestClient, target: str = "/jobs") -> dict[str, str]:
    """Leave for the provider; what the address there asks for."""
    answer = client.get(routes.API_SSO, params={"next": target})
    assert answer.status_code == 303
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    return {**asked, "way": answer.headers["location"]}


def back(client: TestClient, **asked: str) -> Any:
    return client.get(routes.API_SSO_BACK, params=asked)


def gone_through(client: TestClient, provider: IdentityServer) -> Any:
    """The whole way, as an honest browser goes it."""
    asked = left(client)
    return back(client, state=asked["state"], code=provider.consent(asked["way"]))


def in_(client: TestClient) -> bool:
    return bool(client.cookies.get(COOKIE))


def why(answer: Any) -> str:
    return parse_qs(urlsplit(answer.headers["location"]).query)["error"][0]


def test_it_is_off_unless_issuer_client_and_an_organisation_are_set(held: Platform) -> None:
    assert settings().single_sign_on == ""
    half = {"oidc_issuer": "https://x.example", "oidc_client_id": "a"}
    assert settings().model_copy(update=half).single_sign_on == ""
    for route in (routes.API_SSO, routes.API_SSO_BACK):
        assert browser().get(route).status_code == 404


def test_who_proves_her_address_there_is_signed_in_here_and_goes_on(provider: IdentityServer, user: User) -> None:
    client = browser()
    answer = gone_through(client, provider)
    assert answer.headers["location"] == "/jobs"
    assert in_(client)


def test_the_way_there_carries_state_nonce_and_a_challenge_and_no_secret(provider: IdentityServer, user: User) -> None:
    asked = left(browser())
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert SECRET not in asked["way"]


def test_a_second_factor_is_still_asked_for(held: Platform, provider: IdentityServer, user: User) -> None:
    with session(held.engine) as db:
        app = pyotp.TOTP(second_factors.begin(db, accounts.actor_from(user), held.secret)[0])
    with session(held.engine) as db:
        code = app.at(time.time() - 30)
        second_factors.confirm(db, held.sessions, accounts.actor_from(user), held.secret, code)
    client = browser()
    assert urlsplit(gone_through(client, provider).headers["location"]).path == routes.SECOND_STEP
    assert not in_(client)


CLAIMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "wrong issuer": lambda said: said.update(iss="https://evil.example"),
    "issuer with a slash": lambda said: said.update(iss=said["iss"] + "/"),
    "no issuer": lambda said: said.pop("iss"),
    "for another client": lambda said: said.update(aud="another"),
    "for us among others, given to another": lambda said: said.update(aud=[CLIENT, "another"], azp="another"),
    "for us among others, given to nobody": lambda said: said.update(aud=[CLIENT, "another"]),
    "no audience": lambda said: said.pop("aud"),
    "expired": lambda said: said.update(exp=int(time.time()) - 120, iat=int(time.time()) - 420),
    "no end": lambda said: said.pop("exp"),
    "of tomorrow": lambda said: said.update(iat=int(time.time()) + 86_400, exp=int(time.time()) + 90_000),
    "not yet valid": lambda said: said.update(nbf=int(time.time()) + 3600),
    "another sign-in's nonce": lambda said: said.update(nonce="x" * 64),
    "no nonce": lambda said: said.pop("nonce"),
    "nobody's subject": lambda said: said.pop("sub"),
    "unverified address": lambda said: said.update(email_verified=False),
    "verified in words": lambda said: said.update(email_verified="true"),
    "verified by a number": lambda said: said.update(email_verified=1),
    "says nothing of verified": lambda said: said.pop("email_verified"),
    "no address": lambda said: said.pop("email"),
    "empty address": lambda said: said.update(email=""),
    "a list of addresses": lambda said: said.update(email=["r@example.com"]),
    "a stranger's address": lambda said: said.update(email="stranger@example.com"),
    "a pattern": lambda said: said.update(email="%@example.com"),
}


def test_no_changed_claim_signs_anybody_in(provider: IdentityServer, user: User) -> None:
    entered = []
    for name, change in CLAIMS.items():
        provider.claims = change
        client = browser()
        answer = gone_through(client, provider)
        if in_(client) or urlsplit(answer.headers["location"]).path != routes.SIGN_IN:
            entered.append(name)
    print(f"\n{len(CLAIMS)} changed tokens, {len(entered)} signed somebody in")
    assert entered == []


def test_no_forged_signature_signs_anybody_in(provider: IdentityServer, user: User) -> None:
    own_key = type(provider.key).generate_key(2048, {"kid": "one"})
    forged: list[dict[str, Any]] = [
        {"signed_by": own_key},
        {"signed_by": own_key, "header": {"alg": "RS256", "kid": "unknown"}},
        {"signed_by": shared_secret(), "header": {"alg": "HS256", "kid": "one"}},
        {"token": lambda token: token.rsplit(".", 1)[0] + "."},
        {"token": lambda token: "eyJhbGciOiJub25lIn0." + token.split(".")[1] + "."},
        {"token": lambda token: token[:-8] + "AAAAAAAA"},
        {"token": lambda token: ""},
        {"token": lambda token: "a.b.c"},
        {"token": lambda token: 7},
    ]
    entered = 0
    for changes in forged:
        kept = {name: getattr(provider, name) for name in changes}
        vars(provider).update(changes)
        client = browser()
        gone_through(client, provider)
        vars(provider).update(kept)
        entered += in_(client)
    print(f"\n{len(forged)} forged tokens, {entered} signed somebody in")
    assert entered == 0


def test_the_way_back_counts_once_and_only_in_the_browser_that_left(provider: IdentityServer, user: User) -> None:
    mine, victim = browser(), browser()
    asked = left(mine)
    code = provider.consent(asked["way"])
    tries = [
        back(victim, state=asked["state"], code=code),  # the attacker's code in the victim's browser
        back(mine, state="x" * 64, code=code),
        back(mine, code=code),
        back(mine, state=asked["state"]),
    ]
    assert not in_(victim)
    assert not in_(mine)
    assert {why(answer) for answer in tries} == {single_sign_on.OVER}
    asked = left(mine)
    code = provider.consent(asked["way"])
    mixed = {"state": asked["state"], "code": code, "iss": "https://evil.example"}
    assert why(back(mine, **mixed)) == single_sign_on.OVER  # the answer of another provider
    asked = left(mine)
    code = provider.consent(asked["way"])
    mine.cookies.set("sso", asked["state"])
    assert back(mine, state=asked["state"], code=code).headers["location"] == "/jobs"
    again = browser()
    again.cookies.set("sso", asked["state"])
    assert why(back(again, state=asked["state"], code=code)) == single_sign_on.OVER  # replayed whole
    assert not in_(again)


def test_of_many_who_come_back_at_once_with_one_state_one_goes_on(
    held: Platform, provider: IdentityServer, user: User
) -> None:
    known = held.identity_provider
    assert known is not None
    address, state = single_sign_on.begin(held.sessions, known, "http://b/", "/")
    code, came = provider.consent(address), list[str]()

    def work() -> None:
        try:
            asked = {"state": state, "code": code}
            came.append(single_sign_on.finish(held.sessions, known, "http://b/", state, asked)[0].email)
        except accounts.NotSignedIn:
            came.append("")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == [""] * 7 + ["r@example.com"]


def test_an_organisation_that_does_not_allow_it_and_a_disabled_account_stay_shut(
    held: Platform, provider: IdentityServer, user: User
) -> None:
    switched_on(held, provider, "another-organisation")
    client = browser()
    assert why(gone_through(client, provider)) == single_sign_on.NOBODY
    switched_on(held, provider, single_sign_on.EVERY)
    assert gone_through(browser(), provider).headers["location"] == "/jobs"
    with session(held.engine) as db:
        db.get_one(User, user.id).disabled = True
    assert why(gone_through(client, provider)) == single_sign_on.NOBODY
    assert not in_(client)


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://evil.example"},
        {"jwks_uri": "http://evil.example/keys"},
        {"token_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": ["x"]},
    ],
)
def test_a_provider_that_speaks_for_another_or_by_unsafe_ways_is_not_used(
    provider: IdentityServer, user: User, said: dict[str, Any]
) -> None:
    provider.said = said
    answer = browser().get(routes.API_SSO)
    assert why(answer) == single_sign_on.DOWN


def test_a_provider_that_is_down_leaves_the_password(provider: IdentityServer, user: User) -> None:
    provider.down = True
    assert why(browser().get(routes.API_SSO)) == single_sign_on.DOWN
    answer = browser().post(
        routes.API_SIGN_IN, data={"email": user.email, "password": PASSWORD}, headers={"origin": "http://testserver"}
    )
    assert answer.headers["location"] == routes.HOME


def test_a_providers_new_key_is_taken_and_its_old_one_no_more(
    held: Platform, provider: IdentityServer, user: User
) -> None:
    later, old = [0.0], provider.key
    clocked = OidcProvider(provider.issuer, CLIENT, SECRET, clock=lambda: time.time() + later[0])
    held.__dict__["identity_provider"] = clocked
    assert gone_through(browser(), provider).headers["location"] == "/jobs"
    provider.key = type(old).generate_key(2048, {"kid": "two"})
    provider.header, later[0] = {"alg": "RS256", "kid": "two"}, 31.0
    assert gone_through(browser(), provider).headers["location"] == "/jobs"
    provider.header, provider.signed_by = {"alg": "RS256", "kid": "one"}, old
    assert why(gone_through(browser(), provider)) == single_sign_on.REFUSED


def test_made_up_key_ids_do_not_make_us_ask_for_keys_again_and_again(provider: IdentityServer, user: User) -> None:
    assert gone_through(browser(), provider).headers["location"] == "/jobs"
    provider.header = {"alg": "RS256", "kid": "unknown"}
    for _ in range(5):
        gone_through(browser(), provider)
    assert provider.asked.count("/keys") <= 2


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
def test_it_leads_to_no_other_site(provider: IdentityServer, user: User, target: str) -> None:
    client = browser()
    asked = left(client, target)
    answer = back(client, state=asked["state"], code=provider.consent(asked["way"]))
    assert answer.headers["location"] == routes.HOME
