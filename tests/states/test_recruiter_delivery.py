"""The timeline of delivery and the switches of single measures, as the recruiter's pages show them."""

from __future__ import annotations

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import AuditEvent, Organisation, session
from interview_platform.services.analysis import signals
from interview_platform.services.analysis.signals import MEASURES, SWITCHABLE
from interview_platform.states.recruiter_delivery import SOURCES, DeliveryState
from interview_platform.states.recruiter_measures import MeasuresState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at a report: two questions, each answered and measured; pictures in three windows."""
    made = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
        asked = [builders.question(db, job, text=text) for text in ("What broke?", "What changed?")]
        row = builders.interview(
            db, made.actor, builders.application(db, made.actor, job), plan=[one.id for one in asked], status="ended"
        )
        for place, question in enumerate(asked):
            at = 60.0 * place
            builders.turn(
                db, row, 2 * place, "agent", question.text, question_id=question.id, started_seconds=at + 1,
                ended_seconds=at + 4,
            )  # fmt: skip
            said = builders.turn(
                db, row, 2 * place + 1, "candidate", "A lock.", question_id=question.id, started_seconds=at + 5,
                ended_seconds=at + 50,
            )  # fmt: skip
            db.add_all(signals.rows(row.id, {"words_per_minute": 120 + place, "jitter": 0.02}, turn_id=said.id))
        for at, light in ((30.0, 0.5), (0.0, 0.4), (15.0, 0.45)):
            db.add_all(signals.rows(row.id, {"light": light, "pictures": 30.0}, at_seconds=at))
    made.at(routes.report(row.id))
    return made


async def test_each_measure_lies_over_the_interview_in_order_with_the_questions_borders(robin: Recruiter) -> None:
    await robin.does(DeliveryState.load)
    state = robin.state(DeliveryState)
    assert state.sources == [("face", "Picture"), ("speech", "Speech"), ("voice", "Voice")]
    assert [lane.name for lane in state.lanes] == ["light"]  # how many pictures there were is no measure of anybody
    assert state.lanes[0].points == [{"at": 0.0, "value": 0.4}, {"at": 15.0, "value": 0.45}, {"at": 30.0, "value": 0.5}]
    assert state.marks == [{"at": 1.0, "label": "Q1"}, {"at": 61.0, "label": "Q2"}]
    assert state.seconds == 110.0


async def test_measures_of_answers_lie_where_the_answers_began_and_say_what_they_mean(robin: Recruiter) -> None:
    await robin.does(DeliveryState.pick, "speech")
    (lane,) = robin.state(DeliveryState).lanes
    assert [point["at"] for point in lane.points] == [5.0, 65.0]
    assert lane.meaning == MEASURES["words_per_minute"].meaning
    assert lane.limits == MEASURES["words_per_minute"].limits


async def test_shares_are_told_in_per_cent(robin: Recruiter) -> None:
    await robin.does(DeliveryState.pick, "voice")
    (lane,) = robin.state(DeliveryState).lanes
    assert (lane.name, lane.unit) == ("jitter", "% of a period")
    assert [point["value"] for point in lane.points] == [2.0, 2.0]


async def test_a_made_up_source_shows_the_first_one(robin: Recruiter) -> None:
    await robin.does(DeliveryState.pick, "mood")
    assert robin.state(DeliveryState).source == "face"


async def test_another_organisations_report_has_no_timeline(held: Platform, robin: Recruiter) -> None:
    other = Recruiter(held, "sam@example.com")
    other.at(str(robin.root.router.url.path))
    assert await other.does(DeliveryState.load)
    assert other.state(DeliveryState).lanes == []


async def test_every_single_measure_has_a_switch_that_is_kept_and_audited(held: Platform, robin: Recruiter) -> None:
    await robin.does(MeasuresState.load)
    state = robin.state(MeasuresState)
    assert [line.name for line in state.lines] == list(SWITCHABLE)
    assert [line.group for line in state.lines if line.group] == [words for _, words in SOURCES]
    assert all(line.on and line.about for line in state.lines)
    for name in ("jitter", "nods", "jitter"):
        await robin.does(MeasuresState.flip, name)
    assert [line.name for line in state.lines if not line.on] == ["nods"]
    with session(held.engine) as db:
        assert db.get_one(Organisation, robin.actor.organisation_id).measures_off == ["nods"]
        told = db.exec(select(AuditEvent).where(AuditEvent.action == "organisation.switched")).all()
    assert [event.detail for event in told] == [
        {"name": "jitter", "on": False},
        {"name": "nods", "on": False},
        {"name": "jitter", "on": True},
    ]


@pytest.mark.parametrize("name", ["pictures", "mood"])
async def test_what_is_no_measure_of_its_own_cannot_be_switched(held: Platform, robin: Recruiter, name: str) -> None:
    assert await robin.does(MeasuresState.flip, name)
    with session(held.engine) as db:
        assert db.get_one(Organisation, robin.actor.organisation_id).measures_off == []
