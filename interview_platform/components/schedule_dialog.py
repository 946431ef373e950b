"""The dialog that offers a candidate a follow-up meeting."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import (
    busy_button,
    button,
    choice_list,
    dialog,
    dialog_foot,
    field,
    text_area,
    text_input,
)
from interview_platform.components.feedback import notice
from interview_platform.states.recruiter_schedule import LENGTHS, OWN, ScheduleState


def schedule_button() -> rx.Component:
    """Opens it, for the candidate of the page."""
    return button("Schedule a follow-up", icon="calendar-plus", on_click=ScheduleState.show, id="schedule")


def schedule_dialog() -> rx.Component:
    """With whom, how long, what about, where."""
    state = ScheduleState
    own = state.way == OWN
    return dialog(
        state.is_open,
        state.toggle,
        "Schedule a follow-up with " + state.name,
        rx.el.p(
            "The candidate gets a link and picks the time, on their own clock. The stage does not change by it.",
            class_name="muted",
        ),
        rx.cond(
            state.ways.length() > 1,
            field(
                "Times from",
                choice_list("way", state.way, state.ways, lambda value: state.pick("way", value)),
                name="way",
            ),
        ),
        rx.el.div(
            field(
                "With whom",
                choice_list("host", state.host, state.options, lambda value: state.pick("host", value)),
                name="host",
            ),
            rx.cond(
                own,
                field(
                    "How long",
                    choice_list("minutes", state.minutes, LENGTHS, lambda value: state.pick("minutes", value)),
                    name="minutes",
                ),
            ),
            class_name="hours-choices",
        ),
        rx.cond(own, _hours()),
        field(
            "Note to the candidate",
            text_area("meeting-note", state.note, lambda text: state.write("note", text), look="short"),
            name="meeting-note",
            hint="What it is about, what to bring. Stands in the e-mail and on the page.",
        ),
        rx.cond(
            own,
            field(
                "Where or how",
                text_input("meeting-place", state.place, lambda text: state.write("place", text)),
                name="meeting-place",
                hint="The address of a call, a room, or “I call you”.",
            ),
        ),
        rx.cond(
            state.email == "",
            notice("mail-warning", "There is no e-mail address: copy the link from the list of meetings afterwards."),
        ),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            busy_button("Send the link", "Sending…", state.busy, icon="send", on_click=state.send, id="send-meeting"),
        ),
        look="wide",
    )


def _hours() -> rx.Component:
    """Whose hours are used; without any, the way to them."""
    state = ScheduleState
    mine = rx.el.div(
        button("Use Monday to Friday, 9 to 17", kind="small", on_click=state.use_usual_hours, id="usual-hours"),
        rx.el.span(
            "on the clock of ", state.my_zone, ", or ", rx.el.a("set your hours", href=routes.HOURS, class_name="link")
        ),
        class_name="line",
    )
    theirs = "Choose somebody else, or ask them to give theirs under Settings, Your hours."
    return rx.cond(
        state.host_zone != "",
        rx.el.p("Free times come from this person’s hours, on the clock of ", state.host_zone, ".", class_name="note"),
        notice(
            "calendar-x-2",
            rx.el.p("No hours for meetings are given yet."),
            rx.cond(state.host_is_me, mine, rx.el.p(theirs)),
            tone="attention",
        ),
    )
