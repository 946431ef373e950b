"""The recruiter's pages, each at its address with what it loads."""

import reflex as rx

from interview_platform import routes
from interview_platform.pages import (
    audit,
    home,
    interviews,
    job,
    jobs,
    new_job,
    outbox,
    person,
    report,
    reports,
    settings,
    sign_in,
)
from interview_platform.states.job_reading import JobReadingState
from interview_platform.states.pool_intake import IntakeState
from interview_platform.states.pool_weights import WeightsState
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_audit import AuditState
from interview_platform.states.recruiter_home import HomeState
from interview_platform.states.recruiter_interviews import InterviewsState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_jobs import JobsState
from interview_platform.states.recruiter_outbox import OutboxState
from interview_platform.states.recruiter_person import PersonState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.recruiter_reports import ReportsState
from interview_platform.states.recruiter_settings import SettingsState

PAGES = (
    (home.page, routes.HOME, "Home", (HomeState.load,)),
    (jobs.page, routes.JOBS, "Jobs", (JobsState.load,)),
    (new_job.page, routes.NEW_JOB, "New job", (JobFormState.load, JobReadingState.load)),
    (
        job.page,
        routes.JOB,
        "Job",
        (
            JobState.load,
            PoolState.load,
            IntakeState.load,
            WeightsState.load,
            JobFormState.load_job,
            JobReadingState.load,
        ),
    ),
    (person.page, routes.CANDIDATE, "Candidate", (PersonState.load,)),
    (interviews.page, routes.INTERVIEWS, "Interviews", (InterviewsState.load,)),
    (reports.page, routes.REPORTS, "Reports", (ReportsState.load,)),
    (report.page, routes.REPORT, "Report", (ReportState.load,)),
    (outbox.page, routes.OUTBOX, "Outbox", (OutboxState.load,)),
    (audit.page, routes.AUDIT, "Audit log", (AuditState.load,)),
    (settings.page, routes.SETTINGS, "Settings", (SettingsState.load,)),
)


def register(app: rx.App) -> None:
    """Add every page; all but sign-in begin by asking who is there."""
    app.add_page(sign_in.page, route=routes.SIGN_IN, title="Sign in · Interview Platform")
    for page, route, title, load in PAGES:
        app.add_page(page, route=route, title=f"{title} · Interview Platform", on_load=[RecruiterState.enter, *load])
