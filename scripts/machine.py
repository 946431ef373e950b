"""What the machine must have: Python 3.11, disk space, and a few system packages."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.console import CommandFailed, SetupFailed, run, say

WANTED = (3, 11)
FREE_GB = 6
GRAPHICS = {"GLESv2": "libgles2", "EGL": "libegl1"}
"""Libraries that MediaPipe opens, and the Debian packages they are in."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def require_python(version: tuple[int, ...] = sys.version_info[:3], others: list[str] | None = None) -> None:
    """Go on under Python 3.11: this one, or the first of `others` that is. Raises SetupFailed."""
    if version[:2] == WANTED:
        return
    shown = ".".join(str(part) for part in version)
    found = next((path for path in (_other_pythons() if others is None else others) if _is_wanted(path)), None)
    if found:
        say(f"==> This is Python {shown}; going on with {found}")
        os.execv(found, [found, "-m", "scripts.setup", *sys.argv[1:]])
    raise SetupFailed(
        f"This is Python {shown}, and the product needs 3.11. Install it "
        "(Debian 12: apt-get install python3.11 python3.11-venv; Mac: brew install python@3.11; "
        "anywhere: pyenv install 3.11), then run: make setup PYTHON=/path/to/python3.11"
    )


def _other_pythons() -> list[str]:
    candidates = [shutil.which("python3.11"), "/usr/bin/python3.11", "/opt/homebrew/bin/python3.11"]
    candidates += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.11*/bin/python3.11"))]
    return [path for path in candidates if path]


def _is_wanted(python: str) -> bool:
    question = f"import sys; sys.exit(sys.version_info[:2] != {WANTED})"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def require_disk(folder: Path, needed_gb: float = FREE_GB) -> None:
    """Enough space where the big things are written. Raises SetupFailed."""
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free / 1e9
    if free < needed_gb:
        raise SetupFailed(
            f"{free:.1f} GB are free on the disk of {existing}, and the first set-up needs about {needed_gb:.0f} GB. "
            "Free some space, or move the checkout (and CACHE_DIR for the model weights) to another disk."
        )


def install_system_packages(browser: bool, project: Path) -> list[str]:
    """Install what is missing where apt (or brew) and the rights allow; warnings for what stays missing.

    Raises SetupFailed when a browser was asked for and none can be had.
    """
    warnings = []
    missing = missing_graphics()
    if missing and not _apt(missing, project):
        warnings.append(
            f"Face measures stay off: {' and '.join(missing)} missing. Install: apt-get install {' '.join(missing)}"
        )
    if browser and find_browser() is None:
        _install_browser(project)
    return warnings


def missing_graphics() -> list[str]:
    """Debian packages whose libraries are not here; none on a Mac, which has its own."""
    if not sys.platform.startswith("linux") or os.uname().machine != "x86_64":
        return []
    return [package for library, package in GRAPHICS.items() if ctypes.util.find_library(library) is None]


def find_browser() -> str | None:
    """A Chromium or Chrome to drive: $CHROMIUM, the PATH, a Mac's applications."""
    candidates = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in BROWSERS), *MAC_BROWSERS]
    return next((path for path in candidates if path and Path(path).exists()), None)


def _install_browser(project: Path) -> None:
    installed = _brew_browser(project) if sys.platform == "darwin" else _apt(["chromium"], project)
    if not installed or find_browser() is None:
        raise SetupFailed(
            "The tests need Chromium or Chrome, and none was found or could be installed. Install one (Debian: "
            "apt-get install chromium; Mac: brew install --cask chromium; else from its makers), or set "
            "CHROMIUM=/path/to/it, then run `make test` again. Without a browser, everything but the browser tests: "
            ".venv/bin/python -m pytest -m 'not journey'"
        )


def _apt(packages: list[str], project: Path) -> bool:
    """Install Debian packages without asking anything; False when that is not possible here."""
    prefix = _as_root()
    if prefix is None or shutil.which("apt-get") is None:
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    tool = [*prefix, "apt-get", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    say(f"    apt-get install {' '.join(packages)}")
    try:
        run([*tool, "update", "-q"], project, env)
        run([*tool, "install", "-y", "-q", "--no-install-recommends", *packages], project, env)
    except CommandFailed as failure:
        say(failure.tail)
        return False
    return True


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def _brew_browser(project: Path) -> bool:
    if shutil.which("brew") is None:
        return False
    try:
        run(["brew", "install", "--cask", "chromium"], project, dict(os.environ))
    except CommandFailed as failure:
        say(failure.tail)
        return False
    return True
