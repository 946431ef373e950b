"""Scoring anew what was judged by an earlier rubric: progress, what would change, and a person's word on it."""

import reflex as rx

from interview_platform.components.controls import button
from interview_platform.components.feedback import badge, notice, progress
from interview_platform.components.layout import section
from interview_platform.states.recruiter_rescore import OutcomeLine, RescoreState
from interview_platform.states.recruiter_rubric import RubricState

LEFT = "The others stay as they are."


def rescore() -> rx.Component:
    """The panel; nothing where no interview has a report."""
    state = RescoreState
    return rx.cond(
        (state.interviews > 0) | (state.status != "none"),
        section(
            "Interviews already judged",
            rx.match(
                state.status,
                ("running", _running()),
                ("taking", progress(state.percent, state.words)),
                ("paused", _paused()),
                ("ready", _ready()),
                _resting(),
            ),
            note="Old scores are kept beside new ones.",
        ),
    )


def _resting() -> rx.Component:
    state = RescoreState
    return rx.el.div(
        rx.cond(state.words != "", rx.el.p(state.words, class_name="note")),
        rx.el.p(
            "They keep the rubric they were judged by. You can have them judged by the present one and see what would "
            "change before it counts.",
            class_name="note",
        ),
        rx.cond(
            state.can_write,
            rx.el.div(
                button(
                    rx.cond(
                        state.interviews == 1,
                        "Score 1 interview anew",
                        "Score " + state.interviews.to_string() + " interviews anew",
                    ),
                    icon="rotate-cw",
                    kind="small",
                    on_click=state.start,
                    disabled=RubricState.unsaved,
                    id="rescore",
                ),
                rx.cond(RubricState.unsaved, rx.el.span("Save the rubric first.", class_name="note")),
                class_name="line",
            ),
        ),
        class_name="stack tight",
    )


def _running() -> rx.Component:
    state = RescoreState
    return rx.el.div(
        progress(state.percent, state.words),
        rx.cond(state.can_write, rx.el.div(button("Pause", icon="pause", kind="small", on_click=state.pause))),
        class_name="stack tight",
    )


def _paused() -> rx.Component:
    state = RescoreState
    return rx.el.div(
        progress(state.percent, state.words),
        rx.cond(
            state.can_write,
            rx.el.div(
                button("Go on", icon="play", kind="small primary", on_click=state.resume),
                button("Let go of it", kind="small quiet", on_click=state.drop),
                class_name="line",
            ),
        ),
        _outcomes(),
        class_name="stack tight",
    )


def _ready() -> rx.Component:
    state = RescoreState
    return rx.el.div(
        rx.el.p(state.words),
        rx.el.p(
            rx.el.b(state.turning, class_name="num"),
            rx.cond(state.turning == 1, " recommendation would change, ", " recommendations would change, "),
            rx.el.b(state.moving, class_name="num"),
            rx.cond(state.moving == 1, " interview has another level.", " interviews have another level."),
            id="would-change",
        ),
        rx.cond(
            state.failed > 0,
            notice("triangle-alert", state.failed, " could not be judged. ", LEFT, tone="attention"),
        ),
        rx.cond(
            state.stale,
            notice("ruler", "The rubric was changed after these scores were begun.", tone="attention"),
            _outcomes(),
        ),
        rx.cond(
            state.can_write,
            rx.el.div(
                rx.cond(
                    state.stale,
                    button("Score anew", icon="rotate-cw", kind="small", on_click=state.start),
                    button("Use the new scores", kind="primary small", on_click=state.take, id="take-scores"),
                ),
                button("Keep the old ones", kind="quiet small", on_click=state.drop, id="drop-scores"),
                class_name="line",
            ),
        ),
        class_name="stack tight",
    )


def _outcomes() -> rx.Component:
    state = RescoreState
    return rx.cond(
        state.outcomes.length() > 0,
        rx.fragment(
            rx.cond(
                state.other_rules,
                rx.el.p(
                    "The judge or its rules are other ones than when these reports were written, so not every "
                    "difference comes from the rubric.",
                    class_name="note",
                ),
            ),
            rx.el.div(rx.foreach(state.outcomes, _outcome), class_name="rows"),
            rx.cond(state.more > 0, rx.el.p("And ", state.more, " more.", class_name="note num")),
        ),
    )


def _outcome(one: rx.Var[OutcomeLine]) -> rx.Component:
    return rx.el.a(
        rx.el.div(
            rx.el.b(one.name),
            rx.cond(
                one.turns,
                rx.el.span(badge(one.recommendation, "attention")),
                rx.el.span(one.recommendation),
            ),
            rx.foreach(one.levels, lambda words: rx.el.span(words, class_name="num")),
            class_name="row-words",
        ),
        rx.el.span(one.overall, class_name="num nowrap"),
        href=one.href,
        class_name="row",
    )
