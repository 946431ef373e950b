"""A report opened by a link: nobody signs in, nothing can be changed."""

from dataclasses import replace

import reflex as rx

from interview_platform.errors import NotFound
from interview_platform.services import sharing
from interview_platform.services.report_plain import PlainReport
from interview_platform.services.report_view import GROUPS, ReportView
from interview_platform.states import report_lines as lines
from interview_platform.states import report_people as people
from interview_platform.states.guard import Guarded, reader_event
from interview_platform.states.words import day
from interview_platform.wiring import platform


class SharedState(Guarded, rx.State):
    """What the link opens: the report for a reader, or the candidate's version."""

    ready: bool = False
    problem: str = ""
    plain: bool = False
    organisation: str = ""
    until: str = ""
    name: str = ""
    facts: str = ""
    banners: list[people.BannerLine] = []
    headline: dict[str, str | int] = {}
    groups: list[lines.GroupCell] = []
    scores: list[lines.ScoreLine] = []
    strengths: list[lines.StatementLine] = []
    concerns: list[lines.StatementLine] = []
    made_by: list[people.FactLine] = []
    questions: list[str] = []
    parts: list[people.PlainLine] = []
    how: str = ""
    rights: str = ""

    @reader_event
    def load(self):
        """Open the link."""
        held = platform()
        try:
            with held.db() as db:
                found = sharing.open_link(db, held.secret, self._in_path("token"))
        except NotFound as error:
            self.reset()
            self.problem = str(error)
            return
        self.organisation, self.until = found.organisation, day(found.link.expires_at)
        if found.plain is not None:
            self._fill_plain(found.plain)
        elif found.report is not None:
            self._fill(found.report)
        self.problem, self.ready = "", True

    def _fill(self, view: ReportView) -> None:
        self.plain, self.name, self.facts = False, view.candidate_name, lines.facts_of(view)
        kept = replace(view, rubric_changed=False)  # what to do about that is for those who can
        self.banners, self.made_by = people.banners(kept), people.facts(view)
        self.headline, self.groups = lines.headline(view), lines.group_cells(view)
        self.scores = [lines.score_line(score, GROUPS) for score in view.scores]
        self.strengths = [lines.statement_line(held) for held in view.strengths]
        self.concerns = [lines.statement_line(held) for held in view.concerns]

    def _fill_plain(self, held: PlainReport) -> None:
        self.plain, self.name, self.facts = True, "Your interview", held.job
        self.banners, self.made_by = [], []
        self.questions, self.how, self.rights = list(held.questions), held.how, held.rights
        self.parts = [people.plain_line(part) for part in held.parts]
