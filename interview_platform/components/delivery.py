"""Delivery and wording: described, never scored, and kept apart from the levels."""

import reflex as rx

from interview_platform.components.charts import time_chart
from interview_platform.components.controls import Words
from interview_platform.components.player import seek_button
from interview_platform.states.recruiter_delivery import DeliveryState, Lane
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.report_lines import MeasureLine, ToneLine


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
            rx.cond(ReportState.series.length() > 0, timeline()),
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


def timeline() -> rx.Component:
    """Each measure over the interview's time with the questions' borders; a click plays the recording from there.

    Place it where the series are known to exist: it reads them when it comes onto the page.
    """
    state = DeliveryState
    return rx.el.section(
        rx.el.h3("Over the interview", class_name="strong"),
        rx.el.p("Lines show where questions began. Click a point to play the recording from there.", class_name="note"),
        rx.el.div(
            rx.foreach(
                state.sources,
                lambda pair: rx.el.button(
                    pair[1],
                    type="button",
                    role="tab",
                    id="delivery-" + pair[0],
                    aria_selected=rx.cond(state.source == pair[0], "true", "false"),
                    on_click=state.pick(pair[0]),
                    class_name="tab",
                ),
            ),
            role="tablist",
            aria_label="What was measured",
            class_name="tabs",
        ),
        rx.el.div(rx.foreach(state.lanes, _lane), class_name="lanes"),
        class_name="timeline",
        id="delivery-timeline",
        on_mount=state.load,
    )


def _lane(lane: rx.Var[Lane]) -> rx.Component:
    state = DeliveryState
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.b(lane.label),
            rx.el.span(lane.unit, class_name="note"),
            rx.el.p(lane.meaning, " ", lane.limits, class_name="note"),
        ),
        time_chart(points=lane.points, marks=state.marks, seconds=state.seconds, unit=lane.unit, label=lane.label),
        class_name="lane",
        custom_attrs={"data-measure": lane.name},
    )


def _tone(held: rx.Var[ToneLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(held.who, " · ", held.kind, class_name="note"),
        rx.el.blockquote(seek_button(at=held.at, text=held.quote), class_name="quote"),
        rx.el.p(held.note),
        class_name="stack tight",
    )
