"""What a candidate reads at the end, once there is something to read."""

import reflex as rx

from interview_platform.services import candidate_feedback
from interview_platform.states.guard import Guarded, candidate_event
from interview_platform.wiring import platform


class CandidateFeedbackState(Guarded, rx.State):
    """The feedback's paragraphs; none while it is not written, not approved, or switched off."""

    lines: list[str] = []

    @candidate_event
    def load(self):
        """Look for it."""
        invited = self._invited()
        interview = invited.interview
        with platform().db() as db:
            text = candidate_feedback.for_candidate(db, interview.id) if interview else ""
        self.lines = [line for line in text.splitlines() if line.strip()]
