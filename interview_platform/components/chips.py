"""A field for several short words (chips.jsx), and the chips above it."""

from typing import Any

import reflex as rx

_asset = rx.asset("chips.jsx", shared=True)


def _text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


class ChipEntry(rx.NoSSRComponent):
    """Enter, a comma or leaving the field calls `on_add` with what was typed."""

    library = _asset.importable_path
    tag = "ChipEntry"

    entry_id: rx.Var[str]
    placeholder: rx.Var[str]
    on_add: rx.EventHandler[_text]


def chip_field(name: str, label: str, hint: str, items: rx.Var, on_add: Any, on_remove: Any) -> rx.Component:
    """A labelled list of words; `on_add` takes what was typed, `on_remove` one of the words."""

    def chip(word: rx.Var) -> rx.Component:
        remove = rx.el.button(
            rx.icon("x", size=14), type="button", aria_label="Remove " + word.to(str), on_click=on_remove(word)
        )
        return rx.el.span(word, remove, class_name="chip")

    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.cond(items.length() > 0, rx.el.div(rx.foreach(items, chip), class_name="chips")),
        ChipEntry.create(entry_id=name, placeholder="Type and press Enter", on_add=on_add),
        rx.el.span(hint, id=f"{name}-hint", class_name="hint"),
        class_name="field whole",
    )
