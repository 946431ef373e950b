"""The candidate's own answers to two voluntary questions, after the interview. Apart from everything else she sees.

What was answered before is not sent to the page: it only says that there is an answer, which can be changed or deleted.
"""

import reflex as rx

from interview_platform.services import demographics
from interview_platform.states.guard import Guarded, candidate_event
from interview_platform.wiring import platform


class DemographicsState(Guarded, rx.State):
    """The form at the end. `asked`: whether it is shown at all."""

    asked: bool = False
    given: bool = False  # there is an answer; what it says stays on the server
    changing: bool = False
    skipped: bool = False
    sex: str = ""
    race: str = ""

    @rx.var
    def complete(self) -> bool:
        """Whether both questions have a choice."""
        return bool(self.sex and self.race)

    @candidate_event
    def load(self):
        """Whether to ask, and whether there is an answer."""
        held, invited = platform(), self._invited()
        self.reset()
        with held.db() as db:
            self.asked = demographics.may_answer(invited)
            self.given = self.asked and demographics.own(db, held.vault, invited) is not None

    @candidate_event
    def choose_sex(self, value: str):
        """The first question's choice; nothing is kept yet."""
        self.sex = value[:20]

    @candidate_event
    def choose_race(self, value: str):
        """The second question's choice; nothing is kept yet."""
        self.race = value[:20]

    @candidate_event
    def keep(self):
        """Keep both choices, sealed."""
        held, invited = platform(), self._invited()
        with held.db() as db:
            demographics.give(db, held.vault, invited, self.sex, self.race)
        self.given, self.changing, self.skipped, self.sex, self.race = True, False, False, "", ""

    @candidate_event
    def change(self):
        """Show the questions again; what was said stays until something else is."""
        self._invited()
        self.changing, self.skipped = True, False

    @candidate_event
    def skip(self):
        """Put the questions away; nothing is kept."""
        self.skipped, self.changing, self.sex, self.race = True, False, "", ""

    @candidate_event
    def take_back(self):
        """Delete what was said."""
        held, invited = platform(), self._invited()
        with held.db() as db:
            demographics.take_back(db, held.vault, invited)
        self.given, self.changing, self.sex, self.race = False, False, "", ""
        return rx.toast.success("Your answers are deleted.")
