"""Ctrl-K: go anywhere by typing."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import jobs, overview
from interview_platform.services.list_query import ListQuery
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

MOST = 8
PAGES = (
    ("house", "Home", routes.HOME),
    ("briefcase", "Jobs", routes.JOBS),
    ("plus", "New job", routes.NEW_JOB),
    ("users", "Talent", routes.TALENT),
    ("video", "Interviews", routes.INTERVIEWS),
    ("radio", "Live interviews", routes.LIVE),
    ("file-text", "Reports", routes.REPORTS),
    ("ruler", "Calibration", routes.CALIBRATION),
    ("library", "Question banks", routes.QUESTIONS),
    ("mail", "Outbox", routes.OUTBOX),
    ("scroll-text", "Audit log", routes.AUDIT),
    ("scale", "Fairness", routes.FAIRNESS),
    ("building-2", "Company page", routes.COMPANY),
    ("settings", "Settings", routes.SETTINGS),
    ("users", "Team", routes.TEAM),
    ("calendar-clock", "Your hours", routes.HOURS),
    ("plug", "Integrations", routes.INTEGRATIONS),
    ("user-round-cog", "Your account", routes.ACCOUNT),
)


@dataclass
class Place:
    """Somewhere to go. `kind`: page | job | interview."""

    kind: str
    title: str
    href: str


class PaletteState(RecruiterState):
    """The palette."""

    is_open: bool = False
    typed: str = ""
    places: list[Place] = []

    @recruiter_event
    def show(self):
        """Open it, empty."""
        self.typed, self.is_open = "", True
        self._find()

    @recruiter_event
    def toggle(self, on: bool):
        """It was opened or closed."""
        self.is_open = on

    @recruiter_event
    def find(self, text: str):
        """Look for pages, jobs and interviews."""
        self.typed = text[:100]
        self._find()

    def _find(self) -> None:
        words = self.typed.casefold().split()
        places, found = [Place("page", title, href) for _, title, href in PAGES], []
        if words:
            with platform().db() as db:
                actor = self._actor()
                places += [Place("job", row.job.title, routes.job(row.job.id)) for row in jobs.listing(db, actor)]
                query = ListQuery(search=self.typed, size=MOST)
                found = [_interview(row) for row in overview.interviews(db, actor, query)]
        fitting = [place for place in places if all(word in place.title.casefold() for word in words)]
        self.places = [*fitting, *found][:MOST]


def _interview(row: overview.InterviewRow) -> Place:
    over = row.status in ("ended", "reported", "failed")
    href = routes.report(row.interview_id) if over else routes.job(row.job_id)
    return Place("interview", f"{row.candidate_name or row.candidate_email} · {row.job_title}", href)
