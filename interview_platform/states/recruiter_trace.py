"""How an interview went, what candidates asked people, and what a running interview is asking just now."""

from sqlmodel import Session

from interview_platform.services import candidate_questions, interview_trace
from interview_platform.services.access import Actor
from interview_platform.states import trace_lines as lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import platform


class TraceState(RecruiterState):
    """The report's part on how the interview went."""

    who_spoke: str = ""
    sums: str = ""
    steps: list[lines.StepLine] = []
    speech: list[lines.SpeechLine] = []
    asked: list[lines.AskedLine] = []
    waiting: int = 0  # how many of `asked` are open

    @recruiter_event
    def load(self):
        """Read the interview of the address."""
        self._read()

    @recruiter_event
    def tick(self, key: str, done: bool):
        """A passed-on question is done, or open again."""
        with platform().db() as db:
            _tick(db, self._actor(), key, done)
        self._read()

    def _read(self) -> None:
        interview_id = self._in_path("interview_id")
        with platform().db() as db:
            trace = interview_trace.trace(db, self._actor(), interview_id)
            speech = interview_trace.speech(db, self._actor(), interview_id)
            asked = candidate_questions.listing(db, self._actor(), interview_id)
        self.who_spoke, self.sums = lines.who_spoke(trace), lines.sums(trace)
        self.steps = [lines.step_line(step) for step in trace.steps]
        self.speech = lines.speech_lines(speech)
        self.asked = [lines.asked_line(held) for held in asked]
        self.waiting = sum(not line.done for line in self.asked)


class LiveState(RecruiterState):
    """What runs, and what waits for a person, on the interviews page."""

    running: list[lines.LiveLine] = []
    watched: lines.LiveLine = lines.LiveLine("", "", "")
    asked: list[lines.AskedLine] = []

    @recruiter_event
    def load(self):
        """Read what runs and what waits."""
        self.watched = lines.LiveLine("", "", "")
        self._read()

    @recruiter_event
    def watch(self, key: str):
        """Show why a running interview asks what it asks; a second click closes it."""
        self.watched = lines.LiveLine("", "", "") if key == self.watched.key else self._look(key)

    @recruiter_event
    def again(self):
        """Look again; the page calls it every few seconds while an interview is watched."""
        if self.watched.key:
            self.watched = self._look(self.watched.key)
            self._read()

    @recruiter_event
    def tick(self, key: str, done: bool):
        """A passed-on question is done."""
        with platform().db() as db:
            _tick(db, self._actor(), key, done)
        self._read()

    def _look(self, key: str) -> lines.LiveLine:
        with platform().db() as db:
            return lines.live_line(interview_trace.live(db, self._actor(), key))

    def _read(self) -> None:
        with platform().db() as db:
            running = interview_trace.running(db, self._actor())
            waiting = candidate_questions.waiting(db, self._actor())
        self.running = [lines.live_line(held) for held in running]
        if self.watched.over and self.watched.key not in {line.key for line in self.running}:
            self.running = [self.watched, *self.running]  # it ended while it was watched: say so, do not vanish
        self.asked = [lines.asked_line(held) for held in waiting]


def _tick(db: Session, actor: Actor, key: str, done: bool) -> None:
    change = candidate_questions.done if done else candidate_questions.undo
    change(db, actor, key)
