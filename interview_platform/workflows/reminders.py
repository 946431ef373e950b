"""Reminders of meetings and of planned interviews; and what dead processes left behind in the calendar.

Looked at every minute. The outbox's key makes each reminder one, whoever looks, however often; one that is due while
nothing runs is sent late, as long as it still helps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from interview_platform.models import now, session
from interview_platform.services import invite_times, meeting_letters, meetings
from interview_platform.services.meetings import Meeting, begins
from interview_platform.workflows.meeting_desk import MeetingDesk

EVERY_SECONDS = 60.0
BEFORE = ((24, timedelta(hours=24), timedelta(hours=3)), (1, timedelta(hours=1), timedelta(minutes=5)))
"""Name in hours, how long before it is due, and how long before it no longer helps."""
_log = structlog.get_logger()


def send_due(desk: MeetingDesk) -> int:
    """Send what is due now and was not sent; how many e-mails."""
    with session(desk.engine) as db:
        told = [
            message
            for meeting in meetings.due(db, within=timedelta(hours=24))
            for name in _names(meeting)
            for message in meeting_letters.reminder(db, desk.letters, meeting, name)
        ]
        told += invite_times.due(db, desk.letters)
    fresh = [message for message in told if message.status == "queued"]
    return len(desk.deliver(fresh))


def _names(meeting: Meeting) -> list[int]:
    """Which reminders are due: none that would follow close on the confirmation."""
    row, at = meeting.booking, begins(meeting.booking)
    left, known = at - now(), at - (row.booked_at or row.created_at)
    return [name for name, ahead, useless in BEFORE if useless < left <= ahead and known > ahead]


class Reminders:
    """A thread that looks every minute until `close`. `tidy` gives back what nobody came for."""

    def __init__(self, desk: MeetingDesk, tidy: Callable[[], int], every_seconds: float = EVERY_SECONDS) -> None:
        self._desk, self._tidy, self._every_seconds = desk, tidy, every_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reminders", daemon=True)

    def start(self) -> None:
        """Begin to look; a second time changes nothing."""
        if self._thread.ident is None:
            self._thread.start()

    def close(self) -> None:
        """Stop, after the e-mail that is being sent."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._over.is_set():
            self._look()
            self._over.wait(self._every_seconds)

    def _look(self) -> None:
        try:
            self._tidy()
            sent = send_due(self._desk)
        except Exception:
            _log.exception("reminders_failed")
            return
        if sent:
            _log.info("reminders_sent", number=sent)
