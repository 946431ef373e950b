"""Speaking over the interviewer, with a page that plays a written scene; and what the benchmark makes of turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks import turns as benchmark
from interview_platform.evaluation import barging
from interview_platform.evaluation.browser import Spoken
from interview_platform.evaluation.rehearsed import Result, Turn


class Page:
    """An ear whose clock goes on by 50 ms at every look; the interviewer speaks from 1 s until it is spoken over."""

    def __init__(self, yields_after: float, speaks: bool = True) -> None:
        self.now, self.yields_after, self.speaks = 0.0, yields_after, speaks
        self.spoken_at: float | None = None

    def status(self) -> dict[str, Any]:
        until = 60.0 if self.spoken_at is None else self.spoken_at + self.yields_after
        last = min(self.now, until) if self.speaks and self.now > 1 else -1.0
        speaking = self.speaks and 1 < self.now < until
        return {"now": self.now, "lastVoice": last, "state": "speaking" if speaking else "listening", "over": False}

    def onsets(self) -> list[float]:
        return [1.0] if self.speaks and self.now > 1 else []

    def play(self, name: str) -> Spoken:
        assert name == barging.CLIP
        self.spoken_at = self.now
        return Spoken(self.now, self.now + 1.5, 0)

    def wait(self, seconds: float, done: Callable[[], Any]) -> Any:
        until = self.now + seconds
        while self.now < until:
            if found := done():
                return found
            self.now += 0.05
        return None


def test_the_time_from_the_first_sound_of_a_voice_to_the_interviewers_last_is_taken() -> None:
    over = barging.over_question(Page(0.18), 0.0)  # type: ignore[arg-type]
    assert over.silence_ms == pytest.approx(180, abs=60)


def test_an_interviewer_who_goes_on_is_no_barge_in() -> None:
    assert barging.over_question(Page(30.0), 0.0).silence_ms is None  # type: ignore[arg-type]


def test_where_nothing_is_said_there_is_nothing_to_speak_over() -> None:
    page = Page(0.2, speaks=False)
    assert barging.over_question(page, 0.0).silence_ms is None  # type: ignore[arg-type]
    assert page.spoken_at is None


def turn(response: float | None, noticed: float | None, seconds: float = 5.0, cut_in: bool = False) -> Turn:
    return Turn("asked", "said", "heard", "core", response, noticed, cut_in, seconds)


def test_the_benchmarks_summary_counts_and_splits() -> None:
    turns = [turn(600, 500), turn(800, 600, 30.0), turn(4000, 3000), turn(100, None, cut_in=True), turn(None, None)]
    found = benchmark.report(turns, [150.0, 190.0])
    summary = found["summary"]
    assert (summary["turns"], summary["cut_ins"], summary["over_3_s"], summary["no_response"]) == (5, 1, 1, 1)
    assert (summary["p50_ms"], summary["barge_in_p95_ms"]) == (800.0, 188.0)
    assert found["stages"]["noticed"]["p50_ms"] == 600.0
    assert found["stages"]["reply"]["p50_ms"] == 200.0
    assert found["by_length"]["20-60 s"] == {"turns": 1, "p50_ms": 800.0}


def test_answers_of_the_benchmark_are_three_to_forty_seconds_long() -> None:
    wanted = benchmark.lengths()
    lengths = [next(wanted) for _ in range(30)]
    assert min(lengths) == pytest.approx(3.0)
    assert max(lengths) == pytest.approx(40.0)


def test_a_rehearsal_tells_its_barge_ins() -> None:
    assert Result([turn(500, 300)], barge_ins_ms=[100.0]).summary()["barge_in_p95_ms"] == 100.0
    assert "barge_in_p95_ms" not in Result([turn(500, 300)]).summary()
