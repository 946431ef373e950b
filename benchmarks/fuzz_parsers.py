"""Looks for files that crash or stall the résumé readers. Prints JSON: per kind how many were tried and what was found.

    python -m benchmarks.fuzz_parsers [--seconds 20] [--kinds pdf docx odt rtf text] [--seed 1]

With the package atheris installed (`pip install atheris`; it is in no requirements file) the search is guided by
coverage, inside one process per kind without the sandbox, where a crash is a find: of a DOCX or ODT the XML inside is
varied, so that the search gets past the archive. Without it, random mutations go through the real sandboxed parser,
where a find is an answer without a reason or one later than the limit.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from interview_platform.adapters import resume_samples
from interview_platform.adapters.resume_messages import MESSAGES

KINDS = ("pdf", "docx", "odt", "rtf", "text")
SLOW_SECONDS = 10
_INNER = {"docx": "word/document.xml", "odt": "content.xml"}


def main() -> None:
    """Search and print."""
    options = _options()
    if options.inside:
        _guided(options.inside, options.seconds, options.seed, Path(options.stats))
        return
    guided = importlib.util.find_spec("atheris") is not None
    search = _in_child if guided else _mutated
    found = {kind: search(kind, options.seconds, options.seed) for kind in options.kinds}
    print(json.dumps({"method": "atheris" if guided else "random mutations", "kinds": found}, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="for each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    parser.add_argument("--stats", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _samples() -> dict[str, bytes]:
    return dict(zip(KINDS, resume_samples.files(), strict=False))


def _filled(kind: str) -> Callable[[bytes], bytes]:
    """From the varied bytes to the file: as they are, or as the XML of an archive."""
    if kind not in _INNER:
        return lambda varied: varied

    def archived(varied: bytes) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(_INNER[kind], varied)
        return held.getvalue()

    return archived


def _seed_of(kind: str) -> bytes:
    """What is varied first."""
    content = _samples()[kind]
    if kind not in _INNER:
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(_INNER[kind])


# --- guided by coverage ----------------------------------------------------------------------------------------


def _in_child(kind: str, seconds: int, seed: int) -> dict[str, Any]:
    """A process for the search, which a find ends."""
    with tempfile.TemporaryDirectory() as folder:
        stats = Path(folder) / "stats.json"
        command = [sys.executable, "-m", "benchmarks.fuzz_parsers", "--inside", kind, "--seconds", str(seconds)]
        command += ["--seed", str(seed), "--stats", str(stats)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=False)
        held: dict[str, Any] = json.loads(stats.read_text()) if stats.exists() else {}
    end = "" if done.returncode == 0 else done.stderr[-1_500:]
    return {**held, "crash_or_stall": done.returncode != 0, **({"end": end} if end else {})}


def _guided(kind: str, seconds: int, seed: int, stats: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["interview_platform.adapters", "zipfile", "pdfminer"]):
        from interview_platform.adapters import resume_text
    resume_text.warm_up()
    fill = _filled(kind)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    written = time.monotonic()

    def one(varied: bytes) -> None:
        nonlocal slowest, written
        begun = time.monotonic()
        answer = resume_text.answer_for(fill(varied), 8.0, "")
        now = time.monotonic()
        slowest = max(slowest, now - begun)
        outcomes["read" if answer["ok"] else str(answer["reason"])] += 1
        if now - written > 1:
            written = now
            held = {"tried": outcomes.total(), "outcomes": outcomes, "slowest_ms": round(1_000 * slowest)}
            stats.write_text(json.dumps(held))

    corpus = stats.parent / "corpus"
    corpus.mkdir()
    (corpus / "sample").write_bytes(_seed_of(kind))
    limits = [f"-max_total_time={seconds}", f"-timeout={SLOW_SECONDS}", f"-seed={seed}", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *limits, "-rss_limit_mb=2048", str(corpus)], one)
    atheris.Fuzz()


# --- random mutations ------------------------------------------------------------------------------------------


def _mutated(kind: str, seconds: int, seed: int) -> dict[str, Any]:
    """Bent files through the real sandbox."""
    from interview_platform.adapters.resume_parser import SandboxedParser

    chance = random.Random(seed)
    fill, content = _filled(kind), _seed_of(kind)
    parser = SandboxedParser(seconds=SLOW_SECONDS, workers=1)
    outcomes: Counter[str] = Counter()
    slowest, until = 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        answer = parser.answer("", fill(_bent(content, chance)))
        slowest = max(slowest, answer["wall_ms"])
        outcomes["read" if answer["ok"] else str(answer["reason"])] += 1
    parser.close()
    bad = slowest > 1_000 * SLOW_SECONDS or bool(set(outcomes) - {"read", *MESSAGES})
    return {
        "tried": outcomes.total(),
        "outcomes": outcomes,
        "slowest_ms": round(slowest),
        "crash_or_stall": bad,
    }


def _bent(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, pieces repeated, moved or lost."""
    bent = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place, length = chance.randrange(len(bent) or 1), chance.randint(1, 60)
        deed = chance.randrange(4)
        if deed == 0 and bent:
            bent[place] = chance.randrange(256)
        elif deed == 1:
            bent[place:place] = bent[place : place + length] * chance.randint(1, 50)
        elif deed == 2:
            del bent[place : place + length]
        else:
            other = chance.randrange(len(bent) or 1)
            bent[place : place + length] = bent[other : other + length]
    return bytes(bent)


if __name__ == "__main__":
    main()
