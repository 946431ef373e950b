"""Levels and totals, as properties: they hold for every set of verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.ports import PointVerdict, Verdict
from interview_platform.services.scoring import combine
from interview_platform.services.scoring.combine import Part

BETTER: dict[Verdict, Verdict] = {"not_shown": "partly", "partly": "met", "met": "met"}
GROUPS = ("technical", "communication", "problem_solving", "cultural_fit")

verdicts = st.lists(
    st.builds(
        PointVerdict,
        st.just("p"),
        st.sampled_from(["met", "partly", "not_shown"]),
        confidence=st.floats(0, 1),
        chance=st.one_of(st.none(), st.floats(0, 1)),
    ),
    min_size=1,
    max_size=8,
)
known = st.builds(lambda g, w, n: Part(g, w, n, n, n), st.sampled_from(GROUPS), st.floats(0.1, 5), st.integers(1, 5))
unknown = st.builds(Part, st.sampled_from(GROUPS), st.floats(0.1, 5))
parts = st.lists(st.one_of(known, unknown), max_size=8)


@given(verdicts, st.data())
def test_a_point_shown_better_never_lowers_the_level(held: list[PointVerdict], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(held) - 1))
    better = [replace(v, verdict=BETTER[v.verdict]) if i == at else v for i, v in enumerate(held)]
    before, after = combine.level_of(held), combine.level_of(better)
    assert before is not None
    assert after is not None
    assert after.level >= before.level
    assert after.low >= before.low


@given(verdicts, st.randoms())
def test_the_order_of_points_does_not_matter(held: list[PointVerdict], random) -> None:
    mixed = list(held)
    random.shuffle(mixed)
    assert combine.level_of(mixed) == combine.level_of(held)


@given(verdicts, st.integers(0, 4))
def test_a_level_lies_in_its_interval_and_on_the_scale(held: list[PointVerdict], discarded: int) -> None:
    level = combine.level_of(held, discarded)
    assert level is not None
    assert 1 <= level.low <= level.level <= level.high <= 5


@pytest.mark.parametrize(
    ("given_verdicts", "level"),
    [("mmm", 5), ("mmn", 4), ("mnn", 2), ("nnn", 1), ("mn", 3), ("pp", 3), ("m", 5), ("n", 1), ("mmmn", 4)],
)
def test_the_level_follows_the_share_of_points(given_verdicts: str, level: int) -> None:
    words: dict[str, Verdict] = {"m": "met", "p": "partly", "n": "not_shown"}
    made = combine.level_of([PointVerdict("p", words[v]) for v in given_verdicts])
    assert made is not None
    assert made.level == level


@given(verdicts, st.data())
def test_a_likelier_point_never_lowers_the_level(held: list[PointVerdict], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(held) - 1))
    chance = held[at].chance
    if chance is None:
        return
    likelier = replace(held[at], chance=data.draw(st.floats(chance, 1)))
    before, after = combine.level_of(held), combine.level_of([*held[:at], likelier, *held[at + 1 :]])
    assert before is not None
    assert after is not None
    assert (after.level, after.low, after.high) >= (before.level, before.low, before.high)


def test_a_level_is_the_best_estimate_and_its_interval_what_uncertain_points_could_change() -> None:
    def of(*chances: float) -> combine.Level | None:
        return combine.level_of([PointVerdict("p", "partly" if c >= 0.4 else "not_shown", (), 1.0, c) for c in chances])

    assert of(0.05, 0.08, 0.1) == combine.Level(1, 1.0, 1.0)
    unsure = of(0.5, 0.5, 0.5, 0.5)
    assert unsure == combine.Level(3, 2.0, 5.0)
    assert of(0.95, 0.92, 0.9) == combine.Level(5, 5.0, 5.0)


def test_a_claim_counts_most_of_a_point_and_what_is_not_shown_never_a_whole_one() -> None:
    claimed = combine.level_of([PointVerdict("p", "met", ("q",), 1.0, 0.2)])
    missing = combine.level_of([PointVerdict("p", "not_shown", (), 1.0, 1.0)])
    assert claimed is not None
    assert missing is not None
    assert claimed.level == 4
    assert missing.level == 3


def test_no_verdict_gives_no_level() -> None:
    assert combine.level_of([]) is None
    assert combine.level_of([], discarded=3) is None


def test_a_discarded_point_widens_the_interval_and_leaves_the_level() -> None:
    met = [PointVerdict("p", "met"), PointVerdict("q", "met")]
    assert combine.level_of(met) == combine.Level(5, 5.0, 5.0)
    assert combine.level_of(met, discarded=2) == combine.Level(5, 3.0, 5.0)


@given(parts, st.randoms())
def test_the_order_of_competencies_does_not_matter(held: list[Part], random) -> None:
    mixed = list(held)
    random.shuffle(mixed)
    assert combine.overall(mixed) == combine.overall(held)


@given(parts, unknown)
def test_what_was_not_assessed_never_moves_the_overall_and_never_counts_as_zero(held: list[Part], more: Part) -> None:
    before, after = combine.overall(held), combine.overall([*held, more])
    assert after.value == before.value
    if before.value is not None and before.low is not None and after.low is not None:
        assert after.coverage <= before.coverage  # rounded: a light part may not show
        assert after.low <= before.low


@given(parts)
def test_the_overall_lies_in_its_interval(held: list[Part]) -> None:
    total = combine.overall(held)
    if total.value is None:
        assert total.coverage == 0
        return
    assert total.low is not None
    assert total.high is not None
    assert 1 <= total.low <= total.value <= total.high <= 5


@given(parts, st.data())
def test_a_higher_level_never_lowers_the_recommendation(held: list[Part], data: st.DataObject) -> None:
    order = ("no", "mixed", "yes", "strong_yes")
    assessed = [i for i, p in enumerate(held) if p.level is not None and p.level < 5]
    if not assessed:
        return
    at = data.draw(st.sampled_from(assessed))
    up = [replace(p, level=5, low=5, high=5) if i == at else p for i, p in enumerate(held)]
    before, after = (combine.recommendation(combine.overall(p)) for p in (held, up))
    assert (before == "") == (after == "")
    if before:
        assert order.index(after) >= order.index(before)


def test_there_is_no_recommendation_below_half_the_coverage() -> None:
    top = Part("technical", 1.0, 5, 5, 5)
    assert combine.recommendation(combine.overall([top, Part("technical", 1.1)])) == ""
    assert combine.recommendation(combine.overall([top, Part("technical", 1.0)])) == "yes"
    assert combine.recommendation(combine.overall([top])) == "strong_yes"


def test_a_group_without_an_assessed_competency_has_no_level() -> None:
    means = combine.group_means([Part("technical", 1, 4, 4, 4), Part("technical", 3, 2, 2, 2)], GROUPS)
    assert means == {"technical": 2.5, "communication": None, "problem_solving": None, "cultural_fit": None}
