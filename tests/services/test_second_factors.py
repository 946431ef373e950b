"""The second factor: what lets somebody in, once, and what is kept of it."""

from __future__ import annotations

import threading
import time

import pyotp
import pytest
from sqlalchemy import Engine, event

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.errors import BadInput, NotSignedIn, ServiceUnavailable
from interview_platform.models import SecondFactor, User, session
from interview_platform.services import accounts, limits, second_factors
from tests import builders

PASSWORD = "correct horse battery"
KEY = b"the platform's secret"


class Person:
    """Somebody with a second factor in use."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.sessions = engine, EmbeddedSessions()
        with session(engine) as db:
            self.user: User = accounts.add_user(db, builders.organisation(db).id, "r@example.com", "Robin", PASSWORD)
        self.actor = accounts.actor_from(self.user)
        with session(engine) as db:
            secret, self.picture = second_factors.begin(db, self.actor, KEY)
        self.app = pyotp.TOTP(secret)

    def confirmed(self) -> list[str]:
        with session(self.engine) as db:
            return second_factors.confirm(db, self.sessions, self.actor, KEY, self.code(-1))

    def code(self, step: int = 0) -> str:
        return self.app.at(time.time() + 30 * step)

    def signs_in(self, code: str) -> str:
        with session(self.engine) as db:
            ticket = accounts.half_signed_in(self.sessions, self.user)
            return accounts.finish(db, self.sessions, KEY, ticket, code)

    def row(self) -> SecondFactor:
        with session(self.engine) as db:
            found = second_factors.in_use(db, self.user.id)
        assert found
        return found


@pytest.fixture
def person(engine: Engine) -> Person:
    return Person(engine)


def test_nothing_is_asked_before_the_first_code_confirms_the_app(engine: Engine, person: Person) -> None:
    with session(engine) as db:
        assert accounts.sign_in(db, person.sessions, "r@example.com", PASSWORD)
        with pytest.raises(BadInput):
            second_factors.confirm(db, person.sessions, person.actor, KEY, "000000")
        assert second_factors.in_use(db, person.user.id) is None


def test_the_password_alone_signs_nobody_in_any_more(engine: Engine, person: Person) -> None:
    person.confirmed()
    with session(engine) as db, pytest.raises(NotSignedIn):
        accounts.sign_in(db, person.sessions, "r@example.com", PASSWORD)


def test_password_and_code_open_a_session(engine: Engine, person: Person) -> None:
    person.confirmed()
    session_id = person.signs_in(person.code())
    with session(engine) as db:
        assert accounts.actor_of(db, person.sessions, session_id).user_id == person.user.id


def test_no_code_counts_twice(person: Person) -> None:
    person.confirmed()
    code = person.code()
    person.signs_in(code)
    with pytest.raises(NotSignedIn):
        person.signs_in(code)


def test_a_code_of_long_ago_or_of_another_app_opens_nothing(person: Person) -> None:
    person.confirmed()
    for code in (person.code(-20), pyotp.TOTP(pyotp.random_base32()).now(), "", "12345", "0" * 40, "café"):
        with pytest.raises(NotSignedIn):
            person.signs_in(code)


def test_each_recovery_code_opens_once(person: Person) -> None:
    codes = person.confirmed()
    assert len(set(codes)) == second_factors.RECOVERY_CODES
    assert person.signs_in(second_factors.shown(codes[0]).upper())
    with pytest.raises(NotSignedIn):
        person.signs_in(codes[0])
    assert second_factors.left(person.row()) == second_factors.RECOVERY_CODES - 1


def test_guessing_codes_is_stopped_even_for_the_right_one(person: Person) -> None:
    person.confirmed()
    for _ in range(limits.SECOND_FACTOR.times):
        with pytest.raises((NotSignedIn, limits.TooMany)):
            person.signs_in("000000")
    with pytest.raises(limits.TooMany):
        person.signs_in(person.code())


def test_neither_the_secret_nor_a_recovery_code_is_stored_as_it_is(person: Person) -> None:
    codes = person.confirmed()
    kept = f"{person.row().secret} {person.row().recovery}"
    assert person.app.secret not in kept
    assert not [code for code in codes if code in kept]


def test_another_key_reads_nothing(engine: Engine, person: Person) -> None:
    person.confirmed()
    ticket = accounts.half_signed_in(person.sessions, person.user)
    with session(engine) as db, pytest.raises(ServiceUnavailable, match="SECRET_KEY"):
        accounts.finish(db, person.sessions, b"another", ticket, person.code())


def test_a_made_up_or_used_ticket_opens_nothing(engine: Engine, person: Person) -> None:
    codes = person.confirmed()
    with session(engine) as db:
        ticket = accounts.half_signed_in(person.sessions, person.user)
        accounts.finish(db, person.sessions, KEY, ticket, codes[0])
        for bad in (ticket, "", "made up"):
            with pytest.raises(NotSignedIn):
                accounts.finish(db, person.sessions, KEY, bad, codes[1])


def test_the_picture_is_an_inline_svg_and_the_app_can_read_its_words(person: Person) -> None:
    assert person.picture.startswith("data:image/svg+xml")


def test_turned_off_it_is_gone_and_another_can_be_set_up(engine: Engine, person: Person) -> None:
    person.confirmed()
    with session(engine) as db:
        with pytest.raises(BadInput):
            second_factors.begin(db, person.actor, KEY)
        second_factors.remove(db, person.actor)
        db.flush()
        assert accounts.sign_in(db, person.sessions, "r@example.com", PASSWORD)
        assert second_factors.begin(db, person.actor, KEY)[0] != person.app.secret


class AllHaveRead:
    """Holds every thread back after it has read the second factor, until all have: the worst moment there is."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self._together, self._seen = threading.Barrier(threads), threading.local()
        event.listen(engine, "after_cursor_execute", self._read)

    def _read(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        first = statement.startswith("SELECT") and "FROM second_factor" in statement and not hasattr(self._seen, "once")
        if first and threading.current_thread() is not threading.main_thread():
            self._seen.once = True
            self._together.wait(20)


def at_once(person: Person, codes: list[str]) -> list[str]:
    """Sign in with each code on a thread of its own, all at the same moment; what came of each."""
    AllHaveRead(person.engine, len(codes))
    came: list[str] = []

    def work(code: str) -> None:
        try:
            came.append("in" if person.signs_in(code) else "")
        except NotSignedIn:
            came.append("refused")

    threads = [threading.Thread(target=work, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(came)


def test_of_six_who_use_one_recovery_code_at_the_same_moment_one_gets_in(person: Person) -> None:
    codes = person.confirmed()
    came = at_once(person, [codes[0]] * 6)
    print(f"\n6 at once with one recovery code: {came.count('in')} in")
    assert came == ["in"] + ["refused"] * 5
    assert second_factors.left(person.row()) == second_factors.RECOVERY_CODES - 1


def test_six_recovery_codes_at_the_same_moment_are_six_used_up(person: Person) -> None:
    codes = person.confirmed()
    assert at_once(person, codes[:6]) == ["in"] * 6
    assert second_factors.left(person.row()) == second_factors.RECOVERY_CODES - 6


def test_of_six_who_use_one_code_of_the_app_at_the_same_moment_one_gets_in(person: Person) -> None:
    person.confirmed()
    assert at_once(person, [person.code()] * 6).count("in") == 1
