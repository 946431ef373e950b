"""Shapes and text boxes drawn in a DOCX: what is written in them, what fills them, whether anybody sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_docx_looks import UNKNOWN, Fill, Looks
from interview_platform.adapters.resume_docx_xml import A, W
from interview_platform.adapters.resume_zip import Element

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_STRICT_WP = "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PER_TWIP = 635  # English metric units
_TINY_TWIPS = 50
_FARTHEST_TWIPS = 31_680  # the longest page there is


@dataclass(frozen=True)
class Box:
    """A text box: its content, the fill behind the words (None: none of its own), and why nobody sees it."""

    content: Element
    fill: Fill
    why: str | None


def boxes(element: Element, looks: Looks, page_width: int) -> list[Box]:
    """The text boxes drawn here, outermost only and each once."""
    return _boxes(element, looks, page_width, None, None)


def has_backdrop(paragraph: Element, looks: Looks) -> bool:
    """Whether a coloured shape or a picture is anchored here, free to stand behind other text."""
    for anchor in [*paragraph.iter(_WP + "anchor"), *paragraph.iter(_STRICT_WP + "anchor")]:
        if any(True for _ in anchor.iter(A + "blip")):
            return True
        for shape in anchor.iter(_WPS + "wsp"):
            fill = _shape_fill(shape, looks)
            if fill == UNKNOWN or (isinstance(fill, tuple) and not colours.alike(fill, colours.WHITE)):
                return True
    return any(_vml_fill(shape) is not None for kind in ("shape", "rect") for shape in paragraph.iter(_V + kind))


def _boxes(element: Element, looks: Looks, width: int, fill: Fill, why: str | None) -> list[Box]:
    if element.tag == _FALLBACK:
        return []
    if element.tag == W + "txbxContent":
        return [Box(element, fill, why)]
    if element.tag == _WPS + "wsp":
        fill = _shape_fill(element, looks)
    elif element.tag in (_V + "shape", _V + "rect", _V + "roundrect"):
        fill, why = _vml_fill(element), why or _vml_unseen(element.get("style", ""))
    elif element.tag.rpartition("}")[2] in ("anchor", "inline"):
        why = why or _anchor_unseen(element, width)
    return [box for child in element for box in _boxes(child, looks, width, fill, why)]


def _shape_fill(shape: Element, looks: Looks) -> Fill:
    properties = shape.find(_WPS + "spPr")
    if properties is None:
        return None
    for child in properties:
        if child.tag == A + "solidFill":
            return looks.scheme(child)
        if child.tag == A + "noFill":
            return None
        if child.tag in (A + "gradFill", A + "blipFill", A + "pattFill", A + "grpFill"):
            return UNKNOWN
    reference = shape.find(f"{_WPS}style/{A}fillRef")
    return UNKNOWN if reference is not None and reference.get("idx", "0") != "0" else None


def _anchor_unseen(anchor: Element, width: int) -> str | None:
    """Why nobody sees what is anchored: hidden, next to nothing in size, or beside the page."""
    prefix = anchor.tag.rpartition("}")[0] + "}"
    shown = anchor.find(prefix + "docPr")
    if anchor.get("hidden") in ("1", "true") or (shown is not None and shown.get("hidden") in ("1", "true")):
        return "hidden_run"
    extent = anchor.find(prefix + "extent")
    size = [_twips(None if extent is None else extent.get(name)) for name in ("cx", "cy")]
    grows = any(True for _ in anchor.iter(A + "spAutoFit"))  # as tall as its words, whatever was saved
    if any(length is not None and length < _TINY_TWIPS for length in (size[:1] if grows else size)):
        return "tiny"
    for axis, length, most in (("positionH", size[0], width), ("positionV", size[1], _FARTHEST_TWIPS)):
        offset = _twips(anchor.findtext(f"{prefix}{axis}/{prefix}posOffset"))
        if offset is not None and (offset > most or offset + (length or 0) < -1_440):
            return "off_page"
    return None


def _twips(value: str | None) -> int | None:
    return int(value) // _PER_TWIP if value is not None and re.fullmatch(r"-?\d{1,12}", value.strip()) else None


def _vml_fill(shape: Element) -> Fill:
    if shape.get("filled") in ("f", "false") or shape.get("fillcolor") is None:
        return None
    return colours.parse(shape.get("fillcolor", "").split(" ")[0]) or UNKNOWN


def _vml_unseen(style: str) -> str | None:
    said = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", style.lower()))
    if said.get("visibility", "").strip() == "hidden" or said.get("display", "").strip() == "none":
        return "hidden_run"
    if any(_points(said.get(name, "")) in (0, 1, 2) for name in ("width", "height")):
        return "tiny"
    if any(abs(_points(said.get(name, "")) or 0) > 1_600 for name in ("margin-left", "margin-top", "left", "top")):
        return "off_page"
    return None


def _points(value: str) -> int | None:
    found = re.match(r"\s*(-?\d{1,7})(?:\.\d+)?\s*(pt|in|cm|mm|px)?", value)
    if not found:
        return None
    return int(int(found.group(1)) * {"in": 72, "cm": 28.35, "mm": 2.835, "px": 0.75}.get(found.group(2) or "pt", 1))
