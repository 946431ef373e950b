"""“Data and rights” on a candidate's page: the countdown, a copy, a legal hold, deletion."""

import reflex as rx

from interview_platform.components.controls import busy_button, button, dialog, dialog_foot, field, text_area
from interview_platform.components.feedback import notice
from interview_platform.components.layout import section
from interview_platform.states.recruiter_rights import RightsState

State = RightsState


def person_rights() -> rx.Component:
    """The part and its dialogs."""
    return rx.cond(
        State.ready,
        rx.fragment(
            section("Data and rights", rx.el.div(_until(), _asked(), _actions(), class_name="stack")),
            _hold_dialog(),
            _delete_dialog(),
        ),
    )


def _until() -> rx.Component:
    held = notice(
        "scale",
        rx.el.b("Legal hold since ", State.hold_since, ". "),
        "Nothing is deleted until an owner lifts it.",
        rx.el.p(State.hold_reason, class_name="note"),
        tone="attention",
    )
    counted = rx.el.div(
        rx.icon("calendar-clock", size=16, class_name=rx.cond(State.soon, "attention", "muted")),
        rx.el.span(
            "Deleted by itself on ",
            rx.el.b(State.until, class_name=rx.cond(State.soon, "attention", "strong")),
            ", in ",
            State.left,
        ),
        class_name="line",
        id="countdown",
    )
    return rx.cond(
        State.hold_since != "",
        held,
        rx.el.div(counted, rx.el.p(State.rule, ".", class_name="note"), class_name="stack tight"),
    )


def _asked() -> rx.Component:
    return rx.cond(State.asked != "", notice("trash-2", rx.el.b(State.asked, ". "), State.asked_why, tone="attention"))


def _actions() -> rx.Component:
    copy = rx.match(
        State.copy_state,
        ("working", rx.el.span("The copy is being made…", role="status", class_name="note")),
        ("ready", button("Download the copy", icon="download", kind="small", on_click=State.take_copy, id="take-copy")),
        button("Copy of all data", icon="package", kind="small", on_click=State.make_copy, id="make-copy"),
    )
    hold = rx.cond(
        State.hold_since == "",
        button("Legal hold", icon="scale", kind="small", on_click=State.toggle_hold(True), id="hold"),
        button("Lift the hold", icon="scale", kind="small", on_click=State.lift, id="lift-hold"),
    )
    delete = button("Delete…", icon="trash-2", kind="small danger", on_click=State.toggle_delete(True), id="erase")
    return rx.el.div(
        rx.cond(State.may_delete, copy),
        rx.cond(State.may_hold, hold),
        rx.cond(State.may_delete & (State.asked == ""), delete),
        rx.cond(State.copy_state == "failed", rx.el.p(State.copy_note, role="alert", class_name="note")),
        class_name="line",
    )


def _hold_dialog() -> rx.Component:
    return dialog(
        State.holding,
        State.toggle_hold,
        "Legal hold",
        rx.el.p(
            "Keeps this candidate's data whatever retention or the candidate asks for. The candidate reads that a "
            "legal matter holds the deletion, not which.",
            class_name="muted",
        ),
        field(
            "Reason",
            text_area("hold-reason", State.reason, State.write_reason, look="short"),
            name="hold-reason",
            wrong=State.wrong,
            hint="For your own people. It is deleted with the candidate.",
        ),
        dialog_foot(
            button("Not now", kind="quiet", on_click=State.toggle_hold(False)),
            button("Set the hold", icon="scale", kind="primary", on_click=State.hold, id="save-hold"),
        ),
    )


def _delete_dialog() -> rx.Component:
    return dialog(
        State.deleting,
        State.toggle_delete,
        "Delete this candidate everywhere",
        rx.el.p(
            "Contact, résumés, applications for all jobs, interviews, recordings, reports, notes and e-mails go, with "
            "everybody merged into this person. The candidate gets a receipt by e-mail. This cannot be undone.",
            class_name="muted",
        ),
        dialog_foot(
            button("Keep", kind="quiet", on_click=State.toggle_delete(False)),
            busy_button(
                "Delete everything",
                "Deleting…",
                State.busy,
                icon="trash-2",
                kind="danger",
                on_click=State.delete,
                id="confirm-erase",
            ),
        ),
    )
