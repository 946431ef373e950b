"""How long reading résumé files takes, and what happens to each. Prints JSON.

    python -m benchmarks.parsing FOLDER [--seconds 10] [--workers 2] [--table]

Every file below the folder is read twice through the real sandboxed parser; the second time counts. "cpu_ms" is the
processor time of the file's own process, "wall_ms" is measured by the caller. With --table each file has a row.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from interview_platform.adapters.resume_parser import SandboxedParser


def main() -> None:
    """Measure and print."""
    options = _options()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    parser = SandboxedParser(seconds=options.seconds, workers=options.workers)
    begun = time.perf_counter()
    with ThreadPoolExecutor(options.workers) as pool:
        list(pool.map(lambda _: parser.answer("", b"x"), range(options.workers)))  # starts the workers
        started = time.perf_counter() - begun
        rows = list(pool.map(lambda path: _read(parser, path, options.folder), files))
    parser.close()
    report = {"start_seconds": round(started, 2), "isolation": parser.isolation, **_summary(rows)}
    print(json.dumps({**report, **({"files": rows} if options.table else {})}, indent=1, ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--table", action="store_true", help="a row for every file")
    return parser.parse_args()


def _read(parser: SandboxedParser, path: Path, folder: Path) -> dict[str, Any]:
    content = path.read_bytes()
    answer = parser.answer(path.name, content)
    if answer["wall_ms"] < 2_000:  # a slow one is not read again
        answer = parser.answer(path.name, content)
    row = {"file": str(path.relative_to(folder)), "cpu_ms": answer["cpu_ms"], "wall_ms": answer["wall_ms"]}
    if not answer["ok"]:
        return {**row, "outcome": answer["reason"]}
    found = ",".join(sorted({str(warning["kind"]) for warning in answer["warnings"]}))
    return {
        **row,
        "outcome": "read",
        "pages": answer["pages"],
        "characters": len(answer["text"]),
        "warnings": found,
        "unseen": sum(int(entry["count"]) for entry in answer["unseen"]),
        "checked": answer["checked"],
    }


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    read = [row for row in rows if row["outcome"] == "read"]
    two_pages = [row for row in read if row["pages"] in (1, 2)]
    return {
        "read": len(read),
        "refused": dict(Counter(row["outcome"] for row in rows if row["outcome"] != "read").most_common()),
        "unchecked": sum(not row["checked"] for row in read),
        "median_ms": _middle(read),
        "median_ms_of_1_or_2_pages": _middle(two_pages),
        "slowest_wall_ms": max((row["wall_ms"] for row in rows), default=0.0),
        "over_limit": sum(row["outcome"] == "too_slow" for row in rows),
    }


def _middle(rows: list[dict[str, Any]]) -> dict[str, float]:
    if not rows:
        return {}
    return {kind: round(statistics.median(row[f"{kind}_ms"] for row in rows), 1) for kind in ("cpu", "wall")}


if __name__ == "__main__":
    main()
