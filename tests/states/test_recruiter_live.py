"""The live monitor: what it lists, following, ending, and that nobody sees another organisation's interviews."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from interview_platform import routes
from interview_platform.components.live_monitor import REASONS
from interview_platform.models import AuditEvent, Interview, Turn, now, session
from interview_platform.services import live
from interview_platform.states import recruiter_live
from interview_platform.states.recruiter_live import MonitorState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


class Rooms:
    """Rooms that somebody is in: they tell their standing events, and end an interview when told to."""

    def __init__(self, held: Platform, *interviews: str) -> None:
        self._held, self._here = held, list(interviews)
        self.standing: list[dict[str, Any]] = [{"type": "state", "state": "listening"}]
        self.commands: list[tuple[str, dict[str, Any]]] = []

    def live(self) -> list[str]:
        """Who is here."""
        return self._here

    async def subscribe(self, interview_id: str) -> AsyncIterator[dict[str, Any]]:
        """The standing events."""
        for event in self.standing:
            yield event

    def command(self, interview_id: str, command: dict[str, Any]) -> None:
        """Ends at once."""
        self.commands.append((interview_id, command))
        with session(self._held.engine) as db:
            row = db.get_one(Interview, interview_id)
            row.status, row.ended_by = "ended", str(command["by"])

    def close(self) -> None:
        """Nothing to do."""


def running(held: Platform, robin: Recruiter, name: str = "Ada Candidate") -> str:
    """An interview that goes on: one question, one answer."""
    with session(held.engine) as db:
        job = builders.job(db, robin.actor)
        question = builders.question(db, job)
        who = builders.candidate(db, robin.actor, name=name)
        row = builders.interview(
            db, robin.actor, builders.application(db, robin.actor, job, who), plan=[question.id], status="live",
            started_at=now() - timedelta(minutes=2), interviewer="Offline interviewer",
        )  # fmt: skip
        builders.turn(db, row, 0, "agent", question.text, question_id=question.id, started_seconds=1, ended_seconds=5)
        builders.turn(db, row, 1, "candidate", "A lock was held.", started_seconds=65, ended_seconds=70)
        return row.id


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the live page."""
    made = Recruiter(held)
    made.at(routes.LIVE)
    return made


def _audited(held: Platform) -> list[str]:
    with session(held.engine) as db:
        return list(db.exec(select(AuditEvent.action).where(col(AuditEvent.action).startswith("interview."))))


async def test_running_interviews_are_listed_with_place_time_engine_and_connection(
    held: Platform, robin: Recruiter
) -> None:
    here, away = running(held, robin), running(held, robin, "Bo Away")
    held.__dict__["rooms"] = Rooms(held, here)
    await robin.does(MonitorState.load)
    lines = {line.key: line for line in robin.state(MonitorState).lines}
    assert (lines[here].name, lines[here].place) == ("Ada Candidate", "Question 1 of 1")
    assert lines[here].minutes.startswith("01:")
    assert lines[here].engine == "Offline interviewer"
    assert lines[here].state == "Candidate’s turn"
    assert lines[away].state == "Nobody is connected"


async def test_without_any_room_everybody_is_away(held: Platform, robin: Recruiter) -> None:
    running(held, robin)
    await robin.does(MonitorState.load)
    assert [line.state for line in robin.state(MonitorState).lines] == ["Nobody is connected"]


async def test_following_shows_the_words_and_is_audited_and_a_second_click_lets_go(
    held: Platform, robin: Recruiter
) -> None:
    interview = running(held, robin)
    await robin.does(MonitorState.load)
    await robin.does(MonitorState.follow, interview)
    state = robin.state(MonitorState)
    assert [(line.who, line.clock, line.text) for line in state.said][-1] == ("Candidate", "01:05", "A lock was held.")
    assert state.why.because
    assert _audited(held) == ["interview.followed"]
    await robin.does(MonitorState.follow, interview)
    assert (state.watched, state.said) == ("", [])


async def test_the_address_may_name_the_interview(held: Platform, robin: Recruiter) -> None:
    interview = running(held, robin)
    robin.at(routes.live(interview))
    await robin.does(MonitorState.load)
    assert robin.state(MonitorState).watched == interview


async def test_a_look_brings_new_turns_and_the_words_that_are_being_said(held: Platform, robin: Recruiter) -> None:
    interview = running(held, robin)
    rooms = held.__dict__["rooms"] = Rooms(held, interview)
    await robin.does(MonitorState.load)
    await robin.does(MonitorState.follow, interview)
    rooms.standing.append({"type": "caption", "speaker": "candidate", "text": "Then I", "final": False})
    with session(held.engine) as db:
        builders.turn(db, db.get_one(Interview, interview), 2, "agent", "What then?", kind="follow_up")
    await robin.does_in_background(MonitorState.look)
    state = robin.state(MonitorState)
    assert state.said[-1].text == "What then?"
    assert state.words == "Then I"


async def test_ending_needs_a_reason(held: Platform, robin: Recruiter) -> None:
    interview = running(held, robin)
    await robin.does(MonitorState.load)
    await robin.does(MonitorState.follow, interview)
    await robin.does(MonitorState.ask_end, True)
    await robin.does_in_background(MonitorState.end)
    assert robin.state(MonitorState).wrong
    assert robin.state(MonitorState).ask_open
    with session(held.engine) as db:
        assert db.get_one(Interview, interview).status == "live"


async def test_an_end_goes_through_the_room_and_is_audited_with_its_reason(held: Platform, robin: Recruiter) -> None:
    interview = running(held, robin)
    rooms = held.__dict__["rooms"] = Rooms(held, interview)
    await robin.does(MonitorState.load)
    await robin.does(MonitorState.follow, interview)
    await robin.does(MonitorState.pick_reason, "technical")
    await robin.does_in_background(MonitorState.end)
    assert rooms.commands == [(interview, {"type": "end", "by": "recruiter"})]
    state = robin.state(MonitorState)
    assert (state.over, state.lines) == (True, [])
    with session(held.engine) as db:
        stopped = db.exec(select(AuditEvent).where(AuditEvent.action == "interview.stopped")).one()
    assert stopped.detail == {"reason": "technical"}
    assert stopped.actor == robin.actor.key


class _Closing:
    """A conversation that closes."""

    def __init__(self, held: Platform, interview_id: str) -> None:
        self._held, self._id = held, interview_id

    def end(self, at_seconds: float, by: str) -> list[object]:
        """Writes the closing turn."""
        with session(self._held.engine) as db:
            row = db.get_one(Interview, self._id)
            row.status, row.ended_by = "ended", by
            builders.turn(db, row, 9, "agent", "Thank you.", kind="closing", started_seconds=at_seconds)
        return []


async def test_where_nobody_is_connected_it_ends_without_a_goodbye_and_is_finished(
    held: Platform, robin: Recruiter
) -> None:
    finished: list[str] = []
    held.__dict__.update(conversation=lambda key: _Closing(held, key), finish_interview=finished.append)
    interview = running(held, robin)
    await robin.does(MonitorState.load)
    await robin.does(MonitorState.follow, interview)
    await robin.does(MonitorState.pick_reason, "mistake")
    await robin.does_in_background(MonitorState.end)
    held.background.shutdown(wait=True)
    with session(held.engine) as db:
        assert db.get_one(Interview, interview).ended_by == "recruiter"
        closing = db.exec(select(Turn).where(Turn.kind == "closing")).one()
    assert closing.started_seconds == 70
    assert finished == [interview]


async def test_another_organisation_lists_nothing_and_can_neither_follow_nor_end(
    held: Platform, robin: Recruiter
) -> None:
    interview = running(held, robin)
    held.__dict__["rooms"] = rooms = Rooms(held, interview)
    other = Recruiter(held, "sam@example.com")
    other.at(routes.live(interview))
    await other.does(MonitorState.load)
    state = other.state(MonitorState)
    assert (state.lines, state.watched) == ([], "")
    assert await other.does(MonitorState.follow, interview)  # a toast says why
    assert (state.watched, state.said) == ("", [])
    state.watched, state.reason = interview, "technical"  # what a hand-made client could claim
    await other.does_in_background(MonitorState.look)
    await other.does_in_background(MonitorState.end)
    assert (rooms.commands, _audited(held)) == ([], [])
    assert state.said == []


def test_the_page_offers_the_reasons_that_the_service_takes() -> None:
    assert dict(REASONS) == live.REASONS


def test_every_state_of_a_room_has_its_words() -> None:
    from typing import get_args

    from interview_platform.media.frames import RoomState

    assert set(recruiter_live.STATES) == set(get_args(RoomState))
