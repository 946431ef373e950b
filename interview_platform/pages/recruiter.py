"""The recruiter's pages, each at its address with what it loads."""

import reflex as rx

from interview_platform import routes
from interview_platform.pages import (
    audit,
    bank,
    calibration,
    company,
    compare,
    home,
    interviews,
    job,
    jobs,
    live,
    new_job,
    outbox,
    person,
    report,
    reports,
    rubric,
    settings,
    sign_in,
    talent,
)
from interview_platform.states.job_reading import JobReadingState
from interview_platform.states.pool_intake import IntakeState
from interview_platform.states.pool_second import SecondLookState
from interview_platform.states.pool_weights import WeightsState
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_audit import AuditState
from interview_platform.states.recruiter_bank import BankState
from interview_platform.states.recruiter_calibration import CalibrationState
from interview_platform.states.recruiter_company import CompanyState
from interview_platform.states.recruiter_compare import CompareState
from interview_platform.states.recruiter_home import HomeState
from interview_platform.states.recruiter_interviews import InterviewsState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_jobs import JobsState
from interview_platform.states.recruiter_live import MonitorState
from interview_platform.states.recruiter_material import MaterialState
from interview_platform.states.recruiter_outbox import OutboxState
from interview_platform.states.recruiter_person import PersonState
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.states.recruiter_practice import PracticeState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.recruiter_report_rules import ReportRulesState
from interview_platform.states.recruiter_reports import ReportsState
from interview_platform.states.recruiter_rescore import RescoreState
from interview_platform.states.recruiter_rubric import RubricState
from interview_platform.states.recruiter_settings import SettingsState
from interview_platform.states.recruiter_share import ShareState
from interview_platform.states.recruiter_talent import TalentState
from interview_platform.states.recruiter_trace import LiveState, TraceState

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
            SecondLookState.load,
            JobFormState.load_job,
            JobReadingState.load,
            PlanState.load,
            PracticeState.load,
            MaterialState.load,
        ),
    ),
    (rubric.page, routes.RUBRIC, "Rubric", (RubricState.load, RescoreState.load)),
    (person.page, routes.CANDIDATE, "Candidate", (PersonState.load,)),
    (talent.page, routes.TALENT, "Talent pool", (TalentState.load,)),
    (interviews.page, routes.INTERVIEWS, "Interviews", (InterviewsState.load, LiveState.load)),
    (live.page, routes.LIVE, "Live", (MonitorState.load,)),
    (reports.page, routes.REPORTS, "Reports", (ReportsState.load,)),
    (report.page, routes.REPORT, "Report", (ReportState.load, TraceState.load, ShareState.load)),
    (compare.page, routes.COMPARE, "Compare", (CompareState.load,)),
    (calibration.page, routes.CALIBRATION, "Calibration", (CalibrationState.load,)),
    (bank.page, routes.QUESTIONS, "Question banks", (BankState.load,)),
    (outbox.page, routes.OUTBOX, "Outbox", (OutboxState.load,)),
    (audit.page, routes.AUDIT, "Audit log", (AuditState.load,)),
    (company.page, routes.COMPANY, "Company page", (CompanyState.load, MaterialState.load)),
    (settings.page, routes.SETTINGS, "Settings", (SettingsState.load, ReportRulesState.load)),
)


def register(app: rx.App) -> None:
    """Add every page; all but sign-in begin by asking who is there."""
    app.add_page(sign_in.page, route=routes.SIGN_IN, title="Sign in · Interview Platform")
    for page, route, title, load in PAGES:
        app.add_page(page, route=route, title=f"{title} · Interview Platform", on_load=[RecruiterState.enter, *load])
