"""Hints about light and sound for the candidate: room_hints.js, pure, in seconds that the test sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.components.javascript import printed

MODULE = Path("interview_platform/components/room_hints.js").resolve()
HELPERS = """
const hints = new Hints();
let at = 0;
const told = [];
const look = () => { const found = hints.next(at); if (found) told.push([Math.round(at), found.kind]); };
/** Seconds of sound: `level(n)` is the level of the n-th tenth of a second, in dB. */
const sound = (seconds, level, peak = 0.3) => {
  for (let n = 0; n < seconds * 10; n += 1) { hints.hear(at, level(n), peak); at += 0.1; if (n % 10 === 9) look(); }
};
const picture = (seconds, light) => {
  for (let n = 0; n < seconds; n += 1) { hints.see(at, light); at += 1; look(); }
};
const speech = (loud, quiet) => (n) => (n % 8 < 5 ? loud : quiet);
"""


def told(script: str) -> list[Any]:
    """What was told, and when: [[seconds, kind]]."""
    whole = f"""
        import {{ Hints, TEXTS }} from {json.dumps(str(MODULE))};
        {HELPERS}
        {script}
        console.log(JSON.stringify(told));
    """
    return printed(whole)


def kinds(script: str) -> list[str]:
    return [kind for _, kind in told(script)]


def test_good_sound_and_light_bring_no_hint() -> None:
    assert told("sound(60, speech(-25, -60)); picture(20, 0.5);") == []


def test_somebody_who_thinks_in_silence_is_left_in_peace() -> None:
    assert told("sound(60, () => -62);") == []


def test_quiet_speech_is_told_after_ten_seconds() -> None:
    assert told("sound(12, speech(-46, -66));") == [[9, "quiet"]]


def test_a_muted_microphone_is_told() -> None:
    assert kinds("sound(12, () => -120, 0);") == ["silent"]


def test_sound_that_is_cut_off_is_told() -> None:
    assert kinds("sound(12, speech(-8, -50), 1);") == ["clipping"]


def test_noise_between_the_words_is_told() -> None:
    assert kinds("sound(12, speech(-20, -30));") == ["noise"]


def test_a_dark_picture_is_told_and_a_dark_moment_is_not() -> None:
    assert kinds("picture(8, 0.08);") == ["dark"]
    assert told("picture(6, 0.5); picture(2, 0.05); picture(6, 0.5);") == []


def test_the_same_hint_comes_twice_at_most_and_never_two_in_a_row() -> None:
    found = told("for (let n = 0; n < 60; n += 1) picture(20, 0.05);")
    assert [kind for _, kind in found] == ["dark", "dark"]
    assert found[1][0] - found[0][0] >= 120


def test_two_troubles_are_told_one_after_the_other() -> None:
    found = told("for (let n = 0; n < 40; n += 1) { sound(1, speech(-46, -66)); hints.see(at, 0.05); }")
    assert [kind for _, kind in found] == ["dark", "quiet"]
    assert found[1][0] - found[0][0] >= 25


def test_what_was_heard_before_the_microphone_was_off_says_nothing() -> None:
    assert told("sound(8, speech(-46, -66)); hints.forget(); sound(8, speech(-46, -66));") == []


def test_every_hint_is_one_calm_sentence_or_two_about_the_device_and_never_about_the_person() -> None:
    texts = told("for (const kind in TEXTS) told.push([0, TEXTS[kind]]);")
    for _, text in texts:
        assert len(text) < 110
        assert not any(word in text.lower() for word in ("score", "nervous", "wrong", "bad", "!"))
