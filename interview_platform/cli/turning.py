"""`evaluate turns` and `evaluate turn-set`: turn-taking measured on labelled sounds, and a set of them made."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from interview_platform.errors import BadInput

_REPLY = "Thank you. What was your own part in that work?"


def measure(manifest: Path, out: Path | None, fit: bool, baseline: str = "") -> bool:
    """Print the figures and write them; whether the goals were reached. Raises BadInput, ModelMissing."""
    from interview_platform.evaluation import turns

    if baseline and baseline not in turns.BASELINES:
        raise BadInput(f"There is no rule “{baseline}”. Choose one of: {', '.join(turns.BASELINES)}.")
    items = turns.read(manifest)
    if fit:
        _fit(items)
        return True
    report = turns.measure(items, _ears(), reply_seconds(), _say, baseline)
    if out is not None:
        out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    short = {name: report[name] for name in ("reply_ms", "summary", "parts", "goals", "as_wanted")}
    typer.echo(json.dumps(short, ensure_ascii=False, indent=2))
    return bool(report["as_wanted"])


def _fit(items: list[Any]) -> None:
    """The fitted weights, and what each value of `sure` costs on the part they were fitted on."""
    from interview_platform.evaluation import turn_fit

    chosen = [item for item in items if item.part in {"", "fit"}]
    if not chosen:
        raise BadInput("No line of the manifest belongs to the part fit, so there is nothing to fit on.")
    found = list(turn_fit.silences(chosen, _ears()))
    weights = turn_fit.fit(found)
    typer.echo(json.dumps({"weights": asdict(weights), "sure": turn_fit.table(found, weights)}, indent=2))


def make(
    folder: Path, clips: Path | None, kokoro: Path | None, fit_voice: list[str], held_voice: list[str], repeats: int
) -> None:
    """Make the set. Raises PlatformError."""
    from hibari import Hibari

    from interview_platform.cli.models import store
    from interview_platform.evaluation import turn_set, turn_voices

    weights = store().path("hibari")
    voices: dict[str, dict[str, Any]] = {"fit": dict(turn_voices.own(_voice())), "held": {}}
    if kokoro is not None:
        reader = Hibari(model=str(weights))
        for part in voices:
            voices[part] |= dict(turn_voices.kokoro(kokoro, reader, part))
    for part, commands in (("fit", fit_voice), ("held", held_voice)):
        for number, command in enumerate(commands, 1):
            voices[part][f"program{number}"] = turn_voices.Program(command)
    if not voices["held"]:
        _say("No voice is held out: give --kokoro or --held-voice. Only recordings will be held out.")
    rows = turn_set.make(folder, voices, clips, repeats)
    _say(f"{len(rows)} files and manifest.jsonl written to {folder}")


def reply_seconds() -> float:
    """Seconds of work from a decision to the first sound of a short reply, by the local voice."""
    voice = _voice()
    took = []
    for _ in range(5):
        began = time.process_time()
        next(iter(voice.speak(_REPLY)))
        took.append(time.process_time() - began)
    return sorted(took)[2]


def _ears() -> Any:
    from interview_platform.adapters.moonshine import MoonshineTranscriber
    from interview_platform.adapters.silero import SileroDetector
    from interview_platform.adapters.smart_turn import SmartTurn
    from interview_platform.cli.models import store
    from interview_platform.evaluation.turn_replay import Ears

    held = store()
    return Ears(
        SileroDetector(held.path("silero-vad")),
        MoonshineTranscriber(held.path("moonshine-tiny-en")),
        SmartTurn(held.path("smart-turn")),
    )


def _voice() -> Any:
    from interview_platform.adapters.hibari import HibariVoice
    from interview_platform.cli.models import store

    return HibariVoice(store().path("hibari"))


def _say(line: str) -> None:
    typer.echo(line, err=True)
