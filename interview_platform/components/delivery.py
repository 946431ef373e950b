"""Delivery and wording: described, never scored, and kept apart from the levels."""

import reflex as rx

from interview_platform.components.charts import line
from interview_platform.components.controls import Words
from interview_platform.components.player import seek_button
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.report_lines import MeasureLine, SeriesLine, ToneLine


def delivery() -> rx.Component:
    """Both parts."""
    return rx.fragment(
        _part(
            "Delivery: described, never scored",
            "How it sounded and looked. It depends on microphone, light, nerves and language, and counts for nothing.",
            rx.cond(
                ReportState.measures.length() > 0,
                rx.el.dl(rx.foreach(ReportState.measures, _measure), class_name="measures"),
            ),
            rx.cond(
                ReportState.series.length() > 0,
                rx.el.details(
                    rx.el.summary(rx.icon("chevron-right", size=14), "Over time"),
                    rx.el.div(rx.foreach(ReportState.series, _series), class_name="stack"),
                    class_name="more",
                ),
            ),
            rx.foreach(ReportState.not_measured, lambda words: rx.el.p(words, class_name="note")),
        ),
        _part(
            "Bias and tone",
            "Wording to look at, of the interviewer and the candidate.",
            rx.cond(
                ReportState.tone.length() > 0,
                rx.el.div(rx.foreach(ReportState.tone, _tone), class_name="stack"),
                rx.el.p("Nothing was found. That is no proof that there is nothing.", class_name="note"),
            ),
        ),
    )


def _part(title: str, note: Words, *content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, style={"fontSize": "16px", "fontWeight": "600"}),
        rx.el.p(note, class_name="note", style={"marginBottom": "16px"}),
        rx.el.div(*content, class_name="stack"),
        class_name="apart",
    )


def _measure(held: rx.Var[MeasureLine]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(rx.el.span(held.source, " · ", held.label)),
        rx.el.dd(rx.el.b(held.value), rx.cond(held.note != "", rx.el.span(held.note))),
        class_name="measure",
    )


def _series(held: rx.Var[SeriesLine]) -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(held.label, rx.cond(held.note != "", rx.fragment(": ", held.note), ""), class_name="note"),
        line(held.points),
    )


def _tone(held: rx.Var[ToneLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(held.who, " · ", held.kind, class_name="note"),
        rx.el.blockquote(seek_button(at=held.at, text=held.quote), class_name="quote"),
        rx.el.p(held.note),
        class_name="stack tight",
    )
