"""That another tab or window was in front: room_away.js, with a page and a clock that the test sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.components.javascript import printed

MODULE = Path("interview_platform/components/room_away.js").resolve()
HELPERS = """
let at = 0;
const told = [];
const page = new EventTarget();
const frame = new EventTarget();
Object.assign(page, { hidden: false, hasFocus: () => page.focused, focused: true });
const stop = watchAway((seconds) => told.push(seconds), page, frame, () => at * 1000);
const hide = (on) => { page.hidden = on; page.focused = !on; page.dispatchEvent(new Event("visibilitychange")); };
const blur = () => { page.focused = false; frame.dispatchEvent(new Event("blur")); };
const focus = () => { page.focused = true; frame.dispatchEvent(new Event("focus")); };
const wait = (seconds) => { at += seconds; };
"""


def told(script: str) -> list[Any]:
    """The seconds of each absence."""
    whole = f"""
        import {{ watchAway }} from {json.dumps(str(MODULE))};
        {HELPERS}
        {script}
        console.log(JSON.stringify(told));
    """
    return printed(whole)


def test_a_hidden_tab_is_told_with_its_seconds_once_it_is_back() -> None:
    assert told("hide(true); wait(12); hide(false);") == [12]


def test_another_window_in_front_is_told_too() -> None:
    assert told("blur(); wait(5); focus();") == [5]


def test_losing_the_focus_and_then_being_hidden_is_one_absence() -> None:
    assert told("blur(); wait(3); hide(true); wait(4); hide(false);") == [7]


def test_a_tab_that_is_shown_again_without_the_focus_is_still_away() -> None:
    assert told("hide(true); wait(3); page.hidden = false; page.dispatchEvent(new Event('visibilitychange'));") == []


def test_a_glance_is_not_told() -> None:
    assert told("blur(); wait(1); focus();") == []


def test_after_the_room_is_left_nothing_is_told() -> None:
    assert told("stop(); hide(true); wait(60); hide(false);") == []
