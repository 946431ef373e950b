"""The judge beside people: per competency, over time, and where they differ."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button, choice_list, switch
from interview_platform.components.feedback import loaded
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_calibration import ALL, AgreementLine, CalibrationState, CountLine

HEADS = ("Pairs", "Same level", "At most one apart", "Judge − people", "Weighted kappa")
"""Columns of agreement; the first holds names, the last differs."""


def page() -> rx.Component:
    """The whole page."""
    facts = "How far the judge and your people agree. Only ratings given before the judge’s levels were seen count."
    actions = button("Export cases", icon="file-down", on_click=CalibrationState.download, id="export-cases")
    return frame(
        "reports",
        head("Calibration", facts, actions, back=("Reports", routes.REPORTS)),
        loaded(CalibrationState, _body()),
    )


def _body() -> rx.Component:
    state = CalibrationState
    return rx.fragment(
        rx.el.div(
            choice_list("calibration-job", state.job, state.jobs, state.pick, aria_label="Job", look="compact"),
            class_name="tools",
        ),
        rx.cond(
            state.job != ALL,
            rx.el.div(
                switch(
                    "blind-first",
                    state.blind,
                    state.flip_blind,
                    "People rate first",
                    "In this job, levels open to a person after her own. Without it, agreement cannot be measured.",
                ),
                class_name="rows",
            ),
        ),
        section(
            "By competency",
            _table(
                "By competency", "Changed by people", rx.fragment(_line(state.overall), rx.foreach(state.lines, _line))
            ),
            note="Kappa: 1 the same, 0 as by chance; two people reach about 0.6.",
        ),
        section(
            "Over time",
            _table("Over time", "Mean level, reports", rx.foreach(state.months, _line)),
            note="A drifting mean with the same candidates is a drifting judge.",
        ),
        section("Most changed questions", _list(state.questions, "Nobody has changed a level yet.")),
        section(
            "The present judge on what people said",
            _list(state.runs, "Not replayed yet. Run: python -m interview_platform evaluate feedback"),
            note="Every flag, other level, rating and correction is a case.",
        ),
        rx.el.p(state.cases, " cases so far.", class_name="note num"),
    )


def _table(name: str, last: str, rows: rx.Component) -> rx.Component:
    heads = ("", *HEADS, last)
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*[rx.el.th(words, scope="col") for words in heads])),
            rx.el.tbody(rows),
            aria_label=name,
            class_name="table report-figures",
        ),
        class_name="table-wrap",
        tab_index=0,
    )


def _line(line: rx.Var[AgreementLine]) -> rx.Component:
    values = (line.pairs, line.same, line.near, line.bias, line.kappa, line.changed)
    cells = [
        rx.el.td(value, class_name="num", custom_attrs={"data-label": words})
        for words, value in zip((*HEADS, "People"), values, strict=True)
    ]
    return rx.el.tr(rx.el.th(line.name, scope="row"), *cells)


def _list(held: rx.Var[list[CountLine]], none: str) -> rx.Component:
    def line(one: rx.Var[CountLine]) -> rx.Component:
        return rx.el.div(rx.el.div(rx.el.b(one.name), rx.el.span(one.words), class_name="row-words"), class_name="row")

    rows = rx.el.div(rx.foreach(held, line), class_name="rows")
    return rx.cond(held.length() > 0, rows, rx.el.p(none, class_name="note"))
