"""Colours of documents: reading them, and whether one can be told from another."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]
"""Red, green, blue 0..255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
LEAST_CONTRAST = 1.25  # WCAG's ratio, 1 to 21; eyes lose a text near 1.2
_NAMED = {
    "black": BLACK,
    "white": WHITE,
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "green": (0, 255, 0),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "darkblue": (0, 0, 139),
    "darkcyan": (0, 139, 139),
    "darkgreen": (0, 100, 0),
    "darkmagenta": (139, 0, 139),
    "darkred": (139, 0, 0),
    "darkyellow": (128, 128, 0),
    "darkgray": (169, 169, 169),
    "lightgray": (211, 211, 211),
}


def parse(value: str | None) -> Colour | None:
    """ "FFFFFF", "#fff", "white"; None for "auto", "transparent" and anything else."""
    text = (value or "").strip().lstrip("#").lower()
    if text in _NAMED:
        return _NAMED[text]
    if re.fullmatch("[0-9a-f]{3}", text):
        text = "".join(digit * 2 for digit in text)
    if not re.fullmatch("[0-9a-f]{6}", text):
        return None
    return (int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16))


def blend(colour: Colour, towards: Colour, share: float) -> Colour:
    """`share` 0..1 of the way to another colour."""
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(colour, towards, strict=True))
    return (red, green, blue)


def alike(one: Colour, other: Colour) -> bool:
    """Whether text in one colour cannot be read on the other."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    apart = max(abs(a - b) for a, b in zip(one, other, strict=True))
    return (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST and apart < 64


def _luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
