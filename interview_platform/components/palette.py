"""Ctrl-K: a dialog that finds pages, jobs and interviews by name."""

import reflex as rx

from interview_platform.components.controls import dialog, text_input
from interview_platform.states.recruiter_palette import PaletteState, Place


def palette() -> rx.Component:
    """The dialog."""
    return dialog(
        PaletteState.is_open,
        PaletteState.toggle,
        rx.el.span("Go to", class_name="hidden-text"),
        text_input(
            "palette-search",
            PaletteState.typed,
            PaletteState.find,
            placeholder="Type a page, a job, a name…",
            aria_label="Go to",
            auto_complete="off",
        ),
        rx.el.nav(
            rx.foreach(PaletteState.places, _place),
            rx.cond(PaletteState.places.length() == 0, rx.el.p("Nothing has this name.", class_name="note row")),
            aria_label="Found",
            custom_attrs={"data-found-for": PaletteState.typed},
        ),
        look="palette",
    )


def _place(place: rx.Var[Place]) -> rx.Component:
    icon = rx.match(
        place.kind,
        ("job", rx.icon("briefcase", size=16)),
        ("interview", rx.icon("user", size=16)),
        rx.icon("arrow-right", size=16),
    )
    return rx.el.a(icon, rx.el.span(place.title), href=place.href, on_click=PaletteState.toggle(False))
