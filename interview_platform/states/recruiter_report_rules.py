"""How reports are read in this organisation: from which coverage they recommend, what candidates are told."""

from interview_platform.services import organisations
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform

COVERAGES = tuple((f"{share:.1f}", f"{share:.0%} of the rubric") for share in organisations.COVERAGES)
FEEDBACK = (("approve", "After a person has read it"), ("on", "At once, with the final report"), ("off", "Never"))


class ReportRulesState(RecruiterState):
    """The settings of reports; each takes effect at once, for reports from now on."""

    coverage: str = "0.5"
    feedback: str = "approve"
    levels: bool = False

    @recruiter_event
    def load(self):
        """Read them."""
        with platform().db() as db:
            row = organisations.of(db, self._actor())
        self.coverage, self.feedback = f"{row.enough_coverage:.1f}", row.candidate_feedback
        self.levels = row.candidate_levels

    @recruiter_event
    def pick_coverage(self, share: str):
        """From which coverage there is a recommendation."""
        self._set(float(share), self.feedback)
        self.coverage = share

    @recruiter_event
    def pick_feedback(self, mode: str):
        """What candidates are told."""
        self._set(float(self.coverage), mode)
        self.feedback = mode

    @recruiter_event
    def flip_levels(self):
        """Whether candidates' versions name levels in words."""
        with platform().db() as db:
            row = organisations.switch(db, self._actor(), "candidate_levels", not self.levels)
        self.levels = row.candidate_levels

    def _set(self, share: float, mode: str) -> None:
        with platform().db() as db:
            organisations.set_reports(db, self._actor(), share, mode)
