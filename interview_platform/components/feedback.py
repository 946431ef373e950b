"""Waiting, empty, wrong, done: what a page says when it has nothing else to show."""

import reflex as rx

Words = str | rx.Var


def skeleton(rows: int = 6) -> rx.Component:
    """Grey rows in the place of a list that is on its way."""
    widths = ("36%", "22%", "14%")
    return rx.el.div(
        *[
            rx.el.div(
                *[rx.el.span(class_name="skeleton", style={"width": width}) for width in widths],
                class_name="skeleton-row",
            )
            for _ in range(rows)
        ],
        rx.el.span("Loading", class_name="hidden-text"),
        role="status",
        class_name="skeleton-rows",
    )


def empty(icon: str, title: Words, text: Words, *action: rx.Component) -> rx.Component:
    """What this place is for, and the one thing to do."""
    return rx.el.div(rx.icon(icon, size=28), rx.el.h2(title), rx.el.p(text), *action, class_name="empty")


def notice(icon: str, *words: rx.Component | Words, tone: str = "", role: str = "status") -> rx.Component:
    """A message in the page. `tone`: good | attention | danger; none is information."""
    return rx.el.div(
        rx.icon(icon, size=18),
        rx.el.div(*words, class_name="notice-words"),
        role=role,
        class_name=f"notice {tone}",
    )


def problem(text: rx.Var, on_retry: object) -> rx.Component:
    """A page that could not be loaded: why, and the way on."""
    return rx.el.div(
        rx.icon("circle-alert", size=28),
        rx.el.h2("This page could not be shown"),
        rx.el.p(text),
        rx.el.button(rx.icon("rotate-cw", size=16), "Try again", type="button", on_click=on_retry, class_name="btn"),
        role="alert",
        class_name="empty",
    )


def loaded(state: type[rx.State], body: rx.Component, rows: int = 6) -> rx.Component:
    """`body` when `state.ready`, a skeleton before, the reason when `state.problem` is set (retry: `state.load`)."""
    return rx.cond(state.problem != "", problem(state.problem, state.load), rx.cond(state.ready, body, skeleton(rows)))


def badge(words: Words, tone: Words = "", icon: str = "") -> rx.Component:
    """A short state in words. `tone`: good | attention | danger | info."""
    inside = [rx.icon(icon, size=13)] if icon else []
    return rx.el.span(*inside, words, class_name="badge " + tone)


def progress(percent: rx.Var, label: Words) -> rx.Component:
    """A bar and the words that say what is being waited for."""
    return rx.el.div(
        rx.el.div(label, class_name="note"),
        rx.el.div(
            rx.el.i(style={"width": percent.to_string() + "%"}),
            role="progressbar",
            aria_valuenow=percent.to_string(),
            aria_valuemin="0",
            aria_valuemax="100",
            aria_label=label,
            class_name="bar",
        ),
        class_name="stack tight",
    )
