"""A job's pool: files in, filters, table, what is chosen."""

import reflex as rx

from interview_platform.components.charts import match_bar
from interview_platform.components.controls import button
from interview_platform.components.feedback import badge, empty, loaded
from interview_platform.components.pool_filters import filters, pages, rank_button
from interview_platform.components.pool_intake import intake, rank_notice
from interview_platform.components.pool_saved import saved_views
from interview_platform.components.pool_second import look_switch, second_look
from interview_platform.components.pool_weights import weights
from interview_platform.components.tables import cell, head, table
from interview_platform.states.pool_lines import Dot, Mark, PoolLine
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_launch import LaunchState
from interview_platform.states.recruiter_pool import PoolState


def pool() -> rx.Component:
    """The whole tab."""
    return rx.el.div(intake(), loaded(PoolState, _people()), _bulk())


def _people() -> rx.Component:
    return rx.cond(
        PoolState.everyone > 0,
        rx.el.div(
            rank_notice(PoolState.rank_why, PoolState.rank_problem, rank_button("Rank again", "small")),
            saved_views(),
            filters(),
            weights(),
            second_look(),
            look_switch(),
            _all_that_match(),
            rx.cond(
                PoolState.lines.length() > 0,
                _table(),
                rx.el.div(
                    empty(
                        "search-x",
                        "Nobody matches",
                        "Words are looked for in names, e-mail, headlines, files and skills. Nobody was removed.",
                        button("Clear filters", on_click=PoolState.clear_filters),
                    ),
                    class_name="rows",
                ),
            ),
            pages(),
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


def _all_that_match() -> rx.Component:
    """The page is ticked: offer the rest of what was found."""
    return rx.cond(
        PoolState.more_match,
        rx.el.div(
            rx.el.span("All on this page are chosen. ", class_name="muted"),
            rx.el.button(
                "Choose all ",
                PoolState.found_words,
                " that match",
                type="button",
                on_click=PoolState.choose_all,
                class_name="link",
                id="choose-all",
            ),
            class_name="section",
            style={"marginBottom": "12px"},
        ),
    )


def _table() -> rx.Component:
    tick_all = rx.el.input(
        type="checkbox",
        checked=PoolState.all_here,
        aria_label="Choose all on this page",
        on_change=PoolState.choose_page,
        class_name="check",
    )
    heads = [
        rx.el.th(tick_all, scope="col", class_name="tick"),
        _if("number", head("#", "right hide-narrow")),
        head("Candidate"),
        _if("match", head("Match")),
        _if("requirements", head("Requirements", "hide-narrow")),
        _if("status", head("Status", "hide-narrow")),
        _if("added", head("Added", "right hide-narrow")),
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
        _if("number", cell(line.number, look="right muted hide-narrow")),
        cell(_person(line), look="person"),
        _if("match", _match(line)),
        _if("requirements", cell(_dots(line), look="fill hide-narrow")),
        _if("status", cell(badge(line.status, line.tone))),
        _if("added", cell(line.when, look="right nowrap muted hide-narrow")),
        class_name=rx.cond(line.chosen, "chosen", ""),
    )


def _if(column: str, part: rx.Component) -> rx.Component:
    """A head or a cell of a column that can be left out."""
    return rx.cond(PoolState.columns.contains(column), part)


def _match(line: rx.Var[PoolLine]) -> rx.Component:
    return cell(
        match_bar(line.score, line.steps),
        rx.cond(line.second != "", rx.el.span(line.second, class_name="cell-note nowrap")),
    )


def _person(line: rx.Var[PoolLine]) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.button(
                line.name, type="button", on_click=CandidateState.show(line.application), class_name="cell-link"
            ),
            rx.foreach(line.marks, _mark),
            class_name="name-line",
        ),
        rx.cond(line.note != "", rx.el.span(line.note, class_name="cell-note")),
        rx.cond(line.sources != "", rx.el.span(line.sources, class_name="cell-note")),
    )


def _mark(mark: rx.Var[Mark]) -> rx.Component:
    """Something to look at first, said to everybody: an icon with its words."""
    icon = rx.match(
        mark.kind,
        ("unseen", rx.icon("eye-off", size=14)),
        ("unchecked", rx.icon("shield-question", size=14)),
        rx.icon("users", size=14),
    )
    return rx.el.span(
        icon, rx.el.span(mark.said, class_name="hidden-text"), title=mark.said, class_name="mark " + mark.kind
    )


def _dots(line: rx.Var[PoolLine]) -> rx.Component:
    return rx.el.div(
        rx.foreach(line.dots, _dot),
        rx.cond(line.more > 0, rx.el.span("+", line.more, class_name="note")),
        rx.foreach(line.conditions, lambda words: rx.el.span(words, class_name="condition")),
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
