"""Light or dark: the choice of three, and the button that turns one into the other. Kept by the browser alone."""

import reflex as rx
from reflex.style import color_mode, set_color_mode

from interview_platform.components.controls import icon_button

LOOKS = (("dark", "moon", "Dark"), ("light", "sun", "Light"), ("system", "monitor", "As this device"))


def look_choice() -> rx.Component:
    """Dark, light, or what the device asks for; the arrow keys move between them."""
    return rx.el.fieldset(
        rx.el.legend("Look of the pages", class_name="hidden-text"),
        *[_look(key, icon, words) for key, icon, words in LOOKS],
        class_name="looks",
    )


def _look(key: str, icon: str, words: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio", name="look", id=f"look-{key}", checked=color_mode == key, on_change=set_color_mode(key)
        ),
        rx.icon(icon, size=16),
        words,
        html_for=f"look-{key}",
    )


def light_or_dark() -> rx.Component:
    """The quick way, for whoever has no account page before her."""
    return icon_button("sun-moon", "Light or dark", on_click=rx.toggle_color_mode)
