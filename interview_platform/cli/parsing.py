"""`parse`: what an upload would read from a résumé, on the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from interview_platform.errors import PlatformError
from interview_platform.settings import settings

if TYPE_CHECKING:
    from interview_platform.ports import ParsedFile, ResumeParser
    from interview_platform.services.resume_pages import Fact
    from interview_platform.services.resumes import ResumeFacts

_AT_ONCE = 2
_AHEAD = 16  # files that may be read before the first of them is printed
Entry = dict[str, Any]


def parse(files: Iterable[Path], as_json: bool) -> bool:
    """Read and print every file, those of folders too; whether all of them could be read."""
    from interview_platform.adapters.resume_parser import SandboxedParser

    parser = SandboxedParser(seconds=settings().resume_seconds)
    every = True
    for entry in entries(parser, list(in_folders(files))):
        every = every and entry["ok"]
        typer.echo(json.dumps(entry, ensure_ascii=False, default=str)) if as_json else _print_resume(entry)
    return every


def in_folders(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves and those in folders, in the order of their names; hidden ones only when named."""
    for path in paths:
        if path.is_dir():
            inside = (found for found in sorted(path.rglob("*")) if found.is_file())
            yield from (
                found for found in inside if not any(part.startswith(".") for part in found.relative_to(path).parts)
            )
        else:
            yield path


def entries(parser: ResumeParser, paths: Sequence[Path]) -> Iterator[Entry]:
    """One entry a file, in order; two files are read at a time."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = iter(paths)
        begun = [pool.submit(entry, parser, path) for path in islice(waiting, _AHEAD)]
        while begun:
            yield begun.pop(0).result()
            begun += [pool.submit(entry, parser, path) for path in islice(waiting, 1)]


def entry(parser: ResumeParser, path: Path) -> Entry:
    """What one file says, or why it could not be read. Never raises."""
    began = time.perf_counter()
    name = str(path).encode("utf-8", "replace").decode("utf-8")
    try:
        made = _read(parser, path)
    except OSError as error:
        made = _unread("unreadable", f"{error.strerror or error}: {name}")
    except PlatformError as error:
        made = _unread(getattr(error, "reason", "unreadable"), str(error))
    except Exception as error:  # one file must not end the others
        made = _unread("unreadable", f"This file could not be read ({type(error).__name__}). Save it anew as PDF.")
    return {"file": name, **made, "ms": round(1_000 * (time.perf_counter() - began), 1)}


def _unread(reason: str, message: str) -> Entry:
    from interview_platform.ports import ParsedFile
    from interview_platform.services.resumes import ResumeFacts

    nothing = _written(ParsedFile(text="", pages=0, media_type="", checked=False), ResumeFacts(text=""))
    return {**nothing, "ok": False, "error": message, "reason": reason}


def _read(parser: ResumeParser, path: Path) -> Entry:
    from interview_platform.services import resumes

    parsed = parser.parse(path.name, path.read_bytes())
    facts = resumes.read_facts(
        parsed.text, parsed.pages, parsed.warnings, parsed.page_starts, links=getattr(parsed, "links", ())
    )
    return _written(parsed, facts)


def _written(parsed: ParsedFile, facts: ResumeFacts) -> Entry:
    """The entry of a file that could be read. Characters are those of `text`, without what must not be kept."""
    return {
        "ok": True,
        "error": "",
        **_person(facts),
        "skills": [
            {"name": fact.name, "evidence": fact.sentence, **_place(fact.page, fact.start, fact.end)}
            for fact in facts.skills
        ],
        "experience": _experience(facts),
        "education": _education(facts),
        "certifications": [fact.text for fact in facts.certifications],
        "languages": [fact.text for fact in facts.languages],
        "text_chars": len(facts.text),
        "pages": facts.pages,
        "warnings": [{"kind": warned.get("kind"), "detail": warned.get("detail")} for warned in facts.warnings],
        "unseen": list(parsed.unseen),
        "checked": parsed.checked,
        "months": facts.months,
        "source_kind": facts.source_kind,
        "language_levels": {fact.text: fact.level for fact in facts.languages if fact.level},
        "evidence": _evidence(facts),
        "media_type": parsed.media_type,
    }


def _person(facts: ResumeFacts) -> Entry:
    return {
        "name": facts.name,
        "emails": list(facts.emails),
        "phones": list(facts.phones),
        "links": list(facts.links),
        "location": facts.location,
        "headline": facts.headline,
    }


def _evidence(facts: ResumeFacts) -> Entry:
    """Where the facts stand that are plain words above."""
    return {
        **{kind: _place(*place) for kind, place in facts.evidence.items()},
        "certifications": _places(facts.certifications),
        "languages": _places(facts.languages),
    }


def _experience(facts: ResumeFacts) -> list[Entry]:
    from interview_platform.services.resume_dates import normal

    return [
        {
            "title": job.title,
            "company": job.company,
            "start": normal(job.start),
            "end": normal(job.end),
            "months": job.months,
            "description": job.description,
            **_place(job.page, *job.span),
        }
        for job in facts.experience
    ]


def _education(facts: ResumeFacts) -> list[Entry]:
    from interview_platform.services.resume_dates import normal

    return [
        {
            "school": study.school,
            "degree": study.degree,
            "field": study.field,
            "start": normal(study.start),
            "end": normal(study.end),
            **_place(study.page, *study.span),
        }
        for study in facts.education
    ]


def _place(page: int, start: int, end: int) -> dict[str, int]:
    return {"page": page, "start_char": start, "end_char": end}


def _places(facts: Sequence[Fact]) -> list[Entry]:
    return [{"text": fact.text, **_place(fact.page, fact.start, fact.end)} for fact in facts]


def _print_resume(made: Entry) -> None:
    typer.echo(f"{made['file']}")
    if not made["ok"]:
        typer.echo(f"  not read ({made['reason']}): {made['error']}")
        return
    contact = {"e-mail": made["emails"], "phone": made["phones"], "languages": made["languages"]}
    rows = {"name": made["name"], **{key: ", ".join(values) for key, values in contact.items()}}
    rows |= {"location": made["location"], "headline": made["headline"]}
    rows["skills"] = ", ".join(skill["name"] for skill in made["skills"])
    for key, value in rows.items():
        typer.echo(f"  {key:10} {value or '–'}")
    for job in made["experience"]:
        typer.echo(f"  {'worked':10} {job['title']} · {job['company']} · {job['start']} – {job['end']}")
    for study in made["education"]:
        typer.echo(f"  {'studied':10} {study['degree']} {study['field']} · {study['school']} · {study['end']}")
    for warned in made["warnings"]:
        typer.echo(f"  {'left out':10} {warned['kind']}: {warned['detail']}")
