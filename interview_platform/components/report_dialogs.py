"""What a person does with a report: change a level, decide."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    dialog,
    dialog_foot,
    field,
    switch,
    text_area,
    text_input,
)
from interview_platform.components.feedback import notice
from interview_platform.states.recruiter_decide import DecideState
from interview_platform.states.recruiter_report import ReportState

LEVELS = (("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("none", "Not assessed"))
DECISIONS = (
    ("next_step", "Next step", "Go on with this candidate: a conversation with the team."),
    ("follow_up", "Follow up", "A few more questions before deciding."),
    ("reject", "Reject", "Not for this position. The letter says how to ask for another look."),
)


def override_dialog() -> rx.Component:
    """Another level, with its reason."""
    state = ReportState
    return dialog(
        state.override_open,
        state.toggle_override,
        "Another level for " + state.override_name,
        rx.el.p("The judge's level (", state.override_machine, ") is kept and shown beside yours.", class_name="muted"),
        rx.el.div(
            *[
                _choice(said, state.override_level == key, state.pick_level(key), f"level-{key}")
                for key, said in LEVELS
            ],
            role="radiogroup",
            aria_label="Level",
            class_name="levels",
        ),
        field(
            "Reason",
            text_area(
                "override-reason", state.override_reason, state.write_reason, placeholder="What in the answers shows it"
            ),
            name="override-reason",
            wrong=state.wrong,
            hint="Needed. It stands in the report and the audit log.",
        ),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle_override(False)),
            button("Change level", icon="check", kind="primary", on_click=state.override, id="save-override"),
        ),
    )


def decide_dialog() -> rx.Component:
    """What comes next, a note for the team, the letter."""
    state = DecideState
    choices = [
        _choice(rx.el.span(rx.el.b(words), rx.el.span(text)), state.decision == key, state.pick(key), f"decision-{key}")
        for key, words, text in DECISIONS
    ]
    return dialog(
        state.is_open,
        state.toggle,
        "Decide on " + state.name,
        rx.el.div(*choices, role="radiogroup", aria_label="Decision", class_name="choices"),
        field(
            "Note for the team",
            text_area("decision-note", state.note, lambda text: state.write("note", text), look="short"),
            name="decision-note",
            hint="The candidate does not see it.",
        ),
        rx.cond(state.decision != "", _letter()),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            busy_button(
                rx.cond(state.with_mail, "Decide and send e-mail", "Decide without e-mail"),
                "Deciding…",
                state.busy,
                icon="gavel",
                on_click=state.decide,
                id="save-decision",
            ),
        ),
        look="wide",
    )


def undo_bar() -> rx.Component:
    """After deciding: what was decided, and the seconds in which it can be taken back."""
    state = DecideState
    waits = rx.cond(state.with_mail, "The e-mail goes in ", "Final in ")
    return rx.cond(
        state.left > 0,
        rx.el.div(
            rx.el.span(state.decided, role="status"),
            rx.el.span(waits, state.left, " s", class_name="note num", aria_live="off"),
            button("Undo", icon="undo-2", kind="primary small", on_click=state.undo, id="undo-decision"),
            rx.cond(state.with_mail, button("Send now", kind="quiet small", on_click=state.go, id="send-now")),
            class_name="chosen-bar",
        ),
    )


def _letter() -> rx.Component:
    state = DecideState
    return rx.fragment(
        rx.el.div(
            switch("with-mail", state.with_mail, state.switch_mail, "Send this e-mail", "Read it and change it first."),
            class_name="rows",
        ),
        rx.cond(
            state.with_mail,
            rx.fragment(
                rx.cond(
                    state.address != "",
                    rx.el.p("To ", state.address, class_name="note"),
                    notice("mail-warning", "There is no e-mail address: the text is kept in the outbox to be copied."),
                ),
                field(
                    "Subject",
                    text_input("mail-subject", state.subject, lambda text: state.write("subject", text)),
                    name="mail-subject",
                ),
                field(
                    "Text",
                    text_area("mail-text", state.text, lambda text: state.write("text", text), look="tall"),
                    name="mail-text",
                ),
            ),
        ),
    )


def _choice(words: str | rx.Component, chosen: rx.Var, on_click: object, name: str) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        role="radio",
        id=name,
        aria_checked=rx.cond(chosen, "true", "false"),
        on_click=on_click,
        class_name="choice",
    )
