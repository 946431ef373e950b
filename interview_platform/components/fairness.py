"""Parts of the fairness page: a table of rates with their intervals drawn, a flag with its next step, the course."""

import reflex as rx

from interview_platform.components.feedback import badge
from interview_platform.components.layout import section
from interview_platform.components.tables import cell
from interview_platform.components.tables import head as column
from interview_platform.states.fairness import FairnessState
from interview_platform.states.fairness_lines import FlagLine, RatePart, RateRow, RateTable


def part(held: rx.Var[RatePart]) -> rx.Component:
    """One stage, question or quarter: what is counted, and the table that is asked for, or why there is none."""
    return section(
        held.title,
        rx.el.p(held.about, class_name="note"),
        rx.cond(held.note != "", rx.el.p(rx.icon("info", size=16), held.note, class_name="fair-note")),
        rx.foreach(held.tables, _chosen),
    )


def _chosen(table: rx.Var[RateTable]) -> rx.Component:
    """By what is chosen above; the tables on adjustments have one form only, by whether one was asked for."""
    return rx.cond((table.by == FairnessState.by) | (FairnessState.view == "adjustments"), _table(table))


def _table(table: rx.Var[RateTable]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.table(
                rx.el.caption(table.rate, class_name="hidden-text"),
                rx.el.thead(
                    rx.el.tr(
                        column("Category"),
                        column("People", "right"),
                        column(table.rate),
                        column("Impact ratio", "right"),
                        column("p", "right"),
                        column("Flag"),
                    )
                ),
                rx.el.tbody(rx.foreach(table.rows, _row)),
                class_name="table fair-table",
            ),
            class_name="table-wrap",
        ),
        rx.el.p(table.facts, class_name="note"),
        rx.cond(table.small != "", rx.el.p(table.small, class_name="note")),
        class_name="stack tight fair-block",
    )


def _row(row: rx.Var[RateRow]) -> rx.Component:
    return rx.el.tr(
        cell(rx.el.b(row.name), rx.el.span(row.meaning, class_name="cell-note"), look="fair-name"),
        cell(row.people, look="right num", label="People"),
        cell(_rate(row), label="Rate"),
        cell(
            rx.cond(row.ratio != "", row.ratio, "–"),
            rx.cond(row.ratio_around != "", rx.el.span(row.ratio_around, class_name="cell-note")),
            look="right num nowrap",
            label="Impact ratio",
        ),
        cell(rx.cond(row.p != "", row.p, "–"), look="right num nowrap", label="p"),
        cell(badge(row.flag, row.tone), look="nowrap", label="Flag"),
    )


def _rate(row: rx.Var[RateRow]) -> rx.Component:
    """The rate in numbers, and on a track from 0 to 100 %: a dot in its interval."""
    return rx.el.div(
        rx.el.span(rx.el.b(row.rate), rx.el.span(row.around, class_name="cell-note"), class_name="num"),
        rx.el.span(
            rx.el.i(class_name="fair-interval", style={"left": row.left, "width": row.width}),
            rx.el.i(class_name="fair-dot", style={"left": row.dot}),
            aria_hidden="true",
            class_name="fair-track",
        ),
        class_name="fair-rate",
    )


def flag_line(line: rx.Var[FlagLine]) -> rx.Component:
    """One flag: what, in plain words, and what to do next."""
    return rx.el.li(
        rx.el.div(rx.el.b(line.title), badge(line.flag, line.tone, "flag"), class_name="fair-flag-head"),
        rx.el.p(line.meaning),
        rx.el.p(line.next, class_name="note"),
    )


def maybe_line(line: rx.Var[FlagLine]) -> rx.Component:
    """A difference that may be chance: one line, without a next step of its own."""
    return rx.el.li(rx.el.b(line.title), " ", line.meaning)


def course(data: rx.Var) -> rx.Component:
    """The lowest impact ratio of each quarter in per cent, with the line of four fifths."""
    return rx.el.figure(
        rx.recharts.line_chart(
            rx.recharts.line(data_key="sex", name="Sex", stroke="var(--accent)", stroke_width=2, connect_nulls=True),
            rx.recharts.line(
                data_key="race",
                name="Race and ethnicity",
                stroke="var(--info)",
                stroke_width=2,
                stroke_dasharray="6 3",
                connect_nulls=True,
            ),
            rx.recharts.reference_line(y=80, stroke="var(--attention)", stroke_dasharray="4 4"),
            rx.recharts.x_axis(data_key="name", tick_line=False, axis_line=False),
            rx.recharts.y_axis(domain=[0, 100], tick_line=False, axis_line=False, width=36),
            rx.recharts.cartesian_grid(vertical=False, stroke="var(--line)"),
            rx.recharts.legend(),
            data=data,
            width="100%",
            height=220,
            margin={"top": 8, "right": 8, "bottom": 0, "left": 0},
        ),
        rx.el.figcaption(
            "The lowest rate of each quarter, in per cent of the highest; the dashed line is four fifths.",
            class_name="note",
        ),
        class_name="fair-course",
    )
