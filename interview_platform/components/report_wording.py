"""Bias and tone of what was written, the counterfactual check, and events to review."""

import reflex as rx

from interview_platform.components.layout import section
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.report_people import WordingLine


def wording() -> rx.Component:
    """Bias and tone of what was written, the counterfactual check, and events to review."""
    state = ReportState
    found = rx.cond(
        state.wording.length() > 0,
        rx.foreach(state.wording, _wording),
        rx.el.p("Nothing was found in the report's own words or in your colleagues' notes.", class_name="note"),
    )
    return rx.fragment(
        section("Wording of report and notes", found, note="Advice beside the sentence; nothing is changed."),
        rx.cond(state.fairness != "", section("Swapped names, pronouns, schools, places", rx.el.p(state.fairness))),
        rx.cond(
            state.events.length() > 0,
            section(
                "Events to review",
                rx.el.ul(rx.foreach(state.events, lambda words: rx.el.li(words)), class_name="shared-list"),
                note="Never a score. None shows dishonesty by itself.",
            ),
        ),
    )


def _wording(held: rx.Var[WordingLine]) -> rx.Component:
    return rx.el.div(
        rx.el.p(held.where, class_name="note"),
        rx.el.blockquote(held.sentence, class_name="quote"),
        rx.el.p(held.why),
        rx.cond(held.instead != "", rx.el.p("Better: ", held.instead, class_name="strong")),
        class_name="person-note",
    )
