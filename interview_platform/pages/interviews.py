"""All interviews, with their status and links."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import link_button
from interview_platform.components.feedback import empty, loaded
from interview_platform.components.interview_list import interview_table, link_dialog
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.live_now import live_now
from interview_platform.components.tables import searched
from interview_platform.states.interview_lines import FILTERS
from interview_platform.states.recruiter_interviews import InterviewsState


def page() -> rx.Component:
    """The whole page."""
    return frame(
        "interviews", head("Interviews"), loaded(InterviewsState, rx.fragment(live_now(), _body())), link_dialog()
    )


def _body() -> rx.Component:
    state = InterviewsState
    none = empty("search-x", "No interview matches", "Try fewer words, or another status.")
    rows = interview_table(state.lines, with_job=True)
    listed = searched(state, "interview", "Search name or job", FILTERS, rows, none)
    first = empty(
        "video",
        "No interviews yet",
        "Open a job, tick candidates in its pool, and launch. Each candidate gets a link of their own.",
        link_button("Open jobs", routes.JOBS, icon="briefcase", kind="primary"),
    )
    return rx.cond(state.any_interview, listed, rx.el.div(first, class_name="rows"))
