"""The questions of a plan in order: what each asks, for what, how long, and what a good answer shows."""

import reflex as rx

from interview_platform.components.controls import button, icon_button
from interview_platform.components.feedback import badge
from interview_platform.components.question_flags import question_flags
from interview_platform.components.voice import hear_button, heard
from interview_platform.states.plan_lines import PlanLine, PointLine
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_plan_editor import PlanEditorState


def plan_list() -> rx.Component:
    """The list, each line with its own buttons."""
    return rx.fragment(
        rx.el.ol(
            rx.foreach(PlanState.lines, _line),
            aria_label="Questions in the order they are asked",
            class_name="plan-list",
        ),
        rx.el.p(PlanState.moved, role="status", class_name="hidden-text"),
    )


def _line(line: rx.Var[PlanLine], index: rx.Var[int]) -> rx.Component:
    opened = PlanState.opened == line.key
    return rx.el.li(
        rx.el.div(
            rx.el.span(index + 1, aria_hidden="true", class_name="plan-number num"),
            rx.el.button(
                rx.el.span(line.text, class_name="plan-text"),
                rx.el.span(_facts(line), class_name="plan-facts"),
                type="button",
                aria_expanded=rx.cond(opened, "true", "false"),
                on_click=PlanState.toggle(line.key),
                class_name="plan-open",
            ),
            rx.cond(PlanState.can_write, _buttons(line, index)),
            class_name="plan-line",
        ),
        rx.cond(opened, _details(line)),
        key=line.key,
        class_name=rx.cond(opened, "plan-item open", "plan-item"),
    )


def _facts(line: rx.Var[PlanLine]) -> rx.Component:
    return rx.fragment(
        rx.el.span(line.kind_words, class_name="plan-kind " + line.kind),
        rx.cond(line.competency != "", rx.el.span(line.competency)),
        rx.el.span(line.minutes, " min", class_name="num"),
        rx.cond(
            line.points.length() > 0,
            rx.el.span(
                rx.cond(line.points.length() == 1, "1 point", line.points.length().to_string() + " points"),
                class_name="num",
            ),
        ),
        rx.cond(line.state == "new", badge("New, not saved", "info")),
        rx.cond(line.state == "edited", badge("Changed, not saved", "info")),
        rx.cond(line.flags.length() > 0, badge("See the note", "attention", "triangle-alert")),
    )


def _buttons(line: rx.Var[PlanLine], index: rx.Var[int]) -> rx.Component:
    """At an end of the list a button is `aria-disabled`: a disabled one would lose the keyboard's focus."""
    return rx.el.div(
        icon_button(
            "arrow-up",
            "Move up: " + line.text,
            kind="quiet small",
            id="move-up-" + line.key,
            aria_disabled=rx.cond(index == 0, "true", "false"),
            on_click=PlanState.move(line.key, -1),
        ),
        icon_button(
            "arrow-down",
            "Move down: " + line.text,
            kind="quiet small",
            id="move-down-" + line.key,
            aria_disabled=rx.cond(index == PlanState.lines.length() - 1, "true", "false"),
            on_click=PlanState.move(line.key, 1),
        ),
        rx.cond(
            line.is_slot,
            rx.fragment(),
            icon_button("pencil", "Change: " + line.text, kind="quiet small", on_click=PlanEditorState.open(line.key)),
        ),
        icon_button("trash-2", "Take out: " + line.text, kind="quiet small", on_click=PlanState.remove(line.key)),
        class_name="plan-buttons",
    )


def _details(line: rx.Var[PlanLine]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            line.is_slot,
            rx.el.p(line.note, class_name="muted"),
            rx.fragment(
                question_flags(line.flags),
                rx.el.div(
                    hear_button(line.key, line.text),
                    rx.cond(
                        line.plain_text != "",
                        hear_button(line.key, line.plain_text, "quiet small", "Hear the plainer wording"),
                    ),
                    class_name="line",
                ),
                heard(line.key),
                rx.cond(
                    line.plain_text != "",
                    rx.el.div(
                        rx.el.h4("In plainer words, when somebody asks for it"),
                        rx.el.p(line.plain_text),
                    ),
                ),
                rx.cond(line.points.length() > 0, _points(line)),
                rx.cond(line.levels.length() > 0, _levels(line)),
                rx.cond(
                    line.competency == "",
                    rx.el.p(
                        "It belongs to no competency: people read the answer in the report, nothing is judged from its "
                        "points. Change the question to choose one.",
                        class_name="note",
                    ),
                ),
            ),
        ),
        class_name="plan-details",
    )


def _points(line: rx.Var[PlanLine]) -> rx.Component:
    def point(one: rx.Var[PointLine]) -> rx.Component:
        return rx.el.li(rx.el.span(one.point), rx.el.span("“", one.follow_up, "”", class_name="note"))

    return rx.el.div(
        rx.el.h4("What a good answer shows, and what is asked when it is missing"),
        rx.el.ul(rx.foreach(line.points, point), class_name="plan-points"),
    )


def _levels(line: rx.Var[PlanLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "What each level of an answer means"),
        rx.el.ol(rx.foreach(line.levels, lambda words: rx.el.li(words)), class_name="bank-anchors num"),
        class_name="more",
    )


def plan_foot() -> rx.Component:
    """What was taken out last with its way back, and saving."""
    return rx.cond(
        PlanState.unsaved | (PlanState.wrong != "") | (PlanState.removed != ""),
        rx.el.div(
            rx.cond(
                PlanState.unsaved,
                rx.fragment(
                    button("Save plan", kind="primary", on_click=PlanState.save, id="save-plan"),
                    button("Discard changes", kind="quiet", on_click=PlanState.discard),
                ),
            ),
            rx.cond(
                PlanState.removed != "",
                rx.el.span(
                    PlanState.removed,
                    " ",
                    rx.el.button("Undo", type="button", id="undo-remove", class_name="link", on_click=PlanState.undo),
                    role="status",
                    class_name="note",
                ),
                rx.cond(
                    PlanState.unsaved,
                    rx.el.span("Interviews ask the saved plan until you save this one.", class_name="note"),
                ),
            ),
            rx.cond(PlanState.wrong != "", rx.el.p(PlanState.wrong, role="alert", class_name="plan-wrong")),
            rx.cond(PlanState.overtaken, button("Save mine over it", kind="small", on_click=PlanState.save_over)),
            class_name="sticky-foot",
        ),
    )
