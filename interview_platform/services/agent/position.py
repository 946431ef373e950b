"""Where an interview stands, derived from its plan and its turns alone.

Pure: the same rows give the same position, so a process that starts anew after a crash goes on at the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.models import Question, Turn
from interview_platform.services import interview_clock
from interview_platform.services.agent import trace
from interview_platform.services.scoring.sentences import content

QUESTIONS = frozenset({"core", "resume", "custom"})
ASKS = QUESTIONS | {"follow_up"}
ANSWERS = frozenset({"answer", "typed"})
"""Kinds of candidate turns that settle what is open."""
COUNTED = ANSWERS | {"correction"}
"""Kinds of candidate turns that say something about their question."""
TRIES = 2
"""How often a question may bring nothing intelligible before the interview goes on."""
FOLLOW_UPS_PER_QUESTION = 2
TELLS_SOMETHING = 2
"""Words of content from which the reply to a follow-up invites another one."""
MINUTES = 25.0
"""How long an interview may plan to take; follow-ups use what the planned questions leave."""
FEWEST_FOLLOW_UPS = 3
MOST_INVITATIONS = 4
"""How often the agent asks for (further) questions at the end."""
_OFFERS = frozenset({trace.CONFIRM_END, trace.DISTRESS, trace.INVITE, trace.GO_BACK})
_ASIDE = frozenset({trace.WAIT, trace.ANSWER, trace.PASS_ON, trace.LATER, trace.UNHEARD, trace.NOTED, trace.REJOIN})


@dataclass(frozen=True)
class Position:
    """What has happened and what is open. Turns are those since the last question or follow-up was put."""

    plan: tuple[Question, ...]
    turns: tuple[Turn, ...] = ()  # all of them
    greeted: bool = False
    closed: bool = False  # the closing words were said
    ask: Turn | None = None  # the last question or follow-up put to the candidate
    question: Question | None = None  # the planned question it belongs to
    reply: Turn | None = None  # what settled it: an answer, a skip, or the last try that brought nothing
    answers: tuple[str, ...] = ()  # to `question` and its follow-ups, in order, corrections too
    all_answers: tuple[str, ...] = ()  # of the whole interview
    follow_ups_here: int = 0
    follow_ups: int = 0
    repeats: int = 0
    offered: str = ""  # what the agent left to the candidate last: confirm_end, distress, invite, go_back
    offer: Turn | None = None  # the turn it did so with
    replies: int = 0  # to questions of the candidate's, in a row
    invitations: int = 0  # how often it asked for questions at the end
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
    def inviting(self) -> bool:
        """Whether the candidate was just asked for questions of their own."""
        return self.offered == trace.INVITE

    @property
    def number(self) -> int:
        """Number of the current question, from 1; 0 before the first."""
        return next((i for i, entry in enumerate(self.plan, 1) if self.question and entry.id == self.question.id), 0)

    @property
    def last(self) -> Turn | None:
        """The newest turn of all."""
        return self.turns[-1] if self.turns else None

    @property
    def may_follow_up(self) -> bool:
        """Whether a follow-up is within the limits; a second one leaves one for each question to come."""
        if self.question is None or self.follow_ups_here >= _most_here(self.question):
            return False
        if self.follow_ups_here and len(content(self.answers[-1] if self.answers else "")) < TELLS_SOMETHING:
            return False  # nobody is pressed twice for what they do not want to tell
        to_come = sum(entry.id not in self.asked_ids for entry in self.plan)
        kept = to_come if self.follow_ups_here else 0
        return self.follow_ups + kept < self.most_follow_ups

    @property
    def most_follow_ups(self) -> int:
        """Those that the plan leaves time for, and those that answers shorter than planned have left time for."""
        planned = sum(entry.minutes for entry in self.plan if entry.id in self.asked_ids) + self.follow_ups
        spoken = max((turn.ended_seconds or 0.0 for turn in self.turns), default=0.0)
        passed = interview_clock.spent(self.turns, spoken) / 60
        saved = max(0, int(planned - passed))
        return min(most_follow_ups(self.plan) + saved, FOLLOW_UPS_PER_QUESTION * len(self.plan))

    def count(self, intent: str) -> int:
        """How many of the candidate's turns were read as this."""
        return sum(turn.speaker == "candidate" and trace.intent(turn) == intent for turn in self.turns)

    def count_here(self, intent: str) -> int:
        """As `count`, since the last question was put."""
        since = self.ask.position if self.ask else 0
        own = [turn for turn in self.turns if turn.speaker == "candidate" and turn.position > since]
        return sum(trace.intent(turn) == intent for turn in own)

    def by_id(self, question_id: str | None) -> Question | None:
        """The planned question of this id."""
        return next((entry for entry in self.plan if entry.id == question_id), None)


def position(plan: Sequence[Question], turns: Sequence[Turn]) -> Position:
    """Read the turns in order."""
    asks = [turn for turn in turns if turn.speaker == "agent" and turn.kind in ASKS]
    ask = asks[-1] if asks else None
    since = [turn for turn in turns if ask and turn.position > ask.position]
    here = [turn for turn in turns if ask and ask.question_id and turn.question_id == ask.question_id]
    offer = _offer(since)
    return Position(
        plan=tuple(plan),
        turns=tuple(turns),
        greeted=any(turn.kind == "greeting" for turn in turns),
        closed=any(turn.kind == "closing" for turn in turns),
        ask=ask,
        question=next((entry for entry in plan if ask and entry.id == ask.question_id), None),
        reply=_reply(since),
        answers=_answers(here),
        all_answers=_answers(turns),
        follow_ups_here=sum(turn.kind == "follow_up" for turn in here),
        follow_ups=sum(turn.kind == "follow_up" for turn in asks),
        repeats=sum(turn.kind == "repeat" and trace.decision(turn) in {trace.REPEAT, trace.REPHRASE} for turn in since),
        offered=trace.decision(offer) if offer else "",
        offer=offer,
        replies=_replies(since),
        invitations=sum(trace.decision(turn) == trace.INVITE for turn in turns),
        asked=tuple(turn.text for turn in asks),
        asked_ids=frozenset(turn.question_id for turn in asks if turn.question_id),
    )


def _most_here(question: Question) -> int:
    """The recruiter's own question is asked as it stands: its points are general, so one follow-up is enough."""
    return 1 if question.kind == "custom" else FOLLOW_UPS_PER_QUESTION


def most_follow_ups(plan: Sequence[Question]) -> int:
    """How many follow-ups an interview with this plan may have: about a minute each, the same for everybody."""
    left = int(MINUTES - sum(entry.minutes for entry in plan))
    return max(FEWEST_FOLLOW_UPS, min(left, FOLLOW_UPS_PER_QUESTION * len(plan)))


def _answers(turns: Sequence[Turn]) -> tuple[str, ...]:
    said = (trace.answer_text(turn) for turn in turns if turn.speaker == "candidate" and turn.kind in COUNTED)
    return tuple(text for text in said if text)


def _reply(since: Sequence[Turn]) -> Turn | None:
    unheard = 0
    for turn in since:
        unheard += turn.kind == "unheard"
        if turn.kind in ANSWERS or turn.kind == "skip" or unheard >= TRIES:
            return turn
    return None


def _offer(since: Sequence[Turn]) -> Turn | None:
    """The agent's last turn, if it left something to the candidate; what it says in between does not end the offer."""
    said = [turn for turn in since if turn.speaker == "agent" and trace.decision(turn) not in _ASIDE]
    return said[-1] if said and trace.decision(said[-1]) in _OFFERS else None


def _replies(since: Sequence[Turn]) -> int:
    """Questions of the candidate's in a row, the newest last."""
    number = 0
    for turn in reversed([turn for turn in since if turn.speaker == "candidate"]):
        if trace.intent(turn) != "question" or turn.kind in ANSWERS:
            break
        number += 1
    return number
