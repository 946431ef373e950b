"""Where an interview stands, derived from its plan and its turns alone.

Pure: the same rows give the same position, so a process that starts anew after a crash goes on at the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.models import Question, Turn

QUESTIONS = frozenset({"core", "resume", "custom"})
ASKS = QUESTIONS | {"follow_up"}
ANSWERS = frozenset({"answer", "typed"})
REJOINED = "The candidate came back."
"""`Turn.because` of a question said again after a new connection; it does not count as a wished repeat."""
TRIES = 2
"""How often a question may bring nothing intelligible before the interview goes on."""


@dataclass(frozen=True)
class Position:
    """What has happened and what is open. Turns are those since the last question or follow-up was put."""

    plan: tuple[Question, ...]
    greeted: bool = False
    closed: bool = False  # the closing words were said
    ask: Turn | None = None  # the last question or follow-up put to the candidate
    question: Question | None = None  # the planned question it belongs to
    reply: Turn | None = None  # what settled it: an answer, a skip, or the last try that brought nothing
    answers: tuple[str, ...] = ()  # to `question` and its follow-up, in order
    all_answers: tuple[str, ...] = ()  # of the whole interview
    follow_ups_here: int = 0
    follow_ups: int = 0
    repeats: int = 0
    unheard: int = 0
    ending: bool = False  # the candidate was just asked whether to end
    asked: tuple[str, ...] = ()  # text of every question and follow-up
    asked_ids: frozenset[str] = frozenset()

    @property
    def next(self) -> Question | None:
        """The first planned question not put yet."""
        return next((entry for entry in self.plan if entry.id not in self.asked_ids), None)

    @property
    def waiting(self) -> bool:
        """Whether a question is open."""
        return self.ask is not None and self.reply is None and not self.closed

    @property
    def number(self) -> int:
        """Number of the current question, from 1; 0 before the first."""
        return next((i for i, entry in enumerate(self.plan, 1) if self.question and entry.id == self.question.id), 0)


def position(plan: Sequence[Question], turns: Sequence[Turn]) -> Position:
    """Read the turns in order."""
    asks = [turn for turn in turns if turn.speaker == "agent" and turn.kind in ASKS]
    ask = asks[-1] if asks else None
    since = [turn for turn in turns if ask and turn.position > ask.position]
    here = [turn for turn in turns if ask and ask.question_id and turn.question_id == ask.question_id]
    return Position(
        plan=tuple(plan),
        greeted=any(turn.kind == "greeting" for turn in turns),
        closed=any(turn.kind == "closing" for turn in turns),
        ask=ask,
        question=next((entry for entry in plan if ask and entry.id == ask.question_id), None),
        reply=_reply(since),
        answers=_answers(here),
        all_answers=_answers(turns),
        follow_ups_here=sum(turn.kind == "follow_up" for turn in here),
        follow_ups=sum(turn.kind == "follow_up" for turn in asks),
        repeats=sum(turn.kind == "repeat" and turn.because != REJOINED for turn in since),
        unheard=sum(turn.kind == "unheard" for turn in since),
        ending=_ending(since),
        asked=tuple(turn.text for turn in asks),
        asked_ids=frozenset(turn.question_id for turn in asks if turn.question_id),
    )


CONFIRM_END = "The candidate asked to stop."


def _answers(turns: Sequence[Turn]) -> tuple[str, ...]:
    return tuple(turn.text for turn in turns if turn.speaker == "candidate" and turn.kind in ANSWERS)


def _reply(since: Sequence[Turn]) -> Turn | None:
    unheard = 0
    for turn in since:
        unheard += turn.kind == "unheard"
        if turn.kind in ANSWERS or turn.kind == "skip" or unheard >= TRIES:
            return turn
    return None


def _ending(since: Sequence[Turn]) -> bool:
    said = [turn for turn in since if turn.speaker == "agent"]
    return bool(said) and said[-1].because == CONFIRM_END
