"""A judge that does not judge the same words twice: what it said is kept, without any of the words.

When one point of a rubric changes, only the answers to its question are judged anew; everything else, of a thousand
interviews too, is looked up. Kept are a digest of what was judged (judge, rules, question, points, answer), verdicts,
confidences and the places of quotes: nothing that could be read. Losing it costs time, never a result.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from interview_platform.ports import AnswerJudge, PointVerdict
from interview_platform.services.scoring import versions

MOST = 200_000
"""Answers whose verdicts are kept; the oldest go first. About 100 MB."""
_OLDEST = "delete from verdicts where rowid <= (select rowid from verdicts order by rowid desc limit 1 offset ?)"
_EVERY = 1_000  # puts between two looks at how many there are


class VerdictStore:
    """Verdicts by digest in one SQLite file. Safe to use from several threads; a broken file is begun anew."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._puts = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._db = _opened(path)

    def get(self, key: str) -> list[Any] | None:
        """What was kept under the key, or None."""
        with self._lock:
            row = self._db.execute("select made from verdicts where id = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, key: str, made: list[Any]) -> None:
        """Keep it."""
        with self._lock, self._db:
            self._db.execute("insert or replace into verdicts (id, made) values (?, ?)", (key, json.dumps(made)))
            self._puts += 1
            if self._puts % _EVERY == 0:
                self._db.execute(_OLDEST, (MOST,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _opened(path: Path) -> sqlite3.Connection:
    made = sqlite3.connect(path, check_same_thread=False)
    made.execute("pragma journal_mode=WAL")
    made.execute("pragma synchronous=NORMAL")
    made.execute("create table if not exists verdicts (id text primary key, made text not null)")
    return made


class RememberingJudge:
    """AnswerJudge in front of another one that always gives the same verdicts for the same words."""

    def __init__(self, judge: AnswerJudge, store: VerdictStore) -> None:
        self.name, self.label = judge.name, judge.label
        self.prompt_version = str(getattr(judge, "prompt_version", ""))
        self.asked = 0
        """How often the judge behind it had to be asked."""
        self._judge, self._store = judge, store

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point. Raises ServiceUnavailable."""
        key = self._key(question, points, answer)
        kept = self._store.get(key)
        if kept is not None and len(kept) == len(points):
            return [_read(point, held, answer) for point, held in zip(points, kept, strict=True)]
        self.asked += 1
        made = self._judge.judge(question, points, answer)
        held = [_kept(verdict, answer) for verdict in made]
        if all(one is not None for one in held):
            self._store.put(key, held)
        return made

    def _key(self, question: str, points: Sequence[str], answer: str) -> str:
        parts = [self.name, self.label, self.prompt_version, versions.rules(), question, list(points), answer]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _kept(verdict: PointVerdict, answer: str) -> list[Any] | None:
    """[verdict, confidence, [[start, end], …], chance]; None when a quote does not stand in the answer."""
    places = [answer.find(quote) for quote in verdict.quotes]
    if any(place < 0 for place in places):
        return None
    spans = [[place, place + len(quote)] for place, quote in zip(places, verdict.quotes, strict=True)]
    return [verdict.verdict, verdict.confidence, spans, verdict.chance]


def _read(point: str, held: list[Any], answer: str) -> PointVerdict:
    verdict, confidence, spans, chance = held
    return PointVerdict(point, verdict, tuple(answer[start:end] for start, end in spans), confidence, chance)
