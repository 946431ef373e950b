"""The made set of pauses and ends: pauses where they are marked, room tone in them, and true labels."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.evaluation import turn_set, turn_sound
from interview_platform.evaluation.speech import to_wav
from interview_platform.evaluation.turn_sound import loudness, read_sound, room_tone, voiced_end
from interview_platform.evaluation.turn_voices import Own, Program, kokoro
from interview_platform.ports import SPEECH_RATE, Samples
from tests.media.people import ToneVoice, quiet, tone


class Speaker:
    """A quarter second per word, and a dip of 30 ms after each comma."""

    def say(self, text: str) -> Samples:
        parts = []
        for word in text.split():
            parts.append(tone(0.25))
            if word.endswith(","):
                parts.append(quiet(0.03))
        return np.concatenate([quiet(0.1), *parts, quiet(0.1)])


SCRIPT = """
fit:
  open:
    - {question: Tell me more., say: ["We looked at it for a day, | and then it was clear.", "We fixed it."]}
held:
  short:
    - {question: "Are you ready?", say: ["Yes."]}
"""


def made(folder: Path, clips: Path | None = None) -> list[dict[str, object]]:
    (folder / "scripts.yaml").write_text(SCRIPT)
    voices = {"fit": {"one": Speaker()}, "held": {"two": Speaker()}}
    return turn_set.make(folder / "set", voices, clips, script_file=folder / "scripts.yaml")


def test_every_row_has_its_sound_its_end_its_question_and_its_pauses(tmp_path: Path) -> None:
    rows = made(tmp_path)
    assert [(row["part"], row["kind"], row["voice"]) for row in rows] == [
        ("fit", "open", "one"),
        ("held", "short", "two"),
    ]
    lines = (tmp_path / "set" / "manifest.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert rows[0]["prompt"] == "Tell me more."
    assert len(rows[0]["pauses"]) == 2  # type: ignore[arg-type]


def test_a_marked_pause_lies_where_it_is_labelled_and_holds_room_tone(tmp_path: Path) -> None:
    row = made(tmp_path)[0]
    sound = read_sound(tmp_path / "set" / str(row["file"]))
    (start, end) = row["pauses"][0]  # type: ignore[index]
    assert 0.5 <= end - start <= 2.5
    inside = sound[round((start + 0.03) * SPEECH_RATE) : round((end - 0.03) * SPEECH_RATE)]
    assert 0 < float(np.abs(inside).max()) < 0.02
    assert float(loudness(sound[round(end * SPEECH_RATE) :][:SPEECH_RATE]).max()) > 0.1


def test_the_labelled_end_is_where_the_voice_ends(tmp_path: Path) -> None:
    for row in made(tmp_path):
        sound = read_sound(tmp_path / "set" / str(row["file"]))
        (end,) = row["ends"]  # type: ignore[misc]
        assert voiced_end(sound) == pytest.approx(end, abs=0.03)
        assert len(sound) / SPEECH_RATE >= end + 3.9


def test_the_same_set_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    assert made(tmp_path) == made(tmp_path / "again")


def test_recordings_keep_their_labelled_pauses_and_every_second_is_held_out(tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    rows = []
    for name in ("a", "b"):
        (clips / f"{name}.wav").write_bytes(
            to_wav(np.concatenate([tone(1), quiet(0.7), tone(1), quiet(0.5)]), SPEECH_RATE)
        )
        rows.append({"file": f"{name}.wav", "vad": [[0, 1, 1], [1, 1.7, 0], [1.7, 2.7, 1], [2.7, 3.2, 0]]})
    (clips / "manifest.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    found = [row for row in made(tmp_path, clips / "manifest.jsonl") if row["voice"] in {"a", "b"}]
    assert [row["part"] for row in found] == ["fit", "held"]
    assert found[0]["pauses"] == [[1, 1.7]]
    assert found[0]["ends"] == [2.7]
    assert "cut" not in found[0]


def test_room_tone_is_as_loud_as_the_recordings_own_silence() -> None:
    noise = (0.01 * np.random.default_rng(0).standard_normal(2 * SPEECH_RATE)).astype(np.float32)
    tone_like = room_tone(random.Random(1), 1.0, like=np.concatenate([tone(1.0, level=0.5), noise]))
    assert float(np.sqrt((tone_like**2).mean())) == pytest.approx(0.01, rel=0.4)


def test_a_pause_never_comes_before_the_one_before_it() -> None:
    sound, (start, end) = turn_sound.lengthened(tone(3.0), 1.0, 0.5, after=1.5)
    assert start >= 1.5
    assert end - start == pytest.approx(0.5)
    assert len(sound) == round(3.5 * SPEECH_RATE)


def test_the_shipped_scripts_can_be_read_and_hold_both_parts_and_kinds() -> None:
    found = list(turn_set.scripts())
    assert {(part, kind) for part, kind, _, _ in found} == {
        (part, kind) for part in ("fit", "held") for kind in ("open", "short")
    }
    said = {part: {" ".join(say) for p, _, _, say in found if p == part} for part in ("fit", "held")}
    assert not said["fit"] & said["held"]


def test_scripts_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    (tmp_path / "scripts.yaml").write_text("fit: [1]")
    with pytest.raises(BadInput, match=r"scripts\.yaml cannot be used"):
        list(turn_set.scripts(tmp_path / "scripts.yaml"))


def test_the_products_voice_is_two_speakers() -> None:
    usual, low = Own(ToneVoice()).say("one two three"), Own(ToneVoice(), 0.8).say("one two three")
    assert len(low) == pytest.approx(len(usual) / 0.8, rel=0.01)


def test_a_program_is_a_voice(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(to_wav(tone(0.5), SPEECH_RATE))
    assert len(Program(f"cp {tmp_path / 'a.wav'} {{out}}").say("words")) == SPEECH_RATE // 2
    with pytest.raises(ServiceUnavailable, match="wrote no sound"):
        Program("false").say("words")


def test_a_folder_without_kokoro_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no Kokoro"):
        list(kokoro(tmp_path, None, "fit"))
