"""Integrity events: written by the room, shown in the report as things to look at, never in a score."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import NotFound
from interview_platform.models import AuditEvent, now, session
from interview_platform.services import page_left, pasted, report_export, reports
from interview_platform.services.report_events import LIMITS, MOST_SHOWN
from tests.services.scoring.material import Held, SetJudge, ended


@pytest.fixture
def live(engine: Engine) -> Held:
    return ended(engine, status="live", started_at=now() - timedelta(seconds=125))


def report(engine: Engine, held: Held):
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        return reports.view(db, held.actor, held.interview.id)


def noted(engine: Engine, held: Held) -> list[AuditEvent]:
    with session(engine) as db:
        return list(db.exec(select(AuditEvent).where(AuditEvent.action == page_left.LEFT)))


def test_another_tab_in_front_is_an_event_with_its_seconds_and_its_minute(engine: Engine, live: Held) -> None:
    with session(engine) as db:
        page_left.note(db, live.interview.id, 17.4)

    (event,) = report(engine, live).events

    assert event.text.startswith("02:0")
    assert event.text.endswith("another tab or window was in front of the interview for 17 seconds.")


@pytest.mark.parametrize("seconds", [0.4, -3, 1e9, "12", None, True, float("nan")])
def test_a_glance_or_what_is_no_length_of_time_is_not_kept(engine: Engine, live: Held, seconds: object) -> None:
    with session(engine) as db:
        page_left.note(db, live.interview.id, seconds)

    assert noted(engine, live) == []


def test_after_the_end_nothing_is_noted(engine: Engine) -> None:
    held = ended(engine)
    with session(engine) as db:
        page_left.note(db, held.interview.id, 30)

    assert noted(engine, held) == []


def test_a_flood_of_events_is_cut_off(engine: Engine, live: Held) -> None:
    with session(engine) as db:
        for _ in range(page_left.MOST + 5):
            page_left.note(db, live.interview.id, 3)

    assert len(noted(engine, live)) == page_left.MOST


def test_of_no_interview_nothing_is_noted(engine: Engine) -> None:
    with session(engine) as db, pytest.raises(NotFound):
        page_left.note(db, "made-up", 3)


def test_many_events_are_summed_up(engine: Engine, live: Held) -> None:
    with session(engine) as db:
        for _ in range(MOST_SHOWN + 3):
            page_left.note(db, live.interview.id, 10)

    found = report(engine, live).events

    assert len(found) == MOST_SHOWN + 1
    assert found[-1].text == "3 more times the candidate had another tab or window in front, 30 seconds in all."


def test_events_change_no_number_of_the_report(engine: Engine, live: Held) -> None:
    before = report(engine, live)
    with session(engine) as db:
        for _ in range(20):
            page_left.note(db, live.interview.id, 60)
        pasted.note(db, live.interview.id, 4000)

    after = report(engine, live)

    assert len(after.events) > len(before.events)
    assert (after.overall, after.coverage, after.recommendation) == (
        before.overall,
        before.coverage,
        before.recommendation,
    )
    assert [(s.name, s.level, s.low, s.high) for s in after.scores] == [
        (s.name, s.level, s.low, s.high) for s in before.scores
    ]
    assert (after.strengths, after.concerns) == (before.strengths, before.concerns)


def test_the_export_says_that_they_are_no_score(engine: Engine, live: Held) -> None:
    with session(engine) as db:
        pasted.note(db, live.interview.id, 300)

    said = report_export.as_json(report(engine, live)).decode()

    assert "300 characters" in said
    assert "never a score" in LIMITS
