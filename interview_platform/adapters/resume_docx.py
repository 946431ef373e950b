"""Text of a DOCX as a person sees it, and apart from it what nobody sees. Runs only in the limited process.

The XML is read directly; nothing outside the file is opened. Word counts pages only while it shows them: pages here
are cut where Word last broke them, or at breaks the writer set.
"""

from __future__ import annotations

import re
from typing import Any

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_docx_body import Body
from interview_platform.adapters.resume_docx_looks import Looks
from interview_platform.adapters.resume_docx_xml import A, W, on, tree
from interview_platform.adapters.resume_found import Found
from interview_platform.adapters.resume_kind import DOCX
from interview_platform.adapters.resume_zip import Element, Parts

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_PROPERTIES = ("keywords", "description", "subject", "category", "contentStatus")
_LONG_TITLE = 100
_FETCHED = ("attachedTemplate", "oleObject", "subDocument", "frame", "image", "aFChunk")


def read(parts: Parts) -> dict[str, Any]:
    """The shape of resume_text. Raises ResumeUnreadable."""
    main = main_part(parts)
    root = tree(parts, main)
    if root is None:
        return {"page_texts": [""], "media_type": DOCX, "pages": 0}
    related = relations(parts, main)
    found = Found()
    body = Body(Looks(parts), found, {key: target for key, (_, target, _) in related.items()})
    body.page_colour = _page_colour(parts, root)
    body.size_page(root)
    heads, feet, unused = _edges(parts, root, related)
    before = [body.part(tree(parts, name)) for name in heads]
    main_text = body.part(root.find(W + "body"), breaks=True)
    after = [body.part(tree(parts, name)) for name in feet] + _diagrams(parts)
    after += [body.part(_notes(tree(parts, name), kind)) for name, kind in _NOTES]
    pages = "\n\n".join([*filter(None, before), main_text, *filter(None, after)]).split("\f")
    _unshown(parts, unused, found)
    _metadata(parts, found)
    return {
        "page_texts": pages,
        "media_type": DOCX,
        "pages": max(_pages(parts), len(pages) if len(pages) > 1 else 0),
        "warnings": [*found.warnings(), *body.doubts(), *_outside(related)],
        "unseen": found.unseen(),
        "checked": not body.doubts(),
        "links": body.links,
    }


def main_part(parts: Parts) -> str:
    """The name of the document's main part, "" when this is no Word document."""
    for kind, target, _ in relations(parts, "").values():
        if kind == "officeDocument" and target.startswith("word/") and target in parts.names:
            return target
    return "word/document.xml" if "word/document.xml" in parts.names else ""


def relations(parts: Parts, part: str) -> dict[str, tuple[str, str, bool]]:
    """Of a part (or of the whole, ""): id → kind, target, and whether it lies outside the file."""
    folder, _, name = part.rpartition("/")
    root = tree(parts, f"{folder}/_rels/{name}.rels" if part else "_rels/.rels")
    found = {}
    for entry in () if root is None else root:
        outside = entry.get("TargetMode") == "External"
        target = entry.get("Target", "")
        if not outside:
            target = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
        found[entry.get("Id", "")] = (entry.get("Type", "").rpartition("/")[2], target, outside)
    return found


def _edges(
    parts: Parts, root: Element, related: dict[str, tuple[str, str, bool]]
) -> tuple[list[str], list[str], list[str]]:
    """Parts with headers and footers that are shown, and those that never are."""
    settings = tree(parts, "word/settings.xml")
    even = settings is not None and on(settings.find(W + "evenAndOddHeaders"))
    shown: dict[str, list[str]] = {"header": [], "footer": []}
    for section in root.iter(W + "sectPr"):
        first = on(section.find(W + "titlePg"))
        for kind, names in shown.items():
            for reference in section.findall(f"{W}{kind}Reference"):
                place = reference.get(W + "type", "default")
                name = related.get(reference.get(_R + "id", ""), ("", "", False))[1]
                if name in names or (place == "first" and not first) or (place == "even" and not even):
                    continue
                names.append(name)
    held = {name for name in parts.names if re.fullmatch(r"word/(header|footer)\d*\.xml", name)}
    return shown["header"], shown["footer"], sorted(held - {*shown["header"], *shown["footer"]})


def _unshown(parts: Parts, unused: list[str], found: Found) -> None:
    """Comments, and headers no page shows."""
    for kind, names in (("comment", ["word/comments.xml"]), ("unused_part", unused)):
        for name in names:
            root = tree(parts, name)
            for paragraph in () if root is None else root.iter(W + "p"):
                found.add(kind, "".join(piece.text or "" for piece in paragraph.iter(W + "t")) + "\n")


def _metadata(parts: Parts, found: Found) -> None:
    """Words among the properties, which no page shows; names and dates are no words."""
    core = tree(parts, "docProps/core.xml")
    for entry in () if core is None else core:
        name, text = entry.tag.rpartition("}")[2], (entry.text or "").strip()
        if name in _PROPERTIES or (name == "title" and len(text) > _LONG_TITLE):
            found.add("metadata", text + "\n" if text else "")
    settings = tree(parts, "word/settings.xml")
    for entry in () if settings is None else settings.iter(W + "docVar"):
        found.add("metadata", entry.get(W + "val", "") + "\n")
    custom = tree(parts, "docProps/custom.xml")
    for entry in () if custom is None else custom:
        text = " ".join("".join(entry.itertext()).split())
        if text.count(" ") >= 2:  # single values are labels and ids of offices
            found.add("metadata", text + "\n")


def _outside(related: dict[str, tuple[str, str, bool]]) -> list[dict[str, Any]]:
    count = sum(outside and kind in _FETCHED for kind, _, outside in related.values())
    if not count:
        return []
    detail = f"This file asks for {count} things from outside itself when it is opened; nothing was fetched."
    return [{"kind": "outside", "detail": detail, "count": count}]


def _page_colour(parts: Parts, root: Element) -> colours.Colour:
    """White, unless the page's own colour is shown."""
    settings = tree(parts, "word/settings.xml")
    behind = root.find(W + "background")
    if behind is None or settings is None or not on(settings.find(W + "displayBackgroundShape")):
        return colours.WHITE
    return colours.parse(behind.get(W + "color")) or colours.WHITE


def _notes(root: Element | None, kind: str) -> Element | None:
    """Foot- or endnotes without the lines that separate them."""
    for note in [] if root is None else root.findall(W + kind):
        if root is not None and note.get(W + "type", "normal") != "normal":
            root.remove(note)
    return root


def _diagrams(parts: Parts) -> list[str]:
    """The words of SmartArt, a paragraph a line."""
    lines = []
    for name in sorted(name for name in parts.names if re.fullmatch(r"word/diagrams/drawing\d*\.xml", name)):
        root = tree(parts, name)
        for paragraph in () if root is None else root.iter(A + "p"):
            lines.append("".join(piece.text or "" for piece in paragraph.iter(A + "t")))
    return ["\n".join(filter(None, lines))] if any(lines) else []


def _pages(parts: Parts) -> int:
    """As the word processor counted them when it saved; 0 when it did not say."""
    found = re.search(rb"<Pages>(\d{1,4})</Pages>", parts.read("docProps/app.xml"))
    return int(found.group(1)) if found else 0
