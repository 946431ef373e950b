"""Every path of the product, once. Pages, states, the API and the e-mails take them from here."""

# Pages, recruiter's side
SIGN_IN = "/sign-in"
SECOND_STEP = "/second-step"
FORGOT = "/forgot"
RESET = "/reset/[token]"
JOIN = "/join/[token]"
ACCOUNT = "/account"
TEAM = "/team"
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
FAIRNESS = "/fairness"
SETTINGS = "/settings"
HOURS = "/settings/hours"
INTEGRATIONS = "/settings/integrations"
WORK = "/settings/work"
OTHER_SYSTEMS = "/settings/api"  # keys and webhooks
COMPANY = "/company"

# Page for whoever holds a link to a report
SHARED = "/shared/[token]"

# Page, candidate's side: a time for a meeting
MEETING = "/meeting/[token]"

# Page, candidate's side: one address for the whole way (welcome, consent, check, room, end)
INTERVIEW = "/interview/[token]"
INTERVIEW_TIME = "/interview/[token]/time"  # when she means to hold it

# Not pages (api.py)
API_SIGN_IN = "/api/sign-in"
API_SSO = "/api/sign-in/sso"  # this and the next: api_accounts.py, where OIDC_ISSUER is set
API_SSO_BACK = "/api/sign-in/sso/back"
API_SIGN_OUT = "/api/sign-out"
API_SECOND_STEP = "/api/sign-in/code"  # this and the next three: api_accounts.py
API_FORGOT = "/api/forgot"
API_RESET = "/api/reset"
API_JOIN = "/api/join"
API_OFFER = "/api/interview/{token}/offer"
API_EVENTS = "/api/interview/{token}/events"
API_FILE = "/api/files/{signed}"
API_HEALTH = "/api/health"  # api_health.py
API_READY = "/api/ready"
API_METRICS = "/api/metrics"
API_V1 = "/api/v1"  # api_v1.py
API_WEBHOOK_CANDIDATES = "/api/webhooks/candidates"  # api_webhooks.py
API_WEBHOOK_CALENDLY = "/api/webhooks/calendly"  # api_meetings.py
API_INTERVIEW_FILE = "/api/interview/{token}/interview.ics"
API_MEETING_FILE = "/api/meeting/{token}/meeting.ics"


def reset(token: str) -> str:
    """Path at which a forgotten password is set anew."""
    return RESET.replace("[token]", token)


def join(token: str) -> str:
    """Path at which an invited colleague makes an account."""
    return JOIN.replace("[token]", token)


def job(job_id: str, view: str = "") -> str:
    """Path of one job's page, with a saved view of its pool."""
    return JOB.replace("[job_id]", job_id) + (f"?view={view}" if view else "")


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


def interview_time(token: str) -> str:
    """Path of the page where a candidate says when she means to hold the interview."""
    return INTERVIEW_TIME.replace("[token]", token)


def interview_file(token: str) -> str:
    """Path of that time as a calendar file."""
    return API_INTERVIEW_FILE.replace("{token}", token)


def meeting(token: str) -> str:
    """Path of the page where a candidate picks a time for a meeting."""
    return MEETING.replace("[token]", token)


def meeting_file(token: str) -> str:
    """Path of a meeting as a calendar file."""
    return API_MEETING_FILE.replace("{token}", token)


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
    for template in (CANDIDATE, JOB, REPORT, SHARED, MEETING, INTERVIEW, RESET, JOIN):
        wanted = template.strip("/").split("/")
        fits = len(wanted) <= len(parts) and all(
            fixed.startswith("[") or fixed == part for fixed, part in zip(wanted, parts, strict=False)
        )
        if fits and f"[{name}]" in wanted:
            return parts[wanted.index(f"[{name}]")]
    return ""
