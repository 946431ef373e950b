"""What the candidate asked for, above the report: another look with its date, and words that were misheard."""

import reflex as rx

from interview_platform.components.controls import busy_button, button, field, text_area
from interview_platform.components.feedback import badge, notice
from interview_platform.components.player import seek_button
from interview_platform.states.recruiter_requests import ContestedLine, RequestsState

State = RequestsState
OUTCOMES = (("kept", "The result stays"), ("changed", "The result was changed"))


def report_requests() -> rx.Component:
    """Both, where there are any."""
    return rx.el.div(
        rx.cond(State.review != "", _review()),
        rx.cond(
            State.answered != "",
            notice(
                "user-check",
                rx.el.b("Another look was asked for, and answered on ", State.answered, ". "),
                rx.el.p(State.answered_text, class_name="note"),
            ),
        ),
        rx.cond(State.contested.length() > 0, _contested()),
        on_mount=State.load,
        class_name="stack",
        id="requests",
    )


def _review() -> rx.Component:
    choices = [
        rx.el.button(
            words,
            type="button",
            role="radio",
            id=f"outcome-{key}",
            aria_checked=rx.cond(State.outcome == key, "true", "false"),
            on_click=State.pick(key),
            class_name="choice",
        )
        for key, words in OUTCOMES
    ]
    return notice(
        "user-search",
        rx.el.div(
            rx.el.b("The candidate asks that a person looks again"),
            badge(
                rx.cond(State.overdue, "Was due ", "Answer by ") + State.review_due,
                rx.cond(State.overdue, "danger", "attention"),
            ),
            class_name="line",
        ),
        rx.cond(State.review_text != "", rx.el.blockquote(State.review_text, class_name="quote")),
        rx.el.p(
            "Look at the recording and the answers yourself; change a level below if you come to another. Then answer.",
            class_name="note",
        ),
        rx.el.div(*choices, role="radiogroup", aria_label="What your look led to", class_name="choices"),
        field(
            "Answer",
            text_area("review-answer", State.answer, State.write, look="short"),
            name="review-answer",
            hint="The candidate reads it, by e-mail and on the own page.",
            wrong=State.wrong,
        ),
        rx.el.div(button("Answer", icon="send", kind="primary small", on_click=State.send, id="send-review")),
        tone="attention",
    )


def _contested() -> rx.Component:
    return notice(
        "ear",
        rx.el.b("“This is not what I said”"),
        rx.el.p("Listen to each part. Nothing changes until you take it.", class_name="note"),
        rx.foreach(State.contested, _line),
        tone="attention",
    )


def _line(line: rx.Var[ContestedLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.span("Heard: ", class_name="note"), seek_button(at=line.at, text=line.heard)),
        rx.el.p("The candidate says: ", rx.el.b("“", line.says, "”")),
        rx.el.div(
            busy_button(
                "Take it", "Correcting…", State.busy, icon="check", kind="small", on_click=State.take(line.request)
            ),
            button("Keep what was heard", kind="small quiet", on_click=State.start_decline(line.request)),
            class_name="line",
        ),
        rx.cond(
            State.declining == line.request,
            rx.el.div(
                field(
                    "What you heard",
                    text_area("decline-text", State.decline_text, State.write_decline, look="short"),
                    name="decline-text",
                    hint="The candidate reads it.",
                ),
                button("Send", kind="small primary", on_click=State.decline, id="send-decline"),
            ),
        ),
        class_name="stack tight",
    )
