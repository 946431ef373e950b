"""Earlier reports on the same interview: what they said, which levels differ, what changed in the rubric since."""

import reflex as rx

from interview_platform.components.layout import section
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.report_people import EarlierLine


def earlier() -> rx.Component:
    """The other reports on this interview: old scores stay beside new ones."""
    return rx.cond(
        ReportState.earlier.length() > 0,
        section(
            "Earlier reports",
            rx.el.div(rx.foreach(ReportState.earlier, _earlier), class_name="rows", id="earlier"),
            note="Kept as they were written; the newest counts.",
        ),
    )


def _earlier(held: rx.Var[EarlierLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(rx.el.b(held.when), rx.el.span(held.facts, class_name="num"), class_name="row-words"),
            rx.el.span(
                rx.cond(
                    held.levels.length() == 0,
                    "same levels",
                    rx.cond(
                        held.levels.length() == 1, "1 other level", held.levels.length().to_string() + " other levels"
                    ),
                ),
                class_name="note num",
            ),
            class_name="row",
        ),
        rx.el.ul(
            rx.foreach(held.levels, lambda words: rx.el.li(words, class_name="num")),
            rx.foreach(held.changes, lambda words: rx.el.li(words, class_name="muted")),
            class_name="rubric-changes",
        ),
        class_name="rubric-version",
    )
