"""How well a job advert is read: made adverts of many trades and styles beside what a person takes from them. JSON.

    python -m benchmarks.adverts [FILE…] [--show]

Without FILE both sets of benchmarks/adverts/ are measured apart: `open`, which the reader was changed with, and
`closed`, which was kept back. A FILE is YAML, or JSON lines: id, post, title, level, place, required, preferred, also
(right, but not asked for by name), conditions (kind, text). An expected item is met by a row whose name, or whose own
words in the post, holds its words or is held by them; wordings are parted by "|". `--show` lists what was missed and
what was too much.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from interview_platform.services import job_intake
from interview_platform.services.text import WORD, fold

SETS = Path(__file__).with_name("adverts")
_SMALL = frozenset("a an the of and in for with to or by at on s".split())  # noqa: SIM905


@dataclass
class Tally:
    """Counts over adverts: rows that were met, expected and given, and what went wrong in each advert."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def said(self, advert: str, what: str) -> None:
        """Keep one mistake."""
        self.wrong.setdefault(advert, []).append(what)

    def as_json(self, show: bool) -> dict[str, Any]:
        """Figures of this set."""
        held = self.counts
        figures: dict[str, Any] = {"adverts": held["adverts"]}
        for name in ("title", "level", "place"):
            figures[name] = f"{held[name]} of {held['adverts']}"
        for name in ("required", "preferred", "conditions"):
            found, expected, right, given = (held[f"{name}.{one}"] for one in ("found", "expected", "right", "given"))
            figures[name] = {
                "recall": _share(found, expected),
                "precision": _share(right, given),
                "counts": f"{found} of {expected} found, {right} of {given} right",
            }
        return {**figures, "mistakes": self.wrong} if show else figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--show", action="store_true", help="list every mistake")
    options = parser.parse_args()
    files = options.files or sorted(SETS.glob("*.yaml"))
    print(json.dumps({file.stem: measure(read(file)).as_json(options.show) for file in files}, indent=1))


def read(file: Path) -> list[dict[str, Any]]:
    """The adverts of a file."""
    text = file.read_text("utf-8")
    if file.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return list(yaml.safe_load(text))


def measure(adverts: Iterable[dict[str, Any]]) -> Tally:
    """All adverts read and compared."""
    tally = Tally()
    for advert in adverts:
        _compare(tally, advert, job_intake.read(advert["post"]))
    return tally


def _compare(tally: Tally, advert: dict[str, Any], got: job_intake.JobReading) -> None:
    name, post = str(advert["id"]), advert["post"]
    tally.counts["adverts"] += 1
    for what, given in (("title", got.title), ("level", got.level), ("place", got.location)):
        right = given.casefold() in str(advert[what]).casefold().split("|")
        tally.counts[what] += right
        if not right:
            tally.said(name, f"{what}: {given!r}, not {advert[what]!r}")
    also = advert.get("also", [])
    for what, rows in (("required", got.required), ("preferred", got.preferred)):
        _count(tally, name, what, advert[what], [(row.skill, post[row.start : row.end]) for row in rows], also)
    kinds = sorted({row["kind"] for row in advert["conditions"]} | {row.kind for row in got.conditions})
    for kind in kinds:
        wanted = [row["text"] for row in advert["conditions"] if row["kind"] == kind]
        held = [(row.value, post[row.start : row.end]) for row in got.conditions if row.kind == kind]
        _count(tally, name, "conditions", wanted, held, ())


def _count(
    tally: Tally, advert: str, what: str, wanted: Sequence[str], given: list[tuple[str, ...]], also: Sequence[str]
) -> None:
    missed = [one for one in wanted if not any(_meets(one, row) for row in given)]
    wrong = [row for row in given if not any(_meets(one, row) for one in (*wanted, *also))]
    tally.counts[f"{what}.expected"] += len(wanted)
    tally.counts[f"{what}.found"] += len(wanted) - len(missed)
    tally.counts[f"{what}.given"] += len(given)
    tally.counts[f"{what}.right"] += len(given) - len(wrong)
    for one in missed:
        tally.said(advert, f"{what} missed: {one}")
    for row in wrong:
        tally.said(advert, f"{what} too much: {row[0]} ({' '.join(row[1].split())})")


def _meets(wanted: str, row: tuple[str, ...]) -> bool:
    """Whether a row says what is expected: one wording's words hold all of the row's, or the other way round."""
    for wording in str(wanted).split("|"):
        for said in row:
            one, other = _words(wording), _words(said)
            if one and other and (one <= other or other <= one):
                return True
    return False


def _words(text: str) -> set[str]:
    words = [fold(word) for word in WORD.findall(re.sub(r"-\n|[-/]", " ", text))]
    return {word for word in words if word not in _SMALL}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0


if __name__ == "__main__":
    main()
