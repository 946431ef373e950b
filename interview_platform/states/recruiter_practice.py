"""Practice interviews from the Plan tab: start one, go on with it, read its report, delete it."""

from dataclasses import dataclass

import reflex as rx

from interview_platform import routes
from interview_platform.services import practice
from interview_platform.services.agent import plan
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.words import INTERVIEWS, moment
from interview_platform.wiring import platform


@dataclass
class PracticeLine:
    """One practice interview."""

    interview: str
    who: str
    when: str
    facts: str
    status: str
    tone: str
    link: str
    report: str
    running: bool


class PracticeState(RecruiterState):
    """The part of the Plan tab."""

    rows: list[PracticeLine] = []
    link: str = ""
    asking: str = ""  # the one that is to be deleted, until it is confirmed

    @recruiter_event
    def load(self):
        """The job's practice interviews."""
        self.link, self.asking = "", ""
        self._read()

    @recruiter_event
    async def start(self):
        """Plan an interview of one's own and open the candidate's side in another tab."""
        tab = await self.get_state(PlanState)
        held = platform()
        with held.db() as db:
            made = practice.start(
                db, self._actor(), held.secret, self._in_path("job_id"), held.settings.address, plan.build
            )
        self.link = made.link
        self._read()
        said = "It asks the saved plan; your changes are not in it yet." if tab.unsaved else "It asks the saved plan."
        return [rx.redirect(made.link, is_external=True), rx.toast.info(f"Practice opened in a new tab. {said}")]

    @recruiter_event
    def ask(self, interview: str):
        """Ask before deleting; "" takes the question back."""
        self.asking = interview

    @recruiter_event
    def delete(self, interview: str):
        """Delete one with everything recorded."""
        held = platform()
        with held.db() as db:
            practice.delete(db, held.blobs, self._actor(), interview)
        self.asking, self.link = "", ""
        self._read()
        return rx.toast.success("Practice interview deleted, with its recording and report.")

    def _read(self) -> None:
        held = platform()
        with held.db() as db:
            rows = practice.listing(db, self._actor(), held.secret, self._in_path("job_id"), held.settings.address)
        self.rows = [_line(row) for row in rows]


def _line(row: practice.PracticeRow) -> PracticeLine:
    words, tone = INTERVIEWS.get(row.status, (row.status, ""))
    over = row.status in ("ended", "reported", "failed")
    return PracticeLine(
        interview=row.interview_id,
        who=row.who,
        when=moment(row.created_at),
        facts=f"Plan version {row.version}",
        status=words,
        tone=tone,
        link=row.link,
        report=routes.report(row.interview_id) if over else "",
        running=row.status == "live",
    )
