"""A person's own levels: first where the job asks for it, beside the judge's everywhere; and comments."""

import reflex as rx

from interview_platform.errors import BadInput, NotFound
from interview_platform.services import ratings, reports, review
from interview_platform.services.report_view import GROUPS
from interview_platform.states import report_people as people
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.wiring import platform

LEVELS = ("1", "2", "3", "4", "5", "none")


class RateState(RecruiterState):
    """The rating form and the comment field."""

    is_open: bool = False
    interview: str = ""
    lines: list[people.RateLine] = []
    wrong: str = ""
    comment: str = ""
    comment_wrong: str = ""

    @recruiter_event
    def show(self):
        """Open the form with what is to be rated, and what this person gave before."""
        self.wrong, self.interview = "", self._in_path("interview_id")
        with platform().db() as db:
            actor = self._actor()
            view = reports.view(db, actor, self.interview)
            own = next((p for p in ratings.people(db, self.interview) if p.user_id == actor.user_id), None)
        chosen = {name: "none" if level is None else str(level) for name, level in own.levels.items()} if own else {}
        self.lines = people.rate_lines(view, GROUPS, chosen)
        self.is_open = bool(self.lines)

    @recruiter_event
    def toggle(self, on: bool):
        """The form was opened or closed."""
        self.is_open = on and bool(self.lines)

    @recruiter_event
    def pick(self, name: str, level: str):
        """A level for one line, or "none": it cannot be said."""
        if level not in LEVELS:
            raise BadInput("There is no such level.")
        for line in self.lines:
            if line.name == name:
                line.level = level
        self.lines, self.wrong = list(self.lines), ""

    @recruiter_event
    def save(self):
        """Keep the ratings."""
        given = {line.name: None if line.level == "none" else int(line.level) for line in self.lines if line.level}
        try:
            with platform().db() as db:
                report = reports.newest(db, self.interview)
                if report is None:
                    raise NotFound("There is no report on this interview yet.")
                ratings.rate(db, self._actor(), report, given)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.is_open = False
        return [rx.toast.success("Your ratings are kept. The judge's levels stand beside them."), ReportState.refresh]

    @recruiter_event
    def write_comment(self, text: str):
        """What is to be said to colleagues."""
        self.comment, self.comment_wrong = text, ""

    @recruiter_event
    def add_comment(self):
        """Keep the comment."""
        try:
            with platform().db() as db:
                review.comment(db, self._actor(), self._in_path("interview_id"), self.comment)
        except BadInput as error:
            self.comment_wrong = str(error)
            return None
        self.comment = ""
        return ReportState.refresh
