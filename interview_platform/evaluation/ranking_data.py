"""Jobs and résumés from files, as `rank` and `evaluate` read them.

Jobs, one JSON object a line: id, text or title and description, optionally required_skills, preferred_skills and
conditions. Résumés: lines of id, text (category), or a folder of files that go through the parser.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview_platform.errors import BadInput
from interview_platform.ports import ResumeParser
from interview_platform.services import job_intake
from interview_platform.services.rank_parts import Wish
from interview_platform.services.resumes import ResumeFacts, read_facts

OTHER_NAMES = {"IT": "INFORMATION-TECHNOLOGY"}
"""Occupations of posts whose category has another name."""
_SUFFIXES = frozenset((".pdf", ".docx", ".odt", ".rtf", ".txt", ".md", ".doc"))

Say = Callable[[str], None]


@dataclass(frozen=True)
class Post:
    """A job to rank for."""

    id: str
    wish: Wish
    occupation: str = ""


@dataclass(frozen=True)
class Read:
    """One résumé that was read."""

    id: str
    facts: ResumeFacts
    category: str = ""


def posts(file: Path) -> list[Post]:
    """The jobs of a file. Raises BadInput naming the line that is wrong."""
    made = []
    for number, row in rows(file):
        text = str(row.get("text") or "")
        if not (text or row.get("title")):
            raise BadInput(f"{file}, line {number}: a job needs a text, or a title and a description.")
        made.append(Post(str(row.get("id", number)), wish(row), str(row.get("occupation", ""))))
    return made


def wish(row: dict[str, Any]) -> Wish:
    """What a job asks for: what the line says, and what its text says of that which the line leaves out."""
    text = str(row.get("text") or f"{row.get('title', '')}\n{row.get('description', '')}").strip()
    read = job_intake.read(text)
    title = str(row.get("title") or read.title or text.split("\n", 1)[0][:120])
    given = "required_skills" in row or "preferred_skills" in row
    required = row.get("required_skills") or [] if given else [wanted.skill for wanted in read.required]
    preferred = row.get("preferred_skills") or [] if given else [wanted.skill for wanted in read.preferred]
    skills = {str(skill): False for skill in preferred} | {str(skill): True for skill in required}
    if "conditions" in row:
        conditions = tuple((str(item["kind"]), str(item["value"])) for item in row["conditions"])
    else:
        conditions = tuple((item.kind, item.value) for item in read.conditions)
    return Wish(title, text, tuple(skills.items()), conditions, guessed=not given)


def resumes(source: Path, parser: ResumeParser | None = None, limit: int = 0, say: Say | None = None) -> list[Read]:
    """Résumés of a file of lines or a folder; `limit` takes so many, evenly spread. Unreadable files are told."""
    if source.is_dir():
        files = _spread(sorted(path for path in source.rglob("*") if path.suffix.lower() in _SUFFIXES), limit)
        return list(_from_files(files, source, parser, say or (lambda line: None)))
    held = _spread(list(rows(source)), limit)
    return [_from_row(number, row) for number, row in held]


def rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and content of each line of a file of JSON lines. Raises BadInput."""
    try:
        lines = file.read_text("utf-8").split("\n")
    except OSError as error:
        raise BadInput(f"{file} could not be read: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                held = json.loads(line)
            except ValueError as error:
                raise BadInput(f"{file}, line {number} is no JSON object: {error}.") from error
            if not isinstance(held, dict):
                raise BadInput(f"{file}, line {number} is no JSON object.")
            yield number, held


def category(post: Post) -> str:
    """The category of résumés that are relevant to a post."""
    name = post.occupation.upper().replace(" ", "-")
    return OTHER_NAMES.get(name, name)


def _from_row(number: int, row: dict[str, Any]) -> Read:
    facts = read_facts(str(row.get("text", "")), int(row.get("pages") or 0))
    return Read(str(row.get("id", number)), facts, str(row.get("category", "")))


def _from_files(files: Sequence[Path], folder: Path, parser: ResumeParser | None, say: Say) -> Iterator[Read]:
    for path in files:
        try:
            if parser is None:
                raise BadInput("A folder of résumés needs the parser.")
            parsed = parser.parse(path.name, path.read_bytes())
        except (OSError, BadInput) as error:
            say(f"left out {path.relative_to(folder)}: {error}")
            continue
        facts = read_facts(parsed.text, parsed.pages, parsed.warnings)
        yield Read(str(path.relative_to(folder)), facts)


def _spread(held: Sequence[Any], limit: int) -> list[Any]:
    if not limit or limit >= len(held):
        return list(held)
    return [held[place * len(held) // limit] for place in range(limit)]
