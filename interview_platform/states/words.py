"""How times and states are put into words on the recruiter's pages."""

from datetime import datetime

from interview_platform.models import now

GROUPS = (
    ("technical", "Technical"),
    ("communication", "Communication"),
    ("problem_solving", "Problem solving"),
    ("cultural_fit", "Cultural fit"),
)
LEVELS = (("junior", "Junior"), ("mid", "Mid"), ("senior", "Senior"))
"""Choices of a form: what is stored, and the words for it."""

STAGES: dict[str, tuple[str, str]] = {
    "new": ("New", ""),
    "invited": ("Invited", "info"),
    "interviewed": ("Interviewed", "attention"),
    "follow_up": ("Follow-up", "info"),
    "next_step": ("Next step", "good"),
    "rejected": ("Rejected", ""),
}
"""Stage → words and tone."""

LINKS: dict[str, tuple[str, str]] = {
    "open": ("Invited, not opened", "info"),
    "opened": ("Link opened", "info"),
    "expired": ("Link expired", "attention"),
    "revoked": ("Link withdrawn", ""),
}
"""State of an invite's link → words and tone."""

INTERVIEWS: dict[str, tuple[str, str]] = {
    "planned": ("Not started", ""),
    "live": ("Running now", "info"),
    "ended": ("Ended, report on its way", "attention"),
    "reported": ("Report ready", "good"),
    "failed": ("Interrupted", "danger"),
}
"""Interview.status → words and tone."""

ROLES: dict[str, str] = {
    "owner": "Owner",
    "recruiter": "Recruiter",
    "hiring_manager": "Hiring manager",
    "reviewer": "Reviewer",
    "auditor": "Auditor",
}
"""User.role → words."""


def ago(at: datetime | None) -> str:
    """How long ago, in one short unit: "now", "5 min", "3 h", "2 d"; older than 30 days the date."""
    if at is None:
        return ""
    seconds = (now() - at).total_seconds()
    if seconds < 60:
        return "now"
    for size, unit in ((60, "min"), (3600, "h"), (86_400, "d")):
        if seconds < size * {"min": 60, "h": 24, "d": 31}[unit]:
            return f"{int(seconds // size)} {unit}"
    return day(at)


def day(at: datetime | None) -> str:
    """A date: "22 Nov 2026"."""
    return f"{at.day} {at:%b %Y}" if at else ""


def moment(at: datetime | None) -> str:
    """Date and time in UTC: "22 Nov 2026, 14:05 UTC"."""
    return f"{day(at)}, {at:%H:%M} UTC" if at else ""


def clock(seconds: float | None) -> str:
    """Seconds on a timeline as "04:12" or "1:04:12"."""
    whole = max(0, int(seconds or 0))
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if whole >= 3600 else f"{minutes:02d}:{rest:02d}"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 candidate", "3 candidates"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def standing(stage: str, link: str, interview: str) -> tuple[str, str]:
    """The one thing that says where a candidate stands: a decision, else the interview, else the link."""
    if stage in ("rejected", "follow_up", "next_step"):
        return STAGES[stage]
    if interview in ("live", "ended", "reported", "failed"):
        return INTERVIEWS[interview]
    return LINKS.get(link) or STAGES.get(stage, (stage, ""))
