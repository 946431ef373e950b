"""All reports."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.charts import level_bar
from interview_platform.components.controls import link_button, search_box
from interview_platform.components.feedback import badge, empty, loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.tables import cell, named, pager, table
from interview_platform.components.tables import head as column
from interview_platform.states.recruiter_reports import ReportLine, ReportsState


def page() -> rx.Component:
    """The whole page."""
    facts = "Levels come from the candidate's own words; you decide."
    return frame("reports", head("Reports", facts), loaded(ReportsState, _body()))


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
        cell(named(line.name, line.job, line.href), look="fill"),
        cell(rx.cond(line.steps > 0, overall, rx.el.span(line.overall, class_name="note nowrap"))),
        cell(line.coverage, look="right hide-narrow"),
        cell(line.recommendation, look="nowrap hide-narrow"),
        cell(badge(line.status, line.tone), look="hide-narrow"),
        cell(badge(line.decision, line.decision_tone)),
        cell(line.when, look="right nowrap muted hide-narrow"),
    )
