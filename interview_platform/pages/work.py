"""Settings → Work."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button
from interview_platform.components.feedback import badge, empty, loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, table
from interview_platform.components.tables import head as column
from interview_platform.states.work import WorkLine, WorkState


def page() -> rx.Component:
    """The whole page."""
    facts = "What is done in the background. It goes on where it was when the product is started again."
    heading = head("Work", facts, back=("Settings", routes.SETTINGS))
    return frame("settings", heading, loaded(WorkState, _body()))


def _body() -> rx.Component:
    none = empty("circle-check", "Nothing is waiting", "Work that runs, waits or failed is listed here.")
    heads = [
        column("Work"),
        column("Kind", "hide-narrow"),
        column("Status"),
        column("Since", "right hide-narrow"),
        column(rx.el.span("Actions", class_name="hidden-text")),
    ]
    listed = rx.el.div(table("Work", heads, WorkState.lines, _row), class_name="rows", id="work")
    return rx.cond(WorkState.lines.length() > 0, listed, rx.el.div(none, class_name="rows"))


def _row(line: rx.Var[WorkLine]) -> rx.Component:
    state = WorkState
    told = {"kind": "small", "aria_label": "Try again: " + line.about}
    again = button("Try again", icon="rotate-cw", on_click=state.retry(line.key), **told)
    told = {"kind": "small", "aria_label": "Cancel: " + line.about}
    stop = button("Cancel", icon="x", on_click=state.cancel(line.key), **told)
    return rx.el.tr(
        cell(
            rx.cond(
                line.href != "",
                rx.el.a(line.about, href=line.href, class_name="cell-link"),
                rx.el.span(line.about),
            ),
            rx.el.span(line.note, class_name="cell-note", style={"white-space": "normal"}),
            look="fill",
        ),
        cell(line.kind, look="hide-narrow nowrap"),
        cell(badge(line.state, line.tone)),
        cell(line.when, look="right nowrap muted hide-narrow"),
        cell(rx.cond(line.stopped, again, stop), look="right nowrap"),
    )
