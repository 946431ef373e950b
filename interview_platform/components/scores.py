"""What the answers show: the overall, the groups, each competency with its evidence."""

import reflex as rx

from interview_platform.components.charts import level_bar
from interview_platform.components.controls import button
from interview_platform.components.player import seek_button
from interview_platform.components.report_people import flag_sentence
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.report_lines import GroupCell, LevelsLine, PointLine, ScoreLine


def verdict() -> rx.Component:
    """Overall with interval and coverage, recommendation, groups."""
    held = ReportState.headline
    return rx.el.section(
        rx.el.h2("Overall"),
        rx.el.div(
            rx.el.b(held["overall"]),
            rx.cond(held["interval"].to(str) != "", rx.el.span("likely ", held["interval"], class_name="muted num")),
            rx.cond(held["machine"].to(str) != "", rx.el.span(held["machine"], class_name="note")),
            class_name="verdict",
            id="overall",
        ),
        rx.el.p(held["coverage"], class_name="note"),
        rx.el.p(
            rx.el.span("Recommendation: ", class_name="muted"),
            rx.el.span(held["recommendation"], class_name="strong"),
            style={"marginTop": "8px"},
        ),
        rx.el.div(rx.foreach(ReportState.groups, _group), class_name="groups"),
        class_name="section",
    )


def _group(cell: rx.Var[GroupCell]) -> rx.Component:
    return rx.el.div(
        rx.el.span(cell.title),
        rx.el.b(cell.words, class_name="num"),
        rx.cond(cell.note != "", rx.el.span(cell.note, class_name="note")),
        class_name="group-cell",
    )


def score(line: rx.Var[ScoreLine]) -> rx.Component:
    """One competency: level in words, anchor, best quote, all points."""
    return rx.el.article(
        rx.el.div(
            rx.el.h3(line.name),
            rx.cond(line.level > 0, level_bar(line.level)),
            rx.el.span(line.words, class_name="strong num nowrap"),
            button(
                "Change",
                icon="pencil",
                kind="quiet small",
                on_click=ReportState.ask_override(line.key),
                aria_label="Change the level of " + line.name,
            ),
            class_name="score-head",
        ),
        rx.el.p(
            line.group,
            rx.cond(line.interval != "", rx.fragment(" · likely ", line.interval), ""),
            rx.cond(line.points.length() > 0, rx.fragment(" · ", line.evidence_count), ""),
            class_name="note num",
        ),
        rx.cond(line.machine != "", _override(line)),
        rx.cond(line.why_not != "", rx.el.p(line.why_not, class_name="score-anchor")),
        rx.cond(
            line.anchor != "",
            rx.el.p(
                rx.el.span("Level ", line.level, " means: ", class_name="muted"), line.anchor, class_name="score-anchor"
            ),
        ),
        rx.cond(
            line.best_quote != "",
            rx.el.blockquote(
                seek_button(at=line.best_at, text=line.best_quote), class_name="quote", style={"marginTop": "8px"}
            ),
        ),
        rx.cond(line.points.length() > 0, _points(line)),
        rx.cond(line.levels.length() > 0, _levels(line.levels)),
        class_name="score",
    )


def _override(line: rx.Var[ScoreLine]) -> rx.Component:
    return rx.el.p(
        rx.icon("user-pen", size=14),
        rx.el.span("Judge: ", line.machine, ". Changed by ", line.override_by, ": ", line.override_reason),
        class_name="label-tag override",
    )


def _points(line: rx.Var[ScoreLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "Evidence, point by point"),
        rx.el.div(rx.foreach(line.points, _point), class_name="evidence"),
        class_name="more",
    )


def _levels(held: rx.Var[list[LevelsLine]]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "What each level means for what was asked"),
        rx.el.div(question_levels(held), class_name="stack tight"),
        class_name="more",
    )


def question_levels(held: rx.Var[list[LevelsLine]]) -> rx.Component:
    """Each question with its five levels, for whoever rates the answers."""
    return rx.foreach(
        held,
        lambda one: rx.el.div(
            rx.el.p(one.question),
            rx.el.ol(rx.foreach(one.levels, lambda words: rx.el.li(words)), class_name="bank-anchors note num"),
            class_name="stack tight",
        ),
    )


def _point(point: rx.Var[PointLine]) -> rx.Component:
    icon = rx.match(
        point.verdict,
        ("met", rx.icon("circle-check", size=16, class_name="met")),
        ("partly", rx.icon("circle-dot", size=16, class_name="met")),
        rx.icon("circle", size=16, class_name="muted"),
    )
    return rx.el.div(
        icon,
        rx.el.div(
            rx.el.div(point.point),
            rx.el.div(point.said, class_name="note"),
            rx.cond(
                point.quote != "",
                rx.el.blockquote(seek_button(at=point.at, text=point.quote), class_name="quote"),
            ),
        ),
        flag_sentence(point.said + ": " + point.point),
        class_name="point",
    )
