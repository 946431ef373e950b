"""The interviews page's upper part: what runs now, why it asks what it asks, and what waits for a person."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.asked import asked_rows
from interview_platform.components.controls import button, link_button
from interview_platform.components.feedback import badge
from interview_platform.components.layout import section
from interview_platform.components.ticker import ticker
from interview_platform.states.recruiter_trace import LiveState
from interview_platform.states.trace_lines import LiveLine

SECONDS = 3


def live_now() -> rx.Component:
    """Both parts; nothing where nothing runs and nothing waits."""
    return rx.fragment(
        rx.cond(LiveState.running.length() > 0, _running()),
        rx.cond(
            LiveState.asked.length() > 0,
            section(
                "Candidates asked",
                asked_rows(LiveState.asked, LiveState.tick, with_candidate=True),
                note="No source could answer it, or it needs a person.",
            ),
        ),
    )


def _running() -> rx.Component:
    return section(
        "Running now",
        rx.el.div(rx.foreach(LiveState.running, _line), class_name="rows", id="running"),
        rx.cond(LiveState.watched.key != "", ticker(seconds=SECONDS, on_tick=LiveState.again)),
        note="The question and why it is asked; the answers come with the report.",
    )


def _line(line: rx.Var[LiveLine]) -> rx.Component:
    watched = LiveState.watched.key == line.key
    return rx.fragment(
        rx.el.div(
            rx.el.div(rx.el.b(line.name), rx.el.span(line.facts), class_name="row-words"),
            rx.cond(
                line.over,
                badge("Ended", "good"),
                link_button("Follow live", f"{routes.LIVE}?interview=" + line.key, icon="radio", kind="small"),
            ),
            button(
                rx.cond(watched, "Close", "Why this question"),
                icon="route",
                kind="small",
                on_click=LiveState.watch(line.key),
                aria_expanded=rx.cond(watched, "true", "false"),
            ),
            class_name="row asked-row",
        ),
        rx.cond(watched, _why()),
    )


def _why() -> rx.Component:
    held = LiveState.watched
    asked = rx.fragment(
        rx.el.p(held.title, rx.cond(held.decision != "", rx.fragment(" · ", held.decision), ""), class_name="note"),
        rx.el.h3(held.said),
        rx.cond(held.question != "", rx.el.p("On the planned question: “", held.question, "”", class_name="note")),
        rx.el.p(rx.el.span("Why: ", class_name="strong"), held.because),
        rx.cond(
            held.points.length() > 0,
            rx.el.details(
                rx.el.summary(rx.icon("chevron-right", size=14), "What a good answer covers"),
                rx.el.ul(rx.foreach(held.points, rx.el.li)),
                class_name="more",
            ),
        ),
    )
    return rx.el.div(
        rx.cond(
            held.over,
            rx.el.p("The interview is over. Its report follows within seconds, under Reports."),
            rx.cond(held.said != "", asked, rx.el.p("The first question has not been asked yet.")),
        ),
        class_name="live-now",
        aria_live="polite",
        id="live-now",
    )
