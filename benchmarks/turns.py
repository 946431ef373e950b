"""Spoken turns in a real browser: from the end of an answer to the interviewer's first sound; prints JSON.

    python -m interview_platform serve            # in another terminal, the same settings
    python -m benchmarks.turns [--json OUT] [--turns 30] [--answers FOLDER] [--url ADDRESS]

Interviews are rehearsed in headless Chromium over WebRTC until there are enough turns. The answers are 3 to 40 s
long: scripts of evaluation/turn_scripts.yaml, joined and with their pauses, said by the local voice, or the sounds of
a folder. Over every fourth question the candidate speaks, to time the interviewer's silence.

Times are taken on the page's one audio clock; the network, both jitter buffers and the browser are in them. `noticed`
is when the page shows "thinking": the decision and the way back. `reply` is the rest: the conversation, the first
clause's voice, and the way of the sound. A nod ("mm-hm", which leaves the word with the candidate) is a first sound, no
reply: `p50_ms` counts it, `reply_p50_ms` does not; nods in the pauses of an answer are counted apart. `inside` are the
room's own times (media/timing.py), on its clock and from the end of speech as it heard it: what is missing there to
`noticed` and to the whole is the way there and back.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from interview_platform.errors import PlatformError
from interview_platform.evaluation import speech, turn_set
from interview_platform.evaluation.rehearse import MOST_TURNS, rehearse
from interview_platform.evaluation.rehearsed import Result, Turn
from interview_platform.evaluation.speech import Said
from interview_platform.evaluation.turn_voices import Own
from interview_platform.media.timing import STAGES
from interview_platform.ports import SPEECH_RATE, Voice

BARGE_EVERY = 4
LENGTHS = ((0, 8), (8, 20), (20, 60))
_MOST_INTERVIEWS = 6


@dataclass
class ScriptMouth:
    """Says the scripts one after the other, each joined from as many as its wanted length asks for."""

    voice: Voice
    seconds: Iterator[float]
    scripts: list[list[str]] = field(default_factory=list)
    said: int = 0

    def answer(self, question: str) -> Said:
        """An answer about as long as wanted, whatever was asked."""
        wanted, chance = next(self.seconds), random.Random(self.said)
        sentences: list[str] = []
        while len(" ".join(sentences)) < wanted * 11:  # characters a second, pauses included
            sentences += self.scripts[self.said % len(self.scripts)]
            self.said += 1
        short = sentences[: max(1, round(len(sentences) * min(1.0, wanted * 11 / len(" ".join(sentences)))))]
        made = turn_set.spoken(Own(self.voice), short, chance)
        text = " ".join(short).replace("| ", "")
        return Said(text, speech.to_wav(made.sound, SPEECH_RATE))


def lengths(seed: int = 7) -> Iterator[float]:
    """Seconds from 3 to 40, evenly spread on a logarithmic scale, in a fixed mixed order."""
    chance = random.Random(seed)
    while True:
        spread = [3.0 * (40.0 / 3.0) ** (step / 9) for step in range(10)]
        chance.shuffle(spread)
        yield from spread


def measure(turns: int, url: str, answers: Path | None) -> dict[str, Any]:
    """Rehearse until there are `turns` turns. Raises PlatformError."""
    mouth = speech.recorded(answers) if answers else scripted_mouth()
    results: list[Result] = []
    while (missing := turns - sum(len(result.turns) for result in results)) > 0 and len(results) < _MOST_INTERVIEWS:
        most = min(missing, MOST_TURNS)
        results.append(
            rehearse("backend-strong", url=url, mouth=mouth, barge_every=BARGE_EVERY, say=_say, most_turns=most)
        )
    return report([turn for result in results for turn in result.turns], [ms for r in results for ms in r.barge_ins_ms])


def report(turns: list[Turn], barge_ins_ms: list[float]) -> dict[str, Any]:
    """Figures of all turns: summary, stages, by length of answer, and every turn."""
    whole = [turn for turn in turns if turn.response_ms is not None and not turn.cut_in]
    staged = [(turn.noticed_ms, turn.replied_ms) for turn in whole]
    noticed = [first for first, last in staged if first is not None and last is not None and first <= last]
    replies = [last - first for first, last in staged if first is not None and last is not None and first <= last]
    stages = {name: {"p50_ms": _share(v, 50), "p95_ms": _share(v, 95)} for name, v in _named(noticed, replies)}
    by_length = {
        f"{low}-{high} s": {"turns": len(held), "p50_ms": _share([t.response_ms or 0.0 for t in held], 50)}
        for low, high in LENGTHS
        if (held := [turn for turn in whole if low <= turn.seconds < high])
    }
    rows = [{**vars(turn)} for turn in turns]
    return {
        "summary": summary(turns, barge_ins_ms),
        "stages": stages,
        "inside": inside(whole),
        "by_length": by_length,
        "barge_ins_ms": barge_ins_ms,
        "turns": rows,
    }


def inside(turns: list[Turn]) -> dict[str, dict[str, float | None]]:
    """The room's own stages, in their order."""
    timed = {name: [turn.stages[name] for turn in turns if name in turn.stages] for name in STAGES}
    return {name: {"p50_ms": _share(v, 50), "p95_ms": _share(v, 95)} for name, v in timed.items() if v}


def summary(turns: list[Turn], barge_ins_ms: list[float]) -> dict[str, Any]:
    """The figures that are compared."""
    times = [turn.response_ms for turn in turns if turn.response_ms is not None and not turn.cut_in]
    replies = [turn.replied_ms for turn in turns if turn.replied_ms is not None and not turn.cut_in]
    return {
        "p50_ms": _share(times, 50),
        "p95_ms": _share(times, 95),
        "turns": len(turns),
        "barge_in_p95_ms": _share(barge_ins_ms, 95),
        "barge_in_p50_ms": _share(barge_ins_ms, 50),
        "barge_ins": len(barge_ins_ms),
        "cut_ins": sum(turn.cut_in for turn in turns),
        "reply_p50_ms": _share(replies, 50),
        "reply_p95_ms": _share(replies, 95),
        "nods_in_pauses": sum(turn.nods for turn in turns),
        "over_3_s": sum(time > 3000 for time in replies),
        "no_response": sum(turn.response_ms is None for turn in turns),
    }


def _named(noticed: list[float], replies: list[float]) -> list[tuple[str, list[float]]]:
    return [("noticed", noticed), ("reply", replies)]


def _share(values: list[float], percent: float) -> float | None:
    return round(float(np.percentile(values, percent)), 1) if values else None


def scripted_mouth() -> ScriptMouth:
    """The scripts, said by the local voice. Raises ModelMissing."""
    from interview_platform.adapters.hibari import HibariVoice
    from interview_platform.cli.models import store

    scripts = [sentences for _, kind, _, sentences in turn_set.scripts() if kind == "open"]
    return ScriptMouth(HibariVoice(store().path("hibari")), lengths(), scripts)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write every turn here")
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--answers", type=Path, help="a folder of sounds to answer with")
    parser.add_argument("--url", default="", help="the running server (none: the address of the settings)")
    given = parser.parse_args()
    try:
        found = measure(given.turns, given.url, given.answers)
    except PlatformError as error:
        _say(f"Error: {error}")
        return 1
    if given.json:
        given.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({name: found[name] for name in ("summary", "stages", "inside", "by_length")}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
