"""Runs a script with the JavaScript runtime that the pages are built with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def printed(script: str) -> Any:
    """The JSON that a module script prints; its own error where it fails."""
    runtime = shutil.which("bun", path=str(Path(sys.executable).parent)) or shutil.which("bun")
    assert runtime, "bun is in requirements.txt"
    ran = subprocess.run([runtime, "-e", script], capture_output=True, text=True, timeout=30, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
