"""Every path of the product, once. Pages, states, the API and the e-mails take them from here."""

# Pages, recruiter's side
SIGN_IN = "/sign-in"
HOME = "/"
JOBS = "/jobs"
NEW_JOB = "/jobs/new"
JOB = "/jobs/[job_id]"
RUBRIC = "/jobs/[job_id]/rubric"
CANDIDATE = "/jobs/[job_id]/candidates/[application_id]"
TALENT = "/talent"
INTERVIEWS = "/interviews"
LIVE = "/interviews/live"
REPORTS = "/reports"
REPORT = "/reports/[interview_id]"
COMPARE = "/compare"
CALIBRATION = "/calibration"
QUESTIONS = "/questions"
OUTBOX = "/outbox"
AUDIT = "/audit"
SETTINGS = "/settings"
COMPANY = "/company"

# Page for whoever holds a link to a report
SHARED = "/shared/[token]"

# Page, candidate's side: one address for the whole way (welcome, consent, check, room, end)
INTERVIEW = "/interview/[token]"

# Not pages (api.py)
API_SIGN_IN = "/api/sign-in"
API_SIGN_OUT = "/api/sign-out"
API_OFFER = "/api/interview/{token}/offer"
API_EVENTS = "/api/interview/{token}/events"
API_FILE = "/api/files/{signed}"
API_HEALTH = "/api/health"
API_WEBHOOK_CANDIDATES = "/api/webhooks/candidates"  # api_webhooks.py


def job(job_id: str) -> str:
    """Path of one job's page."""
    return JOB.replace("[job_id]", job_id)


def rubric(job_id: str) -> str:
    """Path of a job's rubric."""
    return RUBRIC.replace("[job_id]", job_id)


def candidate(job_id: str, application_id: str) -> str:
    """Path of one candidate's page within a job."""
    return CANDIDATE.replace("[job_id]", job_id).replace("[application_id]", application_id)


def live(interview_id: str = "") -> str:
    """Path of the live monitor, at one interview."""
    return f"{LIVE}?interview={interview_id}" if interview_id else LIVE


def report(interview_id: str) -> str:
    """Path of one interview's report."""
    return REPORT.replace("[interview_id]", interview_id)


def shared(token: str) -> str:
    """Path of a report opened by a link."""
    return SHARED.replace("[token]", token)


def interview(token: str) -> str:
    """Path of the candidate's side for one invite."""
    return INTERVIEW.replace("[token]", token)


def offer(token: str) -> str:
    """Path that takes the browser's WebRTC offer."""
    return API_OFFER.replace("{token}", token)


def events(token: str) -> str:
    """Path of the interview's event WebSocket."""
    return API_EVENTS.replace("{token}", token)


def file(signed: str) -> str:
    """Path that serves a stored file to the holder of a signature."""
    return API_FILE.replace("{signed}", signed)


def value(path: str, name: str) -> str:
    """What stands for `[name]` in a page's path, or ""; fixed pages such as /jobs/new hold none."""
    if path.rstrip("/") == NEW_JOB:
        return ""
    parts = path.strip("/").split("/")
    for template in (CANDIDATE, JOB, REPORT, SHARED, INTERVIEW):
        wanted = template.strip("/").split("/")
        fits = len(wanted) <= len(parts) and all(
            fixed.startswith("[") or fixed == part for fixed, part in zip(wanted, parts, strict=False)
        )
        if fits and f"[{name}]" in wanted:
            return parts[wanted.index(f"[{name}]")]
    return ""
