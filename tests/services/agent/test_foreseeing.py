"""A dry run of an answer: it says what would be said, and leaves no trace."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.services.agent.scripted import LONG, Knowing, Scripted, conversation, interview, passed_on, turns


class Free(Scripted):
    """Looking ahead costs nothing."""

    name = "offline"


@pytest.mark.parametrize(
    "words",
    [LONG, "I don't know.", "Could you repeat that?", "What does the team look like?", "Please skip this one.", "Um."],
)
def test_what_is_foreseen_is_what_is_said(engine: Engine, words: str) -> None:
    talk = conversation(engine, interview(engine), Free())
    talk.open(0.0)
    talk.answer(LONG, 5.0, 12.0)
    foreseen = talk.foresee(words, 30.0)
    assert foreseen == [said.text for said in talk.answer(words, 20.0, 30.0)]
    assert foreseen


def test_a_look_ahead_writes_nothing_and_tells_nobody(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Free(), Knowing())
    talk.open(0.0)
    before = [(turn.id, turn.text) for turn in turns(engine, made)]
    talk.foresee("Is there a car park?", 10.0)
    talk.foresee(LONG, 12.0)
    assert [(turn.id, turn.text) for turn in turns(engine, made)] == before
    assert passed_on(engine, made) == []


def test_where_a_language_model_decides_nothing_is_foreseen(engine: Engine) -> None:
    seen: list[object] = []
    talk = conversation(engine, interview(engine), Scripted(sees=seen.append))
    talk.open(0.0)
    assert talk.foresee(LONG, 10.0) == []
    assert seen == []
