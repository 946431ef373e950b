"""A rubric's lines, one open at a time: name, weight, the five levels, and each question's points."""

from typing import Any

import reflex as rx

from interview_platform.components.controls import button, choice_list, field, icon_button, text_area, text_input
from interview_platform.components.feedback import badge, empty, notice
from interview_platform.components.layout import section
from interview_platform.states.recruiter_rubric import RubricState
from interview_platform.states.rubric_lines import AskedItem, PointItem, RubricItem
from interview_platform.states.words import GROUPS


def rubric_editor() -> rx.Component:
    """The list of lines."""
    state = RubricState
    return section(
        "Competencies",
        rx.cond(
            state.overtaken,
            notice(
                "git-branch",
                "Somebody saved another version since you began. Discard yours to see it, or save yours over it.",
                tone="attention",
            ),
        ),
        rx.cond(state.saved != "", notice("check", state.saved, tone="good")),
        rx.cond(
            state.lines.length() > 0,
            rx.el.ol(rx.foreach(state.lines, _line), class_name="plan-list"),
            empty(
                "list-checks", "Nothing is judged", "Add a competency under the job’s settings, or one of your values."
            ),
        ),
        action=rx.cond(
            state.can_write,
            button("Add competency", icon="plus", kind="small", on_click=state.add, id="add-competency"),
        ),
        note="A level is derived from the points: none shown is 1, half 3, all 5.",
    )


def _line(line: rx.Var[RubricItem], index: rx.Var[int]) -> rx.Component:
    opened = RubricState.opened == index
    head = rx.el.div(
        rx.el.button(
            rx.el.span(rx.cond(line.name != "", line.name, "Without a name"), class_name="plan-text"),
            rx.el.span(
                rx.el.span(line.group_words),
                rx.el.span("weight ", line.weight, " (", line.share, "%)", class_name="num"),
                rx.el.span(line.facts, class_name="num"),
                rx.cond(
                    line.problems > 0,
                    badge(
                        rx.cond(line.tone == "danger", "To be changed", "See the note"),
                        rx.cond(line.tone == "", "info", line.tone),
                    ),
                ),
                class_name="plan-facts",
            ),
            type="button",
            aria_expanded=rx.cond(opened, "true", "false"),
            on_click=RubricState.toggle(index),
            class_name="plan-open",
        ),
        rx.cond(RubricState.can_write, _line_buttons(line, index)),
        class_name="plan-line",
    )
    return rx.el.li(
        head, rx.cond(opened, _details(line, index)), class_name=rx.cond(opened, "plan-item open", "plan-item")
    )


def _line_buttons(line: rx.Var[RubricItem], index: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        *_moves(
            line.name,
            index == 0,
            index == RubricState.lines.length() - 1,
            lambda step: RubricState.move(index, step),
        ),
        icon_button("trash-2", "Take out: " + line.name, kind="quiet small", on_click=RubricState.remove(index)),
        class_name="plan-buttons",
    )


def _moves(name: Any, first: Any, last: Any, move: Any) -> tuple[rx.Component, rx.Component]:
    """At an end a button is `aria-disabled`: a disabled one would lose the keyboard's focus."""
    return (
        icon_button(
            "arrow-up",
            "Move up: " + name,
            kind="quiet small",
            aria_disabled=rx.cond(first, "true", "false"),
            on_click=move(-1),
        ),
        icon_button(
            "arrow-down",
            "Move down: " + name,
            kind="quiet small",
            aria_disabled=rx.cond(last, "true", "false"),
            on_click=move(1),
        ),
    )


def _details(line: rx.Var[RubricItem], index: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        _basics(line, index),
        rx.el.div(
            rx.el.h4("What each level means"),
            rx.el.div(
                rx.foreach(line.anchors, lambda text, level: _anchor(text, level, index)), class_name="stack tight"
            ),
        ),
        rx.cond(
            line.by_structure,
            rx.el.p(
                "Judged from every answer that tells of something that happened: what the situation was, what they "
                "did themselves, what came of it. Never from accent, speed or filler words.",
                class_name="muted",
            ),
            rx.cond(
                line.asked.length() > 0,
                rx.foreach(line.asked, lambda asked, place: _asked(asked, place, index)),
                rx.el.p(
                    "No question asks for it yet. Where it is among the four that weigh most, the plan gets one when "
                    "you save, with points that you can change here.",
                    class_name="muted",
                ),
            ),
        ),
        class_name="plan-details rubric-details",
    )


def _basics(line: rx.Var[RubricItem], index: rx.Var[int]) -> rx.Component:
    number = index.to_string()

    def write(name: str):  # type: ignore[no-untyped-def]
        return lambda text: RubricState.write(index, name, text)

    own = {"read_only": ~RubricState.can_write}
    return rx.el.div(
        field("Name", text_input("name-" + number, line.name, write("name"), **own), name="name-" + number, whole=True),
        field(
            "Counts towards",
            choice_list("group-" + number, line.group, GROUPS, write("group"), disabled=line.value != ""),
            name="group-" + number,
        ),
        field(
            "Weight",
            text_input("weight-" + number, line.weight, write("weight"), input_mode="decimal", **own),
            name="weight-" + number,
        ),
        field(
            "What it means here",
            text_area("about-" + number, line.description, write("description"), rows=1, look="line", **own),
            name="about-" + number,
            whole=True,
        ),
        rx.cond(
            line.value != "",
            rx.el.p("From your company page: “", line.value, "”", class_name="note whole"),
        ),
        class_name="form-grid",
    )


def _anchor(text: rx.Var[str], level: rx.Var[int], index: rx.Var[int]) -> rx.Component:
    name = "anchor-" + index.to_string() + "-" + level.to_string()
    return rx.el.div(
        rx.el.label("Level ", level + 1, html_for=name, class_name="note nowrap num"),
        text_area(
            name,
            text,
            lambda typed: RubricState.write_anchor(index, level + 1, typed),
            look="line",
            rows=2,
            read_only=~RubricState.can_write,
        ),
        class_name="rubric-anchor",
    )


def _asked(asked: rx.Var[AskedItem], place: rx.Var[int], index: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.h4("Points in an answer to"),
        rx.el.p("“", asked.text, "”", class_name="rubric-question"),
        rx.el.ol(
            rx.foreach(asked.points, lambda point, n: _point(point, n, place, index, asked)), class_name="rubric-points"
        ),
        rx.cond(
            RubricState.can_write,
            rx.el.div(
                button("Add point", icon="plus", kind="small", on_click=RubricState.add_point(index, place)),
            ),
        ),
        class_name="stack tight",
    )


def _point(
    point: rx.Var[PointItem], n: rx.Var[int], place: rx.Var[int], index: rx.Var[int], asked: rx.Var[AskedItem]
) -> rx.Component:
    key = index.to_string() + "-" + place.to_string() + "-" + n.to_string()

    def words(name: str, shown: rx.Var[str], label: str, placeholder: str, look: str) -> rx.Component:
        return text_area(
            f"{name.partition('_')[0]}-" + key,
            shown,
            lambda text: RubricState.write_point(index, place, n, name, text),
            aria_label=label,
            placeholder=placeholder,
            read_only=~RubricState.can_write,
            rows=1,
            look=look,
        )

    missing = "Asked when it is missing"
    return rx.el.li(
        rx.el.div(
            words("point", point.point, "Point", "Says how they found the cause", "line"),
            words("follow_up", point.follow_up, missing, f"{missing}: How did you find the cause?", "line soft"),
            class_name="stack tight",
        ),
        rx.cond(
            RubricState.can_write,
            rx.el.div(
                *_moves(
                    point.point,
                    n == 0,
                    n == asked.points.length() - 1,
                    lambda step: RubricState.move_point(index, place, n, step),
                ),
                icon_button(
                    "trash-2",
                    "Take out: " + point.point,
                    kind="quiet small",
                    on_click=RubricState.remove_point(index, place, n),
                ),
                class_name="plan-buttons",
            ),
        ),
    )


def rubric_foot() -> rx.Component:
    """Saving, undoing, discarding."""
    state = RubricState
    return rx.cond(
        state.unsaved | (state.wrong != ""),
        rx.el.div(
            button("Save rubric", kind="primary", on_click=state.save, id="save-rubric"),
            button("Undo", icon="undo-2", kind="quiet", on_click=state.undo, id="undo", disabled=state.steps == 0),
            button("Discard changes", kind="quiet", on_click=state.discard),
            rx.cond(
                state.wrong != "",
                rx.el.p(state.wrong, role="alert", class_name="plan-wrong"),
                rx.el.span("Interviews are judged by the saved rubric until you save this one.", class_name="note"),
            ),
            rx.cond(state.overtaken, button("Save mine over it", kind="small", on_click=state.save_anyway)),
            rx.cond(
                state.asking,
                notice(
                    "octagon-alert",
                    rx.el.p("Something here touches ground on which no decision may rest. See the notes beside it."),
                    rx.el.div(button("Save it all the same", kind="small danger", on_click=state.save_anyway)),
                    tone="danger",
                    role="alert",
                ),
            ),
            class_name="sticky-foot",
        ),
    )
