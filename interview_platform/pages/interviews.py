"""All interviews, with their status and links."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import choice_list, link_button, search_box
from interview_platform.components.feedback import empty, loaded
from interview_platform.components.interview_list import interview_table, link_dialog
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.live_now import live_now
from interview_platform.components.tables import pager
from interview_platform.states.interview_lines import FILTERS
from interview_platform.states.recruiter_interviews import InterviewsState


def page() -> rx.Component:
    """The whole page."""
    return frame(
        "interviews", head("Interviews"), loaded(InterviewsState, rx.fragment(live_now(), _body())), link_dialog()
    )


def _body() -> rx.Component:
    state = InterviewsState
    listed = rx.el.div(
        rx.el.div(
            search_box("interview-search", state.search, state.find, "Search name or job"),
            choice_list(
                "interview-status",
                state.status,
                FILTERS,
                state.narrow,
                aria_label="Status",
                look="compact",
                style={"width": "auto"},
            ),
            class_name="tools",
        ),
        rx.cond(
            state.lines.length() > 0,
            interview_table(state.lines, with_job=True),
            empty("search-x", "No interview matches", "Try fewer words, or another status."),
        ),
        pager(state.first, state.last, state.total, state.page),
    )
    first = empty(
        "video",
        "No interviews yet",
        "Open a job, tick candidates in its pool, and launch. Each candidate gets a link of their own.",
        link_button("Open jobs", routes.JOBS, icon="briefcase", kind="primary"),
    )
    return rx.cond(state.any_interview, listed, rx.el.div(first, class_name="rows"))
