"""What is known of a candidate, put into words: where it came from, what nobody sees, who may be the same person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from interview_platform.models import Resume
from interview_platform.services.duplicates import Pair
from interview_platform.services.merging import Conflict, MergedFact, MergedFacts, Said
from interview_platform.services.resume_told import worth_telling
from interview_platform.states.words import day

SOURCES = {
    "resume": "Résumé",
    "linkedin_pdf": "LinkedIn profile, saved as PDF",
    "linkedin_export": "LinkedIn data export",
    "github": "GitHub",
    "table": "Imported table",
    "webhook": "Applicant tracking system",
}
"""Resume.source in words."""

UNSEEN = {
    "same_colour": "In the colour of its background",
    "transparent": "Transparent",
    "tiny": "Too small to read",
    "off_page": "Outside the page",
    "invisible": "Set to be invisible",
    "covered": "Covered or cut away",
    "switched_off": "On a layer that is switched off",
    "mapped": "One drawn sign that is read as many words",
    "misnamed": "Drawn as other letters than it is read as",
    "actual_text": "Read as other words than are drawn",
    "annotation": "In a note or field that is not shown",
    "metadata": "In the file's properties",
    "hidden_run": "Marked as hidden text",
    "hidden_row": "In a hidden row of a table",
    "deleted": "Deleted, but still in the file",
    "comment": "A comment",
    "zero_width": "Characters without width",
    "homoglyphs": "Letters that only look like those of the word",
}
"""Kinds of text that nobody sees, in words."""


@dataclass
class SourceLine:
    """One source about the person. `tone` is that of `note`."""

    resume: str
    kind: str
    filename: str
    when: str
    note: str
    tone: str


@dataclass
class UnseenLine:
    """Text in the file that a person does not see."""

    why: str
    where: str
    text: str


@dataclass
class ConflictLine:
    """What several sources say differently: each value with who says it."""

    what: str
    said: list[str]


@dataclass
class PairLine:
    """Another candidate who may be, or was found to be, the same person."""

    key: str
    name: str
    why: str
    merged: bool


@dataclass
class MergedLine:
    """One fact and the sources that say it."""

    value: str
    detail: str
    said_by: str


def source_line(row: Resume) -> SourceLine:
    """A source put into words."""
    note, tone = _standing(row)
    return SourceLine(row.id, SOURCES.get(row.source, row.source), row.filename, day(row.created_at), note, tone)


def _standing(row: Resume) -> tuple[str, str]:
    if row.status == "failed":
        return row.error, "danger"
    if row.status == "queued":
        return "Waits to be read", ""
    if worth_telling(row.unseen):
        return "Holds text that nobody sees; it was left out", "attention"
    if not row.checked:
        return "Not checked for hidden text", "attention"
    return "", ""


def unseen_lines(unseen: Iterable[Mapping[str, Any]]) -> list[UnseenLine]:
    """What nobody sees, in the order of the file."""
    return [
        UnseenLine(
            why=UNSEEN.get(str(held.get("kind", "")), str(held.get("kind", "")).replace("_", " ").capitalize()),
            where=f"page {held['page']}" if held.get("page") else "",
            text=str(held.get("text", "")),
        )
        for held in unseen
    ]


_FIELDS = {
    "name": "Name",
    "email": "E-mail",
    "phone": "Phone",
    "location": "Location",
    "title": "Title",
    "dates": "Dates",
}


def conflict_lines(merged: MergedFacts) -> list[ConflictLine]:
    """Where sources contradict each other."""
    return [_conflict(held) for held in merged.conflicts]


def _conflict(held: Conflict) -> ConflictLine:
    what = _FIELDS.get(held.field, held.field.capitalize())
    about = f"{what} at {held.about}" if held.about else what
    return ConflictLine(about, [f"{value} — {_said_by(said)}" for value, said in held.values])


def merged_lines(facts: Iterable[MergedFact]) -> list[MergedLine]:
    """Facts that all sources together tell."""
    return [MergedLine(held.value, held.detail, _said_by(held.sources)) for held in facts]


def _said_by(said: Iterable[Said]) -> str:
    """ "Résumé (2 May 2026), GitHub (3 May 2026)"."""
    told = (f"{SOURCES.get(held.kind, held.kind)} ({day(held.said_at)})" for held in said)
    return ", ".join(dict.fromkeys(told))


def pair_lines(pairs: Iterable[Pair], candidate_id: str) -> list[PairLine]:
    """The pairs this candidate is part of."""
    made = []
    for pair in pairs:
        if candidate_id not in (pair.kept.candidate_id, pair.other.candidate_id):
            continue
        other = pair.other if pair.kept.candidate_id == candidate_id else pair.kept
        name = " · ".join(part for part in (other.name or "a candidate without a name", other.email) if part)
        made.append(PairLine(pair.duplicate_id, name, ", ".join(pair.reasons), pair.status == "merged"))
    return made
