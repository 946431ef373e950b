"""A candidate's link: what it opens, when it does not, and what its holder agreed to."""

from datetime import timedelta

import pytest
from sqlmodel import select

from interview_platform.errors import (
    BadInput,
    ConsentMissing,
    InviteExpired,
    InviteInvalid,
    InviteRevoked,
    InviteUsed,
    NotAllowed,
    NotFound,
)
from interview_platform.models import AuditEvent, Consent, Interview, now, session
from interview_platform.services import invites
from tests import builders
from tests.builders import SECRET

AGREED = {"recording": True, "ai_interviewer": True, "face_analysis": False}


@pytest.fixture
def db(tmp_path):
    engine = builders.engine(tmp_path)
    with session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def people(db):
    """Recruiter, her application, the invite, its token and the planned interview."""
    _, actor = builders.recruiter(db)
    application = builders.application(db, actor, builders.job(db, actor))
    invite, token = invites.issue(db, actor, SECRET, application.id, days=7)
    interview = Interview(
        organisation_id=actor.organisation_id, application_id=application.id, invite_id=invite.id, plan=[]
    )
    db.add(interview)
    db.flush()
    return actor, application, invite, token, interview


def actions(db):
    return [event.action for event in db.exec(select(AuditEvent))]


def test_a_link_opens_the_interview_of_its_candidate(db, people):
    _, application, invite, token, interview = people
    invited = invites.open_link(db, SECRET, token)
    assert invited.interview is interview
    assert (invited.application.id, invited.candidate.name) == (application.id, "Ada Candidate")
    assert (invited.job.title, invited.organisation.name) == ("Backend Engineer", "Northwind Health")
    assert (invited.actor.role, invited.actor.key) == ("candidate", f"invite:{invite.id}")
    assert not invited.consented


def test_only_the_first_opening_is_noted(db, people):
    token = people[3]
    first = invites.open_link(db, SECRET, token).invite.opened_at
    assert first is not None
    assert invites.open_link(db, SECRET, token).invite.opened_at == first
    assert actions(db).count("invite.opened") == 1


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: t.split(".")[0]])
def test_a_changed_link_does_not_open(db, people, change):
    with pytest.raises(InviteInvalid, match="incomplete or was changed"):
        invites.open_link(db, SECRET, change(people[3]))


def test_a_link_signed_with_another_secret_does_not_open(db, people):
    forged = invites.token_of(b"another secret", people[2])
    with pytest.raises(InviteInvalid):
        invites.open_link(db, SECRET, forged)


def test_a_link_to_deleted_data_says_so(db, people):
    _, application, _, token, _ = people
    db.delete(application)
    db.flush()
    db.expunge_all()
    with pytest.raises(InviteInvalid, match="does not exist any more"):
        invites.open_link(db, SECRET, token)


def test_an_expired_link_names_its_end_and_whom_to_write_to(db, people):
    _, _, invite, token, _ = people
    invite.expires_at = now() - timedelta(seconds=1)
    with pytest.raises(InviteExpired) as refused:
        invites.open_link(db, SECRET, token)
    text = str(refused.value)
    assert "Robin Reyes" in text
    assert "@example.com" in text
    assert f"{invite.expires_at:%B %Y}" in text
    assert "Nothing was recorded" in text


def test_extending_opens_the_same_link_again(db, people):
    actor, _, invite, token, _ = people
    invite.expires_at = now() - timedelta(days=30)
    invites.extend(db, actor, invite.id, days=3)
    assert invites.open_link(db, SECRET, token).invite.id == invite.id
    assert "invite.extended" in actions(db)


def test_extending_never_shortens(db, people):
    actor, _, invite, _, _ = people
    before = invite.expires_at
    assert invites.extend(db, actor, invite.id, days=1).expires_at == before + timedelta(days=1)


def test_a_revoked_link_stays_closed_and_says_answers_are_kept(db, people):
    actor, _, invite, token, interview = people
    interview.started_at = now()
    invites.revoke(db, actor, invite.id)
    invites.revoke(db, actor, invite.id)
    with pytest.raises(InviteRevoked, match="answers you have given are kept"):
        invites.open_link(db, SECRET, token)
    with pytest.raises(BadInput, match="withdrawn"):
        invites.extend(db, actor, invite.id, days=3)
    assert actions(db).count("invite.revoked") == 1


def test_a_running_interview_is_not_cut_off_by_the_end_of_its_link(db, people):
    _, _, invite, token, interview = people
    invite.expires_at = now() - timedelta(hours=1)
    interview.status = "live"
    assert invites.open_link(db, SECRET, token).interview.status == "live"
    invite.expires_at = now() - invites.LIVE_GRACE
    with pytest.raises(InviteExpired):
        invites.open_link(db, SECRET, token)


@pytest.mark.parametrize("status", invites.OVER)
def test_an_ended_interview_opens_for_its_last_page_only(db, people, status):
    token, interview = people[3], people[4]
    interview.status = status
    invited = invites.open_link(db, SECRET, token)
    with pytest.raises(InviteUsed, match="has ended"):
        invites.require_live(invited)
    with pytest.raises(InviteUsed):
        invites.give_consent(db, invited, AGREED, "text")


def test_consent_keeps_version_choices_and_the_digest_of_the_words_shown(db, people):
    invited = invites.open_link(db, SECRET, people[3])
    given = invites.give_consent(db, invited, AGREED, "We record.")
    assert given.items == AGREED
    assert given.version == invites.CONSENT_VERSION
    assert given.text_sha256 == "5de6b00df710026b64ac541286934d851d6cb60bf7d177f3c0283b777420b973"
    assert invites.open_link(db, SECRET, people[3]).consented
    assert invites.require_consent(db, invited).id == given.id


def test_agreeing_twice_is_one_act_and_another_choice_is_a_new_one(db, people):
    invited = invites.open_link(db, SECRET, people[3])
    invites.give_consent(db, invited, AGREED, "We record.")
    invites.give_consent(db, invited, AGREED, "We record.")
    assert len(db.exec(select(Consent)).all()) == 1
    invites.give_consent(db, invited, {**AGREED, "face_analysis": True}, "We record.")
    assert invites.consent_of(db, invited).items["face_analysis"] is True
    assert len(db.exec(select(Consent)).all()) == 2


@pytest.mark.parametrize("missing", invites.CONSENT_REQUIRED)
def test_without_a_required_item_there_is_no_consent(db, people, missing):
    invited = invites.open_link(db, SECRET, people[3])
    with pytest.raises(ConsentMissing, match="Nothing was recorded"):
        invites.give_consent(db, invited, {**AGREED, missing: False}, "text")
    with pytest.raises(ConsentMissing):
        invites.require_consent(db, invited)


def test_consent_to_an_older_version_is_asked_for_again(db, people):
    invited = invites.open_link(db, SECRET, people[3])
    invites.give_consent(db, invited, AGREED, "text").version = "0"
    db.flush()
    assert not invites.open_link(db, SECRET, people[3]).consented


@pytest.mark.parametrize("days", [0, -1, 91])
def test_days_out_of_range_are_refused(db, people, days):
    actor, application, invite, _, _ = people
    with pytest.raises(BadInput, match="1 to 90"):
        invites.issue(db, actor, SECRET, application.id, days)
    with pytest.raises(BadInput, match="1 to 90"):
        invites.extend(db, actor, invite.id, days)


def test_another_organisation_cannot_touch_a_link(db, people):
    _, application, invite, _, _ = people
    _, stranger = builders.recruiter(db, email="other@example.com")
    with pytest.raises(NotFound):
        invites.issue(db, stranger, SECRET, application.id, days=7)
    with pytest.raises(NotFound):
        invites.revoke(db, stranger, invite.id)
    with pytest.raises(NotFound):
        invites.extend(db, stranger, invite.id, days=7)


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_readers_cannot_launch_or_withdraw(db, people, role):
    _, application, invite, _, _ = people
    organisation = invites.open_link(db, SECRET, invites.token_of(SECRET, invite)).organisation
    _, reader = builders.recruiter(db, organisation, role=role, email=f"{role}@example.com")
    with pytest.raises(NotAllowed):
        invites.issue(db, reader, SECRET, application.id, days=7)
    with pytest.raises(NotAllowed):
        invites.revoke(db, reader, invite.id)


@pytest.mark.parametrize("measure", ["face_analysis", "voice_analysis"])
@pytest.mark.parametrize(
    ("used", "agreed", "allowed"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_measure_runs_only_where_it_is_used_and_agreed_to(db, measure, used, agreed, allowed):
    employer = builders.organisation(db, **{measure: used})
    _, actor = builders.recruiter(db, employer)
    interview = builders.interview(db, actor, builders.application(db, actor, builders.job(db, actor)))
    consent = db.exec(select(Consent).where(Consent.invite_id == interview.invite_id)).one()
    consent.items = {**consent.items, measure: agreed}
    db.flush()
    assert invites.allows(db, interview.id, measure) is allowed
