"""LinkedIn's data export (the ZIP a member asks for in the settings), read without writing or trusting anything in it.

Only the tables named here are opened; names in the archive never become paths. Birth date, address, maiden name, zip
code, connections and messages are dropped at the door: nothing of them is kept, shown or logged.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from interview_platform.errors import BadInput
from interview_platform.ports import Profile

Write = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]
"""services/profile_text.write: a record as text and facts."""
Rows = list[dict[str, str]]

MOST_ENTRIES = 5_000
MOST_BYTES = 500_000_000  # unpacked, as the archive declares it; a member with years of messages has some 50 MB
MOST_TABLE_BYTES = 5_000_000  # of one table that is read
MOST_RATIO = 200  # unpacked to packed of a table that is read; text reaches 20
MOST_ROWS = 500
_SMALL = 100_000  # below this no ratio is suspicious
TABLES = (
    "Profile",
    "Positions",
    "Education",
    "Skills",
    "Certifications",
    "Languages",
    "Email Addresses",
    "PhoneNumbers",
)
COLUMNS = {
    "Profile": ("First Name", "Last Name", "Headline", "Summary", "Geo Location", "Websites"),
    "Positions": ("Company Name", "Title", "Description", "Location", "Started On", "Finished On"),
    "Education": ("School Name", "Start Date", "End Date", "Notes", "Degree Name"),
    "Skills": ("Name",),
    "Certifications": ("Name", "Authority", "Started On"),
    "Languages": ("Name", "Proficiency"),
    "Email Addresses": ("Email Address", "Primary"),
    "PhoneNumbers": ("Number",),
}
"""What is taken of each table. Whatever else stands there is dropped while it is read."""
FREE_TEXT = ("Summary", "Description", "Notes")
_AGAIN = "Ask the candidate for the ZIP as LinkedIn sent it, and add it again."


class LinkedInExport:
    """Reads the export. `write` is services/profile_text.write."""

    name = "linkedin_export"

    def __init__(self, write: Write) -> None:
        self._write = write

    def read(self, filename: str, content: bytes) -> Profile:
        """The profile in an export. Raises BadInput with the reason and the way out."""
        tables = _tables(content)
        if not tables.get("Profile") and not tables.get("Positions"):
            raise BadInput(
                f"This ZIP is not LinkedIn's data export: it holds no Profile.csv and no Positions.csv. {_AGAIN}"
            )
        text, facts = self._write(_record(tables))
        if not text:
            raise BadInput(f"The tables of this LinkedIn export are empty. {_AGAIN}")
        raw = json.dumps(_public(tables, text), ensure_ascii=False, sort_keys=True).encode()
        return Profile("linkedin_export", filename, text, facts, raw)


# --- the archive -----------------------------------------------------------------------------------------------


def _tables(content: bytes) -> dict[str, Rows]:
    """By name: the rows of every table that is there, only the columns that are taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = _wanted(archive)
            return {name: _rows(name, _unpacked(archive, entry)) for name, entry in wanted.items()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        raise BadInput(
            f"This file is not a ZIP that can be opened: it is damaged or of another kind. {_AGAIN}"
        ) from None
    except (RuntimeError, ValueError, LookupError, OverflowError, csv.Error):
        raise BadInput(f"A table in this ZIP cannot be read. {_AGAIN}") from None


def _wanted(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries to read, found by their own name at any depth; the archive's sizes are looked at first."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadInput(f"This ZIP holds far more than LinkedIn's data export does, and was not opened. {_AGAIN}")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in sorted(entries, key=lambda one: one.filename.count("/")):
        name = re.split(r"[/\\]", entry.filename)[-1]
        table = next((table for table in TABLES if name.casefold() == f"{table}.csv".casefold()), None)
        if table and table not in found:
            _check(entry)
            found[table] = entry
    return found


def _check(entry: zipfile.ZipInfo) -> None:
    """Refuse a table that is locked, packed in an unusual way, or a bomb."""
    if entry.flag_bits & 0x1:
        raise BadInput(f"This ZIP is locked with a password. {_AGAIN}")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInput(f"This ZIP is packed in a way that LinkedIn does not use. {_AGAIN}")
    bomb = entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
    if entry.file_size > MOST_TABLE_BYTES or bomb:
        raise BadInput(f"A table in this ZIP unpacks to far more than LinkedIn's data export holds. {_AGAIN}")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with archive.open(entry) as packed:
        content = packed.read(MOST_TABLE_BYTES + 1)  # what the archive declares may be a lie
    if len(content) > MOST_TABLE_BYTES:
        raise BadInput(f"A table in this ZIP unpacks to far more than LinkedIn's data export holds. {_AGAIN}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\x00", "")


def _rows(table: str, text: str) -> Rows:
    """A table's rows by column. Lines before the header ("Notes:") are passed over."""
    taken = {_key(column): column for column in COLUMNS[table]}
    rows = csv.reader(io.StringIO(text, newline=""))
    header: list[str] = []
    for cells in rows:
        header = [taken.get(_key(cell), "") for cell in cells]
        if any(header):
            break
    made = []
    for cells in rows:
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if column and cell.strip()}
        if row and len(made) < MOST_ROWS:
            made.append(row)
    return made


def _key(column: str) -> str:
    return re.sub(r"\W+", "", column.casefold())


# --- the person ------------------------------------------------------------------------------------------------


def _record(tables: dict[str, Rows]) -> dict[str, Any]:
    """As services/profile_text writes it out."""
    person = next(iter(tables.get("Profile", [])), {})
    return {
        "name": f"{person.get('First Name', '')} {person.get('Last Name', '')}".strip(),
        "headline": person.get("Headline", ""),
        "email": _email(tables.get("Email Addresses", [])),
        "phone": next((row["Number"] for row in tables.get("PhoneNumbers", []) if "Number" in row), ""),
        "location": person.get("Geo Location", ""),
        "links": _websites(person.get("Websites", "")),
        "summary": person.get("Summary", ""),
        "experience": [_position(row) for row in tables.get("Positions", [])],
        "education": [_course(row) for row in tables.get("Education", [])],
        "skills": [row["Name"] for row in tables.get("Skills", []) if "Name" in row],
        "certifications": [_certificate(row) for row in tables.get("Certifications", [])],
        "languages": [_language(row) for row in tables.get("Languages", [])],
    }


def _public(tables: dict[str, Rows], text: str) -> dict[str, Rows]:
    """The tables as they are stored: of what members wrote freely only the lines that were taken into the text."""
    return {
        table: [
            {column: _taken_lines(cell, text) if column in FREE_TEXT else cell for column, cell in row.items()}
            for row in rows
        ]
        for table, rows in tables.items()
    }


def _taken_lines(cell: str, text: str) -> str:
    return "\n".join(line for line in cell.splitlines() if " ".join(line.split()) in text)


def _email(rows: Rows) -> str:
    """The primary address, or the first."""
    primary = [row for row in rows if row.get("Primary", "").casefold() == "yes"]
    return next((row["Email Address"] for row in [*primary, *rows] if "Email Address" in row), "")


def _websites(written: str) -> list[str]:
    """Out of "[PORTFOLIO:https://maya.example,BLOG:https://blog.example]"."""
    return re.findall(r"https?://[^\s,\]]+", written)


def _position(row: dict[str, str]) -> dict[str, str]:
    return {
        "title": row.get("Title", ""),
        "company": row.get("Company Name", ""),
        "location": row.get("Location", ""),
        "start": row.get("Started On", ""),
        "end": row.get("Finished On", "") or ("Present" if row.get("Started On") else ""),
        "text": row.get("Description", ""),
    }


def _course(row: dict[str, str]) -> dict[str, str]:
    degree, _, about = row.get("Degree Name", "").partition(", ")
    return {
        "school": row.get("School Name", ""),
        "degree": degree,
        "field": about,
        "start": row.get("Start Date", ""),
        "end": row.get("End Date", ""),
        "text": row.get("Notes", ""),
    }


def _certificate(row: dict[str, str]) -> str:
    return ", ".join(row[part] for part in ("Name", "Authority", "Started On") if part in row)


def _language(row: dict[str, str]) -> str:
    level = row.get("Proficiency", "").removesuffix(" proficiency")
    return f"{row.get('Name', '')} ({level})" if level else row.get("Name", "")
