"""What candidates asked people, with the button that ticks it off: the report and the interviews page share it."""

from typing import Any

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button
from interview_platform.components.feedback import badge
from interview_platform.states.trace_lines import AskedLine


def asked_rows(held: rx.Var[list[AskedLine]], on_tick: Any, with_candidate: bool = False) -> rx.Component:
    """One row each; `on_tick` takes the row's key and whether it is done."""
    return rx.el.div(rx.foreach(held, lambda line: _row(line, on_tick, with_candidate)), class_name="rows")


def _row(line: rx.Var[AskedLine], on_tick: Any, with_candidate: bool) -> rx.Component:
    report = routes.REPORT.replace("[interview_id]", "")
    who = rx.el.span(
        rx.el.a(line.who, href=report + line.interview, class_name="link"), " · ", line.job, " · ", line.when
    )
    done = button("Done", icon="check", kind="small", on_click=on_tick(line.key, True), aria_label="Done: " + line.text)
    undo = button("Open again", icon="undo-2", kind="small quiet", on_click=on_tick(line.key, False))
    write = rx.el.a(
        rx.icon("mail", size=16),
        "Write",
        href="mailto:" + line.email,
        class_name="btn small",
        title="Write to " + line.who,
    )
    return rx.el.div(
        rx.el.div(
            rx.el.b("“", line.text, "”"), who if with_candidate else rx.el.span(line.when), class_name="row-words"
        ),
        badge(line.about, line.tone),
        rx.cond((line.email != "") & ~line.done, write),
        rx.cond(line.done, undo, done),
        class_name=rx.cond(line.done, "row asked-row done", "row asked-row"),
    )
