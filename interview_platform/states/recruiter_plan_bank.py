"""The dialog that adds a question of the banks to a plan."""

from dataclasses import dataclass

from interview_platform.services import jobs
from interview_platform.services.agent import bank, bank_search
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import count
from interview_platform.wiring import platform

MOST = 25


@dataclass
class OfferLine:
    """One question that can be added. `here`: it is in the plan already."""

    key: str
    text: str
    facts: str


class PlanBankState(RecruiterState):
    """The dialog. `family` is "" for all families."""

    is_open: bool = False
    search: str = ""
    family: str = ""
    families: list[list[str]] = []
    offers: list[OfferLine] = []
    found: str = ""

    @recruiter_event
    def show(self):
        """Open it at the job's own family."""
        with platform().db() as db:
            self.family = jobs.draft_of(db, self._actor(), self._in_path("job_id")).role_family
        self.families = [["", "All families"], *([one.id, one.title] for one in bank.families())]
        self.search, self.is_open = "", True
        self._find()

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on

    @recruiter_event
    def find(self, text: str):
        """Narrow by words."""
        self.search = text[:100]
        self._find()

    @recruiter_event
    def pick_family(self, family: str):
        """Another family, "" for all."""
        self.family = family[:60]
        self._find()

    def _find(self) -> None:
        found = bank_search.search(self.search, self.family)
        self.offers = [_offer(one) for one in found[:MOST]]
        shown = f", the first {MOST} are shown" if len(found) > MOST else ""
        self.found = f"{count(len(found), 'question')}{shown}"


def _offer(found: bank_search.Found) -> OfferLine:
    levels = ", ".join(found.question.levels)
    facts = f"{found.family.title} · {found.competency.name} · {levels} · {found.question.minutes:g} min"
    return OfferLine(found.question.id, found.question.text, facts)
