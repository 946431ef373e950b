"""Your hours: when candidates may pick a time with you."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button, choice_list, field, text_area, text_input
from interview_platform.components.feedback import loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.states.meeting import ZONES
from interview_platform.states.recruiter_hours import CHOICES, DayHours, HoursState

WORDS = (
    ("buffer", "Pause after each meeting"),
    ("notice", "At least so long before"),
    ("horizon", "Not further ahead than"),
)


def page() -> rx.Component:
    """The whole page."""
    facts = "When candidates may pick a time with you. Nothing can be booked twice."
    back = ("Settings", routes.SETTINGS)
    return frame("settings", head("Your hours", facts, back=back), loaded(HoursState, _body()), narrow=True)


def _body() -> rx.Component:
    state = HoursState
    return rx.el.div(
        rx.cond(state.first, notice("info", "Nothing is kept yet. These are usual hours: change them, then save.")),
        section("Week", _week(), note="Times as 09:00–12:00, several with commas. Empty: none."),
        section("How and where", _rest()),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        rx.el.div(
            button("Save", kind="primary", on_click=state.save, disabled=~state.may, id="save-hours"),
            rx.cond(state.unsaved, rx.el.span("Not saved yet.", class_name="note")),
            class_name="line section",
        ),
        rx.cond(state.next_times.length() > 0, _next()),
        class_name="stack",
    )


def _week() -> rx.Component:
    state = HoursState
    return rx.el.div(
        field(
            "Your time zone",
            choice_list("zone", state.zone, ZONES, lambda value: state.write("zone", value)),
            name="zone",
        ),
        rx.foreach(state.days, _day),
        class_name="hours-grid",
    )


def _day(day: rx.Var[DayHours]) -> rx.Component:
    name = "day-" + day.key
    return rx.el.div(
        rx.el.label(day.name, html_for=name),
        rx.debounce_input(
            rx.el.input(
                id=name,
                value=day.text,
                on_change=lambda text: HoursState.write_day(day.key, text),
                placeholder="none",
                class_name="input",
            ),
            debounce_timeout=250,
        ),
        class_name="hours-day",
    )


def _rest() -> rx.Component:
    state = HoursState
    choices = [_choice(name, words) for name, words in WORDS]
    return rx.el.div(
        rx.el.div(*choices, class_name="hours-choices"),
        field(
            "Where or how you meet",
            text_input("place", state.place, lambda text: state.write("place", text)),
            name="place",
            hint="The address of a call, a room, or “I call you”. A meeting may say otherwise.",
        ),
        field(
            "Days without meetings",
            text_area("blocked", state.blocked, lambda text: state.write("blocked", text), look="short"),
            name="blocked",
            hint="As 2026-12-24, several with commas.",
        ),
        class_name="stack",
    )


def _choice(name: str, words: str) -> rx.Component:
    value = getattr(HoursState, name)
    control = choice_list(name, value, CHOICES[name], lambda chosen: HoursState.write(name, chosen))
    return field(words, control, name=name)


def _next() -> rx.Component:
    rows = rx.foreach(HoursState.next_times, lambda words: rx.el.li(words))
    return section(
        "The first times a candidate sees", rx.el.ul(rows, class_name="note", id="next-times"), note="For 30 minutes."
    )
