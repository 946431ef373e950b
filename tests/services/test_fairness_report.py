"""The workbench: samples by stage, question and quarter, totals only, and what leaves it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.models import (
    CandidateQuestion,
    Evidence,
    Interview,
    Invite,
    Report,
    Score,
    session,
)
from interview_platform.services import (
    demographics,
    fairness_cells,
    fairness_export,
    fairness_report,
    invites,
)
from interview_platform.services.access import Actor
from interview_platform.services.demographics_vault import Vault
from interview_platform.services.fairness_rates import ADVERSE, HIDDEN, RACE, SEX
from tests import builders

VAULT = Vault(b"a key only for these tests, long enough")
START = datetime(2026, 2, 1, tzinfo=UTC)


class World:
    """One job with a question; people are added with what they said and what came of it."""

    def __init__(self, db: Session) -> None:
        self.db = db
        _, actor = builders.recruiter(db)
        self.actor: Actor = replace(actor, role="auditor")
        self._recruiter = actor
        self.job = builders.job(db, actor, title="Nurse")
        self.question = builders.question(db, self.job)
        self.count = 0

    def person(
        self,
        sex: str = "",
        race: str = "white",
        *,
        stage: str = "interviewed",
        overall: float | None = 3.0,
        met: int = 1,
        at: datetime = START,
        asked: bool = False,
        finished: bool = True,
    ) -> Interview:
        """Somebody who was interviewed, with a report in which `met` of the question's two points were shown."""
        self.count += 1
        who = builders.candidate(self.db, self._recruiter, email=f"c{self.count}@example.com")
        application = builders.application(
            self.db, self._recruiter, self.job, who, stage=stage, score=float(self.count)
        )
        status, ended = ("reported", at) if finished else ("planned", None)
        held = builders.interview(
            self.db, self._recruiter, application, plan=[self.question.id], status=status, ended_at=ended
        )
        if finished:
            self._report(held, overall, met)
        if asked:
            self.db.add(
                CandidateQuestion(
                    organisation_id=held.organisation_id, interview_id=held.id, about="accommodation", text="time"
                )
            )
        if sex:
            invite = self.db.get_one(Invite, held.invite_id)
            link = invites.open_link(self.db, builders.SECRET, invites.token_of(builders.SECRET, invite))
            demographics.give(self.db, VAULT, link, sex, race)
        self.db.flush()
        return held

    def _report(self, held: Interview, overall: float | None, met: int) -> None:
        older = Report(interview_id=held.id, overall=1.0, created_at=START - timedelta(days=9))
        report = Report(interview_id=held.id, overall=overall)
        self.db.add_all([older, report])
        self.db.flush()
        score = Score(report_id=report.id, name="Debugging", level=3)
        self.db.add(score)
        self.db.flush()
        for place, point in enumerate(self.question.points):
            verdict = "met" if place < met else "not_shown"
            self.db.add(Evidence(score_id=score.id, point=point["point"], verdict=verdict))

    def report(self, job_id: str = "") -> fairness_report.Workbench:
        """What an auditor reads."""
        return fairness_report.of(self.db, self.actor, VAULT, job_id)


@pytest.fixture
def world(engine: Engine) -> World:
    with session(engine) as db:
        yield World(db)  # type: ignore[misc]


def unequal(world: World, women: int = 20, men: int = 20) -> None:
    """Women move on in one of five cases, men always."""
    for at in range(women):
        world.person("female", stage="next_step" if at % 5 == 0 else "rejected", overall=2.0, met=0)
    for _ in range(men):
        world.person("male", stage="next_step", overall=4.0, met=2)


def by_key(held: fairness_report.Workbench) -> dict[str, fairness_report.Part]:
    """Parts by their keys."""
    return {part.key: part for part in fairness_export.parts_of(held)}


def test_decisions_are_compared_and_what_differs_is_flagged(world: World) -> None:
    unequal(world)
    decision = by_key(world.report())["decision-selection"]
    by_sex = next(table for table in decision.tables if table.by == SEX)
    lines = {one.name: one for one in by_sex.categories}
    assert (lines["Male"].hits, lines["Male"].n, lines["Female"].hits, lines["Female"].n) == (20, 20, 4, 20)
    assert lines["Female"].ratio == pytest.approx(0.2)
    assert lines["Female"].verdict == ADVERSE


def test_a_follow_up_counts_as_moved_on_and_who_is_not_decided_on_is_left_out(world: World) -> None:
    unequal(world, 10, 10)
    world.person("female", stage="follow_up")
    world.person("female", stage="interviewed")
    lines = {one.name: one for one in by_key(world.report())["decision-selection"].tables[0].categories}
    assert (lines["Female"].hits, lines["Female"].n) == (3, 11)


def test_the_newest_report_gives_the_level_and_the_rubric_the_points(world: World) -> None:
    unequal(world)
    held = by_key(world.report(world.job.id))
    for key in ("interview-scoring", world.question.id):
        lines = {one.name: one for one in held[key].tables[0].categories}
        assert (lines["Male"].hits, lines["Female"].hits) == (20, 0)
    assert held[world.question.id].title == world.question.text


def test_a_step_that_everybody_known_has_passed_has_no_rate_and_says_why(world: World) -> None:
    unequal(world)
    for _ in range(5):
        world.person(finished=False, stage="invited")
    held = by_key(world.report())
    assert held["filter-selection"].tables == ()
    assert held["interview-selection"].note == fairness_report.ONLY_ASKED
    assert held["filter-scoring"].tables[0].unknown == 5


def test_below_ten_answers_nothing_is_shown_not_even_how_many(world: World) -> None:
    unequal(world, 4, 5)
    held = world.report()
    assert (held.enough, held.answered, held.finished) == (False, 0, 9)
    assert [part.tables for part in fairness_export.parts_of(held)] == [()] * len(fairness_export.parts_of(held))


def test_small_categories_are_hidden_in_all_that_leaves(world: World) -> None:
    unequal(world)
    for _ in range(3):
        world.person("other", "asian", stage="next_step")
    held = world.report()
    by_race = next(table for table in by_key(held)["decision-selection"].tables if table.by == RACE)
    assert "Asian" in {one.name for one in by_race.categories if one.verdict == HIDDEN}
    lines = [line for line in csv.DictReader(io.StringIO(fairness_export.as_csv(held))) if line["category"] == "Asian"]
    assert lines
    assert {(line["people"], line["rate"], line["flag"]) for line in lines} == {("", "", HIDDEN)}
    exported = json.loads(fairness_export.as_json(held))
    cells = [c for part in exported["parts"] for table in part["tables"] for c in table["categories"]]
    assert all(cell["people"] is None or cell["people"] >= fairness_cells.LEAST for cell in cells)


def test_quarters_are_shown_from_ten_people_on_and_never_by_subtraction(world: World) -> None:
    for quarter in range(3):
        for at in range(12 if quarter < 2 else 4):
            world.person("female" if at % 2 else "male", overall=float(at), at=START + timedelta(days=92 * quarter))
    assert [part.key for part in world.report().quarters] == ["2026 Q2"]


def test_a_job_is_offered_only_where_it_and_the_rest_have_enough_people(world: World) -> None:
    unequal(world, 6, 6)
    assert fairness_report.jobs(world.db, world.actor, VAULT) == [(world.job.id, "Nurse")]
    other = builders.job(world.db, world.actor, title="Clerk")
    first, world.job = world.job, other
    for _ in range(4):
        world.person("male")
    assert fairness_report.jobs(world.db, world.actor, VAULT) == []
    for _ in range(6):
        world.person("male")
    assert [key for key, _ in fairness_report.jobs(world.db, world.actor, VAULT)] == [other.id, first.id]


def test_outcomes_of_who_asked_for_an_adjustment_are_watched_without_any_demographics(world: World) -> None:
    for at in range(12):
        world.person(stage="next_step" if at % 2 else "rejected", overall=float(at % 4), asked=at < 6)
    held = world.report()
    assert held.accommodation is not None
    lines = {one.name: one.n for one in held.accommodation.tables[0].categories}
    assert lines == {"Asked for an adjustment": 6, "Did not ask": 6}
    assert not held.enough


def test_few_adjustments_are_not_shown(world: World) -> None:
    for at in range(12):
        world.person(asked=at < 2)
    held = world.report().accommodation
    assert held is not None
    assert held.tables == ()


def test_answers_that_are_missing_unevenly_are_told(world: World) -> None:
    unequal(world)
    for _ in range(40):
        world.person(stage="rejected")
    assert "missing unevenly" in by_key(world.report())["decision-selection"].note


def test_a_practice_is_never_counted(world: World) -> None:
    held = world.person("female")
    held.practice = True
    world.db.add(held)
    world.db.flush()
    assert world.report().finished == 0


class Text(HTMLParser):
    """All text of a page, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_public_summary_says_what_the_rule_asks_for_and_runs_nothing(world: World) -> None:
    unequal(world)
    held = replace(world.report(), organisation="<script>alert(1)</script> Ltd", since=date(2026, 1, 2))
    page = Text()
    page.feed(fairness_export.summary(held, date(2026, 11, 23), "Our own data."))
    for needed in (
        "23 November 2026",
        "2 January 2026",
        "Our own data.",
        "not legal advice",
        "unknown category",
        "0.20",
    ):
        assert needed in page.text
    assert "script" not in page.tags
    assert "<script>alert(1)</script> Ltd" in page.text


def test_no_cell_of_an_export_is_a_formula(world: World) -> None:
    world.question.text = "=HYPERLINK(1)"
    unequal(world)
    made = fairness_export.as_csv(world.report(world.job.id))
    assert "'=HYPERLINK(1)" in made
    assert not any(cell[:1] in "=+@" for line in csv.reader(io.StringIO(made)) for cell in line if cell)
