"""A forgotten password: the link, its one use, its end; nobody learns who has an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.errors import BadInput, NotSignedIn, ServiceUnavailable
from interview_platform.models import Message, User, session
from interview_platform.ports import Mail
from interview_platform.services import accounts, limits, resets
from tests import builders

PASSWORD, NEW = "correct horse battery", "another long password"
SECRET = builders.SECRET


@pytest.fixture
def sessions() -> EmbeddedSessions:
    return EmbeddedSessions()


@pytest.fixture
def user(engine: Engine) -> User:
    with session(engine) as db:
        return accounts.add_user(db, builders.organisation(db).id, "robin@example.com", "Robin", PASSWORD)


def asked(engine: Engine, sessions: EmbeddedSessions, email: str, place: str = "1.2.3.4") -> Mail | None:
    with session(engine) as db:
        return resets.letter(db, sessions, SECRET, email, place, "https://here.example")


def token_in(mail: Mail | None) -> str:
    assert mail
    found = re.search(r"https://here\.example/reset/(\S+)", mail.text)
    assert found
    return found.group(1)


def test_the_letters_link_sets_a_new_password(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    mail = asked(engine, sessions, " Robin@Example.com")
    assert mail
    assert mail.to == "robin@example.com"
    with session(engine) as db:
        resets.use(db, sessions, SECRET, token_in(mail), NEW)
    with session(engine) as db:
        assert accounts.sign_in(db, sessions, user.email, NEW)
        with pytest.raises(NotSignedIn):
            accounts.sign_in(db, sessions, user.email, PASSWORD)


def test_a_link_works_once_and_ends_every_older_one(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    first, second = (token_in(asked(engine, sessions, user.email)) for _ in range(2))
    with session(engine) as db:
        resets.use(db, sessions, SECRET, second, NEW)
    for used in (first, second):
        with session(engine) as db, pytest.raises(NotSignedIn):
            resets.use(db, sessions, SECRET, used, "a third long password")


def test_a_link_ends_after_an_hour(
    engine: Engine, user: User, sessions: EmbeddedSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_in(asked(engine, sessions, user.email))
    monkeypatch.setattr(resets, "SECONDS", -int(timedelta(seconds=1).total_seconds()))
    with session(engine) as db, pytest.raises(NotSignedIn, match="hour"):
        resets.use(db, sessions, SECRET, token, NEW)


def test_a_made_up_or_foreign_token_changes_nothing(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    token = token_in(asked(engine, sessions, user.email))
    foreign = resets.link(b"another installation", user, "").rpartition("/")[2]
    for bad in ("", "made up", token[:-2] + "xx", token + "x", foreign, "W10.aaaa.bbbb"):
        with session(engine) as db, pytest.raises(NotSignedIn):
            resets.use(db, sessions, SECRET, bad, NEW)


def test_every_session_ends_with_the_old_password(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    with session(engine) as db:
        before = accounts.sign_in(db, sessions, user.email, PASSWORD)
    token = token_in(asked(engine, sessions, user.email))
    with session(engine) as db:
        resets.use(db, sessions, SECRET, token, NEW)
    with session(engine) as db, pytest.raises(NotSignedIn):
        accounts.actor_of(db, sessions, before)


def test_a_short_password_leaves_the_link_good(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    token = token_in(asked(engine, sessions, user.email))
    with session(engine) as db, pytest.raises(BadInput):
        resets.use(db, sessions, SECRET, token, "short")
    with session(engine) as db:
        resets.use(db, sessions, SECRET, token, NEW)


def test_unknown_and_disabled_addresses_get_no_letter_and_are_counted_alike(
    engine: Engine, user: User, sessions: EmbeddedSessions
) -> None:
    with session(engine) as db:
        db.get_one(User, user.id).disabled = True
    for email in (user.email, "nobody@example.com"):
        assert asked(engine, sessions, email) is None
        asked(engine, sessions, email)
        asked(engine, sessions, email)
        with pytest.raises(limits.TooMany):
            asked(engine, sessions, email)


def test_one_place_cannot_ask_for_everybody(engine: Engine, sessions: EmbeddedSessions) -> None:
    for number in range(limits.RESET_PLACE.times):
        asked(engine, sessions, f"{number}@example.com")
    with pytest.raises(limits.TooMany):
        asked(engine, sessions, "one.more@example.com")
    assert asked(engine, sessions, "one.more@example.com", place="5.6.7.8") is None


def test_the_letter_is_in_no_outbox_a_colleague_could_read(
    engine: Engine, user: User, sessions: EmbeddedSessions
) -> None:
    asked(engine, sessions, user.email)
    with session(engine) as db:
        assert db.exec(select(Message)).all() == []


class Down:
    """A mail server that is away."""

    name, delivers = "down", True

    def send(self, mail: Mail) -> str:
        raise ServiceUnavailable("The mail server does not answer.")


def test_a_mail_server_that_is_away_is_not_told_to_the_asker(
    engine: Engine, user: User, sessions: EmbeddedSessions
) -> None:
    mail = asked(engine, sessions, user.email)
    assert mail
    resets.send(Down(), "from@here.example", mail)


def test_whoever_runs_the_installation_can_make_a_link(engine: Engine, user: User, sessions: EmbeddedSessions) -> None:
    with session(engine) as db:
        made = resets.by_hand(db, SECRET, user.email, "https://here.example")
        assert resets.user_behind(db, SECRET, made.rpartition("/")[2]).id == user.id
        with pytest.raises(BadInput):
            resets.by_hand(db, SECRET, "nobody@example.com", "")
