"""A report as a JSON document: everything the page shows, with its seal as checked at that moment."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from interview_platform.errors import BadInput, NotAllowed
from interview_platform.services import access, audit, reports
from interview_platform.services.access import Actor
from interview_platform.services.report_view import ReportView

SCHEMA = "interview-report/1"
MEDIA_TYPE = "application/json"
_LEFT_OUT = frozenset({"captions", "recording_key", "series", "hidden"})
"""Fields that are for the page: the transcript is in `turns`, a recording is not part of a report."""
_RATE_FIRST = "Rate the answers first: in this job the judge's levels open after your own. Nothing was exported."
_NOT_READY = "There is no finished report to export yet. Nothing was exported."


def for_export(db: Session, actor: Actor, interview_id: str, key: bytes, form: str) -> ReportView:
    """The report as it may leave the product, its seal checked and the export logged. `form`: "json" | "pdf".

    Raises NotAllowed while its levels are hidden from the actor, BadInput without a finished report, NotFound.
    """
    view = reports.view(db, actor, interview_id, key)
    if view.hidden:
        raise NotAllowed(_RATE_FIRST)
    if view.status != "ready":
        raise BadInput(_NOT_READY)
    access.interview(db, actor, interview_id)
    audit.record(db, actor, "report.exported", f"report:{view.report_id}", form=form, seal=view.seal.state)
    return view


def as_json(view: ReportView) -> bytes:
    """The whole report, readable by people and programs; times in ISO 8601 UTC."""
    held = {"schema": SCHEMA, **{key: value for key, value in _plain(view).items() if key not in _LEFT_OUT}}
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


def filename(view: ReportView, suffix: str) -> str:
    """ "report-ada-candidate.pdf": letters and digits of the name only."""
    name = "-".join("".join(c if c.isalnum() else " " for c in view.candidate_name.casefold()).split())
    return f"report-{name or view.interview_id[:8]}.{suffix}"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, datetime) else value
