"""The Plan tab of a job: what every interview asks, its balance, its versions, and a try on oneself."""

import reflex as rx

from interview_platform.components.controls import button
from interview_platform.components.feedback import empty, loaded, notice
from interview_platform.components.layout import section
from interview_platform.components.plan_bank import plan_bank
from interview_platform.components.plan_editor import plan_editor
from interview_platform.components.plan_list import plan_foot, plan_list
from interview_platform.components.plan_side import coverage, practice, versions
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_plan_bank import PlanBankState
from interview_platform.states.recruiter_plan_editor import PlanEditorState


def plan_tab(judged: rx.Component) -> rx.Component:
    """The tab; `judged` shows the competencies with their levels."""
    return rx.fragment(loaded(PlanState, rx.el.div(_questions(), _side(judged), class_name="plan")), _dialogs())


def _questions() -> rx.Component:
    return rx.el.div(
        section(
            "Questions",
            rx.cond(
                PlanState.overtaken,
                notice(
                    "git-branch",
                    "Somebody saved another version since you began. Your changes stand on an older one: save yours "
                    "over it, or discard them to see the new plan.",
                    tone="attention",
                ),
            ),
            rx.cond(PlanState.saved_by != "", notice("check", PlanState.saved_by, tone="good")),
            rx.cond(
                PlanState.lines.length() > 0,
                plan_list(),
                empty("list-ordered", "No questions", "A plan needs at least one. Add one of your own or from a bank."),
            ),
            plan_foot(),
            action=rx.cond(PlanState.can_write, _add()),
            note=rx.el.span("Version ", PlanState.version, ": the same for every candidate"),
        )
    )


def _add() -> rx.Component:
    return rx.el.div(
        button("Own question", icon="plus", kind="small", on_click=PlanEditorState.open_new, id="add-own"),
        button("From the banks", icon="library", kind="small", on_click=PlanBankState.show, id="add-from-bank"),
        button("From the résumé", icon="file-user", kind="small quiet", on_click=PlanState.add_slot),
        class_name="line",
    )


def _side(judged: rx.Component) -> rx.Component:
    return rx.el.div(coverage(), practice(), versions(), judged, class_name="plan-side")


def _dialogs() -> rx.Component:
    return rx.fragment(plan_editor(), plan_bank())
