"""One line of the list of reports, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReportRow:
    """One line of the list of reports."""

    interview_id: str
    application_id: str
    job_id: str
    job_title: str
    candidate_name: str
    interview_status: str
    status: str  # waiting | working | ready | failed
    overall: float | None
    coverage: float
    recommendation: str
    stage: str
    ended_at: datetime | None
    hidden: bool = False  # the judge's levels are kept from this reader until she has rated
    provisional: bool = False
