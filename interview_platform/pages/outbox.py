"""The outbox."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    copy_button,
    dialog,
    dialog_foot,
)
from interview_platform.components.feedback import badge, empty, loaded, notice
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, searched, table
from interview_platform.components.tables import head as column
from interview_platform.states.recruiter_outbox import FILTERS, MailLine, OutboxState


def page() -> rx.Component:
    """The whole page."""
    facts = rx.cond(
        OutboxState.delivers,
        "Sent by " + OutboxState.mailer + ". A failed e-mail is kept and can be sent again.",
        "No mail server is set up: e-mails are kept here, readable, and reach nobody by themselves.",
    )
    return frame("outbox", head("Outbox", facts), loaded(OutboxState, _body()), _letter())


def _body() -> rx.Component:
    first = empty("mail", "No e-mails yet", "Invitations and decisions appear here as soon as you launch or decide.")
    state = OutboxState
    none = empty("search-x", "No e-mail matches", "Try fewer words, or another status.")
    listed = searched(state, "mail", "Search address or subject", FILTERS, _table(), none)
    return rx.cond(state.any_mail, listed, rx.el.div(first, class_name="rows"))


def _table() -> rx.Component:
    heads = [
        column("To"),
        column("Kind", "hide-narrow"),
        column("Status"),
        column("When", "right hide-narrow"),
        column(rx.el.span("Actions", class_name="hidden-text")),
    ]
    return table("E-mails", heads, OutboxState.lines, _row)


def _row(line: rx.Var[MailLine]) -> rx.Component:
    note = rx.cond(line.error != "", line.error, line.subject)
    again = button("Try again", icon="rotate-cw", kind="small", on_click=OutboxState.retry(line.key))
    return rx.el.tr(
        cell(
            rx.el.button(line.address, type="button", on_click=OutboxState.show(line.key), class_name="cell-link"),
            rx.el.span(note, title=note, class_name="cell-note"),
            look="fill",
        ),
        cell(line.purpose, look="hide-narrow nowrap"),
        cell(badge(line.status, line.tone)),
        cell(line.when, look="right nowrap muted hide-narrow"),
        cell(rx.cond(line.tone == "danger", again), look="right nowrap"),
    )


def _letter() -> rx.Component:
    return dialog(
        OutboxState.is_open,
        OutboxState.toggle,
        OutboxState.subject,
        rx.el.dl(
            rx.el.dt("To"),
            rx.el.dd(OutboxState.to),
            rx.el.dt("Status"),
            rx.el.dd(OutboxState.facts),
            class_name="facts-grid",
        ),
        rx.cond(OutboxState.error != "", notice("circle-alert", OutboxState.error, tone="danger")),
        rx.el.div(OutboxState.text, class_name="letter", id="letter"),
        dialog_foot(
            copy_button("Copy text", OutboxState.text, kind=""),
            rx.cond(
                OutboxState.may_retry,
                busy_button(
                    "Try again",
                    "Sending…",
                    OutboxState.busy,
                    icon="rotate-cw",
                    on_click=OutboxState.retry(OutboxState.shown),
                ),
            ),
            button("Close", on_click=OutboxState.toggle(False)),
        ),
        look="wide",
    )
