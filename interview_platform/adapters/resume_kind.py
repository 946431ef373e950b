"""What a file is, told by its bytes and never by its name. Runs only inside the limited process (resume_text)."""

from __future__ import annotations

import re

from interview_platform.errors import ResumeUnreadable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TXT = "text/plain"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (  # how a file begins, and what is said of it
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"#!", "program"),
    (b"%!PS", "wrong_kind"),
)
_TEXT_KINDS = (  # how a text that is no résumé begins
    (rb"<svg\b|<\?xml[^>]*\?>\s*(?:<!--.*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b", "picture"),
    (rb"<!doctype html|<html\b|<\?xml[^>]*\?>\s*<!doctype html|<(?:head|body|script|div|meta|table)\b", "html"),
    (rb"mime-version:\s*1", "html"),  # a web page with its pictures in one file, often called .doc
    (rb"<\?xml|<!doctype|<[a-z][\w:.-]*[\s>/]", "xml"),
    (rb"[\[{]\s*[\"\[{]|\{\s*\}", "xml"),
)
_ENDINGS = {".pdf": PDF, ".docx": DOCX, ".odt": ODT, ".rtf": RTF, ".txt": TXT}
_NAMES = {PDF: "a PDF", DOCX: "a Word document", ODT: "an OpenDocument text", RTF: "an RTF document", TXT: "plain text"}


def kind_of(content: bytes) -> str:
    """PDF, "zip" (DOCX, ODT or another archive), RTF or TXT. Raises ResumeUnreadable for anything else."""
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    reason = _other(content, start)
    if b"%PDF-" in content[:1024]:
        if reason or content[:2] == b"PK" or start.startswith(b"{\\rtf") or _ends_as_zip(content):
            raise ResumeUnreadable("", "polyglot")
        return PDF
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if reason:
        raise ResumeUnreadable("", reason)
    if _ends_as_zip(content):
        raise ResumeUnreadable("", "polyglot")
    if content[:2] == b"PK" and b"\x00" in content[:64]:
        raise ResumeUnreadable("", "damaged")
    return RTF if start.startswith(b"{\\rtf") else TXT


def painted(media_type: str) -> bool:
    """Whether text of this kind was read off a page as it is drawn, not out of the file as it was typed."""
    return media_type not in (DOCX, ODT, RTF, TXT)


def mislabelled(ending: str, media_type: str) -> str:
    """What to say when the name's ending tells another kind than the bytes do, or ""."""
    if _ENDINGS.get(ending, media_type) == media_type:
        return ""
    return f"This file is called {ending} but is {_NAMES.get(media_type, 'a picture')}; it was read as that."


def _other(content: bytes, start: bytes) -> str:
    """The reason for which a file of no readable kind is refused, or ""."""
    if content.startswith(_OLE):
        return _old_office(content)
    for magic, reason in _MAGIC:
        if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:256] or magic == b"#!"):
            return reason
    if (content[:4] == b"RIFF" and content[8:12] == b"WEBP") or content[4:12] in (
        b"ftypheic",
        b"ftypheix",
        b"ftypmif1",
    ):
        return "picture"
    for pattern, reason in _TEXT_KINDS:
        if re.match(pattern, start, re.I | re.S):
            return reason
    return ""


def _old_office(content: bytes) -> str:
    """Which program's file: the names of its streams stand in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    return "old_word" if "WordDocument".encode("utf-16-le") in content else "old_office"


def _ends_as_zip(content: bytes) -> bool:
    """Whether a ZIP's directory closes the file, whatever the file begins with."""
    place = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if place < 0 or len(content) - place < 22:
        return False
    comment = int.from_bytes(content[place + 20 : place + 22], "little")
    size = int.from_bytes(content[place + 12 : place + 16], "little")
    at_end = place + 22 + comment >= len(content) - 64
    return at_end and 0 < size <= place and content[place - size : place - size + 4] == b"PK\x01\x02"
