"""How runs of a DOCX look: colours (of the theme too), sizes and hiding, through styles. For resume_docx."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_colour import Colour
from interview_platform.adapters.resume_docx_xml import A, W, number, on, tree
from interview_platform.adapters.resume_zip import Element, Parts

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_THEME_NAMES = {
    "background1": "lt1",
    "bg1": "lt1",
    "light1": "lt1",
    "text1": "dk1",
    "tx1": "dk1",
    "dark1": "dk1",
    "background2": "lt2",
    "bg2": "lt2",
    "light2": "lt2",
    "text2": "dk2",
    "tx2": "dk2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedhyperlink": "folHlink",
}
TINY_HALF_POINTS = 6
UNKNOWN = "unknown"
Fill = Colour | str | None
"""What stands behind: a colour, UNKNOWN (a picture, a pattern), or None for whatever lies further back."""
Look = dict[str, Any]
"""Only what is said: "hidden", "size" and "raised" (half-points), "scale" (%), "spacing" (twips), "colour", "fill",
"no_ink"."""


class Looks:
    """The styles and theme of one document."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._resolved: dict[str, Look] = {}

    def direct(self, properties: Element | None) -> Look:
        """What a w:rPr says itself."""
        if properties is None:
            return {}
        look: Look = {}
        for name in ("vanish", "specVanish"):
            if properties.find(W + name) is not None:
                look["hidden"] = on(properties.find(W + name))
        for key, name in (("size", "sz"), ("scale", "w"), ("spacing", "spacing"), ("raised", "position")):
            value = number(properties.find(W + name))
            if value is not None:
                look[key] = value
        colour = properties.find(W + "color")
        if colour is not None:
            look["colour"] = self._colour(colour, "val", "theme")
        fill = self.fill(properties)
        highlight = properties.find(W + "highlight")
        if fill is not None or highlight is not None:
            look["fill"] = fill if highlight is None else colours.parse(highlight.get(W + "val"))
        painted = properties.find(_W14 + "textFill")
        if painted is not None:
            look["no_ink"] = painted.find(_W14 + "noFill") is not None or any(
                int(alpha.get(_W14 + "val", "0")) >= 95_000
                for alpha in painted.iter(_W14 + "alpha")
                if alpha.get(_W14 + "val", "").isdigit()
            )
        return look

    def style(self, name: str | None) -> Look:
        """What a style says, with what it is based on."""
        if name is None:
            return {}
        if name not in self._resolved:
            chain: list[Element] = []
            at = self._styles.get(name)
            while at is not None and len(chain) < 20:
                chain.append(at)
                base = at.find(W + "basedOn")
                at = self._styles.get(base.get(W + "val", "")) if base is not None else None
            look: Look = {}
            for style in reversed(chain):
                look |= self.direct(style.find(W + "rPr"))
                fill = self.fill(style.find(W + "pPr"))
                if fill is not None:
                    look["behind"] = fill
            self._resolved[name] = look
        return self._resolved[name]

    def style_of(self, properties: Element | None, kind: str) -> Look:
        """The style a w:pPr, w:rPr or w:tblPr names in its `kind` child."""
        named = None if properties is None else properties.find(W + kind)
        return self.style(None if named is None else named.get(W + "val"))

    def fills_cells(self, properties: Element | None) -> bool:
        """Whether a table's style paints cells (which ones depends on row, column and version)."""
        named = None if properties is None else properties.find(W + "tblStyle")
        style = None if named is None else self._styles.get(named.get(W + "val", ""))
        return style is not None and any(self._fill(shade) is not None for shade in style.iter(W + "shd"))

    def fill(self, properties: Element | None) -> Fill:
        """The shading of a paragraph, run or cell."""
        shade = None if properties is None else properties.find(W + "shd")
        return None if shade is None else self._fill(shade)

    def scheme(self, element: Element) -> Fill:
        """The colour of an a:solidFill; UNKNOWN when it cannot be told."""
        named = element.find(A + "srgbClr")
        if named is not None:
            return colours.parse(named.get("val")) or UNKNOWN
        named = element.find(A + "schemeClr")
        return UNKNOWN if named is None or len(named) else self._theme_colour(named.get("val", "")) or UNKNOWN

    @cached_property
    def default(self) -> Look:
        """What every run begins with."""
        root = tree(self._parts, "word/styles.xml")
        return self.direct(None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    @cached_property
    def _styles(self) -> dict[str, Element]:
        root = tree(self._parts, "word/styles.xml")
        return {} if root is None else {style.get(W + "styleId", ""): style for style in root.iter(W + "style")}

    @cached_property
    def _theme(self) -> dict[str, Colour]:
        names = sorted(name for name in self._parts.names if re.fullmatch(r"word/theme/theme\d*\.xml", name))
        root = tree(self._parts, names[0]) if names else None
        scheme = None if root is None else root.find(f".//{A}clrScheme")
        found = {"lt1": colours.WHITE, "dk1": colours.BLACK}
        for entry in () if scheme is None else scheme:
            for value in entry:
                colour = colours.parse(value.get("lastClr") or value.get("val"))
                if colour is not None:
                    found[entry.tag.rpartition("}")[2]] = colour
        return found

    def _theme_colour(self, name: str) -> Colour | None:
        return self._theme.get(_THEME_NAMES.get(name.lower(), name))

    def _colour(self, element: Element, plain: str, theme: str) -> Colour | None:
        """A colour attribute; the theme's colour, where one is named, is what is painted."""
        prefix = theme + ("Fill" if plain == "fill" else "")
        name = element.get(f"{W}{'themeFill' if plain == 'fill' else 'themeColor'}")
        colour = self._theme_colour(name) if name else None
        if colour is None:
            return colours.parse(element.get(W + plain))
        for change, towards in (("Tint", colours.WHITE), ("Shade", colours.BLACK)):
            value = element.get(f"{W}{prefix}{change}", "")
            if re.fullmatch("[0-9A-Fa-f]{1,2}", value):
                colour = colours.blend(colour, towards, 1 - int(value, 16) / 255)
        return colour

    def _fill(self, shade: Element) -> Fill:
        kind = shade.get(W + "val", "clear")
        if kind == "solid":
            return self._colour(shade, "color", "theme")
        if kind not in ("clear", "nil"):
            return UNKNOWN
        return self._colour(shade, "fill", "theme")
