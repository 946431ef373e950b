"""Beside the questions: time against weight for each competency, practice interviews, versions."""

import reflex as rx

from interview_platform.components.controls import button, icon_button, link_button
from interview_platform.components.feedback import badge, notice
from interview_platform.components.layout import section
from interview_platform.states.plan_lines import ShareLine, VersionLine
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_practice import PracticeLine, PracticeState


def coverage() -> rx.Component:
    """One bar a competency: its share of the time, with a mark at its share of the weight."""
    return section(
        "Coverage",
        rx.el.p(PlanState.minutes, class_name="strong num"),
        rx.el.div(rx.foreach(PlanState.shares, _share), class_name="plan-shares"),
        rx.cond(
            PlanState.shares.length() > 0,
            rx.el.p(
                rx.el.i(aria_hidden="true", class_name="key time"),
                " share of the time  ",
                rx.el.i(aria_hidden="true", class_name="key weight"),
                " share of the weight",
                class_name="note plan-key",
            ),
        ),
        rx.foreach(PlanState.warnings, lambda text: notice("triangle-alert", text, tone="attention")),
    )


def _share(one: rx.Var[ShareLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(one.name), rx.el.span(one.facts, class_name="note num " + one.tone), class_name="plan-share-words"
        ),
        rx.el.div(
            rx.el.i(style={"width": one.time.to_string() + "%"}, class_name="time"),
            rx.el.i(style={"left": one.weight.to_string() + "%"}, class_name="weight"),
            role="img",
            aria_label=one.time.to_string() + "% of the time, " + one.weight.to_string() + "% of the weight",
            class_name="plan-bar",
        ),
        rx.el.div(one.time, "% of the time · ", one.weight, "% of the weight", class_name="note num"),
        class_name="plan-share",
    )


def practice() -> rx.Component:
    """Start one, and those there are."""
    return section(
        "Practise on yourself",
        rx.el.p(
            "Hold this interview as a candidate would, by voice or by typing. It is in no list and no count; you can "
            "delete it with everything recorded.",
            class_name="note",
        ),
        rx.cond(
            PlanState.can_write,
            rx.el.div(
                button("Practise on yourself", icon="play", on_click=PracticeState.start, id="practise"),
                class_name="line",
                style={"marginTop": "12px"},
            ),
        ),
        rx.cond(
            PracticeState.link != "",
            rx.el.p(
                "Opened in a new tab. If nothing opened: ",
                rx.el.a(
                    "open the practice interview",
                    href=PracticeState.link,
                    target="_blank",
                    id="practice-link",
                    class_name="link",
                ),
                ".",
                class_name="note",
                style={"marginTop": "8px"},
            ),
        ),
        rx.cond(
            PracticeState.rows.length() > 0,
            rx.el.div(rx.foreach(PracticeState.rows, _practice), class_name="rows", style={"marginTop": "12px"}),
        ),
    )


def _practice(one: rx.Var[PracticeLine]) -> rx.Component:
    sure = rx.fragment(
        button("Keep", kind="quiet small", on_click=PracticeState.ask("")),
        button("Delete for good", kind="small danger", on_click=PracticeState.delete(one.interview)),
    )
    usual = rx.fragment(
        rx.cond(one.report != "", link_button("Report", one.report, kind="small")),
        rx.cond(one.link != "", rx.el.a("Open", href=one.link, target="_blank", class_name="btn small")),
        rx.cond(
            PlanState.can_write & ~one.running,
            icon_button(
                "trash-2",
                "Delete this practice interview",
                kind="quiet small",
                on_click=PracticeState.ask(one.interview),
            ),
        ),
    )
    return rx.el.div(
        rx.el.div(rx.el.b(one.who), rx.el.span(one.when, " · ", one.facts), class_name="row-words"),
        badge(one.status, one.tone),
        rx.cond(PracticeState.asking == one.interview, sure, usual),
        class_name="row plan-practice",
    )


def versions() -> rx.Component:
    """Who changed what and when, with the way back."""
    return section(
        "Versions",
        rx.el.div(rx.foreach(PlanState.versions, _version), class_name="rows"),
        note="Every interview keeps the version it was launched with.",
    )


def _version(one: rx.Var[VersionLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b("Version ", one.version, " · ", one.note),
            rx.el.span(one.who, " · ", one.when, " · ", one.facts),
            class_name="row-words",
        ),
        rx.cond(
            one.current,
            badge("In use", "good"),
            rx.cond(
                PlanState.can_write,
                button(
                    "Restore",
                    kind="small",
                    aria_label="Restore version " + one.version.to_string(),
                    on_click=PlanState.restore(one.version),
                ),
            ),
        ),
        class_name="row",
    )
