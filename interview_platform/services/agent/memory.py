"""What the candidate said so far, sentence by sentence, each with its turn and its place in the turn's text.

Used to refer back truly and not to ask again. Pure: a function of the turns. It compares words; meaning only where the
caller brings a measure of it, and then with a high bar: no reference is better than a false one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from interview_platform.models import Question, Turn
from interview_platform.ports import Earlier
from interview_platform.services.agent import trace
from interview_platform.services.agent.position import COUNTED
from interview_platform.services.scoring import evidence
from interview_platform.services.scoring.sentences import content, split

_QUOTED = re.compile(r"[\"“]([^\"“”]{3,})[\"”]")
_TELLING_BACK = frozenset(
    content(
        "mention mentioned said told spoke talked described explained earlier already there here part point example "
        "question answer moment situation together add added more further about thank thanks first last also"
    )
)
_GENERAL = frozenset(
    content(
        "work working job role company business team people person customer customers client day days week month "
        "year years "
        "hour minute minutes moment several same need needed needs new different difficult hard big small first "
        "second "
        "two three four five six seven eight nine ten twenty hundred value values acted way walk kind part piece "
        "project task"
    )
)
"""Words that two different stories easily share."""
Near = Callable[[str, Sequence[str]], list[float]]
"""How near a sentence comes to each of others, as a cosine."""
ALIKE, MORE_ALIKE = 0.48, 0.2
"""Nearness of a sentence to a question that was not put yet, and by how much it is nearer to it than to its own."""
_FEWEST_WORDS = 5
_IN_A_SUMMARY = 3
_MIN_SHARED = 2
_MOST_OF_IT = 0.6


@dataclass(frozen=True)
class Noted:
    """One sentence of the candidate's: `text` stands at start..end of the turn's text."""

    turn_id: str
    question_id: str | None
    start: int
    end: int
    text: str

    def as_refers(self) -> dict[str, object]:
        """As Turn.trace["refers"] holds it."""
        return {"turn_id": self.turn_id, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Remembered:
    """What was said to one planned question."""

    question: Question
    notes: tuple[Noted, ...]


def notes(turns: Sequence[Turn]) -> tuple[Noted, ...]:
    """Every sentence that answers, oldest first."""
    found = []
    for turn in turns:
        if turn.speaker != "candidate" or turn.kind not in COUNTED:
            continue
        trimmed = trace.answer_text(turn)
        for start, end in split(turn.text):
            if turn.text[start:end].strip() and " ".join(turn.text[start:end].split()) in " ".join(trimmed.split()):
                found.append(Noted(turn.id, turn.question_id, start, end, turn.text[start:end]))
    return tuple(found)


def summary(plan: Sequence[Question], turns: Sequence[Turn]) -> tuple[Remembered, ...]:
    """Per question that was answered, its most telling sentences in the order they were said, word for word."""
    said = notes(turns)
    found = []
    for question in plan:
        own = [note for note in said if note.question_id == question.id]
        telling = sorted(own, key=lambda note: -len(content(note.text)))[:_IN_A_SUMMARY]
        if own:
            found.append(Remembered(question, tuple(note for note in own if note in telling)))
    return tuple(found)


def earlier(plan: Sequence[Question], turns: Sequence[Turn], but: str | None) -> tuple[Earlier, ...]:
    """Other questions' answers, whole, oldest first."""
    found: dict[str, tuple[list[str], str]] = {}
    for turn in turns:
        if turn.speaker == "candidate" and turn.kind in COUNTED and turn.question_id and turn.question_id != but:
            texts, first = found.get(turn.question_id, ([], turn.id))
            found[turn.question_id] = ([*texts, trace.answer_text(turn)], first)
    asked = {question.id: question.text for question in plan}
    return tuple(Earlier(asked.get(key, ""), "\n".join(texts), first) for key, (texts, first) in found.items())


def refers(sentence: str, turns: Sequence[Turn]) -> dict[str, object] | None:
    """Where the candidate said what the agent's sentence tells back, as Turn.trace["refers"]; None if nowhere.

    What is quoted must stand there word for word; otherwise every word of content must come from one sentence.
    """
    said = notes(turns)
    quoted = _QUOTED.findall(sentence)
    if quoted:
        return _quoted(quoted, turns)
    wanted = content(sentence) - _TELLING_BACK
    if len(wanted) < _MIN_SHARED:
        return None
    return next((note.as_refers() for note in reversed(said) if wanted <= content(note.text)), None)


def _quoted(quotes: Sequence[str], turns: Sequence[Turn]) -> dict[str, object] | None:
    own = [turn for turn in turns if turn.speaker == "candidate" and turn.kind in COUNTED]
    spans = [next(((t, s) for t in reversed(own) if (s := evidence.verify(quote, t.text))), None) for quote in quotes]
    if not spans or None in spans or spans[0] is None:
        return None
    turn, (start, end) = spans[0]
    return {"turn_id": turn.id, "start": start, "end": end}


def answers_already(question: str, turns: Sequence[Turn], but: str | None) -> Noted | None:
    """The sentence to another question that holds all that a follow-up asks for by name."""
    wanted = content(question) - _TELLING_BACK
    if len(wanted) <= _MIN_SHARED:
        return None
    return next((note for note in notes(turns) if note.question_id != but and wanted <= content(note.text)), None)


def spoken_about(question: Question, turns: Sequence[Turn]) -> Noted | None:
    """Where the candidate told of what a core question asks for; None unless most of its own words are there."""
    wanted = content(question.text) - _TELLING_BACK - _GENERAL
    if question.kind != "core":
        return None
    best, most = None, 0
    for note in notes(turns):
        if note.question_id == question.id:
            continue
        shared = len(wanted & content(note.text))
        if shared >= max(_MIN_SHARED, _MOST_OF_IT * len(wanted)) and shared > most:
            best, most = note, shared
    return best


def spoken_of(question: Question, turns: Sequence[Turn], asked: Mapping[str, str], near: Near) -> Noted | None:
    """As `spoken_about`, by meaning: a sentence far nearer to this core question than to the one it answered.

    `asked`: the planned questions' texts by id.
    """
    said = [note for note in notes(turns) if note.question_id in asked and note.question_id != question.id]
    said = [note for note in said if len(note.text.split()) >= _FEWEST_WORDS]
    if question.kind != "core" or not said:
        return None
    nearness = near(question.text, [note.text for note in said])
    best = max(range(len(said)), key=lambda place: nearness[place])
    own = near(asked[said[best].question_id or ""], [said[best].text])[0]
    return said[best] if nearness[best] >= ALIKE and nearness[best] - own >= MORE_ALIKE else None


def meant(text: str, turns: Sequence[Turn]) -> Noted | None:
    """The sentence that a correction most likely speaks of: it shares the most words; the newest of equals."""
    wanted = content(text)
    said = notes(turns)
    held = [content(note.text) for note in said]
    rare = {word: 1 / sum(word in words for words in held) for word in wanted if any(word in words for words in held)}
    scored = [(sum(rare.get(word, 0.0) for word in words & wanted), place) for place, words in enumerate(held)]
    best = max(scored, default=(0.0, 0))
    return said[best[1]] if best[0] > 0 else None
