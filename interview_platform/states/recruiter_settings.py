"""The organisation's words and switches, and what this installation runs on."""

from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.models import Organisation
from interview_platform.services import organisations, webhooks
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

TEXTS = ("name",)


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
    face_analysis: bool = True
    voice_analysis: bool = True
    blind_schools: bool = True
    organisation_id: str = ""
    webhook_secret: str = ""  # only after somebody asked to see it
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
                held = organisations.of(db, self._actor())
                row = organisations.describe(db, self._actor(), self.name, held.about, held.values)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.unsaved = False
        self._fill(row)
        self.organisation_name = row.name
        return rx.toast.success("Saved.")

    @recruiter_event
    def show_webhook_secret(self):
        """Show, or hide, what the applicant tracking system signs its messages with."""
        shown = webhooks.shown_secret(self._actor(), platform().webhook_secret)
        self.webhook_secret = "" if self.webhook_secret else shown

    @recruiter_event
    def flip(self, name: str):
        """Turn a switch on or off."""
        if name not in organisations.SWITCHES:
            raise BadInput("There is no such switch.")
        with platform().db() as db:
            row = organisations.switch(db, self._actor(), name, not getattr(self, name))
        self._fill(row)

    def _fill(self, row: Organisation) -> None:
        self.face_analysis, self.voice_analysis = row.face_analysis, row.voice_analysis
        self.blind_schools, self.organisation_id = row.blind_schools, row.id
        if not self.unsaved:
            self.name = row.name
