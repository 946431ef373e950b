"""Résumé files drawn for tests: PDFs by reportlab; DOCX, ODT and RTF files by hand."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

TEXT = """Maya Okafor
Backend Engineer
maya.okafor@example.com | +44 20 7946 0018 | Leeds, United Kingdom | github.com/mokafor

Summary
Engineer who keeps payment services up and writes about what broke.

Experience
Senior Backend Engineer, Harbour Payments Ltd\tMarch 2021 - Present
• Moved the ledger from MySQL to PostgreSQL without stopping payments.
• Built the retry queue in Python; failed payouts fell by 40%.

Backend Engineer, Fern Software Ltd\tJune 2017 - February 2021
• Ran a dozen services on k8s and wrote their alerts.

Education
University of Leeds
BSc Computer Science\t2014 - 2017

Skills
Python, PostgreSQL, Docker, Go
"""
"""A résumé as text; a tab is a wide gap in a row."""


def _written(draw: Canvas) -> bytes:
    draw.save()
    return draw._filename.getvalue()


def _canvas(encrypt: str | None = None) -> Canvas:
    return Canvas(io.BytesIO(), pagesize=A4, encrypt=encrypt)


def pdf(text: str = TEXT, *, pages: int = 1, password: str | None = None) -> bytes:
    """One column; what stands after a tab is set at the right edge."""
    draw = _canvas(password)
    for _ in range(pages):
        for number, line in enumerate(text.split("\n")):
            left, _, right = line.partition("\t")
            draw.drawString(50, 800 - 15 * number, left)
            draw.drawRightString(545, 800 - 15 * number, right)
        draw.showPage()
    return _written(draw)


def two_columns(left: list[str], right: list[str]) -> bytes:
    """A name across the page and two columns under it, drawn row by row as design tools do."""
    draw = _canvas()
    draw.setFont("Helvetica-Bold", 20)
    draw.drawString(50, 790, "Maya Okafor")
    draw.setFont("Helvetica", 10)
    for number in range(max(len(left), len(right))):
        if number < len(left):
            draw.drawString(50, 750 - 14 * number, left[number])
        if number < len(right):
            draw.drawString(340, 752 - 13 * number, right[number])
    return _written(draw)


def with_hidden(hidden: str, how: str) -> bytes:
    """TEXT and words nobody sees: "white", "tiny", "off_page" or "invisible"."""
    draw = _canvas()
    for number, line in enumerate(TEXT.replace("\t", "   ").split("\n")):
        draw.drawString(50, 800 - 15 * number, line)
    text = draw.beginText(50, 100 if how != "off_page" else -200)
    text.setFont("Helvetica", 1 if how == "tiny" else 10)
    text.setFillColor(white if how == "white" else black)
    text.setTextRenderMode(3 if how == "invisible" else 0)
    text.textLine(hidden)
    draw.drawText(text)
    return _written(draw)


def white_on_dark(text: str) -> bytes:
    """White words on a dark bar, as in many designs: everybody sees them."""
    draw = _canvas()
    draw.setFillColor(Color(0.1, 0.1, 0.3))
    draw.rect(0, 740, 600, 110, stroke=0, fill=1)
    draw.setFillColor(white)
    draw.drawString(50, 790, text)
    return _written(draw)


def scan() -> bytes:
    """A picture of a page and no text."""
    from PIL import Image

    draw = _canvas()
    draw.drawImage(ImageReader(Image.new("RGB", (300, 400), "lightgrey")), 0, 0, 595, 842)
    return _written(draw)


_DOCX_NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def zipped(parts: dict[str, str]) -> bytes:
    """An archive of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def word_part(body: str, root: str = "document") -> str:
    """A part of a DOCX: `body` in its root element, all names declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_DOCX_NAMES}>{body}</w:{root}>'


def docx(paragraphs: list[str], *, raw: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Paragraphs of plain text, then `raw` WordprocessingML; `parts` are further files in the archive."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs) + raw
    document = word_part(f"<w:body>{body}</w:body>")
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})})


def text_box(text: str, *, cx: int = 1_500_000, x: int = 100_000, shape: str = "<a:noFill/>", run: str = "") -> str:
    """A paragraph with a floating text box; lengths in English metric units, `run` are run properties."""
    inside = f"<w:p><w:r><w:rPr>{run}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"
    box = f"<wps:wsp><wps:spPr>{shape}</wps:spPr><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
    place = f"<wp:positionH><wp:posOffset>{x}</wp:posOffset></wp:positionH>"
    anchor = f'<wp:anchor>{place}<wp:extent cx="{cx}" cy="600000"/><a:graphic>{box}</a:graphic></wp:anchor>'
    return f"<w:p><w:r><w:drawing>{anchor}</w:drawing></w:r></w:p>"


_ODT_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "meta": "meta",
    }.items()
)


def odt(paragraphs: list[str], *, raw: str = "", styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Paragraphs, then `raw` content; `styles` are automatic styles, `parts` further files in the archive."""
    body = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs) + raw
    content = (
        f'<?xml version="1.0"?><office:document-content {_ODT_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(parts or {})})


def odt_style(name: str, properties: str, family: str = "text") -> str:
    """A style with text properties."""
    said = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}">{said}</style:style>'


def odt_meta(inner: str) -> str:
    """The properties of an ODT."""
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"<office:document-meta {_ODT_NAMES} {dc}><office:meta>{inner}</office:meta></office:document-meta>"


def rtf(body: str, *, colours: str = "") -> bytes:
    """An RTF with this body; colour 1 is white, 2 is black, then `colours`."""
    table = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;" + colours + "}"
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}" + table + body + "}").encode("cp1252")


def run(text: str, properties: str) -> str:
    """A paragraph of one run with run properties."""
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"


def zip_bomb() -> bytes:
    """A DOCX that unpacks to far more than it is."""
    return docx(["Maya Okafor"], parts={"word/media/zeros.bin": "0" * 80_000_000})
