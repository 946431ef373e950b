"""What a rehearsal gives: its turns, times and counts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np


@dataclass
class Turn:
    """One question and its answer. Times in milliseconds from the end of the candidate's voice."""

    asked: str
    said: str
    heard: str
    kind: str  # core | resume | custom | follow_up | repeat
    response_ms: float | None  # None: no reply within 15 s, or the interviewer was already talking
    noticed_ms: float | None  # until the page showed "thinking"
    cut_in: bool  # the interviewer began while the candidate was still speaking
    seconds: float  # length of the answer
    reply_ms: float | None = None  # as response_ms, nods left out
    nods: int = 0  # given in the pauses of the answer
    stages: dict[str, Any] = field(default_factory=dict)  # the room's own times, from the end of speech as it heard it

    @property
    def replied_ms(self) -> float | None:
        """Until the reply: the first sound, where no nod came before it."""
        return self.response_ms if self.reply_ms is None else self.reply_ms


@dataclass
class Result:
    """What a rehearsal gives; `as_json` is its file."""

    turns: list[Turn] = field(default_factory=list)
    barge_ins_ms: list[float] = field(default_factory=list)  # from a voice over the interviewer to its silence
    report_url: str = ""
    link: str = ""

    def summary(self) -> dict[str, Any]:
        """Response times and counts."""
        times = [turn.response_ms for turn in self.turns if turn.response_ms is not None and not turn.cut_in]
        replies = [turn.replied_ms for turn in self.turns if turn.replied_ms is not None and not turn.cut_in]
        nodded = any(turn.replied_ms != turn.response_ms for turn in self.turns)
        return {
            "p50_ms": round(float(np.percentile(times, 50)), 1) if times else None,
            "p95_ms": round(float(np.percentile(times, 95)), 1) if times else None,
            **({"reply_p50_ms": round(float(np.percentile(replies, 50)), 1)} if nodded and replies else {}),
            "turns": len(self.turns),
            "cut_ins": sum(turn.cut_in for turn in self.turns),
            "no_response": sum(turn.response_ms is None for turn in self.turns),
            **({"barge_in_p95_ms": round(float(np.percentile(self.barge_ins_ms, 95)), 1)} if self.barge_ins_ms else {}),
        }

    def as_json(self) -> str:
        """Turns, summary, and where the report stands."""
        content = {
            "turns": [asdict(turn) for turn in self.turns],
            "summary": self.summary(),
            "report_url": self.report_url,
        }
        return json.dumps(content, indent=2, ensure_ascii=False)
