"""One interview's conversation: what the agent says next, and every turn written down before anything follows from it.

The state is in the rows (see position.py), so this object may be thrown away and made anew at any moment. Blocking;
called from one thread at a time. Which follow-up to ask is the Interviewer's; whether and when is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.errors import BadInput, InterviewEnded, NotFound, PlatformError
from interview_platform.models import Interview, Question, Turn, now, session
from interview_platform.ports import Exchange, FollowUpOption, Interviewer
from interview_platform.services import audit
from interview_platform.services.agent import guard, intents, records, wording
from interview_platform.services.agent.position import (
    ASKS,
    CONFIRM_END,
    REJOINED,
    Position,
)

FOLLOW_UPS_PER_QUESTION = 1
FOLLOW_UPS_PER_INTERVIEW = 3


@dataclass(frozen=True)
class Utterance:
    """One thing for the agent to say. Several in a row are said one after the other."""

    turn_id: str
    text: str
    kind: str  # as Turn.kind of the agent
    question_id: str | None
    question_text: str  # what is open now, for the screen; empty when nothing is
    number: int  # of the planned question, from 1; 0 before the first
    total: int
    expects_answer: bool
    final: bool  # nothing follows it


@dataclass(frozen=True)
class _Line:
    """A thing to say, before it is written down."""

    kind: str
    text: str
    question: Question | None = None
    because: str = ""

    @property
    def expects_answer(self) -> bool:
        return self.kind in ASKS or self.kind == "repeat" or self.because in {CONFIRM_END, _NOT_HEARD}


_NOT_HEARD = "Nothing intelligible was heard."
_BRIDGE = "Between two questions."


class Conversation:
    """The interview of one row, from greeting to closing."""

    def __init__(self, engine: Engine, interview_id: str, interviewer: Interviewer) -> None:
        self._engine = engine
        self._interview_id = interview_id
        self._interviewer = interviewer

    # --- what the room calls -----------------------------------------------------------------------------------

    def open(self, at_seconds: float) -> list[Utterance]:
        """Greeting and first question; on a new connection a welcome back and the question that is open."""
        with session(self._engine) as db:
            interview = self._live(db)
            place, words = records.place(db, interview), records.words(db, interview)
            if not place.plan:
                raise BadInput("This interview has no questions yet. Please ask the recruiter for a new link.")
            if interview.started_at is None:
                interview.started_at, interview.status = now(), "live"
                audit.record(db, records.candidate(interview), "interview.started", f"interview:{interview.id}")
            if self._interviewer.label not in interview.interviewer.split(", "):
                interview.interviewer = ", ".join(filter(None, [interview.interviewer, self._interviewer.label]))
        if not place.greeted:
            return self._say([_Line("greeting", words.greeting(len(place.plan))), *_ask_next(place, words)], at_seconds)
        back = _Line("notice", words.welcome_back())
        if place.ask is not None and place.waiting:
            again = _Line("repeat", place.ask.text, place.question, REJOINED)
            return self._say([back, again], at_seconds)
        return self._say([back, *self._decide(place, words)], at_seconds)

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Utterance]:
        """Write down what the candidate said, then follow up, go on, or close. `kind` is answer or typed."""
        with session(self._engine) as db:
            interview = self._live(db)
            before = records.place(db, interview)
            intent = intents.read(text, before.ending)
            self._add(db, interview, before, _stored_kind(intent, kind), text.strip(), started_seconds, ended_seconds)
        place, words = self._read()
        if intent == "yes" or (intent == "end" and before.ending):
            return self.end(ended_seconds, by="candidate")
        return self._say(self._respond(intent, place, words), ended_seconds)

    def amend(self, text: str, ended_seconds: float) -> None:
        """Add words to the newest answer: the candidate went on with it while the reply had hardly begun."""
        with session(self._engine) as db:
            turn = records.newest_answer(db, self._interview_id)
            if turn is None or records.interview(db, self._interview_id).status == "reported":
                return
            turn.text, turn.ended_seconds = f"{turn.text} {text.strip()}".strip(), ended_seconds

    def skip(self, at_seconds: float) -> list[Utterance]:
        """The candidate leaves the open question; it is not asked again."""
        with session(self._engine) as db:
            interview = self._live(db)
            place = records.place(db, interview)
            if not place.waiting:
                return []
            self._add(db, interview, place, "skip", "", at_seconds, at_seconds)
        place, words = self._read()
        return self._say(self._decide(place, words), at_seconds)

    def repeat(self, at_seconds: float) -> list[Utterance]:
        """The open question again: in the same words first, then in plainer ones."""
        place, _ = self._read()
        return self._say(_again(place), at_seconds)

    def moment(self, at_seconds: float) -> list[Utterance]:
        """Tell the candidate that there is time."""
        place, words = self._read()
        return self._say([_Line("notice", words.moment(), place.question)], at_seconds) if place.waiting else []

    def end(self, at_seconds: float, by: str) -> list[Utterance]:
        """Close now. `by` is candidate or recruiter. Ending twice says nothing more."""
        with session(self._engine) as db:
            interview = records.interview(db, self._interview_id)
            if interview.status not in {"planned", "live"}:
                return []
            place, words = records.place(db, interview), records.words(db, interview)
        complete = place.next is None and not place.waiting
        return self._say([_Line("closing", words.closing(place.all_answers, complete))], at_seconds, by)

    def spoken(self, turn_id: str, started_seconds: float, ended_seconds: float) -> None:
        """Keep when the agent's turn was really heard, on the interview's timeline."""
        with session(self._engine) as db:
            turn = db.get(Turn, turn_id)
            if turn is None or turn.interview_id != self._interview_id:
                raise NotFound("This turn is not part of the interview.")
            turn.started_seconds, turn.ended_seconds = started_seconds, ended_seconds

    @property
    def last_answer_turn_id(self) -> str | None:
        """The candidate's newest answer."""
        with session(self._engine) as db:
            newest = records.newest_answer(db, self._interview_id)
        return newest.id if newest else None

    @property
    def finished(self) -> bool:
        """Whether the closing words were written."""
        with session(self._engine) as db:
            return records.interview(db, self._interview_id).status not in {"planned", "live"}

    # --- deciding ----------------------------------------------------------------------------------------------

    def _respond(self, intent: intents.Intent, place: Position, words: wording.Words) -> list[_Line]:
        """What follows from what was just said."""
        if not place.waiting:  # an answer, a skip, or the last try
            return self._decide(place, words)
        if intent == "repeat":
            return _again(place)
        if intent == "moment":
            return [_Line("notice", words.moment(), place.question)]
        if intent == "end":
            return [_Line("notice", words.confirm_end(), place.question, CONFIRM_END)]
        if intent == "unheard":
            return [_Line("notice", words.not_heard(), place.question, _NOT_HEARD)]
        return _again(place, by="The candidate wants to go on.")

    def _decide(self, place: Position, words: wording.Words) -> list[_Line]:
        """The open question is settled: a follow-up, the next question, or the end."""
        reply = place.reply
        if reply is None:
            return _ask_next(place, words)
        if reply.kind == "skip":
            return _ask_next(place, words, words.after_skip())
        if reply.kind == "unheard":
            return _ask_next(place, words, words.after_unheard())
        if intents.read(reply.text) == "dont_know":
            return _ask_next(place, words, words.after_dont_know())
        follow_up, note = self._follow_up(place)
        if follow_up is not None:
            return [follow_up]
        return _ask_next(place, words, words.thanks(place.number), note)

    def _follow_up(self, place: Position) -> tuple[_Line | None, str]:
        """A checked follow-up within the limits, or None and why the plan goes on."""
        question = place.question
        if (
            question is None
            or place.follow_ups_here >= FOLLOW_UPS_PER_QUESTION
            or place.follow_ups >= FOLLOW_UPS_PER_INTERVIEW
        ):
            return None, ""
        options = tuple(FollowUpOption(entry["point"], entry["follow_up"]) for entry in question.points)
        exchange = Exchange(question.text, "\n".join(place.answers), options, place.asked)
        try:
            found = self._interviewer.decide(exchange)
        except PlatformError as error:
            return None, f"Went on with the plan, as {self._interviewer.label} did not answer: {error}"
        if found.action == "accept":
            return None, ""
        text, because = guard.check(found.text, place.asked), found.because
        if text is None:
            authored = next((entry for entry in options if entry.point == found.point), None)
            text = guard.check(authored.question, place.asked) if authored else None
            because = f"{found.because} Authored wording: {guard.reason(found.text, place.asked)}."
        return (_Line("follow_up", text, question, because), "") if text else (None, because)

    # --- rows --------------------------------------------------------------------------------------------------

    def _live(self, db: Session) -> Interview:
        """The row, while something can be said in it."""
        interview = records.interview(db, self._interview_id)
        if interview.status not in {"planned", "live"}:
            raise InterviewEnded("This interview has ended. Your answers are saved; there is nothing more to do.")
        return interview

    def _read(self) -> tuple[Position, wording.Words]:
        with session(self._engine) as db:
            interview = self._live(db)
            return records.place(db, interview), records.words(db, interview)

    def _add(
        self,
        db: Session,
        interview: Interview,
        place: Position,
        kind: str,
        text: str,
        started_seconds: float,
        ended_seconds: float,
    ) -> None:
        """The candidate's turn. A request belongs to no question, and noise has no words: neither is judged."""
        turn = Turn(
            interview_id=interview.id,
            position=records.next_position(db, interview.id),
            speaker="candidate",
            kind=kind,
            question_id=place.ask.question_id if place.ask and kind != "request" else None,
            text="" if kind == "unheard" else text,
            started_seconds=started_seconds,
            ended_seconds=ended_seconds,
        )
        db.add(turn)

    def _say(self, lines: Sequence[_Line], at_seconds: float, ended_by: str = "plan") -> list[Utterance]:
        """Write the agent's turns, end the interview with the closing one, and hand them out to be spoken."""
        with session(self._engine) as db:
            interview = self._live(db)
            first = records.next_position(db, interview.id)
            turns = [
                Turn(
                    interview_id=interview.id,
                    position=first + offset,
                    speaker="agent",
                    kind=line.kind,
                    question_id=line.question.id if line.question else None,
                    text=line.text,
                    because=line.because,
                    started_seconds=at_seconds,
                    ended_seconds=at_seconds,
                )
                for offset, line in enumerate(lines)
            ]
            db.add_all(turns)
            db.flush()
            if any(line.kind == "closing" for line in lines):
                interview.status, interview.ended_by, interview.ended_at = "ended", ended_by, now()
                audit.record(
                    db, records.candidate(interview), "interview.ended", f"interview:{interview.id}", by=ended_by
                )
            place = records.place(db, interview)
        return [_utterance(turn, line, place) for turn, line in zip(turns, lines, strict=True)]


# --- small steps ------------------------------------------------------------------------------------------------


def _stored_kind(intent: intents.Intent, kind: str) -> str:
    """Turn.kind of what the candidate said: only answers are judged later."""
    if intent in {"answer", "dont_know"}:
        return kind
    return intent if intent in {"skip", "unheard"} else "request"


def _ask_next(place: Position, words: wording.Words, lead: str = "", note: str = "") -> list[_Line]:
    """The next planned question in its own words, a short lead before it; or the closing."""
    question = place.next
    if question is None:
        return [_Line("closing", words.closing(place.all_answers, complete=True), because=note)]
    if lead and question.id == place.plan[-1].id:
        lead = words.last_question(lead)
    before = [_Line("notice", lead, because=note or _BRIDGE)] if lead else []
    return [*before, _Line(question.kind, question.text, question, note)]


def _again(place: Position, by: str = "") -> list[_Line]:
    """The open question said again."""
    if not place.waiting or place.ask is None:
        return []
    plain = place.question.plain_text if place.question and place.ask.kind != "follow_up" else ""
    text = plain if plain and place.repeats else place.ask.text
    return [_Line("repeat", text, place.question, by or "The candidate asked to hear it again.")]


def _utterance(turn: Turn, line: _Line, place: Position) -> Utterance:
    return Utterance(
        turn_id=turn.id,
        text=turn.text,
        kind=turn.kind,
        question_id=turn.question_id,
        question_text=place.ask.text if place.waiting and place.ask else "",
        number=place.number,
        total=len(place.plan),
        expects_answer=line.expects_answer,
        final=line.kind == "closing",
    )
