"""What a rehearsal makes of what the page heard."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

import numpy as np
import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation import rehearse, speech
from interview_platform.evaluation.browser import Spoken
from interview_platform.evaluation.rehearsed import Result, Turn


def turn(response_ms: float | None, cut_in: bool = False) -> Turn:
    return Turn("asked", "said", "", "core", response_ms, None, cut_in, 8.0)


def caption(speaker: str, text: str, turn_id: str, final: bool = True) -> dict[str, object]:
    return {"type": "caption", "speaker": speaker, "text": text, "final": final, "turn_id": turn_id}


def test_the_summary_counts_only_answers_that_were_heard_out() -> None:
    result = Result([turn(500), turn(700), turn(None), turn(10, cut_in=True)])
    assert result.summary() == {"p50_ms": 600.0, "p95_ms": 690.0, "turns": 4, "cut_ins": 1, "no_response": 1}


def test_a_rehearsal_without_any_response_has_no_percentiles() -> None:
    assert Result([turn(None)]).summary()["p50_ms"] is None


def test_the_file_has_turns_summary_and_the_reports_address() -> None:
    content = json.loads(Result([turn(500)], report_url="http://host/reports/1").as_json())
    assert set(content) == {"turns", "summary", "report_url"}
    assert {"asked", "said", "heard", "kind", "response_ms"} <= set(content["turns"][0])


def test_what_was_heard_is_the_newest_final_caption_of_each_answer() -> None:
    events = [
        caption("agent", "A question", "q1"),
        caption("candidate", "I loo", "a1", final=False),
        caption("candidate", "I looked at the lox", "a1"),
        caption("candidate", "I looked at the locks", "a1"),
        caption("agent", "And then?", "q2"),
        caption("candidate", "I fixed them", "a2"),
    ]
    turns = [turn(500), turn(500)]
    rehearse._fill_heard(events, [Spoken(1, 5, 1), Spoken(9, 12, 5)], turns)
    assert [each.heard for each in turns] == ["I looked at the locks", "I fixed them"]


def test_the_last_question_since_the_answer_is_what_was_asked() -> None:
    events = [
        caption("agent", "Thank you.", "t"),
        {"type": "question", "text": "Why?", "kind": "follow_up", "number": 1, "total": 4},
    ]
    assert rehearse._question(events) == ("Why?", "follow_up")


def test_without_a_new_question_the_interviewer_asked_again() -> None:
    assert rehearse._question([caption("agent", "Could you say that again?", "t")]) == (
        "Could you say that again?",
        "repeat",
    )


def test_a_link_of_another_database_has_no_report_here(held) -> None:
    assert rehearse._report_url(held, "http://elsewhere:3000/interview/made-up") == ""


def test_recorded_answers_are_played_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("02.wav", "01.wav"):
        (tmp_path / name).write_bytes(speech.to_wav(np.zeros(160, np.float32), 16_000))
    (tmp_path / "01.txt").write_text("I looked at the locks.\n", encoding="utf-8")
    mouth = speech.recorded(tmp_path)
    assert [mouth.answer("any").text for _ in range(3)] == ["I looked at the locks.", "02", "I looked at the locks."]


def test_a_folder_without_wav_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no \.wav files"):
        speech.recorded(tmp_path)


def test_a_wav_holds_the_samples_it_was_made_of() -> None:
    samples = np.array([0.0, 0.5, -0.5, 2.0], np.float32)
    with wave.open(io.BytesIO(speech.to_wav(samples, 24_000))) as file:
        assert (file.getframerate(), file.getnframes(), file.getnchannels()) == (24_000, 4, 1)
        kept = np.frombuffer(file.readframes(4), "<i2") / 32767
    assert kept == pytest.approx([0.0, 0.5, -0.5, 1.0], abs=1e-4)


def test_the_first_onset_behind_each_nod_is_the_nod_and_the_others_are_replies() -> None:
    assert rehearse.without_nods([3.0, 10.2, 10.9, 14.0, 20.0], [10.0, 13.9, 30.0]) == [3.0, 10.9, 20.0]
