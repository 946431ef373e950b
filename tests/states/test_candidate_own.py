"""The candidate's own page: what each state of the link opens, and what the candidate can do there."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
from reflex.istate.data import RouterData
from reflex.state import State
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import (
    AccessExport,
    Candidate,
    CorrectionRequest,
    HumanReview,
    Interview,
    Invite,
    Message,
    Turn,
    now,
)
from interview_platform.services import contesting, export_requests, holds, human_review, invites
from interview_platform.services.access import Actor
from interview_platform.states.candidate import CandidateState
from interview_platform.states.candidate_own import CandidateOwnState
from interview_platform.wiring import Platform
from tests import builders, planted


@dataclass
class Own:
    """One candidate with an interview that ended, and the tab that shows it."""

    held: Platform
    actor: Actor
    interview_id: str
    token: str

    def tab(self, kind: type = CandidateOwnState) -> object:
        """A fresh tab's state."""
        root = State(_reflex_internal_init=True)
        given = {"headers": {"origin": "http://127.0.0.1:3000"}, "asPath": routes.interview(self.token), "query": {}}
        root.router = RouterData.from_router_data(given)
        return root.get_substate(kind.get_full_name().split("."))

    async def do(self, state: object, handler: str, *values: object) -> list[object]:
        """Call a handler as the framework does."""
        run = type(state).event_handlers[handler].fn  # type: ignore[attr-defined]
        return [event async for event in run(state, *values) if event is not None]

    def change(self, **values: object) -> None:
        """Set columns of the invite."""
        with self.held.db() as db:
            invite = db.get_one(Invite, db.get_one(Interview, self.interview_id).invite_id)
            for name, value in values.items():
                setattr(invite, name, value)
            db.add(invite)

    def all(self, table: type) -> list[object]:
        """Every row."""
        with self.held.db() as db:
            return list(db.exec(select(table)))


@pytest.fixture
def own(held: Platform) -> Own:
    with held.db() as db:
        user, actor = builders.recruiter(db, builders.organisation(db, name="Northwind Clinics"), role="owner")
        who = builders.candidate(db, actor, name=planted.MARK, email=f"{planted.MARK}@example.com")
        application = builders.application(db, actor, builders.job(db, actor), who, stage="interviewed")
        row = builders.interview(db, actor, application, status="reported", ended_at=now() - timedelta(days=1))
        builders.turn(db, row, 0, "agent", "What did you repair?")
        builders.turn(db, row, 1, "candidate", "We appeared the queue.")
        builders.turn(db, row, 2, "candidate", "Typed.", kind="typed")
        invite = db.get_one(Invite, row.invite_id)
        invite.created_by = user.id
        return Own(held, actor, row.id, invites.token_of(held.secret, invite))


async def test_the_page_says_where_it_stands_what_is_kept_and_until_when(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    assert "A person at Northwind Clinics reads it" in tab.status
    assert "Your résumé" in [what for what, _ in tab.kept]
    assert tab.kept_until
    assert [line.text for line in tab.lines] == ["What did you repair?", "We appeared the queue.", "Typed."]
    assert [line.may_contest for line in tab.lines] == [False, True, False]


async def test_the_page_names_no_row(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    public = str(tab.dict())
    ids = [row.id for table in (Turn, Interview, Invite, Candidate) for row in own.all(table)]
    assert [one for one in ids if one in public] == []


async def test_a_decision_is_not_told_before_its_letter(own: Own) -> None:
    with own.held.db() as db:
        interview = db.get_one(Interview, own.interview_id)
        letter = {"purpose": "reject", "to_address": "a@example.com", "subject": "", "text": ""}
        application = {"application_id": interview.application_id, "organisation_id": interview.organisation_id}
        mail = Message(dedup_key="d", status="queued", **letter, **application)
        db.add(mail)
    tab = own.tab()
    await own.do(tab, "load")
    assert not tab.told
    with own.held.db() as db:
        db.get_one(Message, mail.id).status = "sent"
    await own.do(tab, "load")
    assert tab.told
    assert "not to go on" in tab.status


async def test_this_is_not_what_i_said_waits_for_a_person(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    await own.do(tab, "contest", 1)
    await own.do(tab, "write_contested", "We repaired the queue.")
    await own.do(tab, "send_contested")
    [row] = own.all(CorrectionRequest)
    assert (row.text, row.status) == ("We repaired the queue.", "open")
    assert tab.lines[1].text == "We appeared the queue."
    assert tab.lines[1].asked == "We repaired the queue."
    with own.held.db() as db:
        contesting.take(db, own.actor, row.id)
    await own.do(tab, "load")
    assert (tab.lines[1].text, tab.lines[1].note) == ("We repaired the queue.", "Corrected.")


async def test_what_was_typed_cannot_be_contested_and_no_place_outside_the_interview(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    for place in (0, 2, 99):
        tab.contesting = place
        assert await own.do(tab, "send_contested")
    assert own.all(CorrectionRequest) == []


async def test_a_declined_correction_says_why(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    await own.do(tab, "contest", 1)
    await own.do(tab, "send_contested")
    with own.held.db() as db:
        contesting.decline(db, own.actor, own.all(CorrectionRequest)[0].id, "We hear “appeared” twice.")
    await own.do(tab, "load")
    assert tab.lines[1].note == "Not changed: We hear “appeared” twice."


async def test_another_look_has_a_date_and_an_answer(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    await own.do(tab, "ask_review")
    await own.do(tab, "ask_review")
    [row] = own.all(HumanReview)
    assert (row.due_at - row.created_at).days == human_review.DAYS
    assert tab.review_due
    with own.held.db() as db:
        human_review.answer(db, own.actor, row.id, "kept", "I watched all of it.")
        assert human_review.mail_of(db, row.id)
    await own.do(tab, "load")
    assert (tab.review_state, tab.review_answer) == ("answered", "I watched all of it.")


async def test_a_copy_is_made_and_downloaded(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "make_copy")
    assert tab.copy_state == "ready"
    [row] = own.all(AccessExport)
    held = zipfile.ZipFile(io.BytesIO(own.held.blobs.get(export_requests.blob_key(row))))
    assert "interview-1/transcript.txt" in held.namelist()
    [event] = await own.do(tab, "take_copy")
    assert "/api/files/" in str(event)


async def test_nothing_is_deleted_without_the_confirmation(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "delete")
    assert len(own.all(Candidate)) == 1


async def test_deleted_the_link_opens_the_receipt_and_not_a_byte_is_left(own: Own) -> None:
    tab = own.tab()
    await own.do(tab, "load")
    await own.do(tab, "ask_delete", True)
    await own.do(tab, "delete")
    await own.do(tab, "load")
    assert not tab.ready
    assert ["Contact details", "1"] in tab.receipt
    assert "deleted here on" in tab.receipt_words
    around = own.tab(CandidateState)
    await own.do(around, "load")
    assert (around.step, around.closed_title, around.own_open) == ("closed", "Your data were deleted", True)
    assert planted.in_tables(own.held.engine) == []
    assert planted.in_files(own.held.settings.data_dir) == []


async def test_a_hold_is_told_and_nothing_is_deleted(own: Own) -> None:
    with own.held.db() as db:
        holds.place(db, own.actor, db.exec(select(Candidate)).one().id, "A secret claim.")
    tab = own.tab()
    await own.do(tab, "ask_delete", True)
    await own.do(tab, "delete")
    await own.do(tab, "load")
    assert tab.on_hold
    assert "legal matter" in tab.receipt_words
    assert "secret" not in str(tab.dict())
    assert len(own.all(Candidate)) == 1


async def test_a_link_past_its_end_opens_the_own_data_and_no_interview(own: Own) -> None:
    with own.held.db() as db:
        row = db.get_one(Interview, own.interview_id)
        row.status, row.ended_at = "planned", None
    own.change(expires_at=now() - timedelta(days=1))
    tab, around = own.tab(), own.tab(CandidateState)
    await own.do(tab, "load")
    await own.do(around, "load")
    assert tab.ready
    assert (around.step, around.own_open) == ("closed", True)


async def test_a_withdrawn_or_changed_link_opens_nothing(own: Own) -> None:
    own.change(revoked_at=now())
    tab = own.tab()
    for handler in ("load", "make_copy", "ask_review", "delete"):
        await own.do(tab, handler)
    assert not tab.ready
    assert tab.lines == []
    own.change(revoked_at=None)
    own.token += "x"
    tab = own.tab()
    await own.do(tab, "load")
    assert not tab.ready
    assert own.all(HumanReview) == own.all(AccessExport) == []
