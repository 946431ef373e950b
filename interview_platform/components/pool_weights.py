"""The panel "How the score is made": one slider per part, the list beside it follows at once."""

import reflex as rx

from interview_platform.components.controls import button, icon_button
from interview_platform.states.pool_weights import Slider, WeightsState


def weights() -> rx.Component:
    """The panel, shown while it is open."""
    return rx.cond(
        WeightsState.is_open,
        rx.el.section(
            rx.el.div(
                rx.el.h2("How the score is made"),
                rx.cond(WeightsState.working, rx.el.span("Ranking…", class_name="note", role="status")),
                rx.el.span(class_name="spring"),
                rx.cond(
                    WeightsState.own,
                    button(
                        "Back to default",
                        icon="rotate-ccw",
                        kind="quiet small",
                        on_click=WeightsState.reset_weights,
                        id="reset-weights",
                    ),
                ),
                icon_button("x", "Close", on_click=WeightsState.toggle),
                class_name="section-head",
            ),
            rx.el.p(
                "A score of 0 to 100 orders the list; it decides nothing. Names, photos, age and addresses never reach "
                "it. Hard conditions stand apart from it. Move a part and the list is ranked anew, for this job only.",
                class_name="note",
            ),
            rx.el.div(rx.foreach(WeightsState.sliders, _slider), class_name="sliders"),
            rx.cond(
                WeightsState.wrong != "",
                rx.el.p(rx.icon("circle-alert", size=14), WeightsState.wrong, role="alert", class_name="wrong"),
            ),
            class_name="weights section",
            id="weights",
        ),
    )


def _slider(slider: rx.Var[Slider]) -> rx.Component:
    name = "weight-" + slider.part
    moved = rx.debounce_input(
        rx.el.input(
            type="range",
            id=name,
            min="0",
            max="100",
            step="1",
            value=slider.value.to_string(),
            on_change=lambda value: WeightsState.write(slider.part, value),
            aria_valuetext=slider.value.to_string() + " of 100, " + slider.share + " of the score",
            aria_describedby=name + "-means",
            class_name="range",
        ),
        debounce_timeout=150,
    )
    return rx.el.div(
        rx.el.div(
            rx.el.label(slider.name, html_for=name, class_name="strong"),
            rx.el.span(class_name="spring"),
            rx.el.span(slider.share, " of the score", class_name="note num"),
            class_name="line",
        ),
        moved,
        rx.el.span(slider.meaning, id=name + "-means", class_name="note"),
        class_name="slider",
    )
