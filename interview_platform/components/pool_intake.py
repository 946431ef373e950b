"""What the pool shows above its list: the place for files, the reading, what waits, what could not be read."""

import reflex as rx

from interview_platform.components.controls import button, icon_button
from interview_platform.components.feedback import progress
from interview_platform.components.resume_drop import resume_drop
from interview_platform.states.pool_intake import IntakeState
from interview_platform.states.pool_lines import Failure
from interview_platform.states.pool_work import ENDINGS


def intake() -> rx.Component:
    """Everything about files on their way in."""
    return rx.fragment(_drop_zone(), _reading(), _waiting(), _failures())


def _drop_zone() -> rx.Component:
    return resume_drop(
        "resumes",
        IntakeState.take_files,
        IntakeState.sent,
        endings=list(ENDINGS),
        limit_bytes=IntakeState.limit_bytes,
        taken=IntakeState.taken,
        moved=IntakeState.sent_percent,
        folders=True,
        title="Add résumés",
        hint="or drop files and folders here: PDF, Word, OpenDocument, RTF or text. Each file is answered by itself.",
        icon=rx.icon("upload", size=16),
        on_refused=IntakeState.turn_away,
    )


def _reading() -> rx.Component:
    """How far the reading is, and a way to stop it for now."""
    return rx.cond(
        IntakeState.reading != "",
        rx.el.div(
            rx.el.div(progress(IntakeState.percent, IntakeState.reading), class_name="grow"),
            rx.cond(
                IntakeState.paused,
                rx.el.span("Pausing after the files under way", class_name="note"),
                button("Pause", icon="pause", kind="small", on_click=IntakeState.pause, id="pause-reading"),
            ),
            class_name="reading section",
            id="pool-progress",
        ),
    )


def _waiting() -> rx.Component:
    """Files that are stored and that nobody reads: paused, or left by a process that ended."""
    one = IntakeState.waiting == 1
    words = rx.fragment(
        rx.el.b(IntakeState.waiting, rx.cond(one, " file waits", " files wait")),
        rx.cond(IntakeState.paused, " to be read. Reading is paused. ", " to be read. "),
    )
    return rx.cond(
        (IntakeState.waiting > 0) & (IntakeState.reading == ""),
        rx.el.div(
            rx.el.div(
                rx.cond(
                    IntakeState.paused,
                    rx.icon("circle-pause", size=18),
                    rx.icon("clock", size=18),
                ),
                rx.el.div(words, class_name="notice-words"),
                button("Resume", icon="play", kind="small", on_click=IntakeState.resume, id="resume-reading"),
                role="status",
                class_name="notice middle",
            ),
            class_name="section",
            id="waiting",
        ),
    )


def _failures() -> rx.Component:
    number = IntakeState.failures.length() + IntakeState.refused.length()
    return rx.cond(
        number > 0,
        rx.el.div(
            rx.el.div(
                rx.el.span(
                    rx.cond(number == 1, "1 file was not taken", number.to_string() + " files were not taken"),
                    class_name="note strong",
                ),
                rx.el.span(class_name="spring"),
                rx.cond(
                    number > 2,
                    button(
                        "Clear the list", kind="small quiet", on_click=IntakeState.drop_failures, id="clear-failures"
                    ),
                ),
                class_name="line",
            ),
            rx.el.div(
                rx.foreach(IntakeState.refused, _failure),
                rx.foreach(IntakeState.failures, _failure),
                class_name="rows few",
                tab_index=0,
                role="list",
                aria_label="Files that were not taken",
            ),
            class_name="section stack tight",
            id="failures",
        ),
    )


def _failure(failure: rx.Var[Failure]) -> rx.Component:
    return rx.el.div(
        rx.icon("file-warning", size=18, class_name="attention"),
        rx.el.div(rx.el.b(failure.filename), rx.el.span(failure.error), class_name="row-words"),
        icon_button("x", "Take off the list", on_click=IntakeState.drop_failure(failure.resume, failure.filename)),
        role="listitem",
        class_name="row",
    )


def rank_notice(why: rx.Var, problem: rx.Var, rank_button: rx.Component) -> rx.Component:
    """Why the ranking is not of today, or why there is none, with the way out."""
    wrong = problem != ""
    return rx.cond(
        (IntakeState.reading == "") & (wrong | (why != "")),
        rx.el.div(
            rx.el.div(
                rx.icon("triangle-alert", size=18),
                rx.el.div(
                    rx.cond(wrong, rx.fragment(rx.el.b("The pool could not be ranked. "), problem), why),
                    class_name="notice-words",
                ),
                rank_button,
                role="status",
                class_name=rx.cond(wrong, "notice middle attention", "notice middle"),
            ),
            class_name="section",
            id="rank-notice",
        ),
    )
