"""One interview's conversation: what the agent says next, and every turn written down before anything follows from it.

The state is in the rows (see position.py), so this object may be thrown away and made anew at any moment. Blocking;
called from one thread at a time. Which follow-up to ask is the Interviewer's; whether and when is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.errors import BadInput, InterviewEnded, NotFound
from interview_platform.models import Interview, Turn, now, session
from interview_platform.ports import Answerer, Interviewer
from interview_platform.services import audit, interview_clock
from interview_platform.services.agent import farewell, follow_ups, intents, records, replies, taking, trace
from interview_platform.services.agent.intents_nearest import Reader
from interview_platform.services.agent.lines import Line, Utterance, line, turn_of, utterance_of
from interview_platform.services.agent.moving import ask_next, closing, lead
from interview_platform.services.agent.position import (
    COUNTED,
    FOLLOW_UPS_PER_QUESTION,
    Position,
    position,
)
from interview_platform.services.agent.records import Scene

__all__ = ["FOLLOW_UPS_PER_QUESTION", "Conversation", "Utterance"]

FREE = "offline"
"""Name of the interviewer whose looking ahead costs nothing."""


class Conversation:
    """The interview of one row, from greeting to closing.

    `early` may be set by who speaks for it: it is called, within `answer`, with a bridge that is already written
    down and may be spoken while the question after it is still being worded.
    """

    def __init__(
        self,
        engine: Engine,
        interview_id: str,
        interviewer: Interviewer,
        answerer: Answerer | None = None,
        reader: Reader | None = None,
    ) -> None:
        """`reader` looks again at what the rules take for an answer (intents_nearest)."""
        self._engine = engine
        self._reader = reader
        self._interview_id = interview_id
        self._interviewer = interviewer
        self._replies = replies.Replies(interview_id, answerer)
        self.early: Callable[[Utterance], None] | None = None

    # --- what the room calls -----------------------------------------------------------------------------------

    def open(self, at_seconds: float) -> list[Utterance]:
        """Greeting and first question; on a new connection a welcome back and the question that is open."""
        with session(self._engine) as db:
            interview = self._live(db)
            scene = records.scene(db, interview)
            place, words = scene.place, scene.words
            if not place.plan:
                raise BadInput("This interview has no questions yet. Please ask the recruiter for a new link.")
            if interview.started_at is None:
                interview.started_at, interview.status = now(), "live"
                audit.record(db, records.candidate(interview), "interview.started", f"interview:{interview.id}")
            if self._interviewer.label not in interview.interviewer.split(", "):
                interview.interviewer = ", ".join(filter(None, [interview.interviewer, self._interviewer.label]))
        if not place.greeted:
            greeting = line("greeting", words.greeting(len(place.plan)), trace.GREET)
            return self._say([greeting, *ask_next(scene)], at_seconds)
        back = line("notice", words.welcome_back(), trace.REJOIN)
        return self._say([back, *self._rejoined(scene, at_seconds)], at_seconds)

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Utterance]:
        """Write down what the candidate said, then follow up, reply, go on, or close. `kind` is answer or typed."""
        with session(self._engine) as db:
            interview = self._live(db)
            before = records.place(db, interview)
            reading = taking.read(text, before, self._reader)
            times = started_seconds, ended_seconds
            for stored, words, about, kept in taking.rows(reading, text.strip(), before, kind):
                self._add(db, interview, stored, words, about, times, kept)
        if taking.ends(reading, before):
            return self.end(ended_seconds, by="candidate")
        scene = self._scene()
        assert scene.place.last is not None
        return self._say(self._respond(reading, before, scene, ended_seconds), ended_seconds)

    def foresee(self, text: str, ended_seconds: float) -> list[str]:
        """The lines that would follow these words, without writing them down or telling anybody: a dry run of
        `answer`, which then finds its work done. Empty where a language model decides, as every look would cost."""
        if self._interviewer.name != FREE:
            return []
        scene = self._scene()
        before = scene.place
        reading = taking.read(text, before, self._reader)
        if taking.ends(reading, before):
            return []
        rows = taking.rows(reading, text.strip(), before, "answer")
        first = before.turns[-1].position + 1 if before.turns else 1
        said = [
            Turn(
                interview_id=self._interview_id,
                position=first + number,
                speaker="candidate",
                kind=kind,
                question_id=about,
                text=words,
                trace=kept,
            )
            for number, (kind, words, about, kept) in enumerate(rows)
        ]
        after = replace(scene, place=position(before.plan, [*before.turns, *said]))
        return [held.text for held in self._respond(reading, before, after, ended_seconds)]

    def amend(self, text: str, ended_seconds: float) -> bool:
        """Add words to the newest turn: the candidate went on with it while the reply had hardly begun.

        False where the newest turn was no answer: what comes then is something new, to be taken by `answer`.
        """
        with session(self._engine) as db:
            turn = records.newest_said(db, self._interview_id)
            if turn is None or records.interview(db, self._interview_id).status == "reported":
                return True
            if turn.kind not in COUNTED:
                return False
            turn.text, turn.ended_seconds = f"{turn.text} {text.strip()}".strip(), ended_seconds
        return True

    def skip(self, at_seconds: float) -> list[Utterance]:
        """The candidate leaves the open question; it is not asked again."""
        with session(self._engine) as db:
            interview = self._live(db)
            place = records.place(db, interview)
            if not place.waiting and not place.inviting:
                return []
            about = place.ask.question_id if place.ask and place.waiting else None
            self._add(db, interview, "skip", "", about, (at_seconds, at_seconds), {"intent": "skip"})
        scene = self._scene()
        if place.inviting:
            return self._say([closing(scene)], at_seconds)
        return self._say(self._decide(intents.Reading("skip"), scene, at_seconds), at_seconds)

    def repeat(self, at_seconds: float) -> list[Utterance]:
        """The open question again: in the same words first, then in plainer ones."""
        scene = self._scene()
        return self._say(replies.again(scene), at_seconds)

    def moment(self, at_seconds: float) -> list[Utterance]:
        """Tell the candidate that there is time."""
        scene = self._scene()
        if not scene.place.waiting and not scene.place.inviting:
            return []
        return self._say([replies.wait(scene)], at_seconds)

    def end(self, at_seconds: float, by: str) -> list[Utterance]:
        """Close now. `by` is candidate or recruiter. Ending twice says nothing more."""
        with session(self._engine) as db:
            interview = records.interview(db, self._interview_id)
            if interview.status not in {"planned", "live"}:
                return []
            scene = records.scene(db, interview)
        complete = scene.place.next is None and not scene.place.waiting
        return self._say([closing(scene, complete)], at_seconds, by)

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

    def _rejoined(self, scene: Scene, at_seconds: float) -> list[Line]:
        """What follows the welcome back: what is open, or what the last words still wait for."""
        place = scene.place
        last = place.last
        if last is not None and last.speaker == "candidate" and last.kind != "unheard":
            before = position(place.plan, place.turns[:-1])
            reading = intents.Reading("skip") if last.kind == "skip" else taking.read(last.text, before, self._reader)
            if not taking.ends(reading, before):
                return self._respond(reading, before, scene, at_seconds)
        if place.inviting:
            return [line("notice", scene.words.invite(again=True), trace.INVITE)]
        if place.ask is not None and place.waiting:
            return [line("repeat", place.ask.text, trace.REJOIN, place.question, "The candidate came back.")]
        return self._decide(intents.Reading("answer"), scene, at_seconds)

    def _respond(self, reading: intents.Reading, before: Position, scene: Scene, at_seconds: float) -> list[Line]:
        """What follows from what was just said."""
        place, said = scene.place, scene.place.last
        assert said is not None
        if before.inviting:
            return farewell.after(reading, said, scene, self._replies)
        if said.kind == "correction":
            noted = self._replies.to(intents.Reading("correction", aside=said.text), said, scene)
            return noted if place.waiting else [*noted, *self._decide(reading, scene, at_seconds)]
        if not place.waiting:  # an answer, a skip, or the last try
            beside = self._replies.beside(reading, said, scene)
            if beside and beside[-1].expects_answer:
                return beside
            return [*beside, *self._decide(reading, scene, at_seconds, quiet=bool(beside))]
        if before.offered == trace.DISTRESS and reading.intent == "yes":
            reading = intents.Reading("moment")
        return self._replies.to(reading, said, scene)

    def _decide(self, reading: intents.Reading, scene: Scene, at_seconds: float, quiet: bool = False) -> list[Line]:
        """The open question is settled: a follow-up, the next, or the end. `quiet`: something is said before it."""
        reply, words = scene.place.reply, scene.words
        if reply is None or reply.kind == "skip":
            return ask_next(scene, words.after_skip(scene.place.count("skip") - 1) if reply else "")
        if reply.kind == "unheard":
            return ask_next(scene, words.after_unheard())
        if "answered" in (intents.read(reply.text).intent, trace.intent(reply)):
            return ask_next(scene, words.after_answered(scene.place.count("answered") - 1))
        unknown = "dont_know" in (intents.read(reply.text).intent, trace.intent(reply))
        found = self._follow_up(scene, at_seconds, unknown)
        if found.line is not None:
            return [found.line]
        said = words.after_dont_know() if unknown else "" if quiet else lead(scene)
        return ask_next(scene, said, found, self._reader.likeness if self._reader else None)

    def _follow_up(self, scene: Scene, at_seconds: float, unknown: bool) -> follow_ups.Outcome:
        spent = interview_clock.spent(scene.place.turns, at_seconds)  # writing counts as well
        if not scene.place.may_follow_up or spent > follow_ups.UNTIL_SECONDS:
            return follow_ups.Outcome()
        if unknown and scene.place.follow_ups_here:
            return follow_ups.Outcome()
        return follow_ups.propose(scene, self._interviewer, self._bridge(scene, at_seconds), unknown)

    def _bridge(self, scene: Scene, at_seconds: float) -> Callable[[str], bool] | None:
        """Says a checked bridge at once, where somebody listens for it."""
        early = self.early
        if early is None:
            return None

        def say(bridge: str) -> bool:
            refers = follow_ups.may_say(bridge, scene)
            if refers is None:
                return False
            kept = trace.agent(trace.BRIDGE, refers=refers)
            early(
                self._say(
                    [Line("notice", bridge, scene.place.question, "", kept, self._interviewer.label)], at_seconds
                )[0]
            )
            return True

        return say

    # --- rows --------------------------------------------------------------------------------------------------

    def _live(self, db: Session) -> Interview:
        """The row, while something can be said in it."""
        interview = records.interview(db, self._interview_id)
        if interview.status not in {"planned", "live"}:
            raise InterviewEnded("This interview has ended. Your answers are saved; there is nothing more to do.")
        return interview

    def _scene(self) -> Scene:
        with session(self._engine) as db:
            return records.scene(db, self._live(db))

    def _add(
        self,
        db: Session,
        interview: Interview,
        kind: str,
        text: str,
        about: str | None,
        times: tuple[float, float],
        kept: trace.Trace,
    ) -> None:
        """The candidate's turn. Noise has no words; what belongs to no question is not judged."""
        turn = Turn(
            interview_id=interview.id,
            position=records.next_position(db, interview.id),
            speaker="candidate",
            kind=kind,
            question_id=about,
            text="" if kind == "unheard" else text,
            started_seconds=times[0],
            ended_seconds=times[1],
            trace=kept,
        )
        db.add(turn)
        db.flush()

    def _say(self, lines: Sequence[Line], at_seconds: float, ended_by: str = "plan") -> list[Utterance]:
        """Write the agent's turns, end the interview with the closing one, and hand them out to be spoken."""
        with session(self._engine) as db:
            interview = self._live(db)
            first = records.next_position(db, interview.id)
            said = records.newest_said(db, interview.id)
            led = trace.intent(said) if said else ""
            turns = [turn_of(held, interview.id, first + n, at_seconds, led) for n, held in enumerate(lines)]
            db.add_all(turns)
            db.flush()
            for held in lines:
                if held.passed:
                    records.pass_on(db, interview, held.passed.about, held.passed.text, said.id if said else None)
            if any(held.kind == "closing" for held in lines):
                interview.status, interview.ended_by, interview.ended_at = "ended", ended_by, now()
                actor = records.candidate(interview)
                audit.record(db, actor, "interview.ended", f"interview:{interview.id}", by=ended_by)
            place = records.place(db, interview)
        return [utterance_of(turn, held, place) for turn, held in zip(turns, lines, strict=True)]
