"""One small file of each kind, read once when the reader's process starts so that no real file pays for the start."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

_WORDS = "A sample of a few words that is read when the process starts, and then again never."
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def files() -> Iterator[bytes]:
    """A PDF, a DOCX, an ODT, an RTF and a plain text."""
    yield _pdf()
    paragraph = f"<w:p><w:r><w:t>{_WORDS}</w:t></w:r></w:p>"
    yield _zip("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{paragraph}</w:body></w:document>')
    names = f'xmlns:office="{_OFFICE}office:1.0" xmlns:text="{_OFFICE}text:1.0"'
    body = f"<office:body><office:text><text:p>{_WORDS}</text:p></office:text></office:body>"
    yield _zip("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    yield b"{\\rtf1 " + _WORDS.encode() + b"}"
    # A zero-width space and a Cyrillic letter in a Latin word load the lists of characters.
    yield (_WORDS + "\u200b s\u0430mple").encode()


def _zip(name: str, content: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def _pdf() -> bytes:
    """Two lines in Helvetica on one page."""
    drawn = f"BT /F1 11 Tf 50 700 Td ({_WORDS}) Tj 0 -14 Td ({_WORDS}) Tj ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + b"xref\n0 6\n0000000000 65535 f \n" + table + end
