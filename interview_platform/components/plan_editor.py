"""The dialog for one question: its words, what to know about them, plainer words, points, minutes."""

import reflex as rx

from interview_platform.components.controls import (
    button,
    dialog,
    dialog_foot,
    field,
    icon_button,
    text_area,
    text_input,
)
from interview_platform.components.feedback import notice
from interview_platform.components.question_flags import question_flags
from interview_platform.components.voice import hear_button, heard
from interview_platform.states.plan_lines import PointLine
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_plan_editor import PlanEditorState

MARK = "editor"


def plan_editor() -> rx.Component:
    """The dialog, once a page."""
    state = PlanEditorState
    return dialog(
        state.is_open,
        state.toggle,
        state.title,
        _words(),
        rx.el.div(_competency(), _minutes(), class_name="form-grid"),
        _points(),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            rx.cond(state.asking, _sure()),
            rx.el.span("It takes effect when you save the plan.", class_name="note spring"),
            button("Cancel", kind="quiet", on_click=state.toggle(False)),
            button("Put it in the plan", kind="primary", on_click=state.done, id="question-done"),
        ),
        look="wide",
    )


def _words() -> rx.Component:
    state = PlanEditorState
    return rx.fragment(
        field(
            "Question, as it is said",
            text_area(
                "question-text",
                state.text,
                lambda typed: state.write("text", typed),
                placeholder="Tell me about a time when …",
                look="short",
            ),
            name="question-text",
            hint="Said word for word. One thing at a time, about something that happened.",
        ),
        question_flags(state.flags, state.use_instead),
        rx.el.div(hear_button(MARK, state.text), class_name="line"),
        heard(MARK),
        field(
            "In plainer words",
            text_area("question-plain", state.plain_text, lambda typed: state.write("plain_text", typed), look="short"),
            name="question-plain",
            hint="Said when a candidate asks for other words. Optional.",
        ),
    )


def _competency() -> rx.Component:
    state = PlanEditorState
    control = rx.el.select(
        rx.el.option("None: people read the answer", value=""),
        rx.foreach(PlanState.competencies, lambda pair: rx.el.option(pair[1], value=pair[0])),
        id="question-competency",
        value=state.competency_id,
        on_change=lambda value: state.write("competency_id", value),
        class_name="input",
    )
    return field("Competency", control, name="question-competency", hint="What the answer is judged for.")


def _minutes() -> rx.Component:
    state = PlanEditorState
    control = text_input(
        "question-minutes", state.minutes, lambda typed: state.write("minutes", typed), input_mode="decimal"
    )
    return field("Minutes", control, name="question-minutes", hint="For one answer, without follow-ups.")


def _points() -> rx.Component:
    state = PlanEditorState
    return rx.el.div(
        rx.el.div("What a good answer shows", class_name="field-label"),
        rx.el.p("Each point is a yes-or-no thing. When it is missing, its follow-up may be asked.", class_name="note"),
        rx.foreach(state.points, _point),
        rx.el.div(button("Add point", icon="plus", kind="small", on_click=state.add_point)),
        class_name="stack tight",
    )


def _point(one: rx.Var[PointLine], index: rx.Var[int]) -> rx.Component:
    state, number = PlanEditorState, index.to_string()
    return rx.el.div(
        text_input(
            "point-" + number,
            one.point,
            lambda typed: state.write_point(index, "point", typed),
            aria_label="Point",
            placeholder="Says how they found the cause",
        ),
        text_input(
            "follow-up-" + number,
            one.follow_up,
            lambda typed: state.write_point(index, "follow_up", typed),
            aria_label="Its follow-up question",
            placeholder="How did you find the cause?",
        ),
        icon_button("trash-2", "Take this point out", on_click=state.remove_point(index)),
        class_name="plan-point",
    )


def _sure() -> rx.Component:
    state = PlanEditorState
    return notice(
        "octagon-alert",
        rx.el.p(
            "This touches ground on which no decision may rest, and in many places it may not be asked. Use other "
            "words, or say that you want to ask it as it stands. The note stays beside the question."
        ),
        rx.el.div(button("Ask it all the same", kind="small danger", on_click=state.keep), class_name="line"),
        tone="danger",
        role="alert",
    )
