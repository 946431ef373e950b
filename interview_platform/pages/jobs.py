"""The list of jobs."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import link_button, search_box
from interview_platform.components.feedback import badge, empty, loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, named, table
from interview_platform.components.tables import head as column
from interview_platform.states.recruiter_jobs import JobLine, JobsState


def page() -> rx.Component:
    """The whole page."""
    new_job = link_button("New job", routes.NEW_JOB, icon="plus", kind="primary")
    return frame("jobs", head("Jobs", "", new_job), loaded(JobsState, _body()))


def _body() -> rx.Component:
    first = empty(
        "briefcase",
        "No jobs yet",
        "Say what you look for: skills, competencies, your own questions. Then add résumés and launch interviews.",
        link_button("Create the first job", routes.NEW_JOB, icon="plus", kind="primary"),
    )
    nothing = empty("search-x", "No job matches", "Try fewer words: title, place or level.")
    return rx.cond(
        JobsState.any_job,
        rx.el.div(
            rx.el.div(search_box("job-search", JobsState.search, JobsState.find, "Search jobs"), class_name="tools"),
            rx.cond(JobsState.lines.length() > 0, _table(), nothing),
        ),
        rx.el.div(first, class_name="rows"),
    )


def _table() -> rx.Component:
    heads = [
        column("Job"),
        column("Status", "hide-narrow"),
        column("Candidates", "right"),
        column("Interviews", "right"),
        column("Reports", "right hide-narrow"),
        column("Made", "right hide-narrow"),
    ]
    return table("Jobs", heads, JobsState.lines, _row)


def _row(line: rx.Var[JobLine]) -> rx.Component:
    status = rx.cond(line.status == "open", badge("Open", "good"), badge("Closed"))
    return rx.el.tr(
        cell(named(line.title, line.note, line.href), look="fill"),
        cell(status, look="hide-narrow"),
        cell(line.candidates, look="right", label="Candidates"),
        cell(line.interviews, look="right", label="Interviews"),
        cell(line.reports, look="right hide-narrow"),
        cell(line.when, look="right nowrap muted hide-narrow"),
    )
