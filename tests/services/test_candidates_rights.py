"""Another look, contested words, holds and copies: who may, what is written, and that organisations are sealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import BadInput, InviteErased, InviteRevoked, NotAllowed, NotFound
from interview_platform.models import (
    AuditEvent,
    Candidate,
    Correction,
    Erasure,
    HumanReview,
    Interview,
    Invite,
    Message,
    now,
    session,
)
from interview_platform.services import (
    contesting,
    erasure,
    export_requests,
    holds,
    human_review,
    invites,
    rights_needs,
    transcript,
)
from interview_platform.services.access import Actor
from tests import builders


class Case:
    """An ended interview, its people, and a stranger of another organisation."""

    def __init__(self, db: Session) -> None:
        _, self.owner = builders.recruiter(db, role="owner")
        self.reviewer = Actor(self.owner.organisation_id, "reviewer", self.owner.user_id)
        self.auditor = Actor(self.owner.organisation_id, "auditor", self.owner.user_id)
        _, self.stranger = builders.recruiter(db, builders.organisation(db), role="owner", email="s@example.com")
        application = builders.application(db, self.owner, builders.job(db, self.owner))
        self.interview = builders.interview(db, self.owner, application, status="reported", ended_at=now())
        self.turn = builders.turn(db, self.interview, 1, "candidate", "We appeared it.")
        self.candidate_id = application.candidate_id
        invite = self.interview.invite_id
        self.candidate = Actor(self.owner.organisation_id, "candidate", invite_id=invite)
        self.token = invites.token_of(builders.SECRET, db.get_one(Invite, invite))


@pytest.fixture
def case(engine: Engine) -> Case:
    with session(engine) as db:
        return Case(db)


def test_another_look_is_answered_by_a_person_of_the_organisation_only(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        row = human_review.request(db, case.candidate, case.interview, "Please.")
        for actor, error in ((case.stranger, NotFound), (case.auditor, NotAllowed), (case.candidate, NotAllowed)):
            with pytest.raises(error):
                human_review.answer(db, actor, row.id, "kept", "No.")
        with pytest.raises(NotFound):
            human_review.for_reader(db, case.stranger, case.interview.id)
        assert human_review.waiting(db, case.stranger) == []
        human_review.answer(db, case.reviewer, row.id, "changed", "You are right.")
        with pytest.raises(BadInput):
            human_review.answer(db, case.reviewer, row.id, "kept", "Twice.")
        assert "You are right." in db.get_one(Message, human_review.mail_of(db, row.id)).text


def test_an_answer_needs_an_outcome_and_words(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        row = human_review.request(db, case.candidate, case.interview, "")
        for outcome, words in (("", "Words."), ("kept", "  "), ("nonsense", "Words.")):
            with pytest.raises(BadInput):
                human_review.answer(db, case.owner, row.id, outcome, words)
        assert db.get_one(HumanReview, row.id).status == "open"


def test_a_request_before_the_end_is_refused(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        row = db.get_one(Interview, case.interview.id)
        row.status = "live"
        with pytest.raises(BadInput):
            human_review.request(db, case.candidate, row, "")
        with pytest.raises(BadInput):
            contesting.propose(db, case.candidate, row, case.turn.id, "We repaired it.")


def test_contested_words_count_only_once_a_person_takes_them(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        row = contesting.propose(db, case.candidate, case.interview, case.turn.id, "We repaired it.")
        again = contesting.propose(db, case.candidate, case.interview, case.turn.id, "We repaired it twice.")
        assert again.id == row.id
        assert [turn.text for turn in transcript.of(db, case.interview.id).turns] == ["We appeared it."]
        for actor, error in ((case.stranger, NotFound), (case.auditor, NotAllowed), (case.candidate, NotAllowed)):
            with pytest.raises(error):
                contesting.take(db, actor, row.id)
        contesting.take(db, case.reviewer, row.id)
        assert [turn.text for turn in transcript.of(db, case.interview.id).turns] == ["We repaired it twice."]
        assert db.exec(select(Correction)).one().user_id == case.reviewer.user_id
        with pytest.raises(BadInput):
            contesting.decline(db, case.reviewer, row.id, "Too late.")


def test_a_turn_of_another_interview_cannot_be_contested(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        job = builders.job(db, case.owner)
        who = builders.candidate(db, case.owner, email="x@example.com")
        other = builders.interview(db, case.owner, builders.application(db, case.owner, job, who), status="reported")
        with pytest.raises(NotFound):
            contesting.propose(db, case.candidate, other, case.turn.id, "Words.")


def test_strangers_can_neither_delete_hold_nor_copy(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        for work in (erasure.request, export_requests.request):
            for actor, error in ((case.stranger, NotFound), (case.auditor, NotAllowed), (case.reviewer, NotAllowed)):
                with pytest.raises(error):
                    work(db, actor, case.candidate_id)
        for own in (erasure.request_own, export_requests.request_own):
            with pytest.raises(NotFound):
                own(db, Actor(case.stranger.organisation_id, "candidate", invite_id="x"), case.candidate_id)
        for actor, error in ((case.stranger, NotFound), (case.reviewer, NotAllowed)):
            with pytest.raises(error):
                holds.place(db, actor, case.candidate_id, "Because.")
        assert db.exec(select(Erasure)).all() == []


def test_a_hold_needs_its_reason_and_stands_once(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        with pytest.raises(BadInput):
            holds.place(db, case.owner, case.candidate_id, " ")
        first = holds.place(db, case.owner, case.candidate_id, "A claim.")
        assert holds.place(db, case.owner, case.candidate_id, "Another.").id == first.id
        holds.lift(db, case.owner, case.candidate_id)
        with pytest.raises(NotFound):
            holds.lift(db, case.owner, case.candidate_id)


def test_a_copy_asked_for_twice_in_a_moment_is_one(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        first = export_requests.request(db, case.owner, case.candidate_id)
        assert export_requests.request_own(db, case.candidate, case.candidate_id).id == first.id


def test_the_link_opens_own_data_after_its_end_and_nothing_once_withdrawn(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        invite = db.get_one(Invite, case.interview.invite_id)
        db.get_one(Interview, case.interview.id).status = "planned"
        invite.expires_at = now() - timedelta(days=1)
        assert invites.open_own(db, builders.SECRET, case.token).candidate.id == case.candidate_id
        invite.revoked_at = now()
        with pytest.raises(InviteRevoked):
            invites.open_own(db, builders.SECRET, case.token)


def test_a_link_whose_data_were_deleted_says_so_with_the_receipt(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        row = erasure.request(db, case.owner, case.candidate_id)
        erasure.begin(db, row)
        for opens in (invites.open_link, invites.open_own):
            with pytest.raises(InviteErased) as told:
                opens(db, builders.SECRET, case.token)
            assert told.value.number == row.id


def test_what_waits_is_told_to_its_organisation_only(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        human_review.request(db, case.candidate, case.interview, "")
        contesting.propose(db, case.candidate, case.interview, case.turn.id, "Words.")
        hung = erasure.plan(db, case.owner.organisation_id, erasure.FILE, {"resume": []})
        hung.tries, hung.why = 1, "The storage does not answer."
        db.flush()
        assert [one.kind for one in rights_needs.listing(db, case.owner)] == ["review", "contest", "erasure"]
        assert rights_needs.listing(db, case.stranger) == []


def test_a_late_answer_is_told_as_late(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        row = human_review.request(db, case.candidate, case.interview, "")
        row.due_at = now() - timedelta(days=1)
        db.flush()
        assert human_review.overdue(row)
        assert rights_needs.listing(db, case.owner)[0].late


def test_the_audit_log_holds_ids_and_no_words(engine: Engine, case: Case) -> None:
    with session(engine) as db:
        human_review.request(db, case.candidate, case.interview, "a private word")
        contesting.propose(db, case.candidate, case.interview, case.turn.id, "a private word")
        holds.place(db, case.owner, case.candidate_id, "a private word")
        erasure.request(db, case.owner, case.candidate_id)
    with session(engine) as db:
        told = [repr(event) for event in db.exec(select(AuditEvent))]
        assert len(told) >= 4
        assert not any("private" in one or "Ada" in one for one in told)
        assert db.exec(select(Candidate)).first() is not None
