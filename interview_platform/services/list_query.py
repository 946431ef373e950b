"""What part of a list of interviews, reports or e-mails is wanted; the database narrows, orders and pages it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from interview_platform.models import Candidate, Interview, Job

DECIDED = ("follow_up", "next_step", "rejected")
"""Stages a person moved an application to after its interview."""
NEWEST = (col(Interview.created_at).desc(), col(Interview.id))
"""Newest first; ties by id, so that none stands on two pages."""
MOST_WORDS = 8


@dataclass(frozen=True)
class ListQuery:
    """Empty strings narrow nothing; `size` 0 is all of them."""

    search: str = ""  # words; each must stand in what the list is searched by
    status: str = ""  # Interview.status, Message.status
    job_id: str = ""
    application_id: str = ""
    undecided: bool = False  # only where no person has decided yet
    first: int = 0  # rows to skip
    size: int = 0


def named(search: str) -> list[ColumnElement[bool]]:
    """Conditions for the words of a search for an interview."""
    return somewhere(search, col(Candidate.name), col(Candidate.email), col(Job.title))


def somewhere(search: str, *fields: Any) -> list[ColumnElement[bool]]:
    """Conditions for the words of a search: each must stand in one of the fields, whatever the case."""
    return [
        or_(*(field.icontains(spelt, autoescape=True) for field in fields for spelt in _spellings(word)))
        for word in search.split()[:MOST_WORDS]
    ]


def _spellings(word: str) -> set[str]:
    # SQLite's own lower-casing stops at ASCII: an "Ü" is met by the word as it may be written
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}


def page_of(found: Any, query: ListQuery) -> Any:
    """A select narrowed to the page that is wanted."""
    return found.offset(query.first).limit(query.size) if query.size else found
