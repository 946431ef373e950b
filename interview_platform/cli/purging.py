"""`purge`: what retention deletes, now or as a list; and deletions that wait."""

from __future__ import annotations

import json
from typing import Any

import typer
from sqlmodel import select

from interview_platform.models import Organisation
from interview_platform.services import erasure, retention
from interview_platform.wiring import platform


def purge(dry_run: bool, as_json: bool) -> None:
    """Delete what is due and go on with what waits; with `dry_run` only say it."""
    held = platform()
    with held.db() as db:
        organisations = list(db.exec(select(Organisation)))
        listed = [_line(row, retention.due(db, row.id)) for row in organisations]
        waiting = len(erasure.unfinished(db))
    told: dict[str, Any] = {"dry_run": dry_run, "organisations": listed, "asked_before": waiting, "deletions": []}
    if not dry_run:
        done = held.upkeep.daily()
        told["deletions"] = [{"receipt": row.id, "status": row.status, "why": row.why} for row in done]
    typer.echo(json.dumps(told, indent=2) if as_json else _words(told))


def _line(row: Organisation, found: list[retention.Due]) -> dict[str, Any]:
    return {
        "organisation": row.name,
        "days": row.retention_days,
        "due": sum(not one.held for one in found),
        "held": sum(one.held for one in found),
        "oldest": min((one.due_at for one in found), default=None) and min(one.due_at for one in found).isoformat(),
    }


def _words(told: dict[str, Any]) -> str:
    lines = [
        f"{one['organisation']}: {one['due']} due (kept for {one['days']} days), {one['held']} on legal hold"
        for one in told["organisations"]
    ]
    if told["asked_before"]:
        lines.append(f"{told['asked_before']} deletions were asked for before and are not finished")
    lines += [f"{one['receipt']}  {one['status']}  {one['why']}".rstrip() for one in told["deletions"]]
    return "\n".join([*lines, "nothing was deleted (--dry-run)" if told["dry_run"] else "done"])
