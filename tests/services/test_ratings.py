"""People rate: before the judge's levels are shown, and each for herself; where they lie apart, it is said."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed
from interview_platform.models import Job, Rating, session
from interview_platform.services import agreement, ratings, report_list, reports
from interview_platform.services.access import Actor
from interview_platform.services.report_view import ReportView
from tests import builders
from tests.services.scoring.material import Held, SetJudge, ended


@pytest.fixture
def held(engine: Engine) -> Held:
    """A report in a job whose levels are hidden until they are rated."""
    made = ended(engine)
    reports.build(engine, made.interview.id, SetJudge())
    with session(engine) as db:
        ratings.set_blind_first(db, made.actor, made.job.id, True)
    return made


def _seen(engine: Engine, held: Held, actor: Actor | None = None) -> ReportView:
    with session(engine) as db:
        return reports.view(db, actor or held.actor, held.interview.id)


def _rate(engine: Engine, held: Held, level: int | None, actor: Actor | None = None) -> None:
    names = [score.name for score in _seen(engine, held).scores]
    with session(engine) as db:
        report = reports.newest(db, held.interview.id)
        assert report is not None
        ratings.rate(db, actor or held.actor, report, dict.fromkeys(names, level))


def _second(engine: Engine, held: Held) -> Actor:
    with session(engine) as db:
        user = builders.recruiter(db, email="second@example.com", name="Sam Second")[0]
        user.organisation_id = held.actor.organisation_id
        db.add(user)
        return Actor(held.actor.organisation_id, "reviewer", user.id)


def test_levels_are_hidden_everywhere_until_they_are_rated(engine: Engine, held: Held) -> None:
    seen = _seen(engine, held)
    assert seen.hidden
    assert [(s.level, s.evidence, s.anchor) for s in seen.scores] == [(None, (), "")] * len(seen.scores)
    assert (seen.overall, seen.recommendation, seen.strengths, seen.groups) == (None, "", (), ())
    assert seen.turns
    with session(engine) as db:
        (row,) = report_list.listing(db, held.actor)
    assert (row.hidden, row.overall, row.recommendation) == (True, None, "")


def test_after_rating_the_levels_stand_beside_the_persons(engine: Engine, held: Held) -> None:
    _rate(engine, held, 3)
    seen = _seen(engine, held)
    assert not seen.hidden
    assert seen.overall == 5.0
    assert [(p.by, p.blind, set(p.levels.values())) for p in seen.ratings] == [("Robin Reyes", True, {3})]
    assert seen.agreement is not None
    assert (seen.agreement.pairs, seen.agreement.same, seen.agreement.bias) == (2, 0.0, 2.0)
    with session(engine) as db:
        (row,) = report_list.listing(db, held.actor)
    assert (row.hidden, row.overall) == (False, 5.0)


def test_a_second_persons_ratings_are_her_own_and_disagreement_is_named(engine: Engine, held: Held) -> None:
    _rate(engine, held, 5)
    second = _second(engine, held)
    assert _seen(engine, held, second).hidden
    assert _seen(engine, held, second).ratings == ()
    _rate(engine, held, 2, second)
    apart = _seen(engine, held).disagreements
    assert {(d.lowest, d.lowest_by, d.highest, d.highest_by) for d in apart} == {(2, "Sam Second", 5, "Robin Reyes")}


def test_rating_again_after_the_levels_were_seen_is_kept_and_not_blind(engine: Engine, held: Held) -> None:
    _rate(engine, held, 3)
    _rate(engine, held, 4)
    with session(engine) as db:
        rows = db.exec(select(Rating).where(Rating.name == "Debugging")).all()
    assert sorted((row.level, row.blind) for row in rows) == [(3, True), (4, False)]
    assert set(_seen(engine, held).ratings[0].levels.values()) == {4}


def test_every_line_is_rated_or_said_to_be_impossible(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        report = reports.newest(db, held.interview.id)
        assert report is not None
        with pytest.raises(BadInput, match="Rate every line"):
            ratings.rate(db, held.actor, report, {"Debugging": 3})
        names = [score.name for score in _seen(engine, held).scores]
        with pytest.raises(BadInput, match="between 1 and 5"):
            ratings.rate(db, held.actor, report, dict.fromkeys(names, 6))
    _rate(engine, held, None)
    assert not _seen(engine, held).hidden


def test_an_auditor_neither_rates_nor_is_kept_from_reading(engine: Engine, held: Held) -> None:
    auditor = Actor(held.actor.organisation_id, "auditor", held.actor.user_id)
    assert _seen(engine, held, auditor).overall == 5.0
    with pytest.raises(NotAllowed):
        _rate(engine, held, 3, auditor)


def test_without_the_jobs_setting_nothing_is_hidden(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        ratings.set_blind_first(db, held.actor, held.job.id, False)
        assert db.get_one(Job, held.job.id).blind_first is False
    assert _seen(engine, held).overall == 5.0


def test_weighted_kappa_is_what_is_printed_for_it() -> None:
    same = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]
    assert agreement.of(same).kappa == 1.0
    assert agreement.of([(a, 6 - b) for a, b in same]).kappa == -1.0
    # by hand: squared distances seen 3 of 5 pairs, by chance 85 of 25
    assert agreement.of([(1, 2), (2, 2), (3, 3), (4, 5), (5, 4)]).kappa == pytest.approx(
        1 - (3 / 5) / (85 / 25), abs=1e-4
    )
    assert agreement.of([(3, 3)] * 5).kappa is None
    assert agreement.of([(3, 4)] * 4).kappa is None
    assert agreement.of([]).pairs == 0
