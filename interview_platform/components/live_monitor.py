"""The live monitor: running interviews on the left, the one that is followed on the right."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import busy_button, button, dialog, dialog_foot, icon_button, link_button
from interview_platform.components.feedback import badge, empty, notice
from interview_platform.components.layout import section
from interview_platform.components.ticker import ticker
from interview_platform.states.recruiter_live import MonitorLine, MonitorState, SaidLine

SECONDS = 2
REASONS = (
    ("technical", "Sound, picture or connection do not work"),
    ("requested", "The candidate asked for it"),
    ("mistake", "Wrong person, job or link"),
    ("unwell", "The candidate seems unwell or distressed"),
    ("other", "Another reason"),
)
"""Keys and words of services/live.REASONS; tests/states holds them together."""


def monitor() -> rx.Component:
    """Both parts, and the dialog that asks why an interview is to be ended."""
    state = MonitorState
    return rx.fragment(
        rx.foreach(state.parts_off, lambda words: notice("info", "Off on this installation. ", words)),
        rx.el.div(
            section("Running now", _list(), note="Looked at every two seconds."),
            rx.cond(state.watched != "", _followed(), _nobody()),
            class_name="monitor",
        ),
        ticker(seconds=SECONDS, on_tick=state.look),
        _why_end(),
    )


def _list() -> rx.Component:
    state = MonitorState
    none = empty(
        "radio",
        "No interview is running",
        "One appears here by itself as soon as a candidate begins.",
        link_button("All interviews", routes.INTERVIEWS, icon="video"),
    )
    return rx.cond(
        state.lines.length() > 0,
        rx.el.div(rx.foreach(state.lines, _line), class_name="rows", id="live-list"),
        none,
    )


def _line(line: rx.Var[MonitorLine]) -> rx.Component:
    watched = MonitorState.watched == line.key
    return rx.el.div(
        rx.el.div(
            rx.el.b(line.name),
            rx.el.span(line.job),
            rx.el.span(line.place, " · ", line.minutes, class_name="num"),
            rx.el.span(
                rx.cond(line.engine != "", line.engine, "Interviewer not known yet"),
                rx.cond(line.writing, " · last answer in writing", ""),
            ),
            rx.foreach(line.troubles, lambda words: rx.el.span(rx.icon("triangle-alert", size=13), words)),
            class_name="row-words",
        ),
        badge(line.state, line.tone),
        button(
            rx.cond(watched, "Leave", "Follow"),
            icon="radio",
            kind="small",
            on_click=MonitorState.follow(line.key),
            aria_pressed=rx.cond(watched, "true", "false"),
        ),
        class_name="row live-row",
        custom_attrs={"data-interview": line.key, "data-watched": watched},
    )


def _nobody() -> rx.Component:
    return rx.cond(
        MonitorState.lines.length() > 0,
        section(
            "Follow an interview",
            empty(
                "radio",
                "You read along, unseen",
                "The words of both sides appear as they are said. Candidates have agreed that people of your "
                "organisation may join; they are not told when. Every joining is in the audit log.",
            ),
        ),
    )


def _followed() -> rx.Component:
    state = MonitorState
    return rx.el.section(
        rx.el.div(
            rx.el.h2(state.name),
            rx.el.span(class_name="spring"),
            rx.cond(
                ~state.over,
                busy_button(
                    "End interview", "Ending…", state.ending, icon="circle-x", kind="small danger",
                    on_click=state.ask_end(True), id="end-interview",
                ),
            ),
            icon_button("x", "Stop following", on_click=state.follow(state.watched)),
            class_name="section-head",
        ),
        rx.el.p(
            "You follow in words; sound and picture come with the recording. The candidate does not see you.",
            class_name="note",
        ),
        rx.cond(
            state.over,
            notice(
                "info",
                "The interview is over. ",
                rx.el.a("Open its report", href=f"{routes.REPORTS}/" + state.watched, class_name="link"),
                ": it is ready within seconds.",
            ),
            _why(),
        ),
        _words(),
        class_name="section followed",
        id="followed",
    )  # fmt: skip


def _why() -> rx.Component:
    why = MonitorState.why
    return rx.cond(
        why.because != "",
        rx.el.p(rx.el.span("Why this question: ", class_name="strong"), why.because, class_name="note", id="live-why"),
    )


def _words() -> rx.Component:
    state = MonitorState
    return rx.el.div(
        rx.el.ol(
            rx.foreach(state.said, _said),
            rx.cond(
                state.words != "",
                rx.el.li(
                    rx.el.span("now", class_name="num note"),
                    rx.el.div(rx.el.span("Candidate, speaking", class_name="note"), rx.el.p(state.words)),
                    class_name="candidate now",
                ),
            ),
            aria_label="What is said",
        ),
        class_name="live-words",
        role="log",
        aria_live="off",
        tab_index=0,
        id="live-words",
    )


def _said(line: rx.Var[SaidLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(line.clock, class_name="num note"),
        rx.el.div(rx.el.span(line.who, class_name="note"), rx.el.p(line.text)),
        class_name=line.speaker,
        key=line.key,
    )


def _why_end() -> rx.Component:
    state = MonitorState
    choices = [
        rx.el.label(
            rx.el.input(
                type="radio", name="end-reason", id=f"end-{key}", checked=state.reason == key,
                on_change=lambda _, key=key: state.pick_reason(key),
            ),
            rx.el.span(words),
            class_name="choice",
        )
        for key, words in REASONS
    ]  # fmt: skip
    return dialog(
        state.ask_open,
        state.ask_end,
        "End the interview with " + state.name + "?",
        rx.el.p(
            "The interviewer says goodbye and the candidate reads, kindly, that a person ended it and that this is no "
            "judgement of the answers. What was said is kept and reported. It cannot be started again.",
            class_name="muted",
        ),
        rx.el.fieldset(rx.el.legend("Why?"), *choices, class_name="choices"),
        rx.el.p("The reason is kept in the audit log. The candidate does not see it.", class_name="note"),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Keep it going", on_click=state.ask_end(False)),
            button("End interview", kind="danger", on_click=state.end, disabled=state.reason == "", id="end-now"),
        ),
    )
