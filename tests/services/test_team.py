"""The team: invited, joined, changed, switched off; an owner stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.errors import BadInput, NotAllowed, NotFound, NotSignedIn
from interview_platform.models import TeamInvite, User, now, session
from interview_platform.services import accounts, team
from interview_platform.services.access import ROLES, Actor
from tests import builders

PASSWORD, SECRET = "correct horse battery", builders.SECRET


class Employer:
    """An organisation with one person in each role."""

    def __init__(self, engine: Engine, mark: str = "a") -> None:
        self.engine, self.sessions = engine, EmbeddedSessions()
        with session(engine) as db:
            made = builders.organisation(db)
            self.people = {
                role: accounts.add_user(db, made.id, f"{role}@{mark}.example", role, PASSWORD, role) for role in ROLES
            }

    def actor(self, role: str = "owner") -> Actor:
        return accounts.actor_from(self.people[role])

    def invites(self, email: str = "new@example.com", role: str = "reviewer", by: str = "owner") -> tuple[str, str]:
        """The invitation's id and token."""
        with session(self.engine) as db:
            row = team.invite(db, self.sessions, self.actor(by), email, role)
            return row.id, team.link(SECRET, row, "").rpartition("/")[2]


@pytest.fixture
def employer(engine: Engine) -> Employer:
    return Employer(engine)


def test_an_invited_colleague_joins_in_the_role_she_was_invited_for(engine: Engine, employer: Employer) -> None:
    _, token = employer.invites("New@Example.com ")
    with session(engine) as db:
        user = team.accept(db, SECRET, token, " New  Colleague ", PASSWORD)
    assert (user.email, user.name, user.role) == ("new@example.com", "New Colleague", "reviewer")
    with session(engine) as db:
        assert accounts.sign_in(db, employer.sessions, "new@example.com", PASSWORD)
        with pytest.raises(NotFound):
            team.accept(db, SECRET, token, "Again", PASSWORD)


def test_a_withdrawn_late_replaced_or_made_up_invitation_opens_nothing(engine: Engine, employer: Employer) -> None:
    late, late_token = employer.invites("late@example.com")
    gone, gone_token = employer.invites("gone@example.com")
    _, replaced_token = employer.invites("twice@example.com")
    employer.invites("twice@example.com")
    with session(engine) as db:
        db.get_one(TeamInvite, late).expires_at = now() - timedelta(seconds=1)
        team.withdraw(db, employer.actor(), gone)
    for token in (late_token, gone_token, replaced_token, "", "made-up", late):
        with session(engine) as db, pytest.raises(NotFound):
            team.accept(db, SECRET, token, "Somebody", PASSWORD)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "owner"])
def test_only_owners_invite_change_and_switch_off(engine: Engine, employer: Employer, role: str) -> None:
    actor, victim = employer.actor(role), employer.people["reviewer"].id
    invite_id, _ = employer.invites()
    with session(engine) as db:
        for act in (
            lambda: team.invite(db, employer.sessions, actor, "x@example.com", "owner"),
            lambda: team.change_role(db, actor, employer.people[role].id, "owner"),
            lambda: team.switch(db, employer.sessions, actor, victim, disabled=True),
            lambda: team.withdraw(db, actor, invite_id),
            lambda: team.waiting(db, actor),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_an_owner_reaches_no_other_organisations_people(engine: Engine, employer: Employer) -> None:
    other = Employer(engine, "b")
    invite_id, _ = other.invites("x@b.example")
    with session(engine) as db:
        for act in (
            lambda: team.change_role(db, employer.actor(), other.people["auditor"].id, "owner"),
            lambda: team.switch(db, employer.sessions, employer.actor(), other.people["owner"].id, disabled=True),
            lambda: team.withdraw(db, employer.actor(), invite_id),
        ):
            with pytest.raises(NotFound):
                act()
        assert {user.organisation_id for user in team.people(db, employer.actor())} == {
            employer.actor().organisation_id
        }


def test_the_last_owner_who_can_sign_in_stays_one(engine: Engine, employer: Employer) -> None:
    owner, second = employer.people["owner"].id, employer.people["recruiter"].id
    with session(engine) as db:
        for act in (
            lambda: team.change_role(db, employer.actor(), owner, "recruiter"),
            lambda: team.switch(db, employer.sessions, employer.actor(), owner, disabled=True),
        ):
            with pytest.raises(BadInput, match="owner"):
                act()
        team.change_role(db, employer.actor(), second, "owner")
        db.flush()
        team.switch(db, employer.sessions, employer.actor(), second, disabled=True)
        db.flush()
        with pytest.raises(BadInput, match="owner"):
            team.change_role(db, employer.actor(), owner, "recruiter")


def test_whoever_is_switched_off_is_out_at_once_and_can_come_back(engine: Engine, employer: Employer) -> None:
    user = employer.people["recruiter"]
    with session(engine) as db:
        session_id = accounts.sign_in(db, employer.sessions, user.email, PASSWORD)
    with session(engine) as db:
        team.switch(db, employer.sessions, employer.actor(), user.id, disabled=True)
    with session(engine) as db, pytest.raises(NotSignedIn):
        accounts.actor_of(db, employer.sessions, session_id)
    with session(engine) as db:
        team.switch(db, employer.sessions, employer.actor(), user.id, disabled=False)
        db.flush()
        assert accounts.sign_in(db, employer.sessions, user.email, PASSWORD)
        with pytest.raises(NotSignedIn):
            accounts.actor_of(db, employer.sessions, session_id)


def test_inviting_an_address_that_signs_in_elsewhere_says_nothing_about_it(engine: Engine, employer: Employer) -> None:
    Employer(engine, "b")
    _, token = employer.invites("owner@b.example")
    with session(engine) as db, pytest.raises(BadInput):
        team.accept(db, SECRET, token, "Owner", PASSWORD)
    with session(engine) as db:
        assert db.get_one(User, employer.people["owner"].id)


@pytest.mark.parametrize(
    ("email", "role"), [("", "owner"), ("a", "owner"), ("a b@c", "owner"), ("a@b.example", "king")]
)
def test_a_wrong_address_or_role_invites_nobody(engine: Engine, employer: Employer, email: str, role: str) -> None:
    with pytest.raises(BadInput):
        employer.invites(email, role)
