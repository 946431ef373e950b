"""The question banks: filters, the list, and one question whole under its line."""

import reflex as rx

from interview_platform.components.controls import button, choice_list, copy_button, search_box
from interview_platform.components.feedback import empty, notice
from interview_platform.components.tables import pager
from interview_platform.states.bank_lines import FAMILIES, BankLine, BankPoint
from interview_platform.states.recruiter_bank import BankState
from interview_platform.states.words import LEVELS


def filters() -> rx.Component:
    """Search and three choices."""
    return rx.el.div(
        search_box("bank-search", BankState.search, BankState.find, "Search in all banks"),
        choice_list(
            "bank-family",
            BankState.family,
            (("", "All role families"), *FAMILIES),
            BankState.pick_family,
            aria_label="Role family",
            look="compact",
        ),
        rx.el.select(
            rx.el.option("All competencies", value=""),
            rx.foreach(BankState.competencies, lambda pair: rx.el.option(pair[1], value=pair[0])),
            id="bank-competency",
            value=BankState.competency,
            on_change=BankState.pick_competency,
            disabled=BankState.family == "",
            title=rx.cond(BankState.family == "", "Choose a role family first", ""),
            aria_label="Competency",
            class_name="input compact",
        ),
        choice_list(
            "bank-level",
            BankState.level,
            (("", "All levels"), *LEVELS),
            BankState.pick_level,
            aria_label="Level",
            look="compact",
        ),
        rx.el.span(BankState.found, role="status", class_name="note num"),
        class_name="tools bank-tools",
    )


def questions() -> rx.Component:
    """The list; one question at a time is open."""
    return rx.cond(
        BankState.lines.length() > 0,
        rx.fragment(
            rx.el.ul(rx.foreach(BankState.lines, _line), class_name="rows bank", id="bank"),
            pager(BankState.first, BankState.last, BankState.total, BankState.page),
        ),
        empty(
            "search-x",
            "No question matches",
            "Try fewer words, or a beginning: “mainten” also finds maintenance. Filters narrow the list, too.",
            button("Show all questions", icon="rotate-ccw", on_click=BankState.clear),
        ),
    )


def _line(line: rx.Var[BankLine]) -> rx.Component:
    is_open = BankState.opened.key == line.key
    return rx.el.li(
        rx.el.button(
            rx.icon("chevron-right", size=16, class_name=rx.cond(is_open, "turned", "")),
            rx.el.span(
                rx.el.b(line.text),
                rx.el.span(line.facts),
                rx.cond(line.where != "", rx.el.span("In a point: ", line.where, class_name="bank-where")),
                class_name="row-words",
            ),
            rx.el.span(line.minutes, class_name="note num nowrap hide-narrow"),
            type="button",
            aria_expanded=rx.cond(is_open, "true", "false"),
            aria_controls=rx.cond(is_open, "bank-open", ""),
            on_click=BankState.open(line.key),
            class_name="row",
        ),
        rx.cond(is_open, _whole()),
        custom_attrs={"data-question": line.key},
    )


def _whole() -> rx.Component:
    held = BankState.opened
    return rx.el.div(
        rx.el.div(
            rx.el.h3("In plainer words"),
            rx.el.p(held.plain),
            rx.el.h3("A good answer covers, and what is asked when it does not"),
            rx.el.ol(rx.foreach(held.points, _point), class_name="bank-points"),
            class_name="stack tight",
        ),
        rx.el.div(
            rx.el.h3("Levels of an answer"),
            rx.el.ol(rx.foreach(held.anchors, lambda words: rx.el.li(words)), class_name="bank-anchors num"),
            rx.el.h3(held.competency),
            rx.el.p(held.description, class_name="note"),
            class_name="stack tight",
        ),
        _take(),
        id="bank-open",
        class_name="bank-open",
    )


def _point(point: rx.Var[BankPoint]) -> rx.Component:
    return rx.el.li(rx.el.span(point.point), rx.el.span("“", point.follow_up, "”", class_name="note"))


def _take() -> rx.Component:
    """Into a job's plan, or onto the clipboard."""
    chosen = rx.fragment(
        rx.el.label("Job", html_for="bank-job"),
        choice_list("bank-job", BankState.job, BankState.jobs, BankState.pick_job, look="compact"),
        button("Add to its plan", icon="plus", kind="small primary", on_click=BankState.add, id="bank-add"),
    )
    return rx.el.div(
        rx.cond(BankState.jobs.length() > 0, chosen),
        copy_button("Copy question", BankState.opened.copied),
        rx.cond(
            BankState.added != "",
            rx.el.div(
                notice(
                    "circle-check",
                    BankState.added,
                    " ",
                    rx.el.a("Open the job", href=BankState.added_href, class_name="link"),
                    tone="good",
                ),
                class_name="whole",
            ),
        ),
        class_name="line bank-take",
    )
