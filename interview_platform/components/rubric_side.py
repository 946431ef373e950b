"""Beside a rubric's lines: their shares of the weight, what there is to know, the company's values, the versions."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button
from interview_platform.components.feedback import notice
from interview_platform.components.layout import section
from interview_platform.states.recruiter_rubric import RubricState
from interview_platform.states.rubric_lines import ChangeLine, ProblemLine, RubricItem, VersionLine


def weights() -> rx.Component:
    """What the weights add up to, and each line's share."""
    return section(
        "Weights",
        rx.el.p(RubricState.sum, class_name="note num", id="weight-sum"),
        rx.el.div(rx.foreach(RubricState.lines, _share), class_name="plan-shares"),
    )


def _share(line: rx.Var[RubricItem]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(line.name), rx.el.span(line.share, "%", class_name="note num"), class_name="plan-share-words"
        ),
        rx.el.div(
            rx.el.i(style={"width": line.share.to_string() + "%"}, class_name="time"),
            role="img",
            aria_label=line.share.to_string() + "% of the weight",
            class_name="plan-bar",
        ),
    )


def problems() -> rx.Component:
    """What cannot be saved so, protected ground, hints."""
    return rx.cond(
        RubricState.problems.length() > 0,
        section("Worth a look", rx.el.div(rx.foreach(RubricState.problems, _problem), class_name="stack tight")),
    )


def _problem(held: rx.Var[ProblemLine]) -> rx.Component:
    words = (
        rx.el.b(held.title, rx.cond(held.where != "", " · " + held.where, "")),
        rx.el.p(held.text, class_name="note"),
    )
    return rx.match(
        held.tone,
        ("danger", notice("circle-alert", *words, tone="danger")),
        ("attention", notice("octagon-alert", *words, tone="attention")),
        notice("info", *words),
    )


def values() -> rx.Component:
    """The company's written values that are not judged yet."""
    return section(
        "Your company’s values",
        rx.cond(
            RubricState.values.length() > 0,
            rx.el.div(rx.foreach(RubricState.values, _value), class_name="rows"),
            rx.el.p("Every value on your company page is in the rubric, or none is written there.", class_name="note"),
        ),
        rx.el.p(
            "Cultural fit is judged by these alone, each with a question and levels of its own. ",
            rx.el.a("Company page", href=routes.COMPANY, class_name="link"),
            class_name="note",
            style={"marginTop": "8px"},
        ),
    )


def _value(value: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(value), class_name="row-words"),
        rx.cond(
            RubricState.can_write,
            button("Add", icon="plus", kind="small", aria_label="Add: " + value, on_click=RubricState.add_value(value)),
        ),
        class_name="row",
    )


def versions() -> rx.Component:
    """Who changed what and when."""
    return section(
        "Versions",
        rx.el.div(rx.foreach(RubricState.versions, _version), class_name="rows"),
        note="A report keeps the version it was made with.",
    )


def _version(one: rx.Var[VersionLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(rx.el.b("Version ", one.number), rx.el.span(one.who, " · ", one.when), class_name="row-words"),
            rx.el.span(one.facts, class_name="note num"),
            class_name="row",
        ),
        rx.el.ul(rx.foreach(one.changes, _change), class_name="rubric-changes"),
        class_name="rubric-version",
    )


def _change(held: rx.Var[ChangeLine]) -> rx.Component:
    return rx.el.li(
        rx.cond(held.line != "", rx.el.b(held.line, ". ")),
        held.text,
        rx.cond(held.before != "", rx.el.del_(held.before)),
        rx.cond(held.after != "", rx.el.ins(held.after)),
    )
