"""One interview as a line of a list: the interviews page and the job's own list share it."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services.overview import InterviewRow
from interview_platform.states.words import INTERVIEWS, LINKS, ago, day, standing


@dataclass
class InterviewLine:
    """What the line shows. `report` is "" until there is something to read; `invite` names the link to manage."""

    interview: str
    invite: str
    name: str
    email: str
    job: str
    job_href: str
    status: str
    tone: str
    key: str  # Interview.status, to narrow by
    link: str
    until: str
    when: str
    questions: int
    report: str
    manageable: bool


def interview_line(row: InterviewRow) -> InterviewLine:
    """A row put into words."""
    words, tone = standing(row.stage, row.link, row.status)
    if row.status == "planned" and row.stage in ("new", "invited"):
        words, tone = LINKS[row.link]
    over = row.status in ("ended", "reported", "failed")
    return InterviewLine(
        interview=row.interview_id,
        invite=row.invite_id,
        name=row.candidate_name or "Name not found",
        email=row.candidate_email,
        job=row.job_title,
        job_href=routes.job(row.job_id),
        status=words,
        tone=tone,
        key=row.status,
        link=LINKS[row.link][0] if not over else "Link closed",
        until=day(row.expires_at),
        when=ago(row.ended_at or row.started_at or row.created_at),
        questions=row.questions,
        report=routes.report(row.interview_id) if over else "",
        manageable=not over,
    )


FILTERS = (("", "All"), *((key, words) for key, (words, _) in INTERVIEWS.items()))
"""Choices of the interviews page."""
