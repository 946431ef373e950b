"""Scoring a job's interviews anew from its rubric's page: how far it is, what would change, and whether it counts."""

import asyncio
from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import access, rescoring
from interview_platform.services.rescoring import Outcome, Run
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_reports import SHORT
from interview_platform.states.words import moment
from interview_platform.wiring import platform

POLL_SECONDS = 1.5
MOST_POLLS = 1_200
MOST_SHOWN = 50
BUSY = (rescoring.RUNNING, rescoring.ADOPTING)


@dataclass
class OutcomeLine:
    """One interview before and after."""

    name: str
    href: str
    overall: str
    recommendation: str
    levels: list[str]
    turns: bool


class RescoreState(RecruiterState):
    """Where it stands. Everything is read from the database: the page may be closed and opened again."""

    status: str = rescoring.NONE
    interviews: int = 0
    words: str = ""
    percent: int = 0
    failed: int = 0
    turning: int = 0  # recommendations that would change
    moving: int = 0  # interviews with any other level
    outcomes: list[OutcomeLine] = []
    more: int = 0
    can_write: bool = False
    other_rules: bool = False  # the judge is another one by now, too
    stale: bool = False  # the rubric was changed after it was begun

    @recruiter_event
    def load(self):
        """Read where it stands; while it runs, look again every second or two."""
        self._read()
        return RescoreState.watch if self.status in BUSY else None

    @recruiter_event
    def start(self):
        """Score every reported interview of the job by its present rubric, in the background."""
        return self._does(rescoring.start)

    @recruiter_event
    def pause(self):
        """Stop after the interview at hand."""
        return self._does(rescoring.pause)

    @recruiter_event
    def resume(self):
        """Go on."""
        return self._does(rescoring.resume)

    @recruiter_event
    def take(self):
        """Let the new scores count."""
        return self._does(rescoring.take)

    @recruiter_event
    def drop(self):
        """Let go of the new scores."""
        return self._does(rescoring.drop)

    @recruiter_event(background=True)
    async def watch(self):
        """Until it is done or paused."""
        for _ in range(MOST_POLLS):
            await asyncio.sleep(POLL_SECONDS)
            async with self:
                self._read()
                if self.status not in BUSY:
                    return

    # --- not handlers ------------------------------------------------------------------------------------------

    def _does(self, act):  # type: ignore[no-untyped-def]
        job = self._in_path("job_id")
        with platform().db() as db:
            act(db, self._actor(), job)
        platform().rescoring.go_on(job)
        self._read()
        return RescoreState.watch if self.status in BUSY else None

    def _read(self) -> None:
        job = self._in_path("job_id")
        with platform().db() as db:
            actor = self._actor()
            run = rescoring.read(db, actor, job)
            self.interviews = rescoring.affected(db, actor, job)
            shown = run.state in (rescoring.READY, rescoring.WAITS)
            found = rescoring.outcomes(db, actor, job) if shown else []
        self.stale = run.stale
        self.can_write = actor.role in access.WRITERS
        self.status, self.failed = run.state, run.failed
        over = run.total - run.done if run.state == rescoring.ADOPTING else run.done + run.failed
        self.percent = round(100 * over / run.total) if run.total else 0
        self.words = _words(run)
        self.turning = sum(one.turns for one in found)
        self.moving = sum(bool(one.levels) for one in found)
        self.other_rules = any(one.by_other_rules for one in found)
        listed = [_line(one) for one in found if one.levels or one.turns or one.hidden]
        self.outcomes, self.more = listed[:MOST_SHOWN], max(0, len(listed) - MOST_SHOWN)


def _words(run: Run) -> str:
    if run.state == rescoring.RUNNING:
        return f"{run.done} of {run.total} interviews scored anew. You can leave this page; the work goes on."
    if run.state == rescoring.WAITS:
        return f"Paused at {run.done} of {run.total}. What is done is kept."
    if run.state == rescoring.READY:
        return f"{run.done} of {run.total} interviews scored anew. Nothing counts yet."
    if run.state == rescoring.ADOPTING:
        return f"The new scores take effect: {run.done} to go."
    return f"Scored anew last: {moment(run.at)}." if run.at else ""


def _line(one: Outcome) -> OutcomeLine:
    href = routes.report(one.interview_id)
    if one.hidden:
        return OutcomeLine(one.name, href, "", "Shown once you have rated", [], False)
    said, says = (SHORT.get(word, word) for word in (one.said, one.says))
    levels = [f"{name}: {_level(was)} → {_level(now)}" for name, was, now in one.levels]
    words = f"{said} → {says}" if one.turns else f"Recommendation as before: {says.lower()}"
    return OutcomeLine(one.name, href, f"{_mean(one.before)} → {_mean(one.after)}", words, levels, one.turns)


def _level(level: int | None) -> str:
    return "not assessed" if level is None else str(level)


def _mean(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
