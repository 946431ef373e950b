"""The agent's own speech, measured from the turns."""

from __future__ import annotations

import pytest

from interview_platform.models import Turn
from interview_platform.services.analysis import agent_speech


def said(position: int, speaker: str, text: str, started: float = 0.0, ended: float = 0.0, **values: object) -> Turn:
    kind = "answer" if speaker == "candidate" else "core"
    return Turn(
        id=f"t{position}",
        interview_id="i",
        position=position,
        speaker=speaker,
        kind=kind,
        text=text,
        started_seconds=started,
        ended_seconds=ended,
        **values,
    )


ORDINARY = [
    said(1, "agent", "Hello, I am an AI interviewer. What did you build?", 0, 5, engine="Authored"),
    said(2, "candidate", "A queue for our orders.", 6, 16),
    said(3, "agent", "Thank you. How did you test it?", 16.8, 19, engine="Offline interviewer"),
    said(4, "candidate", "With a copy of the data.", 20, 30),
    said(5, "agent", "What came of it?", 30.5, 32, engine="Offline interviewer"),
]


def test_an_ordinary_interview_is_described() -> None:
    made = agent_speech.measure(reversed(ORDINARY))
    assert (made.turns, made.replies) == (3, 2)
    assert made.questions_per_turn == 1.0
    assert made.mean_words == pytest.approx(7.0)
    assert made.supportive_share == 0.5
    assert [(found.turn_id, found.quote) for found in made.supportive] == [("t3", "Thank you")]
    assert (made.talk_share, made.talk_basis) == (pytest.approx(0.303), "seconds")
    assert made.engines == {"Offline interviewer": 2, "Authored": 1}
    assert (made.pressing, made.bias, made.interruptions, made.refused, made.fallbacks) == ((), (), (), (), ())


def test_a_turn_that_begins_before_the_answer_ended_is_an_interruption() -> None:
    turns = [*ORDINARY[:2], said(3, "agent", "How did you test it?", 14.0, 17.0)]
    (found,) = agent_speech.measure(turns).interruptions
    assert (found.turn_id, found.note) == ("t3", "2.0 s before the answer ended")


def test_turns_that_meet_are_no_interruption() -> None:
    turns = [*ORDINARY[:2], said(3, "agent", "How did you test it?", 15.8, 17.0)]
    assert agent_speech.measure(turns).interruptions == ()


def test_without_times_words_are_compared_and_interruptions_are_not_measured() -> None:
    made = agent_speech.measure([said(1, "agent", "What did you build?"), said(2, "candidate", "A queue.")])
    assert (made.talk_share, made.talk_basis, made.timed) == (pytest.approx(0.667), "words", False)
    rows = {row["name"]: row["value"] for row in made.as_rows()}
    assert rows["Interruptions"] == "not measured"


def test_pressing_and_biased_wording_is_shown_with_its_words() -> None:
    turns = [
        said(1, "agent", "You did not answer my question. What was the result?"),
        said(2, "agent", "Are you married? We want a young team."),
        said(3, "agent", "What was your last salary?"),
    ]
    made = agent_speech.measure(turns)
    assert [found.turn_id for found in made.pressing] == ["t1"]
    assert {(found.turn_id, found.quote) for found in made.bias} == {
        ("t2", "Are you married"),
        ("t2", "young team"),
        ("t3", "your last salary"),
    }


def test_refusals_and_fallbacks_come_from_the_trace() -> None:
    refused = {"guard": [{"text": "Great answer!", "reason": "score or verdict"}], "fallback": "too late"}
    made = agent_speech.measure([said(1, "agent", "What came next?", trace=refused)])
    assert [(found.quote, found.note) for found in made.refused] == [("Great answer!", "score or verdict")]
    assert [(found.turn_id, found.note) for found in made.fallbacks] == [("t1", "too late")]


def test_an_interview_without_the_agent_has_nothing_to_measure() -> None:
    made = agent_speech.measure([])
    assert made == agent_speech.AgentSpeech()
    assert {row["value"] for row in made.as_rows()} == {"not measured", "none"}


def test_every_row_can_be_shown() -> None:
    for row in agent_speech.measure(ORDINARY).as_rows():
        assert set(row) == {"name", "value", "note", "evidence"}
        assert row["name"]
        assert row["note"]
        assert all(set(entry) == {"turn_id", "quote", "note"} for entry in row["evidence"])
