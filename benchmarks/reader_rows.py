"""Questions with their candidates, for training the reader of questions (train_reader.py): from sets, and by kind."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from interview_platform.evaluation import questions
from interview_platform.ports import Grounded
from interview_platform.services.agent import answer_context, answering, asking
from interview_platform.services.agent.answer_options import Candidate, Option, Options
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library

TAKEN_AWAY = 0.3
"""Share of the answerable questions whose answer is hidden, so that its neighbours are learned as neighbours."""


@dataclass(frozen=True, eq=False)
class Row:
    """A question with its candidates and which of them answer; `marked` where the sentence itself is named."""

    question: str
    options: tuple[Option, ...]
    right: tuple[bool, ...]
    answerable: bool
    marked: bool
    near: str
    raw: str = ""


def rows(path: Path, library: Library, options: Options) -> Iterator[Row]:
    """The questions of one set."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    marks = [line for line in lines if line.get("question")]
    before: Any = None
    for one, mark in zip(questions.read(path, questions.shipped()), marks, strict=True):
        if one.context is not before:
            before = one.context
            for scope, pieces in one.context.pieces.items():
                library.put(scope, pieces)
            kinds = answer_context.kinds(
                [held.sentences[0] for held in one.context.pieces["company:1"] if held.sentences]
            )
        names = (one.context.job.title, one.context.company.name)
        asked = answer_context.unnamed(asking.clean(one.question), names, kinds).strip(" ?.!,") + "?"
        found = options.near(asked, (answering.FAQ, *one.context.pieces), 14, 6)
        stands = _flat(str(mark.get("stands") or ""))
        right = [one.answerable and _right(one, option, stands) for option in found]
        near = _flat(str(mark.get("near") or ""))
        yield Row(asked, tuple(found), tuple(right), one.answerable, bool(stands), near, one.question)


def _right(one: questions.Asked, option: Option, stands: str) -> bool:
    if stands and option.piece.source != "faq":
        said = _flat(option.sentences[0])
        return bool(said) and (said in stands or stands in said)
    grounded = Grounded(" ".join(option.sentences), (option.piece.as_passage(1.0),))
    return bool(one.source) and questions.right(one, grounded)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def chosen(row: Row, training: bool, chance: random.Random) -> list[int]:
    """Places of the candidates that are looked at: as in the product, or the hardest ones with the right one."""
    own = [place for place, option in enumerate(row.options) if option.piece.source != "faq"]
    written = [place for place, option in enumerate(row.options) if option.piece.source == "faq"]
    if not training:
        return own[:8] + written[:4]
    if row.answerable and chance.random() < TAKEN_AWAY:
        own, written = ([place for place in side if not row.right[place]] for side in (own, written))
    kept = own[:3] + written[:1]
    if not any(row.right[place] for place in kept) or row.marked:
        kept += [place for place in own[3:] + written[1:] if row.right[place]][:1]
    kept += [place for place in own[3:] if row.near and _is_near(row, place)][:1]
    return list(dict.fromkeys(kept))


def _is_near(row: Row, place: int) -> bool:
    said = _flat(row.options[place].sentences[0])
    return bool(said) and (said in row.near or row.near in said)


# --- questions by kind ----------------------------------------------------------------------------------------------


class Kinds:
    """Questions of many kinds and sentences that answer them, combined by chance."""

    def __init__(self, path: Path, library: Library) -> None:
        """The file: topic -> kind -> asks (a question a line), says (a sentence a line), also (kinds that answer)."""
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._library = library
        self.asks: dict[str, list[str]] = {}
        self._says: dict[str, list[str]] = {}
        self._also: dict[str, set[str]] = {}
        self._topic: dict[str, str] = {}
        for topic, kinds in held.items():
            for name, parts in kinds.items():
                kind = f"{topic}.{name}"
                self.asks[kind], self._says[kind] = (
                    str(parts.get(side) or "").splitlines() for side in ("asks", "says")
                )
                self._also[kind], self._topic[kind] = {kind, *(parts.get("also") or [])}, topic

    @property
    def texts(self) -> tuple[set[str], set[str]]:
        """Every question and every sentence."""
        asked = {asking.clean(ask).strip(" ?.!,") + "?" for held in self.asks.values() for ask in held}
        return asked, {text for held in self._says.values() for text in held}

    def rows(self, number: int, chance: random.Random) -> list[Row]:
        """So many questions, each with an employer's handful of sentences: near ones mostly of its own topic."""
        every = [(kind, ask) for kind, asks in self.asks.items() for ask in asks]
        return [self._row(*every[chance.randrange(len(every))], chance) for _ in range(number)]

    def _row(self, kind: str, ask: str, chance: random.Random) -> Row:
        fitting = [text for one in self._also[kind] for text in self._says[one]]
        answerable = bool(fitting) and chance.random() < 0.55
        said = [chance.choice(fitting)] if answerable else []
        beside = [one for one, topic in self._topic.items() if topic == self._topic[kind] and self._is_other(one, kind)]
        far = [one for one, topic in self._topic.items() if topic != self._topic[kind] and self._is_other(one, kind)]
        for one in chance.sample(beside, min(len(beside), 2)) + chance.sample(far, min(len(far), 3)):
            if self._says[one]:
                said.append(chance.choice(self._says[one]))
        chance.shuffle(said)
        question = asking.clean(ask).strip(" ?.!,") + "?"
        near = self._library.embeddings.rows(said) @ self._library.embeddings.rows([question])[0]
        held = [
            Option(Piece(text, source, "", text), (text,), Candidate(text, source, float(score)))
            for text, score in zip(said, near, strict=True)
            for source in [chance.choice(("job", "company", "material"))]
        ]
        right = tuple(answerable and text in fitting for text in said)
        return Row(question, tuple(held), right, answerable, True, "", ask)

    def _is_other(self, one: str, kind: str) -> bool:
        return one not in self._also[kind] and kind not in self._also[one]
