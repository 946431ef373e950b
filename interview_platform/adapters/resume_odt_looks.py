"""How text of an ODT looks: its styles, from the document's defaults down to the span. For resume_odt."""

from __future__ import annotations

import re
from typing import Any

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_zip import Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75, "pc": 12.0}
_TINY_POINTS = 2.5
_FARTHEST_POINTS = 1_600.0

Look = dict[str, Any]
"""Only what is said: "hidden", "size" (points), "scale" (%), "colour", "fill" (a colour or "unknown"), "no_ink"."""


def points(length: str | None) -> float | None:
    """ "2.5cm" in points; None for anything else."""
    found = re.fullmatch(r"(-?\d{1,6}(?:\.\d{1,9})?)(pt|in|cm|mm|px|pc)", length or "")
    return float(found.group(1)) * _UNITS[found.group(2)] if found else None


def placed(frame: Element) -> str | None:
    """Why nobody sees what stands in this frame: next to no size, or beside the page."""
    sizes = [points(frame.get(_SVG + name)) for name in ("width", "height")]
    grows = any(box.get(_FO + "min-height") for box in frame.findall(DRAW + "text-box"))  # as tall as its words
    if any(size is not None and size < _TINY_POINTS for size in (sizes[:1] if grows else sizes)):
        return "tiny"
    for name, size in zip(("x", "y"), sizes, strict=True):
        place = points(frame.get(_SVG + name))
        if place is not None and (place > _FARTHEST_POINTS or place + (size or 0) < -72):
            return "off_page"
    return None


class Looks:
    """Named and automatic styles of both parts."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._resolved: dict[tuple[str, str], Look] = {}
        self._pages: set[str] = set()
        self.default: Look = {}
        for root in (styles, content):
            for style in () if root is None else root.iter(STYLE + "style"):
                self._styles[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style
                if root is content or style.get(STYLE + "name") == "Standard":
                    self._pages.add(style.get(STYLE + "master-page-name", ""))
        if styles is not None:
            for style in styles.iter(STYLE + "default-style"):
                if style.get(STYLE + "family") == "paragraph":
                    self.default = _look(style, 12.0)

    def style(self, family: str, name: str | None) -> Look:
        """What a paragraph's or a span's style says, with its parents."""
        key = (family, name or "")
        if key not in self._resolved:
            chain: list[Element] = []
            at = self._styles.get(key)
            while at is not None and len(chain) < 20:
                chain.append(at)
                at = self._styles.get((family, at.get(STYLE + "parent-style-name", "")))
            look: Look = {}
            for style in reversed(chain):
                look |= _look(style, float(look.get("size") or self.default.get("size") or 12.0))
            self._resolved[key] = look
        return self._resolved[key]

    def cell(self, name: str | None) -> Look:
        """The fill of a table's cell."""
        look = self.style("table-cell", name)
        return {"fill": look["fill"]} if "fill" in look else {}

    def frame(self, name: str | None) -> Look:
        """The fill of a text box."""
        look = self.style("graphic", name)
        return {"fill": look["fill"]} if "fill" in look else {}

    def uses_page(self, name: str) -> bool:
        """Whether a page style is on some page: the standard one, and what a paragraph asks for."""
        return name in ("Standard", "Default", "First_20_Page") or name in self._pages


def _look(style: Element, size: float) -> Look:
    """What one style says itself; sizes in percent are of `size`."""
    look: Look = {}
    for kind in ("paragraph-properties", "table-cell-properties", "graphic-properties"):
        look |= _fill(style.find(STYLE + kind))
    look |= _place(style.find(STYLE + "paragraph-properties"))
    said = style.find(STYLE + "text-properties")
    if said is None:
        return look
    look |= _fill(said)
    if said.get(TEXT + "display"):
        look["hidden"] = said.get(TEXT + "display") == "none"
    if said.get(_FO + "color"):
        look["colour"] = colours.parse(said.get(_FO + "color"))
    if said.get(STYLE + "use-window-font-color") == "true":
        look["colour"] = None
    opacity = said.get("{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}opacity", "")
    if re.fullmatch(r"\d{1,3}%", opacity):
        look["no_ink"] = int(opacity[:-1]) <= 5
    wanted = said.get(_FO + "font-size", "")
    share = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)%", wanted)
    absolute = float(share.group(1)) * size / 100 if share else points(wanted)
    if absolute is not None:
        look["size"] = absolute
    raised = re.fullmatch(r"(-?\d{1,5}|super|sub)%? (\d{1,3})%", said.get(STYLE + "text-position", ""))
    if raised:
        look["size"] = look.get("size", size) * int(raised.group(2)) / 100
    scale = re.fullmatch(r"(\d{1,4})%", said.get(STYLE + "text-scale", ""))
    if scale:
        look["scale"] = float(scale.group(1))
    return look


def _place(properties: Element | None) -> Look:
    """Lines of no height, and paragraphs beside the page."""
    if properties is None:
        return {}
    height, margin = points(properties.get(_FO + "line-height")), points(properties.get(_FO + "margin-left"))
    flat = {} if height is None else {"flat": height < _TINY_POINTS}
    return flat if margin is None else {**flat, "off_page": abs(margin) > _FARTHEST_POINTS}


def _fill(properties: Element | None) -> Look:
    if properties is None:
        return {}
    kind = properties.get(DRAW + "fill", "")
    picture = properties.find(STYLE + "background-image")
    if kind in ("gradient", "bitmap", "hatch") or (picture is not None and picture.get(HREF)):
        return {"fill": "unknown"}
    named = properties.get(DRAW + "fill-color") if kind == "solid" else properties.get(_FO + "background-color")
    colour = colours.parse(named)
    return {} if colour is None else {"fill": colour}
