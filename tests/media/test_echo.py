"""The agent's own voice in the microphone, at several levels."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.media.echo import Echo
from interview_platform.ports import VAD_WINDOW, Samples


def noise(level: float, seed: int = 0) -> Samples:
    made = np.random.default_rng(seed).standard_normal(VAD_WINDOW) * level
    return made.astype(np.float32)


def loudnesses(count: int) -> list[float]:
    """An agent's voice, syllable by syllable."""
    return [0.05 + 0.05 * abs(np.sin(step / 3.0)) for step in range(count)]


@pytest.mark.parametrize("share", [0.03, 0.1, 0.3, 0.8])
def test_what_comes_back_is_known_for_the_agents_own_voice(share: float) -> None:
    echo = Echo()
    found = [echo.own_voice(noise(share * playing, step), playing) for step, playing in enumerate(loudnesses(120))]
    assert sum(found[20:]) >= 0.97 * len(found[20:])


@pytest.mark.parametrize("share", [0.03, 0.1, 0.3])
def test_a_candidate_over_the_echo_is_heard(share: float) -> None:
    echo = Echo()
    for step, playing in enumerate(loudnesses(120)):
        echo.own_voice(noise(share * playing, step), playing)
    found = [echo.own_voice(noise(0.1, step), 0.1) for step in range(12)]
    assert not any(found)


def test_with_headphones_nothing_is_taken_for_an_echo() -> None:
    echo = Echo()
    for step, playing in enumerate(loudnesses(120)):
        echo.own_voice(noise(0.0003, step), playing)
    assert not echo.own_voice(noise(0.02), 0.1)


def test_while_the_agent_is_silent_nothing_is_an_echo() -> None:
    echo = Echo()
    for step, playing in enumerate(loudnesses(120)):
        echo.own_voice(noise(playing, step), playing)
    assert not echo.own_voice(noise(0.01), 0.0)


def test_a_candidate_who_speaks_on_over_a_nod_is_not_learned_as_its_echo() -> None:
    echo = Echo()
    for step, playing in enumerate(loudnesses(120)):
        echo.own_voice(noise(0.1 * playing, step), playing)
    for step in range(60):
        echo.own_voice(noise(0.1, step), 0.05, learn=False)
    assert not echo.own_voice(noise(0.1), 0.1)
