"""A switch for every single measure of delivery, with what it means and what it does not."""

import reflex as rx

from interview_platform.states.recruiter_measures import MeasuresState, SwitchLine


def single_measures() -> rx.Component:
    """All of them, folded; they are read when they come onto the page."""
    state = MeasuresState
    return rx.el.details(
        rx.el.summary(
            rx.icon("chevron-right", size=14), "Each measure by itself", rx.el.span(state.used, class_name="note")
        ),
        rx.el.p("What is off is not computed, for interviews from now on.", class_name="note"),
        rx.el.div(rx.foreach(state.lines, _line)),
        class_name="more single-measures",
        id="single-measures",
        on_mount=state.load,
    )


def _line(line: rx.Var[SwitchLine]) -> rx.Component:
    return rx.fragment(
        rx.cond(line.group != "", rx.el.h3(line.group)),
        rx.el.div(
            rx.el.div(
                rx.el.b(line.label, id="measure-" + line.name + "-label"),
                rx.el.span(line.about),
                class_name="row-words",
            ),
            rx.el.button(
                type="button",
                role="switch",
                id="measure-" + line.name,
                aria_checked=rx.cond(line.on, "true", "false"),
                aria_labelledby="measure-" + line.name + "-label",
                on_click=MeasuresState.flip(line.name),
                class_name="switch",
            ),
            class_name="row",
        ),
    )
