"""Candidates out of a table: CSV or JSON in, one profile a row; a row that cannot be used says why and what to do.

Which columns are taken, and how a row is read: services/table_rows.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.errors import BadInput, PlatformError
from interview_platform.models import session
from interview_platform.ports import Blobs
from interview_platform.services import access, candidates, profiles
from interview_platform.services.access import Actor
from interview_platform.services.profile_text import one_line
from interview_platform.services.table_rows import (
    LONGEST_CELL,
    MOST_ROWS,
    Cells,
    Problem,
    Row,
    field_of,
    fields_of,
    left_out,
    read_rows,
)

__all__ = ["MOST_ROWS", "Imported", "Problem", "Row", "add_all", "read"]

MOST_BYTES = 50_000_000
_BATCH = 50


@dataclass(frozen=True)
class Imported:
    """What came of it."""

    added: int  # people new to the organisation, or to this job
    known: int  # rows whose person was there already; what was new in the row was kept
    problems: tuple[Problem, ...]


def read(filename: str, content: bytes) -> list[Row | Problem]:
    """The rows of a CSV or JSON file. Raises BadInput where the file as a whole cannot be used."""
    if not content.strip():
        raise BadInput("This table is empty. Export it again, with a header row.")
    if len(content) > MOST_BYTES:
        raise BadInput(f"This table is larger than {MOST_BYTES // 1_000_000} MB. Split it and import the parts.")
    text = _decoded(content)
    as_json = filename.lower().endswith((".json", ".jsonl", ".ndjson")) or text.lstrip()[:1] in ("[", "{")
    header, rows = _from_json(text) if as_json else _from_csv(text)
    fields = fields_of(header)
    return [*left_out(header, fields), *read_rows(fields, rows, candidates.shown(filename))]


def add_all(
    engine: Engine,
    blobs: Blobs,
    actor: Actor,
    job_id: str | None,
    rows: Sequence[Row | Problem],
    on_progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Keep every row's profile, fifty a transaction. A row that cannot be kept becomes a problem, the others go on.

    Raises NotAllowed, NotFound (the job) before anything is kept.
    """
    with session(engine) as db:
        access.need(actor, access.WRITERS)
        _ = access.job(db, actor, job_id) if job_id else None
    problems = [row for row in rows if isinstance(row, Problem)]
    wanted = [row for row in rows if isinstance(row, Row)]
    added = known = 0
    for first in range(0, len(wanted), _BATCH):
        batch = wanted[first : first + _BATCH]
        new, failed = _add_batch(engine, blobs, actor, job_id, batch)
        problems += failed
        added, known = added + new, known + len(batch) - new - len(failed)
        if on_progress:
            on_progress(first + len(batch), len(wanted))
    return Imported(added, known, tuple(sorted(problems, key=lambda problem: problem.number)))


def _add_batch(
    engine: Engine, blobs: Blobs, actor: Actor, job_id: str | None, batch: Sequence[Row]
) -> tuple[int, list[Problem]]:
    """How many people are new, and the rows that could not be kept."""
    try:
        with candidates.writing, session(engine) as db:
            return sum(_add(db, blobs, actor, job_id, row) for row in batch), []
    except PlatformError as error:
        if len(batch) == 1:
            return 0, [Problem(batch[0].number, str(error))]
    alone = [_add_batch(engine, blobs, actor, job_id, [row]) for row in batch]
    return sum(new for new, _ in alone), [problem for _, failed in alone for problem in failed]


def _add(db: Session, blobs: Blobs, actor: Actor, job_id: str | None, row: Row) -> bool:
    """Keep one row; whether its person is new."""
    new = not profiles.is_known(db, actor, job_id, row.profile)
    profiles.add(db, blobs, actor, job_id, None, row.profile)
    return new


# --- the file --------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1").replace("\x00", "")


def _from_csv(text: str) -> tuple[list[str], Iterator[tuple[int, Cells | str]]]:
    """The header, and each row with its number; a string instead of cells says what is wrong with the row."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL * 10))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    header = [one_line(name, 80) for name in next(reader, [])]
    return header, _csv_rows(reader, header)


def _csv_rows(reader: Any, header: list[str]) -> Iterator[tuple[int, Cells | str]]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield number, f"cannot be read ({error}). Check its quotation marks and import it again."
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len([cell for cell in cells[len(header) :] if cell.strip()]):
            yield number, "more cells than the header has columns. Check its quotation marks and separators."
            continue
        yield number, dict(zip(header, cells, strict=False))


def _delimiter(text: str) -> str:
    """The separator that cuts the first line (outside quotes) into most names that we know."""
    first = re.sub(r'"[^"]*"', lambda found: re.sub(r"[,;\t|]", " ", found.group()), text[:20_000]).split("\n", 1)[0]

    def known(delimiter: str) -> tuple[int, int]:
        names = [name.strip().strip('"') for name in first.split(delimiter)]
        return sum(field_of(name) is not None for name in names), len(names)

    return max(",;\t|", key=known)


def _from_json(text: str) -> tuple[list[str], Iterator[tuple[int, Cells | str]]]:
    """A list of objects, an object that holds one, or one object a line."""
    try:
        held = json.loads(text)
    except RecursionError:
        raise BadInput("This JSON is nested too deeply to be a list of candidates.") from None
    except ValueError:
        held = [_json_line(line) for line in text.splitlines() if line.strip()]
        if all(item is None for item in held[:10]):
            raise BadInput("This is not JSON. Export the table as CSV, or as a JSON list of objects.") from None
    if isinstance(held, dict):
        held = next((value for value in held.values() if isinstance(value, list)), [held])
    if not isinstance(held, list):
        raise BadInput("This JSON is not a list of candidates. Export it as a list of objects, one a person.")
    header = list(dict.fromkeys(name for item in held if isinstance(item, dict) for name in item))
    rows = (
        (number, item if isinstance(item, dict) else "not an object with names and values.")
        for number, item in enumerate(held, 2)
    )
    return header[:500], rows


def _json_line(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
