"""Speaking over the interviewer in a rehearsal: how soon it falls silent, on the page's one clock."""

from __future__ import annotations

from dataclasses import dataclass

from interview_platform.evaluation.browser import Ear

CLIP = "barge"
WORDS = "Sorry, could you repeat the question please?"
INTO_SECONDS = 1.6
"""The interviewer is left to speak for so long; its first words on a connection are protected anyway."""
_WAIT_SECONDS = 20.0
_SILENT_SECONDS = 0.3
"""Silence that tells a stop from the pause between two words."""
_STOP_SECONDS = 4.0


@dataclass(frozen=True)
class Over:
    """One attempt: milliseconds from the first sound of the candidate to the last of the interviewer (None: there was
    nothing to speak over), and when the candidate had finished, on the page's clock."""

    silence_ms: float | None
    ended: float


def over_question(ear: Ear, since: float) -> Over:
    """Wait until the interviewer has spoken for a while after `since`, speak over it, and time its silence."""

    def speaking() -> bool:
        now = ear.status()
        begun = [onset for onset in ear.onsets() if onset > since]
        heard = now["now"] - now["lastVoice"] < 0.12
        return bool(now["state"] == "speaking" and begun and heard and now["now"] - begun[0] > INTO_SECONDS)

    def over() -> bool:
        now = ear.status()
        return bool(now["over"] or (now["state"] == "listening" and now["lastVoice"] > since))

    ear.wait(_WAIT_SECONDS, lambda: speaking() or over())
    if not speaking():
        return Over(None, since)
    spoken = ear.play(CLIP)
    stopped = ear.wait(_STOP_SECONDS, lambda: _stopped(ear, spoken.start))
    ear.wait(spoken.end - spoken.start + 1.0, lambda: ear.status()["now"] >= spoken.end)
    return Over(None if stopped is None else round((stopped - spoken.start) * 1000, 1), spoken.end)


def _stopped(ear: Ear, began: float) -> float | None:
    """When the interviewer was last heard, once it has been silent for a while."""
    now = ear.status()
    last = float(now["lastVoice"])
    return max(last, began + 0.001) if now["now"] - max(last, began) > _SILENT_SECONDS else None
