"""A first word that is said while what follows it is still being worded."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.media.frames import Utterance
from interview_platform.media.saying import Speaker


@dataclass(frozen=True)
class Led:
    """What became of a bridge: whether one was `spoken`, and, where the rest followed it, whether all was heard."""

    spoken: bool
    whole: bool | None = None


class Bridge:
    """One dialogue's bridges, one at a time."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._said: asyncio.Task[bool] | None = None

    def begin(self, utterance: Utterance) -> None:
        """Say it now; a second one is not said."""
        if self._said is None:
            self._said = asyncio.get_running_loop().create_task(self._speaker.say([utterance], more=True))

    async def leads(self, utterances: Sequence[Utterance], alone: bool) -> Led:
        """Let these follow it, or only wait for its end (`alone`, or where it was not to be followed)."""
        said, self._said = self._said, None
        if said is None:
            return Led(spoken=False)
        if not alone and self._speaker.add(utterances):
            return Led(True, await said)
        await said
        return Led(spoken=True)

    async def alone(self) -> bool:
        """Wait for its end; True if there was one and it was heard whole."""
        said, self._said = self._said, None
        return said is not None and await said
