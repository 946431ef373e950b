"""The second look in the pool: the panel that asks for it, and the switch between the two orders."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import busy_button, button, icon_button
from interview_platform.components.feedback import progress
from interview_platform.states.pool_second import SecondLookState
from interview_platform.states.recruiter_pool import PoolState


def second_button() -> rx.Component:
    """Opens the panel."""
    return button(
        "Second look",
        icon="scan-eye",
        kind="quiet",
        on_click=SecondLookState.toggle,
        aria_expanded=rx.cond(SecondLookState.is_open, "true", "false"),
        aria_controls="second-look",
        id="show-second-look",
    )


def second_look() -> rx.Component:
    """The panel, shown while it is open."""
    return rx.cond(
        SecondLookState.is_open,
        rx.el.section(
            rx.el.div(
                rx.el.h2("Second look"),
                rx.el.span(class_name="spring"),
                icon_button("x", "Close", on_click=SecondLookState.toggle),
                class_name="section-head",
            ),
            rx.cond(SecondLookState.model != "", _ask(), _without()),
            class_name="weights section",
            id="second-look",
        ),
    )


def _ask() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            SecondLookState.model,
            " reads the text of the best 20 without names, contacts, ages and schools, each alone, and grades every "
            "requirement from 0 to 3 with a quote. A grade without a true quote counts as 0. SmartFilter's score and "
            "order stay; you choose which order to read.",
            class_name="note",
        ),
        rx.cond(
            SecondLookState.running,
            rx.el.div(
                progress(SecondLookState.percent, SecondLookState.said),
                id="second-look-progress",
                style={"marginTop": "12px"},
            ),
        ),
        rx.el.div(
            busy_button(
                "Second look at the first 20",
                "Looking",
                SecondLookState.running,
                icon="scan-eye",
                kind="primary",
                on_click=SecondLookState.look,
                id="look-again",
            ),
            class_name="line",
            style={"marginTop": "12px"},
        ),
    )


def _without() -> rx.Component:
    """How to set one up."""
    return rx.el.p(
        SecondLookState.why_not,
        " ",
        rx.el.a("Open settings", href=routes.SETTINGS, class_name="link"),
        class_name="note",
        id="no-second-look",
    )


def look_switch() -> rx.Component:
    """As ranked, or after the second look; only where there was one."""
    return rx.cond(
        PoolState.looked != "",
        rx.el.div(
            rx.el.div(
                _order("As ranked", on=False),
                _order("After the second look", on=True),
                role="group",
                aria_label="Order of the list",
                class_name="stage-chips",
            ),
            rx.el.span(PoolState.looked, class_name="note"),
            class_name="look-switch",
            id="look-switch",
        ),
    )


def _order(words: str, *, on: bool) -> rx.Component:
    second = PoolState.order == "second"
    pressed = rx.cond(second, "true", "false") if on else rx.cond(second, "false", "true")
    return rx.el.button(
        words,
        type="button",
        aria_pressed=pressed,
        on_click=PoolState.show_second_look(on),
        class_name="stage-chip",
    )
