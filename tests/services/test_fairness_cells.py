"""Small categories are hidden, and cannot be worked out from what is shown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from interview_platform.services import fairness_cells as cells
from interview_platform.services.fairness_rates import HIDDEN, SELECTION, Person, Table


def people(**groups: int) -> list[Person]:
    """So many people of each sex and race, named F_W for instance; every second one is selected."""
    made = []
    for name, n in groups.items():
        sex, _, race = name.partition("_")
        made += [Person(sex, race, selected=bool(at % 2)) for at in range(n)]
    return made


def shown(table: Table) -> dict[str, int]:
    """People of each category that is not hidden."""
    return {one.name: one.n for one in table.categories if one.verdict != HIDDEN}


def test_a_small_category_is_hidden_together_with_the_next_smallest_where_nobody_is_unknown() -> None:
    by_sex, by_race, _ = cells.tables(people(F_W=20, M_W=30, F_B=12, M_B=9, F_A=1, M_A=2), SELECTION)
    assert set(shown(by_sex)) == {"F", "M"}
    assert set(shown(by_race)) == {"W"}  # A has 3; B is hidden with it, or the number of the others would tell
    assert (by_race.counted, by_race.unknown) == (50, 24)
    assert all(one.rate is None and one.n == 0 for one in by_race.categories if one.verdict == HIDDEN)


def test_one_person_of_a_small_category_hides_no_large_one_where_enough_are_unknown() -> None:
    made = people(F_W=40, M_W=40, X_W=1) + [Person("", "", selected=True)] * 6
    by_sex = cells.tables(made, SELECTION)[0]
    assert shown(by_sex) == {"F": 40, "M": 40}
    assert by_sex.unknown == 7


def test_a_hidden_category_is_never_what_the_others_are_compared_with() -> None:
    made = [Person("X", "", selected=True)] * 3 + [Person("Y", "", selected=True)] * 4 + people(F_=20, M_=20)
    table = cells.table(made, SELECTION)
    assert table.reference is not None
    assert table.reference.name in ("F", "M")
    assert set(shown(table)) == {"F", "M"}


def test_enough_of_everybody_hides_nobody() -> None:
    for table in cells.tables(people(F_W=10, M_W=11, F_B=12, M_B=9), SELECTION):
        assert HIDDEN not in {one.verdict for one in table.categories}


def test_numbers_that_stand_apart_are_rounded_down() -> None:
    assert [cells.rounded(n) for n in (0, 4, 5, 14, 166)] == [0, 0, 5, 10, 165]


groups = st.dictionaries(
    st.tuples(st.sampled_from(["F", "M", "X", ""]), st.sampled_from(["W", "B", "A", "H", ""])),
    st.integers(1, 30),
    min_size=1,
)


@given(groups)
@settings(max_examples=60)
def test_no_total_gives_a_hidden_number_away(drawn: dict[tuple[str, str], int]) -> None:
    made = people(**{f"{sex}_{race}": n for (sex, race), n in drawn.items()})
    by_sex, by_race, crossed = cells.tables(made, SELECTION)
    for table in (by_sex, by_race, crossed):
        assert all(n >= cells.LEAST for n in shown(table).values())
        assert table.counted == sum(shown(table).values())
        assert table.counted + table.unknown == len(made)
        if len(table.categories) > len(shown(table)) > 0:
            assert table.unknown >= cells.LEAST
    for name, total in {**shown(by_sex), **shown(by_race)}.items():
        line = [one for one in crossed.categories if name in one.name.split(" · ")]
        seen = [one.n for one in line if one.verdict != HIDDEN]
        assert len(seen) in (0, len(line)) or total - sum(seen) >= cells.LEAST
