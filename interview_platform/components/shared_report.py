"""A report without anything to click but its own folds: what a link shows."""

import reflex as rx

from interview_platform.components.charts import level_bar
from interview_platform.components.layout import section
from interview_platform.states.report_lines import GroupCell, PointLine, ScoreLine, StatementLine
from interview_platform.states.report_people import FactLine, PlainLine
from interview_platform.states.shared import SharedState


def whole() -> rx.Component:
    """For a reader: overall, competencies with quotes, strengths, concerns, versions."""
    held = SharedState.headline
    return rx.fragment(
        rx.el.section(
            rx.el.h2("Overall"),
            rx.el.div(
                rx.el.b(held["overall"]),
                rx.cond(
                    held["interval"].to(str) != "", rx.el.span("likely ", held["interval"], class_name="muted num")
                ),
                rx.cond(held["machine"].to(str) != "", rx.el.span(held["machine"], class_name="note")),
                class_name="verdict",
            ),
            rx.el.p(held["coverage"], class_name="note"),
            rx.el.p("Recommendation: ", held["recommendation"], ". A person decides."),
            rx.el.div(rx.foreach(SharedState.groups, _group), class_name="groups"),
            class_name="section",
        ),
        section("Competencies", rx.foreach(SharedState.scores, _score), note="From what was said, never from how."),
        section("Strengths", rx.el.ul(rx.foreach(SharedState.strengths, _statement), class_name="shared-list")),
        section("Concerns", rx.el.ul(rx.foreach(SharedState.concerns, _statement), class_name="shared-list")),
        section("What made this report", rx.el.dl(rx.foreach(SharedState.made_by, _fact), class_name="facts-grid")),
    )


def plain() -> rx.Component:
    """For the candidate."""
    return rx.fragment(
        section("How this was made", rx.el.p(SharedState.how)),
        section(
            "What we asked",
            rx.el.ul(rx.foreach(SharedState.questions, lambda words: rx.el.li(words)), class_name="shared-list"),
        ),
        section("What your answers showed", rx.foreach(SharedState.parts, _part)),
        section("Your rights", rx.el.p(SharedState.rights)),
    )


def _part(part: rx.Var[PlainLine]) -> rx.Component:
    shown = rx.foreach(
        part.shown,
        lambda words, index: rx.el.li(words, rx.el.blockquote(part.quotes[index], class_name="quote")),
    )
    return rx.el.article(
        rx.el.h3(part.name),
        rx.cond(part.level != "", rx.el.p(part.level, class_name="note")),
        rx.cond(part.left_out != "", rx.el.p(part.left_out)),
        rx.el.ul(shown, class_name="shared-list"),
        rx.cond(
            part.open.length() > 0,
            rx.fragment(
                rx.el.p("Not in your answers this time:", class_name="note"),
                rx.el.ul(rx.foreach(part.open, lambda words: rx.el.li(words)), class_name="shared-list"),
            ),
        ),
        class_name="score",
    )


def _group(cell: rx.Var[GroupCell]) -> rx.Component:
    note = rx.cond(cell.note != "", rx.el.span(cell.note, class_name="note"))
    return rx.el.div(rx.el.span(cell.title), rx.el.b(cell.words, class_name="num"), note, class_name="group-cell")


def _score(line: rx.Var[ScoreLine]) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.h3(line.name),
            rx.cond(line.level > 0, level_bar(line.level)),
            rx.el.span(line.words, class_name="strong num nowrap"),
            class_name="score-head",
        ),
        rx.cond(line.machine != "", rx.el.p("Judge: ", line.machine, ". ", line.override_reason, class_name="note")),
        rx.cond(line.why_not != "", rx.el.p(line.why_not)),
        rx.cond(line.anchor != "", rx.el.p("Level ", line.level, " means: ", line.anchor, class_name="score-anchor")),
        rx.foreach(line.points, _point),
        class_name="score",
    )


def _point(point: rx.Var[PointLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(point.said, ": ", point.point),
        rx.cond(point.quote != "", rx.el.blockquote(point.quote, class_name="quote")),
        class_name="shared-point",
    )


def _statement(item: rx.Var[StatementLine]) -> rx.Component:
    return rx.el.li(item.text, rx.cond(item.quote != "", rx.el.blockquote(item.quote, class_name="quote")))


def _fact(held: rx.Var[FactLine]) -> rx.Component:
    return rx.fragment(rx.el.dt(held.name), rx.el.dd(held.value, class_name="mono"))
