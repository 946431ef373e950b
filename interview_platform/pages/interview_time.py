"""Planning the interview: a time within the link's, a reminder, an entry in one's own calendar."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.candidate_layout import fact, heading, quiet
from interview_platform.components.controls import choice_list
from interview_platform.components.meeting_frame import calendars
from interview_platform.states.interview_time import InterviewTimeState
from interview_platform.states.meeting import ZONES
from interview_platform.states.meeting_lines import DayLine, SlotLine


def register(app: rx.App) -> None:
    """Add the page."""
    app.add_page(page, route=routes.INTERVIEW_TIME, title="Plan your interview", on_load=InterviewTimeState.load)


def page() -> rx.Component:
    """The screen that fits: to pick, or what was picked."""
    state = InterviewTimeState
    head = rx.el.header(
        rx.el.span(state.organisation, class_name="cand-org"),
        rx.el.span(state.job, class_name="cand-job"),
        class_name="cand-head",
    )
    steps = rx.match(state.step, ("closed", _closed()), ("pick", _pick()), ("planned", _planned()), _opening())
    main = rx.el.main(rx.el.div(steps, class_name="cand-steps"), class_name="cand-main", id="main")
    return rx.el.div(head, main, class_name="cand meet")


def _opening() -> rx.Component:
    bars = [rx.el.div(class_name=f"cand-skeleton {size}", aria_hidden="true") for size in ("wide", "half")]
    return rx.el.div(rx.el.p("Opening…", role="status", class_name="cand-lead"), *bars, class_name="cand-opening")


def _closed() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.icon("link-2-off", size=36), class_name="cand-done off", aria_hidden="true"),
        heading("There is nothing to plan", InterviewTimeState.closed_text),
        class_name="cand-screen",
        id="closed",
    )


def _pick() -> rx.Component:
    state = InterviewTimeState
    return rx.el.section(
        heading(
            "When would you like to do it?",
            rx.fragment(
                "It is your own plan: start earlier or later as you like, until ", rx.el.strong(state.until), "."
            ),
        ),
        _zone(),
        rx.cond(
            state.wrong != "",
            rx.el.p(rx.icon("circle-alert", size=20), state.wrong, role="alert", class_name="meet-wrong"),
        ),
        rx.el.div(rx.foreach(state.days, _day), class_name="meet-days"),
        rx.el.div(
            rx.el.label("Another day or time", html_for="own-time"),
            rx.el.div(
                rx.el.input(
                    type="datetime-local",
                    id="own-time",
                    value=state.typed,
                    min=state.first,
                    max=state.last,
                    on_change=state.type_time,
                    class_name="input",
                ),
                rx.el.button("Plan it", type="button", id="plan", on_click=state.keep_typed, class_name="cand-small"),
                class_name="meet-own",
            ),
            class_name="meet-form",
        ),
        rx.el.a("Start now instead", href=state.interview_url, class_name="meet-now"),
        class_name="cand-screen",
    )


def _zone() -> rx.Component:
    state = InterviewTimeState
    label = rx.el.label("Times are shown for", html_for="zone")
    return rx.el.div(label, choice_list("zone", state.zone, ZONES, state.pick_zone), class_name="meet-zone")


def _day(day: rx.Var[DayLine]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(day.name, class_name="meet-day"),
        rx.el.div(rx.foreach(day.slots, _slot), role="group", aria_label=day.name, class_name="meet-slots"),
    )


def _slot(slot: rx.Var[SlotLine]) -> rx.Component:
    state = InterviewTimeState
    return rx.el.button(
        slot.words, type="button", on_click=state.keep(slot.key), disabled=state.busy, class_name="meet-slot"
    )


def _planned() -> rx.Component:
    state = InterviewTimeState
    return rx.el.section(
        rx.el.div(rx.icon("calendar-check-2", size=40), class_name="cand-done", aria_hidden="true"),
        heading("Your plan", rx.el.strong(state.when, id="planned-time")),
        rx.el.ul(
            fact("bell", "We remind you by e-mail an hour before."),
            fact("clock", "You can start earlier, or later until ", state.until, "."),
            class_name="cand-facts",
        ),
        calendars(state.file_url, state.google_url, state.outlook_url),
        rx.el.div(
            quiet("No plan, no reminder", on_click=state.forget, name="forget"),
            quiet("Another time", on_click=state.change, name="change"),
            class_name="cand-actions",
        ),
        rx.el.a("Start now instead", href=state.interview_url, class_name="meet-now"),
        class_name="cand-screen",
    )
