"""The shape of the house: who may import whom (contracts in pyproject.toml)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_import_points_down() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout[-4000:]


def test_only_the_peer_imports_the_webrtc_library() -> None:
    importers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "interview_platform").rglob("*.py")
        if any(line.lstrip().startswith(("import aiortc", "from aiortc")) for line in path.read_text().splitlines())
    ]
    assert importers == ["interview_platform/media/peer.py"]
