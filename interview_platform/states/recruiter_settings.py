"""The organisation's words and switches, and what this installation runs on."""

from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.models import Organisation
from interview_platform.services import organisations
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

TEXTS = ("name", "about", "values_text")


@dataclass
class Part:
    """One part of the installation: whether it is on, and what serves it or why it is off."""

    name: str
    on: bool
    why: str


class SettingsState(RecruiterState):
    """What the settings page shows."""

    ready: bool = False
    problem: str = ""
    name: str = ""
    about: str = ""
    values_text: str = ""
    face_analysis: bool = True
    voice_analysis: bool = True
    unsaved: bool = False
    wrong: str = ""
    parts: list[Part] = []

    @recruiter_event
    def load(self):
        """Read the organisation; unsaved words stay."""
        held = platform()
        with held.db() as db:
            row = organisations.of(db, self._actor())
        self._fill(row)
        self.parts = [
            Part(feature.name[:1].upper() + feature.name[1:], feature.on, feature.why) for feature in held.features
        ]
        self.problem, self.ready = "", True

    @recruiter_event
    def write(self, field: str, text: str):
        """One of the texts was changed; saved by `save`."""
        if field not in TEXTS:
            raise BadInput("There is no such field.")
        setattr(self, field, text)
        self.unsaved, self.wrong = True, ""

    @recruiter_event
    def save(self):
        """Save the organisation's words."""
        try:
            with platform().db() as db:
                row = organisations.describe(db, self._actor(), self.name, self.about, self.values_text)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.unsaved = False
        self._fill(row)
        self.organisation_name = row.name
        return rx.toast.success("Saved.")

    @recruiter_event
    def flip(self, name: str):
        """Turn face or voice measures on or off."""
        if name not in organisations.SWITCHES:
            raise BadInput("There is no such switch.")
        with platform().db() as db:
            row = organisations.switch(db, self._actor(), name, not getattr(self, name))
        self._fill(row)

    def _fill(self, row: Organisation) -> None:
        self.face_analysis, self.voice_analysis = row.face_analysis, row.voice_analysis
        if not self.unsaved:
            self.name, self.about, self.values_text = row.name, row.about, row.values
