"""The frame of a meeting's page, and what it shares with the page where an interview is planned."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from interview_platform.components.candidate_layout import heading
from interview_platform.components.look import light_or_dark
from interview_platform.states.meeting import MeetingState


def shell(*content: rx.Component) -> rx.Component:
    """The column: for what it is on top, whom to ask at the bottom."""
    state = MeetingState
    offline = rx.el.p(
        rx.icon("wifi-off", size=20),
        "The connection dropped. We are trying again.",
        role="status",
        class_name="cand-offline",
    )
    return rx.el.div(
        rx.el.header(
            rx.el.span(state.organisation, class_name="cand-org"),
            rx.el.span(state.job, class_name="cand-job"),
            light_or_dark(),
            class_name="cand-head",
        ),
        rx.cond(has_connection_errors, offline),
        rx.el.main(*content, class_name="cand-main", id="main"),
        rx.cond(
            state.contact != "",
            rx.el.footer(
                rx.el.p("Questions? Write to ", rx.el.a(state.contact, href="mailto:" + state.contact), "."),
                class_name="cand-note meet-help",
            ),
        ),
        class_name="cand meet",
    )


def opening() -> rx.Component:
    """While the link is looked up."""
    bars = [rx.el.div(class_name=f"cand-skeleton {size}", aria_hidden="true") for size in ("wide", "wide", "half")]
    return rx.el.div(
        rx.el.p("Opening your meeting…", role="status", class_name="cand-lead"), *bars, class_name="cand-opening"
    )


def closed() -> rx.Component:
    """A link that does not open."""
    return rx.el.section(
        rx.el.div(rx.icon("link-2-off", size=36), class_name="cand-done off", aria_hidden="true"),
        heading("This link does not open", MeetingState.problem),
        class_name="cand-screen",
        id="closed",
    )


def calendars(file: rx.Var, google: rx.Var, outlook: rx.Var) -> rx.Component:
    """The ways into one's own calendar."""
    outside = {"target": "_blank", "rel": "noopener noreferrer", "class_name": "cand-small"}
    return rx.el.div(
        rx.el.a(rx.icon("download", size=18), "Calendar file", href=file, id="ics", class_name="cand-small"),
        rx.el.a(rx.icon("calendar-plus", size=18), "Google", href=google, **outside),
        rx.el.a(rx.icon("calendar-plus", size=18), "Outlook", href=outlook, **outside),
        role="group",
        aria_label="Add to your calendar",
        class_name="meet-calendars",
    )
