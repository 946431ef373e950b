"""One tab per interview, so many calls per worker, a line for the rest: all in virtual time."""

from __future__ import annotations

import pytest

from interview_platform.media.entrance import (
    AWAY_SECONDS,
    SETTING_UP_SECONDS,
    Elsewhere,
    Entered,
    Entrance,
    Waits,
)


def full(calls: int = 2) -> Entrance:
    """A worker whose rooms are all in calls."""
    made = Entrance(calls)
    for number in range(calls):
        assert made.enter(f"call-{number}", f"tab-{number}", "call", 0.0) == Entered()
        made.called(f"call-{number}")
    return made


def test_a_full_worker_gives_a_place_in_line_and_the_next_one_the_place_after() -> None:
    door = full()
    assert door.enter("anna", "a", "call", 1.0) == Waits(1)
    assert door.enter("ben", "b", "call", 2.0) == Waits(2)
    assert door.enter("anna", "a", "call", 3.0) == Waits(1)


def test_whoever_is_first_comes_in_when_a_room_is_free_and_the_others_move_up() -> None:
    door = full()
    for at, name in enumerate(["anna", "ben", "cleo"], 1):
        door.enter(name, name[0], "call", float(at))
    assert door.tick(4.0) == ([], {})
    door.release("call-0")
    assert door.tick(5.0) == (["anna"], {"ben": 1, "cleo": 2})
    assert door.tick(6.0) == ([], {})
    assert door.enter("anna", "a", "call", 7.0) == Entered()
    assert door.enter("dora", "d", "call", 7.0) == Waits(3)


def test_nobody_comes_in_past_those_who_wait() -> None:
    door = full()
    door.enter("anna", "a", "call", 1.0)
    door.release("call-0")
    assert door.enter("ben", "b", "call", 2.0) == Waits(2)
    assert door.enter("anna", "a", "call", 2.0) == Entered()


def test_an_interview_that_was_begun_goes_before_those_that_were_not() -> None:
    door = full()
    door.enter("anna", "a", "call", 1.0)
    assert door.enter("ben", "b", "call", 2.0, returning=True) == Waits(1)
    assert door.enter("cleo", "c", "call", 3.0, returning=True) == Waits(2)
    assert door.tick(4.0) == ([], {"anna": 3})


def test_a_call_that_is_held_comes_back_in_although_the_worker_is_full() -> None:
    door = full()
    door.left("call-0", "tab-0", 5.0)
    assert door.enter("call-0", "tab-0", "call", 6.0) == Entered()


def test_a_short_loss_of_the_network_keeps_the_place_and_a_long_one_gives_it_up() -> None:
    door = full()
    door.enter("anna", "a", "call", 1.0)
    door.enter("ben", "b", "call", 2.0)
    door.left("anna", "a", 3.0)
    assert door.tick(3.0 + AWAY_SECONDS) == ([], {})
    assert door.enter("anna", "a", "call", 4.0 + AWAY_SECONDS) == Waits(1)
    door.left("anna", "a", 30.0)
    assert door.tick(31.0 + AWAY_SECONDS) == ([], {"ben": 1})


def test_who_is_away_does_not_hold_up_who_is_here() -> None:
    door = full()
    door.enter("anna", "a", "call", 1.0)
    door.enter("ben", "b", "call", 2.0)
    door.left("anna", "a", 3.0)
    door.release("call-0")
    assert door.tick(4.0)[0] == ["ben"]


def test_a_call_that_was_let_in_and_never_came_gives_its_room_back() -> None:
    door = Entrance(1)
    assert door.enter("anna", "a", "call", 0.0) == Entered()
    assert door.enter("ben", "b", "call", 1.0) == Waits(1)
    assert door.tick(SETTING_UP_SECONDS)[0] == []
    assert door.tick(SETTING_UP_SECONDS + 1)[0] == ["ben"]


def test_writing_is_never_full_and_gives_a_room_back() -> None:
    door = full(1)
    assert door.enter("anna", "a", "text", 1.0) == Entered()
    assert door.enter("call-0", "tab-0", "text", 2.0) == Entered()
    assert door.enter("ben", "b", "call", 3.0) == Entered()
    assert door.enter("anna", "a", "call", 4.0) == Waits(1)


def test_whoever_waits_and_goes_on_in_writing_leaves_the_line() -> None:
    door = full(1)
    door.enter("anna", "a", "call", 1.0)
    door.enter("ben", "b", "call", 2.0)
    assert door.enter("anna", "a", "text", 3.0) == Entered()
    assert door.tick(4.0) == ([], {"ben": 1})


@pytest.mark.parametrize("mode", ["call", "text"])
def test_a_second_tab_comes_in_only_with_consent_and_the_first_then_lets_go(mode: str) -> None:
    door = Entrance(5)
    door.enter("anna", "old", "call", 0.0)
    assert door.enter("anna", "new", mode, 1.0) == Elsewhere()
    assert door.holds("anna", "old")
    assert not door.holds("anna", "new")
    assert door.enter("anna", "new", mode, 2.0, take=True) == Entered(taken_from="old")
    assert door.holds("anna", "new")
    assert door.enter("anna", "old", "call", 3.0) == Elsewhere()


def test_a_tab_that_is_gone_is_in_nobodys_way() -> None:
    door = Entrance(5)
    door.enter("anna", "old", "call", 0.0)
    door.left("anna", "old", 1.0)
    assert isinstance(door.enter("anna", "new", "call", 2.0), Entered)


def test_the_same_tab_comes_in_again_after_a_reload() -> None:
    door = Entrance(5)
    door.enter("anna", "one", "call", 0.0)
    assert door.enter("anna", "one", "call", 0.5) == Entered()


def test_a_caller_without_a_name_is_counted_but_holds_nothing() -> None:
    door = Entrance(1)
    assert door.enter("anna", "", "call", 0.0) == Entered()
    assert door.holds("anna", "any")
    assert door.enter("ben", "", "call", 0.0) == Waits(1)


def test_a_page_in_line_that_says_nothing_is_passed_over_until_it_is_heard_again() -> None:
    door = full()
    door.enter("anna", "a", "call", 1.0)
    door.enter("ben", "b", "call", 2.0)
    door.waits("anna", 3.0)
    door.release("call-0")
    assert door.tick(4.0)[0] == ["ben"]
    door.waits("anna", None)
    door.release("call-1")
    assert door.tick(5.0)[0] == ["anna"]
