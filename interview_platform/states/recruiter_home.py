"""The home page: what needs a person first, then how far the jobs are."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import notifications, overview, report_list, rights_needs
from interview_platform.services.list_query import DECIDED, ListQuery
from interview_platform.services.report_list import ReportRow
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import ago
from interview_platform.wiring import platform

MOST_NEEDS = 12
WAITING = tuple(ListQuery(status=status, undecided=True, size=MOST_NEEDS) for status in ("failed", "reported"))
"""Reports that wait for a person."""


@dataclass
class Need:
    """One thing that waits for a person. `kind`: report | failed | mail | live, or of services/rights_needs."""

    kind: str
    title: str
    text: str
    href: str
    when: str


@dataclass
class Funnel:
    """One job's numbers."""

    title: str
    href: str
    candidates: int
    invited: int
    interviewed: int
    decided: int


class HomeState(RecruiterState):
    """What the home page shows."""

    ready: bool = False
    problem: str = ""
    needs: list[Need] = []
    more_needs: int = 0
    funnel: list[Funnel] = []
    ended: list[dict[str, str | int]] = []
    ended_total: int = 0

    @recruiter_event
    def load(self):
        """Read everything anew."""
        with platform().db() as db:
            actor = self._actor()
            rows = [row for query in WAITING for row in report_list.listing(db, actor, query)]
            more = sum(report_list.count(db, actor, query) for query in WAITING) - len(rows)
            mails = notifications.listing(db, actor, ListQuery(status="failed", size=MOST_NEEDS))
            held = overview.interviews(db, actor, ListQuery(status="live"))
            funnel = overview.funnel(db, actor)
            days = overview.ended_per_day(db, actor)
            asked = rights_needs.listing(db, actor)
        needs = [*map(_live, held), *map(_right, asked), *filter(None, map(_report, rows)), *map(_mail, mails)]
        self.needs, self.more_needs = needs[:MOST_NEEDS], max(0, len(needs) - MOST_NEEDS) + more
        self.funnel = [
            Funnel(row.job_title, routes.job(row.job_id), row.candidates, row.invited, row.interviewed, row.decided)
            for row in funnel
        ]
        self.ended = [{"name": f"{at.day} {at:%b}", "interviews": number} for at, number in days]
        self.ended_total = sum(number for _, number in days)
        self.problem, self.ready = "", True


def _right(held: rights_needs.RightsNeed) -> Need:
    href = routes.report(held.interview_id) if held.interview_id else routes.SETTINGS
    return Need("failed" if held.late else held.kind, held.title, held.text, href, "")


def _live(row: overview.InterviewRow) -> Need:
    who = row.candidate_name or row.candidate_email
    return Need("live", f"{who} · {row.job_title}", "Interview running now", routes.INTERVIEWS, ago(row.started_at))


def _report(row: ReportRow) -> Need | None:
    title = f"{row.candidate_name} · {row.job_title}"
    href = routes.report(row.interview_id)
    if row.status == "failed":
        return Need("failed", title, "The report could not be written. The answers are kept.", href, ago(row.ended_at))
    if row.status == "ready" and row.stage not in DECIDED:
        return Need("report", title, "Report ready: review it and decide", href, ago(row.ended_at))
    return None


def _mail(row: notifications.Message) -> Need:
    return Need(
        "mail", f"E-mail to {row.to_address or 'a candidate'} failed", row.error, routes.OUTBOX, ago(row.created_at)
    )
