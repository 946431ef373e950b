"""Résumé files with text that nobody sees, in every way that files know, written by hand for measuring.

Each way puts the hidden text where the text layer has it and the eye does not: white, tiny, invisible by render mode,
off the page, under a shape; in DOCX hidden, white or tiny runs.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

PDF_WAYS = {
    "white": "1 1 1 rg",
    "tiny": "0 0 0 rg",
    "invisible": "0 0 0 rg 3 Tr",
    "off_page": "0 0 0 rg",
    "covered": "0 0 0 rg",
}
"""Ways of hiding in a PDF, with how the text is drawn."""
DOCX_WAYS = {"vanish": "<w:vanish/>", "white": '<w:color w:val="FFFFFF"/>', "tiny": '<w:sz w:val="2"/>'}
"""Ways of hiding in a DOCX, with the property of the run."""
_LINES_A_PAGE = 45
_COVER = "q 1 1 1 rg 30 500 540 320 re f Q\n"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(text: str, hidden: str = "", way: str = "white") -> bytes:
    """A plain PDF of a text; `hidden` stands on its first page where nobody sees it, in one of PDF_WAYS."""
    lines = [part for line in text.split("\n") for part in (_wrapped(line) or [""])]
    pages = [lines[first : first + _LINES_A_PAGE] for first in range(0, max(1, len(lines)), _LINES_A_PAGE)]
    streams = [_lines(page, 800, -12.5, "0 0 0 rg") for page in pages]
    if hidden:
        streams[0] = _unseen(hidden, way) + streams[0]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('latin-1'))} >>\nstream\n{stream}\nendstream")
    return _file(objects)


def docx(text: str, hidden: str = "", way: str = "vanish") -> bytes:
    """A plain DOCX of a text; `hidden` is its third paragraph, in one of DOCX_WAYS."""
    paragraphs = [_paragraph(line) for line in text.split("\n")]
    if hidden:
        paragraphs.insert(min(2, len(paragraphs)), _paragraph(hidden, DOCX_WAYS[way]))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')
    return held.getvalue()


def _paragraph(line: str, properties: str = "") -> str:
    bare = "".join(character for character in line if character.isprintable())
    run = f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(bare)}</w:t></w:r>'
    return f"<w:p>{run if bare else ''}</w:p>"


def _unseen(hidden: str, way: str) -> str:
    """Operators that draw a text where nobody sees it."""
    if way == "tiny":
        return _lines(_wrapped(hidden), 30, -1.0, PDF_WAYS[way], 0.5)
    if way == "off_page":
        return _lines(_wrapped(hidden), -900, -12.5, PDF_WAYS[way])
    if way == "covered":
        return _lines(_wrapped(hidden), 790, -9.0, PDF_WAYS[way]) + _COVER
    return f"q {_lines(_wrapped(hidden), 30, 6.0, PDF_WAYS[way])} Q\n"


def _file(objects: Sequence[str]) -> bytes:
    """A PDF of numbered objects with its table of places."""
    held = io.BytesIO(b"")
    held.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(held.tell())
        held.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = held.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    held.write(f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1"))
    return held.getvalue()


def _lines(lines: Sequence[str], top: float, step: float, look: str, size: float = 9) -> str:
    """Text operators for lines one under the other."""
    made = []
    for number, line in enumerate(lines):
        bare = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        made.append(f"{look} BT /F1 {size} Tf 40 {top + step * number:.1f} Td ({bare}) Tj ET\n")
    return "".join(made)


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line.encode("latin-1", "ignore").decode("latin-1"), 100)
