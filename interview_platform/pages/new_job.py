"""A new job."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.feedback import loaded
from interview_platform.components.job_form import job_form
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_job_form import JobFormState


def page() -> rx.Component:
    """The whole page."""
    facts = "Only the title is needed. Skills make the ranking, competencies make the interview."
    return frame(
        "jobs",
        head("New job", facts, back=("Jobs", routes.JOBS)),
        loaded(JobFormState, job_form("Create job")),
        narrow=True,
    )
