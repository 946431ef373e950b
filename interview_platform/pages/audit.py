"""The audit log."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    choice_list,
    copy_button,
    dialog,
    dialog_foot,
    search_box,
)
from interview_platform.components.feedback import empty, loaded, notice
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, pager, table
from interview_platform.components.tables import head as column
from interview_platform.states.recruiter_audit import FILTERS, AuditState, EventLine


def page() -> rx.Component:
    """The whole page."""
    facts = "Who did what, when, on what and why. Entries are only ever added, and each seals the ones before it."
    return frame("audit", head("Audit log", facts, _actions()), loaded(AuditState, _body()), _event())


def _actions() -> rx.Component:
    download = rx.fragment(
        button("Download CSV", icon="download", on_click=AuditState.download("csv")),
        button("JSON lines", icon="download", on_click=AuditState.download("jsonl")),
    )
    return rx.el.div(
        rx.cond(AuditState.may_export, download),
        busy_button("Verify now", "Verifying…", AuditState.verifying, icon="shield-check", on_click=AuditState.verify),
        class_name="audit-actions",
    )


def _body() -> rx.Component:
    state = AuditState
    some = rx.fragment(_table(), pager(state.first, state.last, state.total, state.page))
    none = rx.cond(
        state.narrowed,
        empty(
            "search-x",
            "No entry matches",
            "Try a candidate's or a job's name, a word such as “link” or “report”, an id, or a longer time.",
            button("Show everything", on_click=state.clear),
        ),
        empty("scroll-text", "Nothing has happened yet", "Everything that people and the product do appears here."),
    )
    return rx.el.div(_standing(), _tools(), rx.cond(state.lines.length() > 0, some, rx.el.div(none, class_name="rows")))


def _standing() -> rx.Component:
    """Whether the chain is whole."""
    state = AuditState
    good = notice("shield-check", state.verdict, tone="good")
    bad = notice("shield-alert", state.verdict, tone="danger", role="alert")
    unknown = notice("shield", "Not verified yet on this server. “Verify now” reads every entry and checks the chain.")
    said = rx.cond(state.verdict == "", unknown, rx.cond(state.verdict_tone == "good", good, bad))
    return rx.el.div(rx.cond(state.verifying, notice("loader-circle", "Checking every entry…"), said), id="audit-chain")


def _tools() -> rx.Component:
    state = AuditState
    auto = {"width": "auto"}
    return rx.fragment(
        rx.el.div(
            search_box("audit-search", state.search, state.find, "Name, action or id"),
            choice_list(
                "audit-person",
                state.person,
                state.people,
                state.pick_person,
                aria_label="By",
                look="compact",
                style=auto,
            ),
            choice_list(
                "audit-kind", state.kind, FILTERS, state.pick_kind, aria_label="About", look="compact", style=auto
            ),
            _day("audit-since", "From", state.since, state.pick_since),
            _day("audit-until", "to", state.until, state.pick_until),
            rx.cond(state.narrowed, button("Clear", kind="small quiet", on_click=state.clear)),
            class_name="tools",
        ),
        rx.cond(state.wrong != "", rx.el.p(state.wrong, role="alert", class_name="wrong")),
        rx.cond(
            state.together != "",
            notice("link", "Only what was done in one go. ", rx.el.span(state.total), " entries."),
        ),
    )


def _day(name: str, label: str, value: rx.Var, on_change: object) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(id=name, type="date", value=value, on_change=on_change, class_name="input compact"),
        class_name="audit-day",
    )


def _table() -> rx.Component:
    heads = [column("When"), column("What happened"), column(rx.el.span("Values", class_name="hidden-text"))]
    return table("Audit log", heads, AuditState.lines, _row)


def _row(line: rx.Var[EventLine]) -> rx.Component:
    thing = rx.cond(line.href != "", rx.el.a(line.thing, href=line.href), rx.el.span(line.thing))
    return rx.el.tr(
        cell(line.at, look="nowrap muted audit-when"),
        cell(
            rx.el.span(rx.el.b(line.who), " ", line.before, thing, line.after, class_name="audit-said"),
            rx.cond(line.why != "", rx.el.span("Because: ", line.why, class_name="cell-note audit-why")),
            look="fill",
        ),
        cell(
            button("Values", kind="small quiet", aria_label="Exact values", on_click=AuditState.show(line.key)),
            look="right nowrap",
        ),
    )


def _event() -> rx.Component:
    state = AuditState
    rows = rx.foreach(state.shown, lambda pair: rx.fragment(rx.el.dt(pair[0]), rx.el.dd(pair[1])))
    return dialog(
        state.is_open,
        state.toggle,
        state.shown_title,
        rx.el.dl(rows, class_name="facts-grid audit-facts"),
        rx.cond(state.values != "", rx.el.pre(state.values, class_name="audit-values", tab_index=0)),
        dialog_foot(
            rx.cond(
                state.shown_together != "",
                button("What was done with it", icon="link", on_click=state.show_together),
            ),
            copy_button("Copy values", state.values, kind=""),
            button("Close", on_click=state.toggle(False)),
        ),
        look="wide",
    )
