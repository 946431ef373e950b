"""The company page: what the interviewer may say about the employer, and the values it asks about."""

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.services import letters, organisations
from interview_platform.services.agent import bank
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

TEXTS = ("about", "values_text")


class CompanyState(RecruiterState):
    """The editor; what is typed is kept in the tab until it is saved."""

    ready: bool = False
    problem: str = ""
    about: str = ""
    values_text: str = ""
    unsaved: bool = False
    previewing: bool = False
    shown: str = ""  # the page as HTML, while it is previewed
    wrong: str = ""
    open_places: int = 0  # of the template, not filled in yet

    @recruiter_event
    def load(self):
        """Read the organisation's words; unsaved ones stay."""
        if not self.unsaved:
            with platform().db() as db:
                row = organisations.of(db, self._actor())
            self.about, self.values_text = row.about, row.values
        self._look()
        self.problem, self.ready = "", True

    @recruiter_event
    def write(self, name: str, typed: str):
        """One of the texts."""
        if name not in TEXTS:
            raise BadInput("There is no such field.")
        setattr(self, name, typed[: organisations.MOST_CHARACTERS + 1])
        self.unsaved, self.wrong = True, ""
        self._look()

    @recruiter_event
    def use_template(self):
        """Headings with what to write under each; only into an empty page."""
        if self.about.strip():
            raise BadInput("The page has words already. Empty it first, then start from the template.")
        self.about, self.unsaved = bank.company_page(), True
        self._look()

    @recruiter_event
    def preview(self):
        """Show it as read, or go back to writing."""
        self.previewing = not self.previewing
        self._look()

    @recruiter_event
    def discard(self):
        """Back to what is saved."""
        self.unsaved, self.wrong = False, ""
        with platform().db() as db:
            row = organisations.of(db, self._actor())
        self.about, self.values_text = row.about, row.values
        self._look()

    @recruiter_event
    def save(self):
        """Save; the interviewer answers from it at once."""
        try:
            with platform().db() as db:
                actor = self._actor()
                name = organisations.of(db, actor).name
                row = organisations.describe(db, actor, name, self.about, self.values_text)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.about, self.values_text, self.unsaved = row.about, row.values, False
        self._look()
        return rx.toast.success("Saved. The interviewer answers from it within a few seconds.")

    def _look(self) -> None:
        self.open_places = organisations.places(self.about)
        self.shown = letters.rendered(self.about) if self.previewing else ""
