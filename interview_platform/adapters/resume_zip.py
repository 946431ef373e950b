"""The parts of a document that is a ZIP (DOCX, ODT), read safely. Runs only inside the limited process (resume_text).

Sizes are checked in the directory before anything is unpacked, parts that share bytes are refused, archives inside
are never opened, and XML with a document type (entities, files outside) is not parsed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from interview_platform.errors import ResumeUnreadable

MOST_UNPACKED = 60_000_000
MOST_XML = 25_000_000
MOST_RATIO = 200
MOST_PARTS = 3_000

Element = ElementTree.Element


class Parts:
    """The files of one archive. Raises ResumeUnreadable for what is damaged, protected or a bomb."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            cut = b"PK\x05\x06" not in content[-66_000:]
            raise ResumeUnreadable("", "truncated" if cut else "damaged") from error
        entries = self._archive.infolist()
        _check(entries, len(content))
        self.names = {entry.filename for entry in entries}

    def read(self, name: str) -> bytes:
        """A part, b"" when there is none."""
        if name not in self.names:
            return b""
        if self._archive.getinfo(name).file_size > MOST_XML:
            raise ResumeUnreadable("", "too_long")
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
            raise ResumeUnreadable("", "damaged") from error

    def tree(self, name: str) -> Element | None:
        """An XML part, None when there is none."""
        content = self.read(name)
        return safe_tree(content) if content.strip() else None


def _check(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED or packed > size:
        raise ResumeUnreadable("", "zip_bomb")
    if any(entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * entry.compress_size for entry in entries):
        raise ResumeUnreadable("", "zip_bomb")
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    for one, other in pairwise(placed):
        if one.header_offset + 30 + one.compress_size > other.header_offset:
            raise ResumeUnreadable("", "zip_bomb")  # two parts of the same bytes
    if any(entry.flag_bits & 1 for entry in entries):
        raise ResumeUnreadable("", "encrypted")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise ResumeUnreadable("", "damaged")  # two parts of one name: which one is shown depends on the program


def safe_tree(xml: bytes) -> Element:
    """Parsed XML; a document type declaration is refused before parsing."""
    guard = expat.ParserCreate()

    def refuse(*_: Any) -> None:
        raise ResumeUnreadable("", "unsafe")

    guard.StartDoctypeDeclHandler = refuse
    try:
        guard.Parse(xml, True)
        return ElementTree.fromstring(xml)  # noqa: S314 - no document type, see above
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise ResumeUnreadable("", "damaged") from error
