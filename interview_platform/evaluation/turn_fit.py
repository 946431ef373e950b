"""`evaluate turns --fit`: the weights of media/waiting.py, fitted on the part of a manifest called fit.

Every sound is heard once by a listener who never answers; what sound and words said at each silence is kept. A
logistic regression then tells ends from pauses, the pauses give their medians and spread, and the rest of the table
shows what each value of `sure` costs: pauses cut off and delay. A person chooses there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from interview_platform.evaluation.turn_replay import Ears, Replay
from interview_platform.evaluation.turn_sound import read_sound
from interview_platform.evaluation.turns import EARLY_SECONDS, Item, with_tail
from interview_platform.media.endings import asks_for_number, ending
from interview_platform.media.turns import Rules
from interview_platform.media.waiting import Patience, Weights, amount, logit

NEVER = Weights(least=1e6, least_little=1e6, most=1e6, thinking=1e6)
_FEATURES = ("sound", "whole", "weak", "comma", "hangs", "amount")
_SURE = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
_ANSWER_SECONDS = 0.18
"""What turn model and words take, about."""


@dataclass(frozen=True)
class Silence:
    """One silence: how long it was (None: the end), and what was known in it."""

    file: str
    question: str
    kind: str
    seconds: float | None
    late: float  # from the labelled end to where the detector heard it (ends only)
    complete: tuple[float, ...]
    text: str
    speech_seconds: float


def silences(items: Iterable[Item], ears: Ears) -> Iterator[Silence]:
    """All silences of the items."""
    for item in items:
        replay = Replay(ears, item.question, Rules(unknown_seconds=1e6), NEVER)
        heard = replay.run(with_tail(read_sound(item.path), item.ends[-1]))
        times, voiced = np.array(heard.windows), np.array(heard.voiced, dtype=bool)
        for pause, asked in groupby(heard.asked, key=lambda one: one.pause_seconds):
            ways = list(asked)
            going_on = times[(times > pause + 1e-3) & voiced]
            end = next((end for end in item.ends if abs(pause - end) <= 0.3 + EARLY_SECONDS), None)
            if end is not None and item.cut:
                continue
            seconds = float(going_on[0] - pause) if end is None and len(going_on) else None
            if end is None and seconds is None:
                continue
            yield Silence(
                item.path.name,
                item.question,
                item.kind,
                seconds,
                0.0 if end is None else pause - end,
                tuple(one.complete for one in ways),
                ways[0].text or "",
                ways[0].speech_seconds,
            )


def features(silence: Silence, weights: Weights) -> list[float]:
    """What the regression sees, in the order of _FEATURES."""
    found = ending(silence.text, asks_for_number(silence.question))
    said = amount(silence.speech_seconds, weights.usual_seconds)
    return [logit(silence.complete[-1]), found.whole, found.weak, found.comma, found.hangs, said]


def fit(found: list[Silence], start: Weights | None = None) -> Weights:
    """Weights fitted on open answers; what has no data keeps its value."""
    from sklearn.linear_model import LogisticRegression

    weights = start or Weights()
    rows = [one for one in found if one.kind == "open" and not _special(one)]
    data, ends = np.array([features(one, weights) for one in rows]), np.array([one.seconds is None for one in rows])
    model = LogisticRegression(C=0.5, max_iter=1000).fit(data, ends)
    named = {name: round(float(value), 2) for name, value in zip(_FEATURES, model.coef_[0], strict=True)}
    hanging = data[:, _FEATURES.index("hangs")] > 0
    lengths = np.array([one.seconds or np.nan for one in rows])
    between, within = np.log(lengths[~ends & ~hanging]), np.log(lengths[~ends & hanging])
    pauses = {
        "between": round(float(np.exp(np.median(between))), 2),
        "spread": round(float(np.std(between)), 2),
        **({"within": round(float(np.exp(np.median(within))), 2)} if len(within) else {}),
    }
    return replace(weights, start=round(float(model.intercept_[0]), 2), **named, **pauses)


def table(found: list[Silence], weights: Weights, kind: str = "open") -> list[dict[str, Any]]:
    """What each value of `sure` costs on these silences."""
    return [{"sure": sure, **outcome(found, replace(weights, sure=sure), kind)} for sure in _SURE]


def outcome(found: list[Silence], weights: Weights, kind: str = "open") -> dict[str, Any]:
    """Answers and pauses cut off, and delays, if every silence were weighed with these weights."""
    answers, cut_answers, pauses, cuts = 0, 0, 0, 0
    delays: list[float] = []
    for _, group in groupby((one for one in found if one.kind == kind), key=lambda one: one.file):
        patience, cut = None, 0
        for one in group:
            if patience is None:
                patience = Patience(weights)
                patience.asked(one.question)
            wait = _wait(patience, one)
            if one.seconds is None:
                delays.append(one.late + wait)
                continue
            pauses, cut = pauses + 1, cut + (wait < one.seconds)
            patience.learn(one.seconds, one.text)
        answers, cut_answers, cuts = answers + 1, cut_answers + (cut > 0), cuts + cut
    return {
        "answers": answers,
        "cut_answers": cut_answers,
        "pauses": pauses,
        "cuts": cuts,
        "delay_p50_ms": round(float(np.percentile(delays, 50)) * 1000) if delays else None,
        "delay_p95_ms": round(float(np.percentile(delays, 95)) * 1000) if delays else None,
    }


def _wait(patience: Patience, one: Silence) -> float:
    rules = Rules()
    first = (rules.weigh_little_seconds if patience.little else rules.weigh_seconds) + _ANSWER_SECONDS
    wait = max(patience.seconds(one.complete[0], one.text, one.speech_seconds), first)
    if len(one.complete) > 1 and wait > rules.reweigh_seconds:
        again = patience.seconds(one.complete[1], one.text, one.speech_seconds)
        wait = max(again, rules.reweigh_seconds + 0.05)
    return wait


def _special(one: Silence) -> bool:
    """Words that are not weighed but obeyed."""
    found = ending(one.text)
    return found.closes or found.thinks
