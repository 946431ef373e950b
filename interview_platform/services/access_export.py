"""The right of access: everything held about one person, readable, in one ZIP, and of nobody else.

`document` reads the rows; `pack` writes them with the files into a ZIP. The same copy for the candidate and for a
recruiter who answers a request: nothing of a rubric, of colleagues' notes or of other people is in it.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from sqlmodel import Session, select

from interview_platform.errors import NotFound
from interview_platform.models import Candidate, CandidateFeedback, Interview, Organisation, now
from interview_platform.ports import Blobs
from interview_platform.services import data_map, erasure, erasure_reach, report_plain, reports, retention, transcript
from interview_platform.services.erasure_reach import Rows
from interview_platform.services.export_fields import LEFT_OUT, NOT_OF_FACTS, OWN

SCHEMA = "candidate-data/1"


@dataclass(frozen=True)
class Document:
    """What goes into the ZIP. `texts`: by file name; `files`: (name in the ZIP, key in storage)."""

    data: dict[str, Any]
    texts: dict[str, str]
    files: tuple[tuple[str, str], ...]


def document(db: Session, candidate_id: str, key: bytes) -> Document:
    """Everything of the person, with everybody merged into one. `key` checks reports' seals. Raises NotFound."""
    person = db.get(Candidate, candidate_id)
    if person is None:
        raise NotFound("These data do not exist any more.")
    organisation = db.get_one(Organisation, person.organisation_id)
    rows = erasure_reach.reach(db, {"candidate": erasure.group(db, candidate_id)})
    tables = {
        table: [_shown(table, row) for row in erasure_reach.read(db, rows, table)] for table in OWN if table in rows
    }
    left_out = {table: LEFT_OUT.get(table, "Made by the product's newer parts.") for table in rows if table not in OWN}
    texts = dict(_texts(db, rows, organisation, key))
    data = {
        "schema": SCHEMA,
        "made_at": now().isoformat(),
        "organisation": organisation.name,
        "kept_until": retention.countdown(db, candidate_id).due_at.isoformat(),
        "data": tables,
        "left_out": left_out,
    }
    return Document(data, texts, tuple(_files(db, rows)))


def pack(held: Document, blobs: Blobs, into: IO[bytes]) -> None:
    """Write the ZIP. A file that storage does not have any more is named in the README; one that is away stops it.

    Raises ServiceUnavailable.
    """
    missing = []
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, key in held.files:
            try:
                made.writestr(f"files/{name}", blobs.get(key))
            except NotFound:
                missing.append(name)
        for name, said in held.texts.items():
            made.writestr(name, said)
        made.writestr("data.json", json.dumps(held.data, ensure_ascii=False, indent=2))
        made.writestr("README.md", readme(held, missing))


def readme(held: Document, missing: list[str]) -> str:
    """What is in the ZIP, why it is kept, and what is not in it."""
    present = {*held.data["data"], *held.data["left_out"]}
    entries = [entry for entry in data_map.TABLES if entry.place in present]
    lines = [
        f"# Your data at {held.data['organisation']}",
        "",
        f"Made on {held.data['made_at'][:10]}. They are kept until {held.data['kept_until'][:10]}, unless you "
        "have them deleted before or something new happens in your application. Then they are deleted by themselves.",
        "",
        "- `data.json`: everything below, as it is stored",
        *[f"- `{name}`" for name in sorted(held.texts)],
        *[f"- `files/{name}`" for name, _ in held.files if name not in missing],
        "",
        "## What is kept, why, and who may see it",
        "",
        "| Part of data.json | What | Why | Who may see it |",
        "|---|---|---|---|",
        *[f"| {entry.place} | {entry.what} | {entry.why} | {entry.who} |" for entry in entries],
        "",
        "## What is kept and not in this copy",
        "",
        *[f"- {table}: {why}" for table, why in sorted(held.data["left_out"].items())],
        *[f"- {name}: the file is not in the storage any more." for name in missing],
        "- Numbers that stand for your résumé's text (vectors): nobody can read them.",
        "",
        "You may correct the transcript, ask a person to look again, and have everything deleted, on the page of your "
        "interview or by writing to whoever invited you.",
        "",
    ]
    return "\n".join(lines)


def _shown(table: str, row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: _plain(row[name]) for name in OWN[table] if name in row}
    if isinstance(kept.get("facts"), dict):
        kept["facts"] = {name: held for name, held in kept["facts"].items() if name not in NOT_OF_FACTS}
    return kept


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _texts(db: Session, rows: Rows, organisation: Organisation, key: bytes) -> Iterator[tuple[str, str]]:
    """Per interview the transcript as it counts, the plain report once final, the feedback once released."""
    interviews = [db.get_one(Interview, one) for one in rows.get("interview", ())]
    for number, interview in enumerate(sorted(interviews, key=lambda one: (one.created_at, one.id)), start=1):
        folder = f"interview-{number}"
        said = [f"{_who(turn.speaker)}: {turn.text}" for turn in transcript.of(db, interview.id).turns]
        if said:
            yield f"{folder}/transcript.txt", "\n\n".join(said) + "\n"
        report = reports.newest(db, interview.id)
        if report is not None and report.status == "ready" and not report.provisional:
            plain = report_plain.plain(reports.seen(db, interview, key), organisation.candidate_levels)
            yield f"{folder}/report.txt", report_plain.as_text(plain) + "\n"
        told = select(CandidateFeedback).where(CandidateFeedback.interview_id == interview.id)
        feedback = db.exec(told.where(CandidateFeedback.status == "shown")).first()
        if feedback is not None:
            yield f"{folder}/feedback.txt", feedback.text + "\n"


def _who(speaker: str) -> str:
    return "You" if speaker == "candidate" else "Interviewer"


def _files(db: Session, rows: Rows) -> Iterator[tuple[str, str]]:
    """Résumés and recordings as they are stored, under names that no ZIP program trips over."""
    for number, row in enumerate(erasure_reach.read(db, rows, "resume"), start=1):
        if row["blob_key"]:
            yield f"{number}-{_safe(row['filename'])}", row["blob_key"]
    held = erasure_reach.read(db, rows, "recording")
    for number, row in enumerate((row for row in held if row["blob_key"]), start=1):
        yield f"recording-{number}.{'mp4' if 'mp4' in row['media_type'] else 'webm'}", row["blob_key"]


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name, flags=re.ASCII).strip("._")[-80:] or "file"
