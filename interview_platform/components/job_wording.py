"""The wording check under a job's description: what may shut people out, why, and neutral words by one click."""

import reflex as rx

from interview_platform.components.controls import button
from interview_platform.components.feedback import badge
from interview_platform.states.job_form_lines import MarkedPart, WordingItem
from interview_platform.states.job_reading import JobReadingState
from interview_platform.states.recruiter_job_form import JobFormState

FIRST = 5
"""Places that stand open; the rest are folded, so that the form below stays near."""


def wording_check() -> rx.Component:
    """Under the description: counts, each place with its reason and its way out, the text with marks."""
    nothing = (JobFormState.wording.length() == 0) & (JobFormState.coded.length() == 0)
    return rx.cond(
        JobFormState.description != "",
        rx.el.div(
            rx.el.div(
                rx.el.h3("Wording"),
                rx.cond(
                    nothing,
                    badge("Nothing to look at", "good", "check"),
                    rx.fragment(
                        rx.cond(
                            JobFormState.wording.length() > 0,
                            badge(_places(JobFormState.wording.length()), "attention"),
                            badge("Shuts nobody out", "good", "check"),
                        ),
                        rx.el.span(JobFormState.balance, class_name="note"),
                    ),
                ),
                class_name="wording-head",
            ),
            _undo(),
            rx.el.ul(rx.foreach(JobFormState.wording[:FIRST], _place), class_name="wording-list"),
            rx.cond(JobFormState.wording.length() > FIRST, _more()),
            rx.cond(JobFormState.coded.length() > 0, _coded()),
            rx.cond(~nothing, _in_the_text()),
            rx.cond(JobFormState.kept.length() > 0, _kept()),
            id="wording",
            class_name="whole wording",
        ),
    )


def _places(number: rx.Var) -> rx.Var:
    return rx.cond(number == 1, "1 place may shut people out", number.to_string() + " places may shut people out")


def _undo() -> rx.Component:
    return rx.cond(
        JobReadingState.undo_words != "",
        rx.el.div(
            rx.el.span(JobReadingState.undo_words, ". ", role="status", class_name="note"),
            rx.el.button(
                "Undo", type="button", id="undo-words", class_name="link", on_click=JobReadingState.undo_replacement
            ),
            class_name="line",
        ),
    )


def _place(item: rx.Var[WordingItem]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            badge(item.topic),
            rx.el.span(" ", item.before, rx.el.mark(item.words, class_name="worded out"), item.after),
            class_name="wording-sentence",
        ),
        rx.el.p(item.why, class_name="note"),
        rx.el.div(
            button(item.act, kind="small", on_click=JobReadingState.replace_words(item.key)),
            button(
                "Keep",
                kind="quiet small",
                aria_label="Keep “" + item.words + "”",
                on_click=JobReadingState.keep_words(item.words),
            ),
            class_name="line",
        ),
        class_name="wording-place",
    )


def _more() -> rx.Component:
    number = (JobFormState.wording.length() - FIRST).to_string()
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), number, " more"),
        rx.el.ul(rx.foreach(JobFormState.wording[FIRST:], _place), class_name="wording-list"),
        class_name="more",
    )


def _coded() -> rx.Component:
    def line(item: rx.Var[WordingItem]) -> rx.Component:
        return rx.el.li(
            rx.el.span(item.before, rx.el.mark(item.words, class_name="worded"), item.after, title=item.why),
            rx.el.div(
                button(item.act, kind="small", on_click=JobReadingState.replace_words(item.key)),
                button(
                    "Keep",
                    kind="quiet small",
                    aria_label="Keep “" + item.words + "”",
                    on_click=JobReadingState.keep_words(item.words),
                ),
                class_name="line",
            ),
            class_name="wording-line",
        )

    return rx.el.details(
        rx.el.summary(
            rx.icon("chevron-right", size=14), "Gender-coded words (", JobFormState.coded.length().to_string(), ")"
        ),
        rx.el.p(
            "Read as typical of men or of women. Studies found that many masculine-coded words make women apply less; "
            "one or two change nothing.",
            class_name="note",
        ),
        rx.el.ul(rx.foreach(JobFormState.coded, line), class_name="wording-list"),
        class_name="more",
    )


def _in_the_text() -> rx.Component:
    def part(held: rx.Var[MarkedPart]) -> rx.Component:
        return rx.cond(held.kind == "", rx.el.span(held.text), rx.el.mark(held.text, class_name="worded " + held.kind))

    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "Show them in the text"),
        rx.el.div(rx.foreach(JobFormState.marked, part), class_name="letter resume-text"),
        class_name="more",
    )


def _kept() -> rx.Component:
    return rx.el.div(
        rx.el.span("Kept: ", JobFormState.kept.join(", "), ". ", class_name="note"),
        rx.el.button("Show them again", type="button", class_name="link", on_click=JobReadingState.show_kept),
        class_name="line",
    )
