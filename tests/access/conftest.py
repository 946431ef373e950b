"""What the walks over every handler share."""

from __future__ import annotations

import pytest

from interview_platform.states import recruiter_report, recruiter_rescore


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers that look again every other second look at once: a walk calls them with a dozen ids each."""
    for polling in (recruiter_report, recruiter_rescore):
        monkeypatch.setattr(polling, "POLL_SECONDS", 0.001)
