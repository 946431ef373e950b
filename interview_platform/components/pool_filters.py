"""Narrowing a pool, its order, its pages."""

import reflex as rx

from interview_platform.components.controls import button, choice_list, icon_button, search_box
from interview_platform.components.pool_second import second_button
from interview_platform.states.pool_lines import StageChip
from interview_platform.states.pool_weights import WeightsState
from interview_platform.states.recruiter_pool import ORDERS, PoolState


def filters() -> rx.Component:
    """Search, requirement, order, and the stages with how many are in each."""
    return rx.fragment(
        rx.el.div(
            search_box("pool-search", PoolState.search, PoolState.find, "Search the pool"),
            rx.cond(
                PoolState.requirements.length() > 1,
                choice_list(
                    "pool-requirement",
                    PoolState.requirement,
                    PoolState.requirements,
                    PoolState.pick_requirement,
                    aria_label="Requirement",
                    look="compact pick",
                ),
            ),
            choice_list("pool-order", PoolState.order, ORDERS, PoolState.sort, aria_label="Order", look="compact pick"),
            rx.el.span(class_name="spring"),
            second_button(),
            _weights_button(),
            rank_button("Rank again"),
            class_name="tools",
        ),
        _stages(),
    )


def rank_button(words: str, kind: str = "quiet") -> rx.Component:
    """Ranks the pool anew; says so while it does."""
    return button(
        rx.cond(PoolState.ranking, "Ranking…", words),
        icon="list-restart",
        kind=kind,
        disabled=PoolState.ranking,
        on_click=PoolState.rank,
    )


def _weights_button() -> rx.Component:
    return button(
        "How the score is made",
        icon="sliders-horizontal",
        kind="quiet",
        on_click=WeightsState.toggle,
        aria_expanded=rx.cond(WeightsState.is_open, "true", "false"),
        aria_controls="weights",
        id="show-weights",
    )


def _stages() -> rx.Component:
    return rx.el.div(
        rx.foreach(PoolState.stages, _stage),
        rx.cond(PoolState.conditions.length() > 0, _conditions()),
        rx.cond(
            PoolState.narrowed,
            button("Clear filters", icon="x", kind="quiet small", on_click=PoolState.clear_filters, id="clear-filters"),
        ),
        role="group",
        aria_label="Narrow by status",
        class_name="stage-chips",
    )


def _stage(chip: rx.Var[StageChip]) -> rx.Component:
    return rx.el.button(
        chip.words,
        rx.el.span(chip.number, class_name="num"),
        type="button",
        aria_pressed=rx.cond(chip.on, "true", "false"),
        on_click=PoolState.pick_stage(chip.stage),
        class_name="stage-chip",
    )


def _conditions() -> rx.Component:
    """Hard conditions stand apart from the score: they narrow and mark, they never move a rank."""
    return rx.el.button(
        "Hard conditions found",
        type="button",
        title=PoolState.conditions.join(" · "),
        aria_pressed=rx.cond(PoolState.conditions_met, "true", "false"),
        on_click=PoolState.switch_conditions,
        class_name="stage-chip",
    )


def pages() -> rx.Component:
    """ "Rows 51–100 of 100,000" with first, earlier, later and last."""
    at_start, at_end = PoolState.first <= 1, PoolState.last >= PoolState.total
    return rx.cond(
        PoolState.total > 0,
        rx.el.nav(
            rx.el.span(PoolState.shown, class_name="num", role="status"),
            rx.cond(
                ~(at_start & at_end),
                rx.fragment(
                    icon_button("chevrons-left", "First page", disabled=at_start, on_click=PoolState.page("first")),
                    icon_button("chevron-left", "Earlier page", disabled=at_start, on_click=PoolState.page("earlier")),
                    icon_button("chevron-right", "Later page", disabled=at_end, on_click=PoolState.page("later")),
                    icon_button("chevrons-right", "Last page", disabled=at_end, on_click=PoolState.page("last")),
                ),
            ),
            aria_label="Pages",
            class_name="pager",
        ),
    )
