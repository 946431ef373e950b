"""Buttons, fields, tabs, dialogs: the small parts of the recruiter's pages."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.components.radix.primitives.dialog import dialog as primitive

Words = str | rx.Var


def button(label: Words, *, icon: str = "", kind: str = "", **props: Any) -> rx.Component:
    """A button with a verb on it. `kind`: primary | quiet | danger, and small."""
    inside = [rx.icon(icon, size=16)] if icon else []
    props.setdefault("type", "button")
    return rx.el.button(*inside, label, class_name=f"btn {kind}", **props)


def icon_button(icon: str, label: Words, *, kind: str = "quiet", **props: Any) -> rx.Component:
    """A button that is only an icon; `label` is said by screen readers and shown on hover."""
    return rx.el.button(
        rx.icon(icon, size=16), type="button", aria_label=label, title=label, class_name=f"btn icon {kind}", **props
    )


def busy_button(label: Words, busy_label: Words, busy: rx.Var, *, icon: str = "", **props: Any) -> rx.Component:
    """A button that says what it is doing and cannot be pressed meanwhile."""
    kind = props.pop("kind", "primary")
    resting = rx.fragment(*([rx.icon(icon, size=16)] if icon else []), label)
    working = rx.fragment(rx.icon("loader-circle", size=16, class_name="spin"), busy_label)
    return rx.el.button(
        rx.cond(busy, working, resting), type="button", disabled=busy, class_name=f"btn {kind}", **props
    )


def link_button(label: Words, href: Words, *, icon: str = "", kind: str = "", **props: Any) -> rx.Component:
    """A link that looks like a button."""
    inside = [rx.icon(icon, size=16)] if icon else []
    return rx.el.a(*inside, label, href=href, class_name=f"btn {kind}", **props)


def copy_button(label: Words, text: Words, *, kind: str = "small", **props: Any) -> rx.Component:
    """Puts `text` on the clipboard and says so."""
    done = [rx.set_clipboard(text), rx.toast.success("Copied.")]
    return button(label, icon="copy", kind=kind, on_click=done, **props)


def field(
    label: Words, control: rx.Component, *, name: str, hint: Words = "", wrong: Words = "", whole: bool = False
) -> rx.Component:
    """A label, its control (whose id is `name`), a hint, and what is wrong with the input."""
    hints = [rx.el.span(hint, class_name="hint", id=f"{name}-hint")] if isinstance(hint, rx.Var) or hint else []
    return rx.el.div(
        rx.el.label(label, html_for=name),
        control,
        *hints,
        rx.cond(wrong, rx.el.span(rx.icon("circle-alert", size=14), wrong, role="alert", class_name="wrong")),
        class_name="field whole" if whole else "field",
    )


def text_input(name: str, value: rx.Var, on_change: Any, **props: Any) -> rx.Component:
    """One line. What is typed is kept server-side after a short pause and when the field is left."""
    look = props.pop("look", "")
    return rx.debounce_input(
        rx.el.input(id=name, name=name, value=value, on_change=on_change, class_name=f"input {look}", **props),
        debounce_timeout=250,
    )


def text_area(name: str, value: rx.Var, on_change: Any, **props: Any) -> rx.Component:
    """Several lines, kept like `text_input`."""
    look = props.pop("look", "")
    return rx.debounce_input(
        rx.el.textarea(id=name, name=name, value=value, on_change=on_change, class_name=f"input {look}", **props),
        debounce_timeout=400,
    )


def choice_list(
    name: str, value: rx.Var, options: rx.Var | Sequence[tuple[str, str]], on_change: Any, **props: Any
) -> rx.Component:
    """A select. `options`: pairs (value, words), or a list var of such pairs."""
    look = props.pop("look", "")
    if isinstance(options, rx.Var):
        shown = [rx.foreach(options, lambda pair: rx.el.option(pair[1], value=pair[0]))]
    else:
        shown = [rx.el.option(words, value=key) for key, words in options]
    return rx.el.select(
        *shown, id=name, name=name, value=value, on_change=on_change, class_name=f"input {look}", **props
    )


def search_box(name: str, value: rx.Var, on_change: Any, words: str) -> rx.Component:
    """A search field that narrows while one types."""
    return rx.el.div(
        rx.icon("search", size=16),
        text_input(name, value, on_change, placeholder=words, aria_label=words, type="search", look="compact"),
        class_name="search",
    )


def switch(name: str, checked: rx.Var, on_click: Any, label: str, hint: str = "") -> rx.Component:
    """A labelled on/off switch; it takes effect at once."""
    return rx.el.div(
        rx.el.div(
            rx.el.b(label, id=f"{name}-label"),
            rx.el.span(hint) if hint else rx.fragment(),
            class_name="row-words",
        ),
        rx.el.button(
            type="button",
            role="switch",
            id=name,
            aria_checked=rx.cond(checked, "true", "false"),
            aria_labelledby=f"{name}-label",
            on_click=on_click,
            class_name="switch",
        ),
        class_name="row",
    )


def tabs(current: rx.Var, options: Sequence[tuple[str, Words]], on_pick: Any) -> rx.Component:
    """A row of tabs; `on_pick` takes the tab's key."""
    return rx.el.div(
        *[
            rx.el.button(
                words,
                type="button",
                role="tab",
                id=f"tab-{key}",
                aria_selected=rx.cond(current == key, "true", "false"),
                on_click=on_pick(key),
                class_name="tab",
            )
            for key, words in options
        ],
        role="tablist",
        class_name="tabs",
    )


def dialog(is_open: rx.Var, on_open_change: Any, title: Words, *content: rx.Component, look: str = "") -> rx.Component:
    """A modal dialog: focus stays inside, Escape closes. The last part of `content` is usually `dialog_foot`."""
    return _over(is_open, on_open_change, title, f"dialog {look}", *content)


def side_panel(is_open: rx.Var, on_open_change: Any, title: Words, *content: rx.Component) -> rx.Component:
    """A panel from the right with a close button in its head."""
    return primitive.root(
        primitive.portal(
            primitive.overlay(class_name="veil"),
            primitive.content(
                rx.el.div(
                    rx.el.div(primitive.title(title)),
                    icon_button("x", "Close", on_click=on_open_change(False)),
                    class_name="panel-head",
                ),
                *content,
                class_name="panel",
                aria_describedby="",
            ),
        ),
        open=is_open,
        on_open_change=on_open_change,
    )


def _over(is_open: rx.Var, on_open_change: Any, title: Words, look: str, *content: rx.Component) -> rx.Component:
    return primitive.root(
        primitive.portal(
            primitive.overlay(class_name="veil"),
            primitive.content(primitive.title(title), *content, class_name=look, aria_describedby=""),
        ),
        open=is_open,
        on_open_change=on_open_change,
    )


def dialog_foot(*buttons: rx.Component) -> rx.Component:
    """The row of a dialog's buttons, the main one last."""
    return rx.el.div(*buttons, class_name="dialog-foot")
