"""Hearing a question in the interviewer's voice before a candidate does."""

import asyncio

from interview_platform.errors import ModelMissing, PlatformError
from interview_platform.services import previews
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

MISSING = (
    "The interviewer’s voice is not on this machine, so nothing can be heard here. Its weights come with "
    "“make models”; candidates can still read every question."
)


class VoiceState(RecruiterState):
    """What is being said, or was said last. `mark` tells the page which question it belongs to."""

    mark: str = ""
    busy: bool = False
    address: str = ""
    voice: str = ""
    wrong: str = ""

    @recruiter_event(background=True)
    async def hear(self, mark: str, text: str):
        """Say a text."""
        async with self:
            organisation = self._actor().organisation_id
            self.mark, self.busy, self.address, self.wrong = mark[:80], True, "", ""
        address, voice, wrong = await asyncio.to_thread(_said, organisation, text[:2000])
        async with self:
            if self.mark == mark[:80]:
                self.busy, self.address, self.voice, self.wrong = False, address, voice, wrong

    @recruiter_event
    def stop(self):
        """Put the player away."""
        self.mark, self.busy, self.address, self.wrong = "", False, "", ""


def _said(organisation: str, text: str) -> tuple[str, str, str]:
    """(address, voice's name, what went wrong)."""
    held = platform()
    try:
        voice = held.voice
        return previews.hear(held.blobs, voice, organisation, text), voice.name, ""
    except ModelMissing:
        return "", "", MISSING
    except PlatformError as error:
        return "", "", str(error)
