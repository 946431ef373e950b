"""All reports."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.charts import level_bar
from interview_platform.components.controls import (
    button,
    dialog,
    dialog_foot,
    field,
    link_button,
    search_box,
    text_area,
)
from interview_platform.components.feedback import badge, empty, loaded, notice
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, named, pager, table
from interview_platform.components.tables import head as column
from interview_platform.states.recruiter_reports import ReportLine, ReportsState


def page() -> rx.Component:
    """The whole page."""
    facts = "Levels come from the candidate's own words; you decide."
    calibration = link_button("Calibration", routes.CALIBRATION, icon="ruler")
    return frame("reports", head("Reports", facts, calibration), loaded(ReportsState, _body()), _bulk(), _many())


def _body() -> rx.Component:
    state = ReportsState
    undecided = rx.el.label(
        rx.el.input(type="checkbox", checked=state.undecided, on_change=state.toggle_undecided, class_name="check"),
        "Only without a decision",
        class_name="line",
    )
    listed = rx.el.div(
        rx.el.div(
            search_box("report-search", state.search, state.find, "Search name or job"),
            undecided,
            class_name="tools",
        ),
        rx.cond(
            state.lines.length() > 0,
            _table(),
            empty("search-x", "No report matches", "Try fewer words, or show decided ones too."),
        ),
        pager(state.first, state.last, state.total, state.page),
    )
    first = empty(
        "file-text",
        "No reports yet",
        "A report is ready within seconds after an interview has ended: levels, quotes, recording, transcript.",
        link_button("See interviews", routes.INTERVIEWS, icon="video", kind="primary"),
    )
    return rx.cond(state.any_report, listed, rx.el.div(first, class_name="rows"))


def _table() -> rx.Component:
    heads = [
        column("Choose"),
        column("Candidate"),
        column("Overall"),
        column("Coverage", "right hide-narrow"),
        column("Recommendation", "hide-narrow"),
        column("Report", "hide-narrow"),
        column("Decision"),
        column("Ended", "right hide-narrow"),
    ]
    return table("Reports", heads, ReportsState.lines, _row)


def _row(line: rx.Var[ReportLine]) -> rx.Component:
    overall = rx.el.span(level_bar(line.steps), rx.el.span(line.overall), class_name="match num")
    return rx.el.tr(
        cell(
            rx.el.input(
                type="checkbox",
                checked=line.chosen,
                on_change=ReportsState.choose(line.key),
                aria_label="Choose " + line.name,
                class_name="check",
            )
        ),
        cell(named(line.name, line.job, line.href), look="fill"),
        cell(rx.cond(line.steps > 0, overall, rx.el.span(line.overall, class_name="note nowrap"))),
        cell(line.coverage, look="right hide-narrow"),
        cell(line.recommendation, look="nowrap hide-narrow"),
        cell(badge(line.status, line.tone), look="hide-narrow"),
        cell(badge(line.decision, line.decision_tone)),
        cell(line.when, look="right nowrap muted hide-narrow"),
    )


def _bulk() -> rx.Component:
    state = ReportsState
    few = (state.chosen.length() < 2) | (state.chosen.length() > 5)
    return rx.cond(
        state.chosen.length() > 0,
        rx.el.div(
            rx.el.span(state.chosen.length(), " chosen", class_name="num"),
            button("Compare", icon="columns-3", kind="small", on_click=state.compare, disabled=few, id="compare"),
            button("Decide", icon="gavel", kind="small", on_click=state.ask_decision(True), id="decide-many"),
            button("Clear", kind="quiet small", on_click=state.clear),
            rx.cond(few, rx.el.span("Two to five can be compared.", class_name="note")),
            role="status",
            class_name="chosen-bar",
        ),
    )


def _many() -> rx.Component:
    state = ReportsState
    options = (("next_step", "Next step"), ("follow_up", "Follow up"), ("reject", "Reject"))
    choices = [
        rx.el.button(
            words,
            type="button",
            role="radio",
            id=f"many-{key}",
            aria_checked=rx.cond(state.decision == key, "true", "false"),
            on_click=state.pick_decision(key),
            class_name="choice",
        )
        for key, words in options
    ]
    return dialog(
        state.deciding,
        state.ask_decision,
        "Decide for " + state.chosen.length().to_string() + " people",
        rx.el.div(*choices, role="radiogroup", aria_label="Decision", class_name="choices"),
        field(
            "Reason",
            text_area("many-reason", state.reason, state.write_reason, look="short"),
            name="many-reason",
            hint="Needed. It is logged for each of them; each may ask for it. No e-mail is sent from here.",
        ),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.ask_decision(False)),
            button("Decide", icon="gavel", kind="primary", on_click=state.decide, id="save-many"),
        ),
    )
