"""The transcript as it counts: what was heard, with people's corrections in place. `Turn.text` itself never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlmodel import Session, col, select

from interview_platform.models import Correction, Turn
from interview_platform.services.scoring.evidence import words_of

SURE = 1.0
"""Probability of a word that a person wrote down from the recording."""


@dataclass(frozen=True)
class Transcript:
    """`turns` in order, corrected ones as detached copies; `heard` as stored; `corrections` newest per turn."""

    turns: tuple[Turn, ...]
    heard: tuple[Turn, ...]
    corrections: dict[str, Correction]


def of(db: Session, interview_id: str) -> Transcript:
    """The interview's transcript."""
    heard = tuple(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))
    rows = db.exec(
        select(Correction).where(Correction.interview_id == interview_id).order_by(col(Correction.created_at))
    )
    newest = {row.turn_id: row for row in rows}
    return Transcript(tuple(_corrected(turn, newest.get(turn.id)) for turn in heard), heard, newest)


def _corrected(turn: Turn, correction: Correction | None) -> Turn:
    """A copy with the person's words; she listened, so their confidence is no longer the transcriber's."""
    if correction is None:
        return turn
    kept = turn.model_dump(exclude={"text", "words", "confidence", "kind"})
    kind = "answer" if turn.kind == "unheard" else turn.kind
    return Turn(
        **kept, kind=kind, text=correction.text, words=retimed(correction.text, turn.words or []), confidence=None
    )


def retimed(text: str, heard: Sequence[Sequence[object]]) -> list[list[object]]:
    """Corrected words with times: a word that was heard keeps its own, others share what lies between.

    Shape of the result as of `heard`: [[text, started_seconds, ended_seconds, probability]]; empty without times.
    """
    words = text.split()
    if not heard or not words:
        return []
    before = ["".join(w for w, _, _ in words_of(str(entry[0]))) for entry in heard]
    after = ["".join(w for w, _, _ in words_of(word)) for word in words]
    made: list[list[object]] = []
    for _, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if a1 - a0 == b1 - b0:
            made += [_word(words[b], heard[a]) for a, b in zip(range(a0, a1), range(b0, b1), strict=True)]
        else:
            made += _between(words[b0:b1], *_gap(heard, a0, a1))
    return made


def _word(text: str, heard: Sequence[object]) -> list[object]:
    return [text, heard[1], heard[2], SURE]


def _gap(heard: Sequence[Sequence[object]], start: int, end: int) -> tuple[float, float]:
    """The seconds of heard words start..end; of the moment between two words when there are none."""
    if start < end:
        return _seconds(heard[start][1]), _seconds(heard[end - 1][2])
    began = _seconds(heard[start - 1][2]) if start else _seconds(heard[0][1])
    return began, max(began, _seconds(heard[start][1])) if start < len(heard) else began


def _between(words: Sequence[str], began: float, ended: float) -> list[list[object]]:
    step = (ended - began) / max(1, len(words))
    return [[word, round(began + n * step, 3), round(began + (n + 1) * step, 3), SURE] for n, word in enumerate(words)]


def _seconds(value: object) -> float:
    return float(str(value))
