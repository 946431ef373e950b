"""The virtual environment: CPU torch first, then everything that requirements.txt pins.

A stamp makes a rerun instant.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from scripts.console import CommandFailed, SetupFailed, run, step

UV = "0.13.9"
STAMP = "setup-stamp.json"


class Environment:
    """One project's .venv."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.folder = project / ".venv"
        self.bin = self.folder / "bin"
        self.python = self.bin / "python"

    def env(self) -> dict[str, str]:
        """The variables children run with: the .venv first on PATH, uv told what pip knows of mirrors."""
        env = {**os.environ, "PATH": f"{self.bin}{os.pathsep}{os.environ.get('PATH', '')}", "PYTHONUNBUFFERED": "1"}
        env.pop("PYTHONHOME", None)
        env["VIRTUAL_ENV"] = str(self.folder)
        for theirs, ours in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")):
            if theirs in env and ours not in env:
                env[ours] = env[theirs]
        env.setdefault("UV_HTTP_TIMEOUT", "180")
        env["UV_NO_PROGRESS"] = "1"
        return env

    def is_current(self, tests: bool) -> bool:
        """Whether the last install was of exactly these requirement files."""
        stamped = self._stamped()
        return self.python.exists() and all(stamped.get(name) == self._hash(name) for name in self._files(tests))

    def install(self, tests: bool) -> None:
        """Make and fill the environment. Raises SetupFailed."""
        if not self.python.exists():
            with step("Making the virtual environment (.venv)"):
                self._make()
        if not self._has_uv():
            with step("Installing uv, which installs the rest quickly"):
                self._pip("install", "--quiet", f"uv=={UV}")
        if not self._has_torch():
            with step(f"Installing torch {self._torch()} for the CPU (about 200 MB)"):
                self._install_torch()
        files = self._files(tests)
        with step(f"Installing the locked dependencies ({' and '.join(files)}; about 1 GB at the first time)"):
            self._uv("install", "--quiet", *(part for name in files for part in ("-r", name)))
        self._stamp(files)

    def _make(self) -> None:
        try:
            run([sys.executable, "-m", "venv", str(self.folder)], self.project, dict(os.environ))
        except CommandFailed as failure:
            if "ensurepip" in failure.output:
                raise SetupFailed(
                    "This Python cannot make virtual environments. On Debian: apt-get install python3.11-venv, "
                    "then run `make setup` again."
                ) from failure
            raise

    def _install_torch(self) -> None:
        """A wheel that pip has been pointed at, else the makers' CPU builds, else whatever the registry has."""
        wanted = f"torch=={self._torch()}"
        with suppress(CommandFailed):
            self._pip("install", "--quiet", "--no-index", "--no-deps", wanted)
            return
        with suppress(CommandFailed):
            self._uv("install", "--quiet", "--no-deps", "--torch-backend=cpu", wanted)
            return
        self._uv("install", "--quiet", wanted)

    def _pip(self, *arguments: str) -> None:
        options = ("--disable-pip-version-check", "--no-input", "--retries", "1")
        run([str(self.python), "-m", "pip", *arguments, *options], self.project, self.env())

    def _uv(self, *arguments: str) -> None:
        command = [str(self.bin / "uv"), "pip", *arguments, "--python", str(self.python)]
        run(command, self.project, self.env())

    def _has_uv(self) -> bool:
        return self._version_of("uv") == UV

    def _has_torch(self) -> bool:
        return self._version_of("torch").partition("+")[0] == self._torch()

    def _version_of(self, package: str) -> str:
        question = f"from importlib.metadata import version; print(version('{package}'))"
        done = subprocess.run([str(self.python), "-c", question], capture_output=True, text=True)
        return done.stdout.strip()

    def _torch(self) -> str:
        lines = (self.project / "requirements.txt").read_text().splitlines()
        return next(line.split("==")[1].split()[0] for line in lines if line.startswith("torch=="))

    @staticmethod
    def _files(tests: bool) -> list[str]:
        return ["requirements.txt", "requirements-test.txt"] if tests else ["requirements.txt"]

    def _hash(self, name: str) -> str:
        return hashlib.sha256((self.project / name).read_bytes()).hexdigest()

    def _stamped(self) -> dict[str, str]:
        try:
            stamped = json.loads((self.folder / STAMP).read_text())
        except (OSError, ValueError):
            return {}
        return stamped if isinstance(stamped, dict) else {}

    def _stamp(self, files: list[str]) -> None:
        stamped = {**self._stamped(), **{name: self._hash(name) for name in files}}
        (self.folder / STAMP).write_text(json.dumps(stamped, indent=2))
