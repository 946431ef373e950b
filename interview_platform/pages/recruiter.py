"""The recruiter's pages, each at its address with what it loads."""

import reflex as rx

from interview_platform import routes
from interview_platform.pages import (
    account,
    audit,
    bank,
    calibration,
    company,
    compare,
    fairness,
    home,
    hours,
    integrations,
    interviews,
    job,
    jobs,
    live,
    new_job,
    other_systems,
    outbox,
    person,
    report,
    reports,
    rubric,
    settings,
    sign_in,
    talent,
    team,
    work,
)
from interview_platform.states.fairness import FairnessState
from interview_platform.states.job_reading import JobReadingState
from interview_platform.states.pool_intake import IntakeState
from interview_platform.states.pool_saved import ViewsState
from interview_platform.states.pool_second import SecondLookState
from interview_platform.states.pool_weights import WeightsState
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_account import AccountState
from interview_platform.states.recruiter_api import OtherSystemsState
from interview_platform.states.recruiter_audit import AuditState
from interview_platform.states.recruiter_bank import BankState
from interview_platform.states.recruiter_calibration import CalibrationState
from interview_platform.states.recruiter_company import CompanyState
from interview_platform.states.recruiter_compare import CompareState
from interview_platform.states.recruiter_home import HomeState
from interview_platform.states.recruiter_hours import HoursState
from interview_platform.states.recruiter_integrations import IntegrationsState
from interview_platform.states.recruiter_interviews import InterviewsState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_jobs import JobsState
from interview_platform.states.recruiter_live import MonitorState
from interview_platform.states.recruiter_material import MaterialState
from interview_platform.states.recruiter_meetings import MeetingsState
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
from interview_platform.states.recruiter_team import TeamState
from interview_platform.states.recruiter_trace import LiveState, TraceState
from interview_platform.states.sign_in import LetterLinkState
from interview_platform.states.work import WorkState

PAGES = (
    (home.page, routes.HOME, "Home", (HomeState.load, MeetingsState.load)),
    (jobs.page, routes.JOBS, "Jobs", (JobsState.load,)),
    (new_job.page, routes.NEW_JOB, "New job", (JobFormState.load, JobReadingState.load)),
    (
        job.page,
        routes.JOB,
        "Job",
        (
            JobState.load,
            PoolState.load,
            ViewsState.load,
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
    (person.page, routes.CANDIDATE, "Candidate", (PersonState.load, MeetingsState.load)),
    (talent.page, routes.TALENT, "Talent pool", (TalentState.load,)),
    (interviews.page, routes.INTERVIEWS, "Interviews", (InterviewsState.load, LiveState.load)),
    (live.page, routes.LIVE, "Live", (MonitorState.load,)),
    (reports.page, routes.REPORTS, "Reports", (ReportsState.load,)),
    (report.page, routes.REPORT, "Report", (ReportState.load, TraceState.load, ShareState.load, MeetingsState.load)),
    (compare.page, routes.COMPARE, "Compare", (CompareState.load,)),
    (calibration.page, routes.CALIBRATION, "Calibration", (CalibrationState.load,)),
    (bank.page, routes.QUESTIONS, "Question banks", (BankState.load,)),
    (outbox.page, routes.OUTBOX, "Outbox", (OutboxState.load,)),
    (audit.page, routes.AUDIT, "Audit log", (AuditState.load,)),
    (fairness.page, routes.FAIRNESS, "Fairness", (FairnessState.load,)),
    (company.page, routes.COMPANY, "Company page", (CompanyState.load, MaterialState.load)),
    (hours.page, routes.HOURS, "Your hours", (HoursState.load,)),
    (other_systems.page, routes.OTHER_SYSTEMS, "API and webhooks", (OtherSystemsState.load,)),
    (integrations.page, routes.INTEGRATIONS, "Integrations", (IntegrationsState.load,)),
    (work.page, routes.WORK, "Work", (WorkState.load,)),
    (account.page, routes.ACCOUNT, "Your account", (AccountState.load,)),
    (team.page, routes.TEAM, "Team", (TeamState.load,)),
    (settings.page, routes.SETTINGS, "Settings", (SettingsState.load, ReportRulesState.load)),
)

BEFORE = (
    (sign_in.page, routes.SIGN_IN, "Sign in", ()),
    (sign_in.second_step, routes.SECOND_STEP, "Second step", ()),
    (sign_in.forgot, routes.FORGOT, "Forgotten password", (LetterLinkState.load_forgot,)),
    (sign_in.reset, routes.RESET, "New password", (LetterLinkState.load_reset,)),
    (sign_in.join, routes.JOIN, "Join", (LetterLinkState.load_join,)),
)
"""Pages for whoever is not signed in yet."""


def register(app: rx.App) -> None:
    """Add every page; all but those before signing in begin by asking who is there."""
    for page, route, title, load in BEFORE:
        app.add_page(page, route=route, title=f"{title} · Interview Platform", on_load=[*load])
    for page, route, title, load in PAGES:
        app.add_page(page, route=route, title=f"{title} · Interview Platform", on_load=[RecruiterState.enter, *load])
