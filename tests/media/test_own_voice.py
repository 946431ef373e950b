"""The agent's real voice, come back through a loudspeaker, before the real detector: is it taken for the candidate?"""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.adapters.silero import SileroDetector
from interview_platform.media.echo import Echo
from interview_platform.media.frames import Interrupted, Wavered
from interview_platform.media.pipeline import PROTECTED_SECONDS
from interview_platform.media.turns import TurnTaker
from interview_platform.ports import SPEECH_RATE, VAD_WINDOW, Samples
from tests.adapters.heard import spoken_by_the_voice, weights

pytestmark = pytest.mark.models

QUESTION = (
    "Thank you. Please tell me about a system that you have built from the start to the end, what your own part in it "
    "was, and what you would do differently today if you had to begin again with the same people."
)
DELAY = round(0.15 * SPEECH_RATE)


def heard(echo: float, over: Samples | None = None, at: float = 5.0) -> list[object]:
    """What turn-taking decides while the agent asks and comes back `echo` times as loud; `over` is said at `at`."""
    agent = spoken_by_the_voice(QUESTION)
    room = (5e-4 * np.random.default_rng(2).standard_normal(len(agent))).astype(np.float32)
    microphone = room + echo * np.concatenate([np.zeros(DELAY, dtype=np.float32), agent[:-DELAY]])
    if over is not None:
        first = round(at * SPEECH_RATE)
        microphone[first : first + len(over)] += over
    detector, taker, gate = SileroDetector(weights("silero-vad")), TurnTaker(), Echo()
    taker.agent_started(0.0, protected_seconds=PROTECTED_SECONDS)
    found: list[object] = []
    for end in range(VAD_WINDOW, len(microphone), VAD_WINDOW):
        window = microphone[end - VAD_WINDOW : end]
        past = agent[max(0, end - round(0.4 * SPEECH_RATE)) : end]
        blocks = past[: len(past) // 320 * 320].reshape(-1, 320)
        playing = float(np.sqrt((blocks**2).mean(axis=1)).max()) if len(blocks) else 0.0
        found += taker.hear(end / SPEECH_RATE, detector.probability(window), gate.own_voice(window, playing))
        if any(isinstance(decision, Interrupted) for decision in found):
            break
    return found


@pytest.mark.parametrize("echo", [0.02, 0.1, 0.3, 0.6])
def test_the_agents_own_voice_does_not_interrupt_it(echo: float) -> None:
    found = heard(echo)
    assert not any(isinstance(decision, Interrupted) for decision in found)
    assert sum(isinstance(decision, Wavered) for decision in found) <= 1


@pytest.mark.parametrize("echo", [0.0, 0.1, 0.3])
def test_a_candidate_is_heard_over_it(echo: float) -> None:
    found = heard(echo, 1.5 * spoken_by_the_voice("Sorry, could I say something about the earlier project first?"))
    assert any(isinstance(decision, Interrupted) for decision in found)
