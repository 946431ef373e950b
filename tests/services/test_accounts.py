"""Signing in."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.errors import BadInput, NotSignedIn
from interview_platform.models import User, session
from interview_platform.services import accounts
from tests import builders, conftest

PASSWORD = "correct horse battery"


@pytest.fixture
def user(engine: Engine) -> User:
    with session(engine) as db:
        return accounts.add_user(db, builders.organisation(db).id, "Robin@Example.com", "Robin", PASSWORD)


def test_the_right_password_opens_a_session_that_names_the_user(engine: Engine, user: User) -> None:
    sessions = EmbeddedSessions()
    with session(engine) as db:
        session_id = accounts.sign_in(db, sessions, " robin@example.com", PASSWORD)
        assert accounts.actor_of(db, sessions, session_id).user_id == user.id


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(engine: Engine, user: User) -> None:
    said = set()
    for email, password in ((user.email, "wrong password"), ("nobody@example.com", PASSWORD)):
        with session(engine) as db, pytest.raises(NotSignedIn) as refused:
            accounts.sign_in(db, EmbeddedSessions(), email, password)
        said.add(str(refused.value))
    assert len(said) == 1


def test_guessing_is_stopped_after_some_tries_even_with_the_right_password(engine: Engine, user: User) -> None:
    sessions = EmbeddedSessions()
    for _ in range(accounts.TRIES):
        with session(engine) as db, pytest.raises(NotSignedIn):
            accounts.sign_in(db, sessions, user.email, "wrong password")
    with session(engine) as db, pytest.raises(NotSignedIn, match="Too many tries"):
        accounts.sign_in(db, sessions, user.email, PASSWORD)


def test_a_session_ends_with_signing_out(engine: Engine, user: User) -> None:
    sessions = EmbeddedSessions()
    with session(engine) as db:
        session_id = accounts.sign_in(db, sessions, user.email, PASSWORD)
        accounts.sign_out(db, sessions, session_id)
        with pytest.raises(NotSignedIn):
            accounts.actor_of(db, sessions, session_id)


def test_a_disabled_user_is_out_at_once(engine: Engine, user: User) -> None:
    sessions = EmbeddedSessions()
    with session(engine) as db:
        session_id = accounts.sign_in(db, sessions, user.email, PASSWORD)
        db.get(User, user.id).disabled = True  # type: ignore[union-attr]
        db.flush()
        with pytest.raises(NotSignedIn):
            accounts.actor_of(db, sessions, session_id)


def test_the_password_itself_is_never_stored(user: User) -> None:
    assert PASSWORD not in user.password_hash
    assert user.password_hash.startswith("$argon2")


def test_the_product_hashes_at_the_recommended_cost_and_an_unknown_address_costs_the_same() -> None:
    own, nobodys = conftest.PRODUCTS_OWN  # the tests' own users are hashed at the least cost
    kept = own.hash(PASSWORD)
    assert own.verify(PASSWORD, kept)
    for hashed in (kept, nobodys):
        assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_short_password_and_a_taken_address_are_refused(engine: Engine, user: User) -> None:
    with session(engine) as db:
        with pytest.raises(BadInput, match="10 characters"):
            accounts.add_user(db, user.organisation_id, "x@example.com", "X", "short")
        with pytest.raises(BadInput, match="already"):
            accounts.add_user(db, user.organisation_id, "ROBIN@example.com", "X", PASSWORD)
