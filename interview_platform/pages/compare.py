"""Two to five people side by side on the same questions."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.charts import level_bar
from interview_platform.components.feedback import badge, loaded
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_compare import AnswerRow, CompareState, LevelRow, PersonColumn


def page() -> rx.Component:
    """The whole page."""
    facts = "The same questions, side by side. In the order you chose them; nobody is ranked."
    return frame("reports", head("Compare", facts, back=("Reports", routes.REPORTS)), loaded(CompareState, _body()))


def _body() -> rx.Component:
    state = CompareState
    return rx.fragment(
        rx.el.p(state.job, class_name="note"),
        section("Overall", _table("Overall", rx.fragment(_overall(), _recommendation(), _warnings()))),
        section(
            "Levels",
            _table("Levels", rx.foreach(state.levels, _levels)),
            note="From what was said. “Not assessed” is no low level.",
        ),
        section("Answers", _table("Answers", rx.foreach(state.answers, _answers))),
    )


def _table(name: str, rows: rx.Component) -> rx.Component:
    heads = rx.foreach(CompareState.people, lambda one: rx.el.th(rx.el.a(one.name, href=one.href), scope="col"))
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.el.th(rx.el.span("What", class_name="hidden-text"), scope="col"), heads)),
            rx.el.tbody(rows),
            aria_label=name,
            class_name="table compare",
        ),
        class_name="table-wrap",
        tab_index=0,
    )


def _row(name: str | rx.Var, cell: object) -> rx.Component:
    return rx.el.tr(rx.el.th(name, scope="row"), rx.foreach(CompareState.people, cell))


def _overall() -> rx.Component:
    def cell(one: rx.Var[PersonColumn]) -> rx.Component:
        spread = rx.cond(one.spread != "", rx.el.span(" likely ", one.spread, class_name="note"))
        more = rx.el.div(one.coverage, " assessed", class_name="note")
        return rx.el.td(rx.el.b(one.overall), spread, more, custom_attrs={"data-label": one.name})

    return _row("Overall", cell)


def _recommendation() -> rx.Component:
    return _row("Recommendation", lambda one: rx.el.td(one.recommendation, custom_attrs={"data-label": one.name}))


def _warnings() -> rx.Component:
    def cell(one: rx.Var[PersonColumn]) -> rx.Component:
        told = rx.cond(one.warning != "", badge(one.warning, "attention", "triangle-alert"), rx.el.span("Nothing"))
        return rx.el.td(told, custom_attrs={"data-label": one.name})

    return _row("To know", cell)


def _name(place: rx.Var[int]) -> dict[str, rx.Var]:
    """On a phone, where columns become lines, whose line it is."""
    return {"data-label": CompareState.people[place].name}


def _levels(row: rx.Var[LevelRow]) -> rx.Component:
    def cell(level: rx.Var[int], place: rx.Var[int]) -> rx.Component:
        words = rx.el.span(row.words[place], class_name="num")
        shown = rx.cond(level > 0, rx.el.span(level_bar(level), words, class_name="match num"), words)
        return rx.el.td(shown, custom_attrs=_name(place))

    return rx.el.tr(rx.el.th(row.name, scope="row"), rx.foreach(row.levels, cell))


def _answers(row: rx.Var[AnswerRow]) -> rx.Component:
    def cell(words: rx.Var[str], place: rx.Var[int]) -> rx.Component:
        return rx.el.td(
            rx.cond(words != "", rx.el.p(words), rx.el.span(row.notes[place], class_name="note")),
            class_name="said",
            custom_attrs=_name(place),
        )

    return rx.el.tr(rx.el.th(row.question, scope="row"), rx.foreach(row.answers, cell))
