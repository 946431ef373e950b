"""`evaluate turns`: how often the agent cuts a candidate off, and how long she waits for it at her true end.

The manifest is JSON lines: `file` (beside it), `ends` (seconds at which she has finished; one or more answers in one
file), `prompt` (the question, or open / short). Optional: `part` and `kind` (shown apart), `cut` (the recording stops
inside a sentence: pauses count, its end does not).

An answer is cut off when the agent would have been heard before its true end; if she goes on before the first sound
leaves, the reply is withdrawn and she hears nothing. Delay is from the true end to the decision, first sound to the
agent's voice, be it a nod ("mm-hm", which leaves the word with her; those in her pauses are counted apart).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from interview_platform.errors import BadInput
from interview_platform.evaluation.turn_baselines import BASELINES, Baseline
from interview_platform.evaluation.turn_replay import Ears, Heard, Replay, silences
from interview_platform.evaluation.turn_sound import read_sound, room_tone
from interview_platform.media.endings import asks_for_little
from interview_platform.ports import SPEECH_RATE, Samples

TAIL_SECONDS = 4.0
EARLY_SECONDS = 0.12
"""A decision this little before the labelled end is not early: labels and voices fade."""
LATE_SECONDS = 0.6
"""Speech heard this long after the labelled end still belongs to it."""
KINDS = {"open": "Tell me about that.", "short": "Are you ready?"}
GOALS = {"open_cut_off_share": 0.05, "open_delay_p50_ms": 900, "short_first_sound_p50_ms": 500}
_LENGTHS = (0.2, 0.5, 0.8, 1.2, 2.0, 60.0)


@dataclass(frozen=True)
class Item:
    """One line of the manifest."""

    path: Path
    ends: tuple[float, ...]
    question: str
    kind: str  # open | short
    part: str = ""
    cut: bool = False


@dataclass
class Answer:
    """What became of one answer."""

    file: str
    part: str
    kind: str
    seconds: float  # of the answer
    cut_offs: int
    withdrawn: int  # decisions that nobody heard, because she went on before the first sound
    delay_ms: float | None  # None: never noticed, or the end is no end of a thought
    missed: bool
    pauses: list[float]
    cut_pauses: list[float]
    nod_ms: float | None = None  # from the true end to a nod, if one was given before the decision
    nods: int = 0  # given in its pauses


def read(manifest: Path) -> list[Item]:
    """The manifest's items. Raises BadInput with the line."""
    items: list[Item] = []
    lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                items.append(_item(manifest.parent, json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise BadInput(f"Line {number} of {manifest.name} needs file, ends (seconds) and prompt.") from error
    if not items:
        raise BadInput(f"{manifest} holds no answers. Give JSON lines with file, ends (seconds) and prompt.")
    return items


def _item(folder: Path, row: dict[str, Any]) -> Item:
    ends = row["ends"] if isinstance(row["ends"], list) else [row["ends"]]
    prompt = str(row["prompt"])
    little = prompt == "short" if prompt in KINDS else asks_for_little(prompt)
    kind = str(row.get("kind") or ("short" if little else "open"))
    question = KINDS.get(prompt, prompt)
    return Item(
        folder / str(row["file"]),
        tuple(sorted(float(end) for end in ends)),
        question,
        kind,
        str(row.get("part", "")),
        bool(row.get("cut", False)),
    )


def measure(
    items: Iterable[Item],
    ears: Ears,
    reply_seconds: float = 0.0,
    say: Callable[[str], None] = lambda line: None,
    baseline: str = "",
) -> dict[str, Any]:
    """Hear every item; figures over all, by part, by kind, by length of pause, and every answer.

    `baseline`: by one of BASELINES instead of the product's turn-taking.
    """
    answers: list[Answer] = []
    for item in items:
        sound = with_tail(read_sound(item.path), item.ends[-1] if item.ends else 0.0)
        taker = Baseline(*BASELINES[baseline]) if baseline else None
        found = list(judged(item, Replay(ears, item.question, taker=taker).run(sound), reply_seconds))
        answers += found
        say(f"{item.path.name}: {_told(found)}")
    parts = sorted({answer.part for answer in answers} - {""})
    report: dict[str, Any] = {"reply_ms": round(reply_seconds * 1000), "summary": summary(answers, reply_seconds)}
    report["parts"] = {
        part: summary([answer for answer in answers if answer.part == part], reply_seconds) for part in parts
    }
    report["goals"] = GOALS
    report["as_wanted"] = _as_wanted(report["parts"].get("held") or report["summary"])
    report["answers"] = [asdict(answer) for answer in answers]
    return report


def with_tail(sound: Samples, last_end: float) -> Samples:
    """The sound with its own room's tone behind it, if it stops before the last decision could be made."""
    import random

    missing = last_end + TAIL_SECONDS - len(sound) / SPEECH_RATE
    if missing < 0.05:
        return sound
    return np.concatenate([sound, room_tone(random.Random(0), missing, like=sound)])


def judged(item: Item, heard: Heard, reply_seconds: float) -> Iterator[Answer]:
    """One answer after the other."""
    began = 0.0
    for number, end in enumerate(item.ends):
        following = item.ends[number + 1] if number + 1 < len(item.ends) else float("inf")
        decided = [
            (at, stopped)
            for at, stopped in heard.ended
            if stopped > began + (LATE_SECONDS if number else 0.0) and at < following - EARLY_SECONDS
        ]
        early = [(at, stopped) for at, stopped in decided if at < end - EARLY_SECONDS]
        true = [at for at, stopped in decided if at >= end - EARLY_SECONDS and stopped <= end + LATE_SECONDS]
        unheard = [at for at, _ in early if any(at < back <= at + reply_seconds for back in heard.started)]
        pauses = [(start, stop) for start, stop in silences(heard, end) if start > began and stop < end]
        cuts = [at for at, _ in early if at not in unheard]
        nods = [at for at in heard.nods if began < at < following]
        nod = next((at for at in nods if at >= end - EARLY_SECONDS and (not true or at < true[0])), None)
        yield Answer(
            item.path.name,
            item.part,
            item.kind,
            round(end - began, 2),
            len(cuts),
            len(unheard),
            None if item.cut or not true else round((true[0] - end) * 1000, 1),
            not true and not item.cut,
            [round(stop - start, 2) for start, stop in pauses],
            [round(stop - start, 2) for start, stop in pauses if any(start < at <= stop + 0.1 for at in cuts)],
            None if nod is None or item.cut else round((nod - end) * 1000, 1),
            sum(at < end - EARLY_SECONDS for at in nods),
        )
        began = end


def summary(answers: list[Answer], reply_seconds: float) -> dict[str, Any]:
    """Figures of some answers: per kind, and per length of pause over both."""
    kinds = {kind: _of_kind([a for a in answers if a.kind == kind], reply_seconds) for kind in KINDS}
    return {**{kind: figures for kind, figures in kinds.items() if figures["answers"]}, "pauses": _by_length(answers)}


def _of_kind(answers: list[Answer], reply_seconds: float) -> dict[str, Any]:
    delays = [answer.delay_ms for answer in answers if answer.delay_ms is not None]
    sounds = [min(a.delay_ms + reply_seconds * 1000, a.nod_ms or math.inf) for a in answers if a.delay_ms is not None]
    cut = sum(answer.cut_offs > 0 for answer in answers)
    pauses = sum(length >= 0.5 for answer in answers for length in answer.pauses)
    return {
        "answers": len(answers),
        "cut_off": cut,
        "cut_off_share": round(cut / len(answers), 3) if answers else None,
        "pauses_over_half_a_second": pauses,
        "cut_off_per_pause": round(sum(answer.cut_offs for answer in answers) / pauses, 3) if pauses else None,
        "withdrawn": sum(answer.withdrawn for answer in answers),
        "missed": sum(answer.missed for answer in answers),
        "delay_p50_ms": _percentile(delays, 50),
        "delay_p95_ms": _percentile(delays, 95),
        "first_sound_p50_ms": _percentile(sounds, 50),
        "first_sound_p95_ms": _percentile(sounds, 95),
        "nods_in_pauses": sum(answer.nods for answer in answers),
    }


def _by_length(answers: list[Answer]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for low, high in pairwise(_LENGTHS):
        name = f"{low}-{high} s" if high < 60 else f"over {low} s"
        pauses = sum(low <= length < high for answer in answers for length in answer.pauses)
        cut = sum(low <= length < high for answer in answers for length in answer.cut_pauses)
        found[name] = {"pauses": pauses, "cut_off": cut}
    return found


def _percentile(values: list[float], share: float) -> float | None:
    return round(float(np.percentile(values, share)), 1) if values else None


def _as_wanted(figures: dict[str, Any]) -> bool:
    """Whether every goal that can be judged here is reached (held-out answers, where a part is called held)."""
    many, few = figures.get("open"), figures.get("short")
    reached = True
    if many:
        reached = many["cut_off_share"] <= GOALS["open_cut_off_share"] and bool(
            many["delay_p50_ms"] and many["delay_p50_ms"] <= GOALS["open_delay_p50_ms"]
        )
    if few:
        sound = few["first_sound_p50_ms"]
        reached = reached and sound is not None and sound <= GOALS["short_first_sound_p50_ms"]
    return reached


def _told(answers: list[Answer]) -> str:
    return "; ".join(
        f"{answer.kind} {answer.seconds:.1f} s, "
        + (f"cut off {answer.cut_offs} times, " if answer.cut_offs else "")
        + ("missed" if answer.missed else "no end" if answer.delay_ms is None else f"{answer.delay_ms:.0f} ms")
        for answer in answers
    )
