"""`parse`: what an upload would read from a résumé, on the command line."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import typer

from interview_platform.errors import BadInput
from interview_platform.settings import settings


def parse(files: list[Path], as_json: bool) -> bool:
    """Read and print every file; whether all of them could be read."""
    from interview_platform.adapters.resume_parser import SandboxedParser

    parser = SandboxedParser(seconds=settings().resume_seconds)
    read = [_parse_one(parser, path) for path in files]
    if as_json:
        typer.echo(json.dumps(read, ensure_ascii=False, indent=2, default=str))
    else:
        for entry in read:
            _print_resume(entry)
    return all(entry["ok"] for entry in read)


def _parse_one(parser: Any, path: Path) -> dict[str, Any]:
    from interview_platform.services import resumes

    try:
        content = path.read_bytes()
        parsed = parser.parse(path.name, content)
    except OSError as error:
        return {"file": str(path), "ok": False, "reason": "unreadable", "error": f"{error.strerror}: {path}"}
    except BadInput as error:
        reason = getattr(error, "reason", "unreadable")
        return {"file": str(path), "ok": False, "reason": reason, "error": str(error)}
    facts = resumes.read_facts(parsed.text, parsed.pages, parsed.warnings)
    return {"file": str(path), "ok": True, **dataclasses.asdict(facts)}


def _print_resume(entry: dict[str, Any]) -> None:
    typer.echo(f"{entry['file']}")
    if not entry["ok"]:
        typer.echo(f"  not read ({entry['reason']}): {entry['error']}")
        return
    for key in ("name", "email", "phone", "location", "headline"):
        typer.echo(f"  {key:10} {entry.get(key) or '–'}")
    typer.echo(f"  {'skills':10} {', '.join(skill['name'] for skill in entry.get('skills', ())) or '–'}")
    for job in entry.get("experience", ()):
        typer.echo(f"  {'worked':10} {job['title']} · {job['company']} · {job['start']} – {job['end']}")
