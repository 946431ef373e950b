"""The dialog that adds a question of the banks to a plan."""

import reflex as rx

from interview_platform.components.controls import button, choice_list, dialog, dialog_foot, search_box
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_plan_bank import OfferLine, PlanBankState


def plan_bank() -> rx.Component:
    """The dialog, once a page."""
    state = PlanBankState
    return dialog(
        state.is_open,
        state.toggle,
        "Add from the question banks",
        rx.el.div(
            search_box("plan-bank-search", state.search, state.find, "Words of the question or its points"),
            choice_list(
                "plan-bank-family",
                state.family,
                state.families,
                state.pick_family,
                aria_label="Role family",
                look="compact plan-family",
            ),
            class_name="line",
        ),
        rx.el.p(state.found, role="status", class_name="note"),
        rx.el.div(rx.foreach(state.offers, _offer), class_name="rows plan-offers"),
        dialog_foot(button("Done", kind="primary", on_click=state.toggle(False))),
        look="wide",
    )


def _offer(one: rx.Var[OfferLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(one.text), rx.el.span(one.facts), class_name="row-words"),
        button("Add", icon="plus", kind="small", aria_label="Add: " + one.text, on_click=PlanState.add_bank(one.key)),
        class_name="row",
    )
