"""Where somebody is signed in: listed, ended one by one and all at once."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.errors import BadInput, NotFound, NotSignedIn
from interview_platform.models import SignInSession, User, session
from interview_platform.services import accounts, sign_ins
from tests import builders

PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def sessions() -> EmbeddedSessions:
    return EmbeddedSessions()


@pytest.fixture
def user(engine: Engine) -> User:
    with session(engine) as db:
        return accounts.add_user(db, builders.organisation(db).id, "robin@example.com", "Robin", PASSWORD)


def signed_in(engine: Engine, sessions: EmbeddedSessions, user: User, agent: str = FIREFOX) -> str:
    with session(engine) as db:
        return accounts.sign_in(db, sessions, user.email, PASSWORD, agent)


def is_in(engine: Engine, sessions: EmbeddedSessions, session_id: str) -> bool:
    with session(engine) as db:
        try:
            accounts.actor_of(db, sessions, session_id)
        except NotSignedIn:
            return False
    return True


def test_each_session_is_listed_with_its_browser_and_which_is_here(
    engine: Engine, user: User, sessions: EmbeddedSessions
) -> None:
    here, there = signed_in(engine, sessions, user), signed_in(engine, sessions, user, "curl/8")
    with session(engine) as db:
        found = sign_ins.places(db, accounts.actor_of(db, sessions, here), here)
    assert {(place.device, place.here) for place in found} == {("Firefox on Linux", True), ("Unknown browser", False)}
    assert is_in(engine, sessions, there)


def test_one_session_is_ended_and_the_others_stay(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    here, there = signed_in(engine, sessions, user), signed_in(engine, sessions, user)
    with session(engine) as db:
        actor = accounts.actor_of(db, sessions, here)
        other = next(place for place in sign_ins.places(db, actor, here) if not place.here)
        sign_ins.end_place(db, sessions, actor, other.id)
    assert (is_in(engine, sessions, here), is_in(engine, sessions, there)) == (True, False)


def test_nobody_ends_somebody_elses_session(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    mine = signed_in(engine, sessions, user)
    with session(engine) as db:
        colleague = accounts.add_user(db, user.organisation_id, "sam@example.com", "Sam", PASSWORD)
        row = db.exec(select(SignInSession)).one()
        with pytest.raises(NotFound):
            sign_ins.end_place(db, sessions, accounts.actor_from(colleague), row.id)
    assert is_in(engine, sessions, mine)


def test_changing_the_password_ends_every_other_session(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    here, there = signed_in(engine, sessions, user), signed_in(engine, sessions, user)
    with session(engine) as db:
        actor = accounts.actor_of(db, sessions, here)
        with pytest.raises(BadInput):
            accounts.change_password(db, sessions, actor, "not the password", "a new long password", here)
        assert accounts.change_password(db, sessions, actor, PASSWORD, "a new long password", here) == 1
    assert (is_in(engine, sessions, here), is_in(engine, sessions, there)) == (True, False)


def test_a_row_that_was_ended_elsewhere_ends_the_session_although_the_store_still_has_it(
    engine: Engine, user: User, sessions: EmbeddedSessions
) -> None:
    here = signed_in(engine, sessions, user)
    with session(engine) as db:
        assert sign_ins.end_all(db, EmbeddedSessions(), user.id) == 1
    assert not is_in(engine, sessions, here)


def test_the_cookies_value_is_kept_nowhere(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    here = signed_in(engine, sessions, user)
    with session(engine) as db:
        rows = db.exec(select(SignInSession)).all()
    stored = sessions._db.execute("select * from held").fetchall()
    assert here not in f"{rows} {stored}"


def test_a_role_that_was_changed_counts_at_the_next_request(
    engine: Engine, user: User, sessions: EmbeddedSessions
) -> None:
    here = signed_in(engine, sessions, user)
    with session(engine) as db:
        db.get_one(User, user.id).role = "auditor"
    with session(engine) as db:
        assert accounts.actor_of(db, sessions, here).role == "auditor"
