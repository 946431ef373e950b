"""Turn-taking measured in virtual time, with sounds and models that can be predicted."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from interview_platform.cli import app, turning
from interview_platform.errors import BadInput
from interview_platform.evaluation import turn_fit, turns
from interview_platform.evaluation.speech import to_wav
from interview_platform.evaluation.turn_replay import Ears, Replay, silences
from interview_platform.evaluation.turn_sound import read_sound
from interview_platform.media.waiting import Weights
from interview_platform.ports import SPEECH_RATE, Samples
from tests.media.people import CountingTranscriber, LoudnessDetector, SureTurnModel, quiet, tone


def ears(transcriber: CountingTranscriber | None = None, fixed: tuple[float, float] = (0.0, 0.0)) -> Ears:
    return Ears(LoudnessDetector(), transcriber or CountingTranscriber(), SureTurnModel(), cost=None, fixed=fixed)


def sound(*parts: float) -> Samples:
    """Speech and silence in turn, seconds each, beginning with speech."""
    return np.concatenate([tone(part) if number % 2 == 0 else quiet(part) for number, part in enumerate(parts)])


def manifest(folder: Path, *rows: tuple[tuple[float, ...], dict[str, object]]) -> Path:
    lines = []
    for number, (parts, more) in enumerate(rows):
        (folder / f"{number}.wav").write_bytes(to_wav(sound(*parts), SPEECH_RATE))
        lines.append(json.dumps({"file": f"{number}.wav", "ends": [sum(parts)], "prompt": "Tell me more.", **more}))
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n")
    return folder / "manifest.jsonl"


def test_an_answer_without_pauses_is_waited_for_once_and_not_cut_off(tmp_path: Path) -> None:
    report = turns.measure(turns.read(manifest(tmp_path, ((6.0,), {}))), ears())
    (answer,) = report["answers"]
    assert (answer["cut_offs"], answer["missed"], answer["pauses"]) == (0, False, [])
    assert 300 < answer["delay_ms"] < 2000


def test_a_pause_longer_than_is_waited_for_cuts_the_answer_off(tmp_path: Path) -> None:
    report = turns.measure(turns.read(manifest(tmp_path, ((6.0, 3.0, 4.0), {}), ((6.0, 0.3, 4.0), {}))), ears())
    assert [answer["cut_offs"] for answer in report["answers"]] == [1, 0]
    figures = report["summary"]["open"]
    assert (figures["answers"], figures["cut_off"], figures["cut_off_share"]) == (2, 1, 0.5)
    assert report["summary"]["pauses"]["over 2.0 s"] == {"pauses": 1, "cut_off": 1}
    assert report["summary"]["pauses"]["0.2-0.5 s"] == {"pauses": 1, "cut_off": 0}
    assert not report["as_wanted"]


def test_going_on_before_the_first_sound_withdraws_the_reply(tmp_path: Path) -> None:
    items = turns.read(manifest(tmp_path, ((6.0, 3.0, 4.0), {})))
    (answer,) = turns.measure(items, ears(), reply_seconds=4.0)["answers"]
    assert (answer["cut_offs"], answer["withdrawn"]) == (0, 1)


def test_a_nod_is_a_first_sound_and_no_cut_off_and_is_counted_in_pauses(tmp_path: Path) -> None:
    report = turns.measure(turns.read(manifest(tmp_path, ((6.0, 0.9, 5.5), {}))), ears())
    (answer,) = report["answers"]
    assert (answer["cut_offs"], answer["nods"]) == (0, 1)
    assert answer["nod_ms"] < answer["delay_ms"] - 250
    figures = report["summary"]["open"]
    assert figures["nods_in_pauses"] == 1
    assert figures["first_sound_p50_ms"] == answer["nod_ms"]


def test_what_the_models_cost_comes_on_top_of_the_delay(tmp_path: Path) -> None:
    items = turns.read(manifest(tmp_path, ((1.0,), {"prompt": "Are you ready?"})))
    quick = turns.measure(items, ears())["answers"][0]["delay_ms"]
    slow = turns.measure(items, ears(fixed=(0.1, 0.8)))["answers"][0]["delay_ms"]
    assert slow > quick + 400


def test_a_short_question_is_told_by_its_words_or_its_kind(tmp_path: Path) -> None:
    prompts = ("Are you ready?", "short", "open", "Tell me about a conflict.")
    items = turns.read(manifest(tmp_path, *(((1.0,), {"prompt": prompt}) for prompt in prompts)))
    assert [item.kind for item in items] == ["short", "short", "open", "open"]


def test_several_answers_in_one_file_are_judged_one_by_one(tmp_path: Path) -> None:
    path = manifest(tmp_path, ((5.0, 4.0, 5.0), {"ends": [5.0, 14.0]}))
    first, second = turns.measure(turns.read(path), ears())["answers"]
    assert first["cut_offs"] == second["cut_offs"] == 0
    assert not first["missed"]
    assert not second["missed"]


def test_parts_are_shown_apart_and_the_goals_are_those_of_the_part_held_out(tmp_path: Path) -> None:
    path = manifest(tmp_path, ((6.0, 3.0, 4.0), {"part": "fit"}), ((16.0,), {"part": "held"}))
    report = turns.measure(turns.read(path), ears())
    assert report["parts"]["fit"]["open"]["cut_off"] == 1
    assert report["parts"]["held"]["open"]["cut_off"] == 0
    assert report["as_wanted"]


def test_an_end_that_is_no_end_of_a_thought_is_not_timed(tmp_path: Path) -> None:
    (answer,) = turns.measure(turns.read(manifest(tmp_path, ((6.0,), {"cut": True}))), ears())["answers"]
    assert answer["delay_ms"] is None
    assert not answer["missed"]


@pytest.mark.parametrize("line", ["{}", "no json", '{"file": "a.wav", "ends": "x", "prompt": "open"}'])
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "manifest.jsonl"
    path.write_text(f"{line}\n")
    with pytest.raises(BadInput, match="Line 1 of manifest"):
        turns.read(path)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no answers"):
        turns.read(tmp_path / "nothing.jsonl")


def test_the_replay_hears_the_pauses_that_are_there() -> None:
    heard = Replay(ears(), "Tell me more.").run(sound(2.0, 0.6, 2.0, 4.0))
    ((start, end),) = silences(heard, 4.6)
    assert start == pytest.approx(2.0, abs=0.07)
    assert end - start == pytest.approx(0.6, abs=0.07)
    assert [asked.text is not None for asked in heard.asked]


def test_a_listener_who_never_answers_tells_ends_from_pauses(tmp_path: Path) -> None:
    items = turns.read(manifest(tmp_path, ((4.0, 1.0, 4.0, 2.5, 4.0), {})))
    found = list(turn_fit.silences(items, ears()))
    assert [one.seconds is None for one in found] == [False, False, True]
    assert [one.seconds for one in found[:2]] == pytest.approx([1.0, 2.5], abs=0.07)


def test_the_fit_learns_that_much_said_and_a_whole_sentence_speak_for_an_end() -> None:
    rows = [
        turn_fit.Silence(f"{number}", "Tell me more.", "open", None if end else 0.6, 0.0, (0.9,), text, seconds)
        for number in range(30)
        for end, text, seconds in ((True, "We did it.", 20.0), (False, "We moved house,", 3.0), (False, "and the", 5.0))
    ]
    weights = turn_fit.fit(rows)
    assert weights.amount > 0
    assert weights.hangs < weights.whole
    assert weights.between == pytest.approx(0.6)
    costs = turn_fit.table(rows, weights)
    assert costs[0]["cuts"] >= costs[-1]["cuts"]
    assert costs[0]["delay_p50_ms"] <= costs[-1]["delay_p50_ms"]


def test_the_command_prints_the_figures_and_fails_below_a_goal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = manifest(tmp_path, ((6.0, 3.0, 4.0), {}))
    monkeypatch.setattr(turning, "_ears", ears)
    monkeypatch.setattr(turning, "reply_seconds", lambda: 0.03)
    ran = CliRunner().invoke(app, ["evaluate", "turns", str(path), "--json", str(tmp_path / "out.json")])
    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["summary"]["open"]["cut_off"] == 1
    assert json.loads((tmp_path / "out.json").read_text())["answers"][0]["file"] == "0.wav"


def test_sounds_of_any_rate_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(to_wav(tone(1.0, 48_000), 48_000))
    assert len(read_sound(tmp_path / "a.wav")) == pytest.approx(SPEECH_RATE, abs=400)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getframerate() == 48_000
    (tmp_path / "b.wav").write_bytes(b"no sound")
    with pytest.raises(BadInput, match="cannot be read"):
        read_sound(tmp_path / "b.wav")


def test_weights_of_a_listener_who_never_answers_are_beyond_every_bound() -> None:
    assert turn_fit.NEVER.most > 1000 > Weights().most


def test_the_usual_rules_can_be_measured_on_the_same_sounds(tmp_path: Path) -> None:
    items = turns.read(manifest(tmp_path, ((6.0, 1.0, 4.0), {}), ((6.0,), {})))
    silence = turns.measure(items, ears(), baseline="silence")["answers"]
    assert [answer["cut_offs"] for answer in silence] == [1, 0]
    assert silence[1]["delay_ms"] == pytest.approx(800, abs=60)
    sound = turns.measure(items, ears(), baseline="smart_turn")["answers"]
    assert [answer["cut_offs"] for answer in sound] == [1, 0]
    assert sound[1]["delay_ms"] < 400
