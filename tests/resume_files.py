"""Résumé files drawn for tests: PDFs by reportlab, DOCX files by hand."""

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


def docx(paragraphs: list[str], *, raw: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Paragraphs of plain text, then `raw` WordprocessingML; `parts` are further files in the archive."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs) + raw
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
        f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": document,
            **(parts or {}),
        }.items():
            archive.writestr(name, content)
    return held.getvalue()


def run(text: str, properties: str) -> str:
    """A paragraph of one run with run properties."""
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"


def zip_bomb() -> bytes:
    """A DOCX that unpacks to far more than it is."""
    return docx(["Maya Okafor"], parts={"word/media/zeros.bin": "0" * 80_000_000})
