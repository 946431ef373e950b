"""The candidate's page of a meeting: one calm column, the times as buttons, one main action."""

import reflex as rx

from interview_platform.components.candidate_layout import fact, heading, primary, quiet
from interview_platform.components.controls import choice_list, text_area
from interview_platform.components.meeting_frame import calendars
from interview_platform.states.meeting import ZONES, MeetingState
from interview_platform.states.meeting_lines import DayLine, SlotLine


def picking() -> rx.Component:
    """The times, and what to do when none suits."""
    state = MeetingState
    return rx.el.section(
        heading(
            rx.cond(state.booked, "Pick another time", "Pick a time that suits you"),
            rx.fragment(
                state.minutes, " minutes with ", rx.el.strong(state.host), " about ", rx.el.strong(state.job), "."
            ),
        ),
        rx.cond(state.booked, rx.el.p("Until you confirm another one, ", rx.el.strong(state.when), " stays yours.")),
        rx.cond(state.note != "", rx.el.blockquote(state.note, class_name="meet-note")),
        _zone(),
        _wrong(),
        rx.cond(state.looking & (state.days.length() == 0), _searching(), rx.cond(state.looked, _times())),
        _confirm(),
        _none_suits(),
        class_name="cand-screen",
    )


def _zone() -> rx.Component:
    state = MeetingState
    return rx.el.div(
        rx.el.label("Times are shown for", html_for="zone"),
        choice_list("zone", state.zone, ZONES, state.pick_zone),
        class_name="meet-zone",
    )


def _searching() -> rx.Component:
    bars = [rx.el.div(class_name="cand-skeleton wide", aria_hidden="true") for _ in range(4)]
    return rx.el.div(rx.el.p("Looking for free times…", role="status", class_name="cand-note"), *bars)


def _times() -> rx.Component:
    state = MeetingState
    pages = rx.el.div(
        rx.el.button(
            "Earlier days", type="button", on_click=state.turn(-1), disabled=~state.earlier, class_name="cand-small"
        ),
        rx.el.button(
            "Later days",
            type="button",
            on_click=state.turn(1),
            disabled=~state.later,
            id="later",
            class_name="cand-small",
        ),
        class_name="meet-pages",
    )
    return rx.cond(
        state.days.length() > 0,
        rx.el.div(rx.foreach(state.days, _day), rx.cond(state.earlier | state.later, pages), class_name="meet-days"),
        rx.cond(state.wrong == "", _no_times()),
    )


def _no_times() -> rx.Component:
    return rx.el.div(
        rx.icon("calendar-x-2", size=28),
        rx.el.h2("No times are free just now", class_name="cand-subtitle"),
        rx.el.p("Say below what would suit you; ", MeetingState.host, " gets it by e-mail and opens more times."),
        class_name="meet-empty",
        id="no-times",
    )


def _day(day: rx.Var[DayLine]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(day.name, class_name="meet-day"),
        rx.el.div(rx.foreach(day.slots, _slot), role="group", aria_label=day.name, class_name="meet-slots"),
    )


def _slot(slot: rx.Var[SlotLine]) -> rx.Component:
    return rx.el.button(
        slot.words,
        type="button",
        aria_pressed=rx.cond(MeetingState.chosen == slot.key, "true", "false"),
        on_click=MeetingState.choose(slot.key),
        class_name="meet-slot",
    )


def _confirm() -> rx.Component:
    state = MeetingState
    chosen = rx.el.div(
        rx.el.p(state.chosen_words, class_name="meet-chosen", role="status"),
        primary(
            rx.cond(state.busy, "Booking…", "Confirm this time"),
            on_click=state.confirm,
            disabled=state.busy,
            name="confirm",
        ),
        class_name="meet-confirm",
    )
    back = rx.cond(state.booked, quiet("Keep the booked time", on_click=state.keep, name="keep"))
    return rx.fragment(rx.cond(state.chosen != "", chosen), back)


def _wrong() -> rx.Component:
    state = MeetingState
    elsewhere = rx.el.p(
        "You can also book on Calendly’s page; it shows here by itself. ",
        rx.el.a("Pick a time at Calendly", href=state.outside, target="_blank", rel="noopener noreferrer"),
    )
    again = rx.el.button(
        "Look again",
        type="button",
        id="look-again",
        on_click=state.look,
        disabled=state.looking,
        class_name="cand-small",
    )
    return rx.cond(
        state.wrong != "",
        rx.el.div(
            rx.icon("circle-alert", size=20),
            rx.el.div(rx.el.p(state.wrong), rx.cond(state.outside != "", elsewhere), rx.cond(state.not_found, again)),
            role="alert",
            class_name="meet-wrong",
        ),
    )


def _none_suits() -> rx.Component:
    state = MeetingState
    form = rx.el.div(
        rx.el.label("What would suit you?", html_for="wish"),
        text_area(
            "wish", state.wish, lambda text: state.write("wish", text), placeholder="Days and times, and your time zone"
        ),
        rx.cond(state.wish_wrong != "", rx.el.p(state.wish_wrong, role="alert", class_name="meet-bad")),
        rx.el.button("Send", type="button", id="send-wish", on_click=state.send_wish, class_name="cand-small"),
        class_name="meet-form",
    )
    sent = rx.el.p(
        rx.icon("check", size=18),
        "Sent to ",
        state.host,
        ". You get an e-mail when there is news.",
        role="status",
        class_name="meet-sent",
    )
    return rx.el.details(
        rx.el.summary(rx.icon("message-circle-question", size=18), "None of these suit me"),
        rx.cond(state.wish_sent, sent, form),
        class_name="cand-help meet-none",
    )


def booked() -> rx.Component:
    """When and where, into which calendar, and the ways to change it."""
    state = MeetingState
    return rx.el.section(
        rx.el.div(rx.icon("calendar-check-2", size=40), class_name="cand-done", aria_hidden="true"),
        heading("Your time is booked", rx.el.strong(state.when, id="booked-time")),
        rx.el.ul(
            fact("clock", state.minutes, " minutes with ", state.host, "."),
            fact("map-pin", rx.cond(state.place != "", _linked(state.place), state.host + " tells you where.")),
            fact(
                "mail", "A confirmation is on its way, with the calendar entry. We remind you a day and an hour before."
            ),
            class_name="cand-facts",
        ),
        calendars(state.file_url, state.google_url, state.outlook_url),
        _zone(),
        _wrong(),
        rx.cond(
            state.cancelling,
            _cancelling(),
            rx.el.div(
                quiet("Cancel the meeting", on_click=state.ask_cancel(True), name="cancel"),
                quiet("Pick another time", on_click=state.change, name="change"),
                class_name="cand-actions",
            ),
        ),
        class_name="cand-screen",
    )


def _linked(place: rx.Var) -> rx.Component:
    link = rx.el.a(place, href=place, target="_blank", rel="noopener noreferrer")
    return rx.cond(place.startswith("https://"), link, rx.el.span(place))


def _cancelling() -> rx.Component:
    state = MeetingState
    return rx.el.div(
        rx.el.h2("Cancel this meeting?", class_name="cand-subtitle"),
        rx.el.p("It says nothing against you, and you can pick another time afterwards.", class_name="cand-lead"),
        rx.el.label("A word to ", state.host, ", if you like", html_for="why"),
        text_area("why", state.why, lambda text: state.write("why", text)),
        rx.el.div(
            quiet("Keep it", on_click=state.ask_cancel(False), name="keep-it"),
            primary("Cancel the meeting", on_click=state.cancel, disabled=state.busy, name="do-cancel"),
            class_name="cand-actions",
        ),
        class_name="meet-form",
    )


def cancelled() -> rx.Component:
    """Cancelled, or withdrawn before it had a time: another time is one press away."""
    state = MeetingState
    was = rx.cond(state.when != "", rx.fragment(" It was to be on ", state.when, "."), "")
    return rx.el.section(
        rx.el.div(rx.icon("calendar-x-2", size=40), class_name="cand-done off", aria_hidden="true"),
        heading("The meeting is cancelled", rx.fragment(state.host, " knows.", was)),
        primary("Pick another time", on_click=state.change, name="change"),
        class_name="cand-screen",
        id="cancelled",
    )


def called_off() -> rx.Component:
    """The employer called it off."""
    state = MeetingState
    return rx.el.section(
        rx.el.div(rx.icon("calendar-x-2", size=40), class_name="cand-done off", aria_hidden="true"),
        heading(
            "The meeting was called off",
            rx.fragment(
                state.organisation, " called it off. That says nothing about your application; they will write to you."
            ),
        ),
        rx.cond(state.reason != "", rx.el.blockquote(state.reason, class_name="meet-note")),
        class_name="cand-screen",
        id="off",
    )
