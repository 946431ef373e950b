"""The candidate's way: where each link leads, what is asked, and what is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import pytest
from reflex.istate.data import RouterData
from reflex.state import State
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import CandidateQuestion, Consent, Interview, Invite, Organisation, Question, now
from interview_platform.services import invites
from interview_platform.states import consent_words
from interview_platform.states.candidate import CandidateState
from interview_platform.wiring import Platform
from tests import builders


def at(token: str) -> dict[str, object]:
    """What the framework knows of a tab that shows the link."""
    return {"headers": {"origin": "http://127.0.0.1:3000"}, "asPath": routes.interview(token), "query": {}}


@dataclass
class Visit:
    """One browser tab at one link."""

    state: CandidateState
    token: str

    async def do(self, handler: str, *values: object) -> list[object]:
        """Call a handler as the framework does; the events it gave back."""
        run = CandidateState.event_handlers[handler].fn
        return [event async for event in run(self.state, *values) if event is not None]


@dataclass
class Case:
    """An interview that was launched, and the way to look at it again."""

    held: Platform
    interview_id: str

    def visit(self, token: str | None = None) -> Visit:
        """A fresh tab."""
        token = self.token() if token is None else token
        root = State(_reflex_internal_init=True)
        root.router = RouterData.from_router_data(at(token))
        return Visit(root.get_substate(CandidateState.get_full_name().split(".")), token)

    def token(self) -> str:
        """The link's token."""
        with self.held.db() as db:
            return invites.token_of(self.held.secret, db.get_one(Invite, self.interview().invite_id))

    def interview(self) -> Interview:
        """The row as it is now."""
        with self.held.db() as db:
            return db.get_one(Interview, self.interview_id)

    def change(self, table: type, row_id: str, **values: object) -> None:
        """Set columns of a row."""
        with self.held.db() as db:
            row = db.get_one(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)
            db.add(row)

    def consents(self) -> list[Consent]:
        """What was agreed to on the page (the builders' own row is of another version)."""
        with self.held.db() as db:
            return list(db.exec(select(Consent).where(Consent.version == invites.CONSENT_VERSION)))


@pytest.fixture
def case(held: Platform) -> Case:
    with held.db() as db:
        employer = builders.organisation(db, name="Northwind Clinics")
        user, actor = builders.recruiter(db, employer, name="Dana Reyes", email="dana@example.com")
        job = builders.job(db, actor)
        plan = [builders.question(db, job, minutes=2.5).id for _ in range(4)]
        row = builders.interview(db, actor, builders.application(db, actor, job), plan, agreed=False)
        db.get_one(Invite, row.invite_id).created_by = user.id
        db.flush()
        return Case(held, row.id)


async def agreed(case: Case, *optional: str) -> Visit:
    """A visit that has gone through the consent."""
    visit = case.visit()
    await visit.do("load")
    await visit.do("begin")
    for name in ("ai_interviewer", "recording", *optional):
        await visit.do("tick", name, True)
    await visit.do("agree")
    return visit


async def test_the_welcome_says_who_invites_for_what_and_how_long(case: Case) -> None:
    visit = case.visit()
    await visit.do("load")
    seen = visit.state
    assert (seen.step, seen.step_number) == ("welcome", 1)
    assert (seen.first_name, seen.organisation_name, seen.job_title) == ("Ada", "Northwind Clinics", "Backend Engineer")
    assert (seen.contact_name, seen.contact_email) == ("Dana Reyes", "dana@example.com")
    assert (seen.questions, seen.minutes) == (4, 15)
    assert seen.offer_url == routes.offer(visit.token)


async def test_what_the_page_holds_names_no_row(case: Case, held: Platform) -> None:
    visit = case.visit()
    await visit.do("load")
    public = str(visit.state.dict())
    with held.db() as db:
        ids = [row.id for table in (Interview, Organisation, Question) for row in db.exec(select(table))]
    assert ids
    assert [row_id for row_id in ids if row_id in public] == []


async def test_consent_needs_both_required_boxes(case: Case) -> None:
    visit = case.visit()
    await visit.do("load")
    await visit.do("begin")
    await visit.do("tick", "recording", True)
    assert not visit.state.may_agree
    told = await visit.do("agree")
    assert told
    assert visit.state.step == "consent"
    assert case.consents() == []


async def test_consent_is_kept_with_the_words_of_the_page(case: Case) -> None:
    visit = await agreed(case, "voice_analysis")
    assert visit.state.step == "check"
    [kept] = case.consents()
    assert kept.items == {
        "ai_interviewer": True,
        "recording": True,
        "face_analysis": False,
        "voice_analysis": True,
    }
    shown = "\n".join(
        f"[{'required' if item['required'] else 'optional'}] {item['label']}. {item['detail']}"
        for item in visit.state.consent_items
    )
    assert kept.text_sha256 == sha256(shown.encode()).hexdigest()


async def test_an_organisation_without_analysis_does_not_ask_for_it(case: Case) -> None:
    case.change(Organisation, case.interview().organisation_id, face_analysis=False, voice_analysis=False)
    visit = await agreed(case)
    assert [item["name"] for item in visit.state.consent_items] == ["ai_interviewer", "recording"]
    [kept] = case.consents()
    assert set(kept.items) == {"ai_interviewer", "recording"}


async def test_a_made_up_box_is_not_kept(case: Case) -> None:
    visit = await agreed(case, "score_me_high")
    assert "score_me_high" not in visit.state.ticked
    assert "score_me_high" not in case.consents()[0].items


async def test_the_room_stays_shut_before_consent(case: Case) -> None:
    visit = case.visit()
    await visit.do("load")
    assert await visit.do("enter_room")
    assert visit.state.step == "welcome"


async def test_coming_back_after_consent_leads_to_the_check(case: Case) -> None:
    await agreed(case)
    case.change(Interview, case.interview_id, status="live", started_at=now())
    again = case.visit()
    await again.do("load")
    assert (again.state.step, again.state.returning) == ("check", True)


async def test_a_lost_socket_does_not_throw_anybody_out_of_the_room(case: Case) -> None:
    visit = await agreed(case)
    await visit.do("enter_room")
    assert visit.state.step == "room"
    await visit.do("load")
    assert visit.state.step == "room"


async def test_another_persons_link_in_the_same_tab_starts_from_its_own_step(case: Case, held: Platform) -> None:
    visit = await agreed(case)
    await visit.do("enter_room")
    with held.db() as db:
        _, actor = builders.recruiter(db)
        other = builders.interview(db, actor, builders.application(db, actor, builders.job(db, actor)), agreed=False)
    visit.state.parent_state.router = RouterData.from_router_data(at(Case(held, other.id).token()))
    await visit.do("load")
    assert visit.state.step == "welcome"
    assert visit.state.ticked == {}


@pytest.mark.parametrize("status", ["ended", "reported", "failed"])
async def test_an_interview_that_is_over_shows_its_end_with_the_last_words(case: Case, status: str) -> None:
    case.change(Interview, case.interview_id, status=status)
    with case.held.db() as db:
        builders.turn(db, case.interview(), 1, "agent", "Thank you, Ada.", kind="closing")
    visit = case.visit()
    await visit.do("load")
    assert (visit.state.step, visit.state.closing) == ("end", "Thank you, Ada.")


async def test_a_room_that_claims_the_end_too_early_leads_back_to_the_check(case: Case) -> None:
    visit = await agreed(case)
    await visit.do("enter_room")
    await visit.do("leave_room", "bye")
    assert visit.state.step == "check"


async def test_links_that_do_not_open_say_why(case: Case) -> None:
    invite_id = case.interview().invite_id
    case.change(Invite, invite_id, expires_at=now() - timedelta(days=1))
    expired = case.visit()
    await expired.do("load")
    assert (expired.state.step, expired.state.closed_title) == ("closed", "This link has expired")
    assert "dana@example.com" in expired.state.closed_text

    case.change(Invite, invite_id, revoked_at=now())
    revoked = case.visit()
    await revoked.do("load")
    assert revoked.state.closed_title == "This link was withdrawn"

    wrong = case.visit("made-up")
    await wrong.do("load")
    assert (wrong.state.step, wrong.state.closed_title) == ("closed", "This link does not open")
    assert wrong.state.organisation_name == ""


async def test_a_link_withdrawn_on_the_way_closes_the_next_step_and_empties_the_page(case: Case) -> None:
    visit = case.visit()
    await visit.do("load")
    case.change(Invite, case.interview().invite_id, revoked_at=now())
    await visit.do("begin")
    assert visit.state.step == "closed"
    assert visit.state.organisation_name == ""


async def test_more_time_is_kept_for_the_next_visit_and_noted_nowhere_else(case: Case) -> None:
    visit = await agreed(case)
    assert not visit.state.more_time
    await visit.do("give_more_time", True)
    again = case.visit()
    await again.do("load")
    assert again.state.more_time
    with case.held.db() as db:
        assert db.exec(select(CandidateQuestion)).all() == []
    await again.do("give_more_time", False)
    third = case.visit()
    await third.do("load")
    assert not third.state.more_time


async def test_more_time_is_on_from_the_start_for_who_asked_for_it_in_words(case: Case) -> None:
    interview = case.interview()
    with case.held.db() as db:
        about = {"organisation_id": interview.organisation_id, "interview_id": interview.id, "about": "accommodation"}
        db.add(CandidateQuestion(**about, text="Could I have extra time, please?"))
    visit = await agreed(case)
    assert visit.state.more_time
    await visit.do("give_more_time", False)  # her own choice counts more
    again = case.visit()
    await again.do("load")
    assert not again.state.more_time


async def test_the_clock_of_a_reloaded_page_goes_on(case: Case) -> None:
    first = await agreed(case)
    assert first.state.elapsed == 0
    case.change(Interview, case.interview_id, status="live", started_at=now())
    with case.held.db() as db:
        builders.turn(db, case.interview(), 1, "agent", "What did you do?", started_seconds=80, ended_seconds=95)
    again = case.visit()
    await again.do("load")
    assert 95 <= again.state.elapsed <= 98


@pytest.mark.parametrize(("by", "told"), [("recruiter", True), ("candidate", False), ("plan", False)])
async def test_who_was_ended_by_a_person_is_told_so_kindly(case: Case, by: str, told: bool) -> None:
    visit = await agreed(case)
    await visit.do("enter_room")
    case.change(Interview, case.interview_id, status="ended", ended_by=by)
    await visit.do("leave_room", "Thank you.")
    assert (visit.state.step, visit.state.ended_by_people) == ("end", told)
    later = case.visit()
    await later.do("load")
    assert (later.state.step, later.state.ended_by_people) == ("end", told)


def test_the_consent_says_that_people_may_follow_while_it_runs() -> None:
    whole = consent_words.text(consent_words.items("Northwind", face=True, voice=True))
    assert "join without being seen while the interview runs" in whole


def test_the_consent_says_what_is_sent_to_whom() -> None:
    sent = ["the words of my answers go to some-model (google_genai)", "what the AI says to me is voiced by Google"]
    here = consent_words.text(consent_words.items("Northwind", face=True, voice=True))
    whole = consent_words.text(consent_words.items("Northwind", face=True, voice=True, outside=sent))
    assert f"For this, {sent[0]}, and {sent[1]}." in whole
    assert "For this" not in here


def test_the_stored_text_changes_with_every_word_shown() -> None:
    whole = consent_words.text(consent_words.items("Northwind", face=True, voice=True))
    less = consent_words.text(consent_words.items("Northwind", face=False, voice=True))
    assert whole != less
    assert whole.count("[required]") == 2
    assert whole.count("[optional]") == 2
    assert "Northwind" in whole
    assert "{" not in whole
