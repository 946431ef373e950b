"""What there is to know about a typed question: why, and other words by one click."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from interview_platform.components.controls import button
from interview_platform.states.question_flags import FlagLine


def question_flags(flags: rx.Var[list[FlagLine]], on_use: Callable[[rx.Var[int]], Any] | None = None) -> rx.Component:
    """The list; `on_use` takes a flag's place and puts the other words in. Empty where nothing is to be said."""

    def flag(one: rx.Var[FlagLine], index: rx.Var[int]) -> rx.Component:
        return _flag(one, index, on_use)

    return rx.el.ul(rx.foreach(flags, flag), aria_live="polite", class_name="question-flags")


def _flag(one: rx.Var[FlagLine], index: rx.Var[int], on_use: Callable[[rx.Var[int]], Any] | None) -> rx.Component:
    offer = rx.fragment()
    if on_use is not None:
        offer = rx.cond(
            one.instead != "",
            rx.el.div(
                rx.el.span("“", one.instead, "”", class_name="question-instead"),
                button("Use this instead", kind="small", on_click=on_use(index)),
                class_name="question-offer",
            ),
        )
    return rx.el.li(
        rx.cond(one.stop, rx.icon("octagon-alert", size=16), rx.icon("info", size=16)),
        rx.el.div(
            rx.el.b(one.title, ": “", one.words, "”"),
            rx.el.p(one.why, class_name="note"),
            offer,
        ),
        class_name=rx.cond(one.stop, "question-flag stop", "question-flag"),
    )
