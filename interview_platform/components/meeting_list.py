"""Follow-up meetings in a list, and the dialog that changes one."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    copy_button,
    dialog,
    dialog_foot,
    field,
    text_area,
)
from interview_platform.components.feedback import badge, notice
from interview_platform.components.layout import section
from interview_platform.states.meeting_lines import MeetingLine
from interview_platform.states.recruiter_meetings import MeetingsState


def meetings_section(
    title: str, *, always: bool = False, of_one: bool = False, action: rx.Component | None = None
) -> rx.Component:
    """The page's meetings; without any nothing, or a line that says so when `always`. On a page that is `of_one`
    candidate a line begins with its time, and name and job are not said again."""
    state = MeetingsState
    some = rx.el.div(rx.foreach(state.lines, lambda line: _meeting(line, of_one)), class_name="rows", id="meetings")
    none = rx.el.p("No meeting is planned.", class_name="note") if always else rx.fragment()
    shown = section(title, rx.cond(state.lines.length() > 0, some, none), action=action)
    return rx.fragment(shown if always else rx.cond(state.lines.length() > 0, shown), meeting_dialog())


def _meeting(line: rx.Var[MeetingLine], of_one: bool) -> rx.Component:
    state = MeetingsState
    acts = rx.el.div(
        rx.cond(line.waits, copy_button("Copy link", line.link)),
        rx.cond(line.booked, button("Ask for another time", kind="small", on_click=state.ask(line.key, "again"))),
        button(rx.cond(line.booked, "Cancel", "Withdraw"), kind="small quiet", on_click=state.ask(line.key, "cancel")),
        class_name="meet-acts",
    )
    return rx.el.div(
        rx.icon("calendar-clock", size=18, class_name="info"),
        rx.el.div(
            *_about(line, of_one),
            rx.cond(line.place != "", _place(line)),
            rx.cond(line.wish != "", rx.el.blockquote(line.wish, class_name="quote")),
            rx.cond(line.ended != "", rx.el.span(line.ended)),
            rx.cond(state.may_write & (line.booked | line.waits), acts),
            class_name="row-words",
        ),
        class_name="row meet-line",
    )


def _about(line: rx.Var[MeetingLine], of_one: bool) -> list[rx.Component]:
    """With whom and when: in everybody's list the candidate first, on her own page the time."""
    state = badge(line.status, line.tone)
    if of_one:
        time = rx.cond(line.when != "", line.when, rx.cond(line.waits, "No time yet", "No time was picked"))
        return [rx.el.div(rx.el.b(time), state, class_name="line"), rx.el.span(line.with_whom)]
    who = rx.el.div(rx.el.b(rx.el.a(line.who, href=line.href)), state, class_name="line")
    return [who, rx.cond(line.when != "", rx.el.b(line.when)), rx.el.span(line.about)]


def _place(line: rx.Var[MeetingLine]) -> rx.Component:
    """Where they meet; the address of a call can be pressed."""
    outside = {"target": "_blank", "rel": "noopener noreferrer", "class_name": "meet-place"}
    return rx.cond(line.call != "", rx.el.a(line.place, href=line.call, **outside), rx.el.span(line.place))


def meeting_dialog() -> rx.Component:
    """Cancel, or ask for another time: why, if one likes."""
    state = MeetingsState
    again = state.action == "again"
    return dialog(
        state.acting != "",
        state.toggle,
        rx.cond(again, "Ask for another time", "Cancel this meeting"),
        rx.el.p(state.about, class_name="muted"),
        rx.cond(
            again,
            rx.el.p("The time is given back, and the candidate gets a link to pick another one.", class_name="note"),
            rx.el.p("The candidate is told by e-mail. The stage does not change.", class_name="note"),
        ),
        field(
            "A word to the candidate",
            text_area("meeting-reason", state.reason, state.write, look="short"),
            name="meeting-reason",
            hint="Stands in the e-mail. May stay empty.",
        ),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            busy_button(
                rx.cond(again, "Ask for another time", "Cancel the meeting"),
                "Working…",
                state.busy,
                on_click=state.act,
                id="do-meeting",
            ),
        ),
    )
