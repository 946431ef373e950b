"""A job's pool: upload, search, table, what is chosen."""

import reflex as rx

from interview_platform.components.charts import match_bar
from interview_platform.components.controls import button, choice_list, icon_button, search_box
from interview_platform.components.feedback import badge, empty, loaded, notice, progress
from interview_platform.components.resume_drop import resume_drop
from interview_platform.components.tables import cell, head, pager, table
from interview_platform.states.pool_lines import Dot, Failure, PoolLine
from interview_platform.states.pool_work import ENDINGS
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_launch import LaunchState
from interview_platform.states.recruiter_pool import ORDERS, PoolState


def pool() -> rx.Component:
    """The whole tab."""
    return rx.el.div(
        _drop_zone(),
        rx.cond(
            PoolState.working != "",
            rx.el.div(progress(PoolState.percent, PoolState.working), class_name="section", id="pool-progress"),
        ),
        _left_over(),
        _failures(),
        loaded(PoolState, _people()),
        _bulk(),
    )


def _drop_zone() -> rx.Component:
    return resume_drop(
        "resumes",
        PoolState.take_files,
        PoolState.sent,
        endings=list(ENDINGS),
        limit_bytes=PoolState.limit_bytes,
        taken=PoolState.taken,
        title="Add résumés",
        hint="or drop them here: PDF or Word (.docx), several at once. Damaged files are listed, the others go on.",
        icon=rx.icon("upload", size=16),
        on_refused=PoolState.turn_away,
    )


def _left_over() -> rx.Component:
    words = rx.fragment(PoolState.waiting, " files were stored but not read yet. ")
    return rx.cond(
        PoolState.waiting > 0,
        rx.el.div(
            notice("clock", words, rx.el.button("Read them now", on_click=PoolState.read_files, class_name="link")),
            class_name="section",
        ),
    )


def _failures() -> rx.Component:
    return rx.cond(
        (PoolState.failures.length() > 0) | (PoolState.refused.length() > 0),
        rx.el.div(
            rx.foreach(PoolState.refused, _failure),
            rx.foreach(PoolState.failures, _failure),
            class_name="rows section few",
            id="failures",
        ),
    )


def _failure(failure: rx.Var[Failure]) -> rx.Component:
    return rx.el.div(
        rx.icon("file-warning", size=18, class_name="attention"),
        rx.el.div(rx.el.b(failure.filename), rx.el.span(failure.error), class_name="row-words"),
        icon_button("x", "Take off the list", on_click=PoolState.drop_failure(failure.resume)),
        class_name="row",
    )


def _people() -> rx.Component:
    return rx.cond(
        PoolState.anyone,
        rx.el.div(
            _tools(),
            rx.cond(
                PoolState.lines.length() > 0,
                _table(),
                empty("search-x", "Nobody matches", "Try fewer words: name, e-mail, headline or a skill."),
            ),
            pager(PoolState.first, PoolState.last, PoolState.total, PoolState.page),
        ),
        rx.el.div(
            empty(
                "users",
                "No candidates yet",
                "Add résumés above. They are read here, ranked by SmartFilter, and each rank shows its reasons.",
            ),
            class_name="rows",
        ),
    )


def _tools() -> rx.Component:
    return rx.el.div(
        search_box("pool-search", PoolState.search, PoolState.find, "Search the pool"),
        choice_list(
            "pool-order",
            PoolState.order,
            ORDERS,
            PoolState.sort,
            aria_label="Order",
            look="compact",
            style={"width": "auto"},
        ),
        button("Rank again", icon="list-restart", kind="quiet", on_click=PoolState.rank, id="rank"),
        class_name="tools",
    )


def _table() -> rx.Component:
    tick_all = rx.el.input(
        type="checkbox", aria_label="Choose all on this page", on_change=PoolState.choose_page, class_name="check"
    )
    heads = [
        rx.el.th(tick_all, scope="col", class_name="tick"),
        head("#", "right hide-narrow"),
        head("Candidate"),
        head("Match"),
        head("Requirements", "hide-narrow"),
        head("Status", "hide-narrow"),
        head("Added", "right hide-narrow"),
    ]
    return rx.el.div(table("Candidates of this job", heads, PoolState.lines, _row), id="pool")


def _row(line: rx.Var[PoolLine]) -> rx.Component:
    tick = rx.el.input(
        type="checkbox",
        checked=line.chosen,
        aria_label="Choose " + line.name,
        on_change=PoolState.choose(line.application),
        class_name="check",
    )
    return rx.el.tr(
        cell(tick, look="tick"),
        cell(line.number, look="right muted hide-narrow"),
        cell(
            rx.el.button(
                line.name, type="button", on_click=CandidateState.show(line.application), class_name="cell-link"
            ),
            rx.cond(line.note != "", rx.el.span(line.note, class_name="cell-note")),
            look="person",
        ),
        cell(match_bar(line.score, line.steps)),
        cell(_dots(line), look="fill hide-narrow"),
        cell(badge(line.status, line.tone)),
        cell(line.when, look="right nowrap muted hide-narrow"),
        class_name=rx.cond(line.chosen, "chosen", ""),
    )


def _dots(line: rx.Var[PoolLine]) -> rx.Component:
    return rx.el.div(
        rx.foreach(line.dots, _dot),
        rx.cond(line.more > 0, rx.el.span("+", line.more, class_name="note")),
        class_name="needs-dots",
    )


def _dot(dot: rx.Var[Dot]) -> rx.Component:
    return rx.el.span(
        dot.skill,
        rx.el.span(": " + dot.said, class_name="hidden-text"),
        title=dot.skill + ": " + dot.said,
        class_name="dot " + dot.look,
    )


def _bulk() -> rx.Component:
    number = PoolState.chosen.length()
    words = rx.cond(number == 1, "Launch 1 interview", "Launch " + number.to_string() + " interviews")
    return rx.cond(
        number > 0,
        rx.el.div(
            rx.el.span(number, " selected", class_name="num strong", role="status"),
            rx.el.span("Esc to clear", class_name="note hide-narrow"),
            rx.el.span(class_name="spring"),
            button("Clear", kind="quiet", on_click=PoolState.clear),
            button(words, icon="send", kind="primary", on_click=LaunchState.prepare([]), id="launch-chosen"),
            class_name="bulk",
        ),
    )
