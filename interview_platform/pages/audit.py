"""The audit log."""

import reflex as rx

from interview_platform.components.controls import button, search_box
from interview_platform.components.feedback import empty, loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, table
from interview_platform.components.tables import head as column
from interview_platform.states.recruiter_audit import AuditState, EventLine


def page() -> rx.Component:
    """The whole page."""
    facts = "What was done, by whom, when. Entries are only ever added."
    return frame("audit", head("Audit log", facts), loaded(AuditState, _body()))


def _body() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            search_box("audit-search", AuditState.search, AuditState.find, "Action, id or person"), class_name="tools"
        ),
        rx.cond(
            AuditState.lines.length() > 0,
            _table(),
            empty("search-x", "No entry matches", "Try another word: an action such as “invite”, an id, or a name."),
        ),
        rx.cond(
            AuditState.more, rx.el.div(button("Show older entries", on_click=AuditState.show_more), class_name="pager")
        ),
    )


def _table() -> rx.Component:
    narrow = "hide-narrow"
    heads = [column("When"), column("Who"), column("What"), column("On", narrow), column("Values", narrow)]
    return table("Audit log", heads, AuditState.lines, _row)


def _row(line: rx.Var[EventLine]) -> rx.Component:
    return rx.el.tr(
        cell(line.at, look="nowrap muted"),
        cell(line.who, look="nowrap"),
        cell(line.action, look="strong nowrap"),
        cell(rx.el.span(line.subject, class_name="mono cell-note"), look="hide-narrow"),
        cell(
            rx.el.span(line.detail, title=line.detail, class_name="mono cell-note"),
            look="hide-narrow fill",
        ),
    )
