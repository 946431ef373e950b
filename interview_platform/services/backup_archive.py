"""The backup's file: a ZIP whose every member's SHA-256 stands in its manifest, and the manifest's mark beside it.

    manifest.json          what is in it (Manifest)      tables/NAME.jsonl   one row a line
    manifest.mark          HMAC under the secret         blobs/KEY           stored files
                                                         files/NAME          small files of DATA_DIR

It is written beside its place and renamed when all of it is on the disk; reading checks every byte before anything
else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from interview_platform.errors import BadInput
from interview_platform.services import audit_hash

FORMAT = 1
_MANIFEST, _MARK = "manifest.json", "manifest.mark"
_CHUNK = 1 << 20
_DAMAGED = "This backup is not whole: {what}. Nothing was changed; take another copy of it."

Step = Callable[[str, int, int], None]
"""`step(what, done, total)`: how far something is."""


@dataclass
class Manifest:
    """What a backup holds. `members`: name → [bytes, SHA-256]. `key_id` names the secret (not the secret)."""

    schema: str  # the database's revision
    created_at: str
    database: str  # sqlite | postgresql: where it came from
    key_id: str
    rows: dict[str, int] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)  # key → media type
    missing: list[str] = field(default_factory=list)  # keys that rows name and storage did not have
    ends: list[dict[str, Any]] = field(default_factory=list)  # of the audit chains
    members: dict[str, list[Any]] = field(default_factory=dict)
    format: int = FORMAT


def key_id(secret: bytes) -> str:
    """Names a secret, so that a restore can tell whether it is the same."""
    return audit_hash.key_id(b"backup" + secret)


class Writer:
    """Adds members, then the manifest; made by `writing`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members: dict[str, list[Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes], pack: bool = True) -> None:
        """One member; `pack` compresses it (films are compressed already)."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._archive.open(info, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.members[name] = [size, digest.hexdigest()]

    def end(self, manifest: Manifest, secret: bytes) -> None:
        """Write the manifest and its mark."""
        manifest.members = self.members
        plain = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        self._archive.writestr(_MANIFEST, plain)
        self._archive.writestr(_MARK, _mark(plain, secret))


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive at `path`, whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with os.fdopen(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
            with zipfile.ZipFile(out, "w", allowZip64=True) as archive:
                yield Writer(archive)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


class Reader:
    """An archive whose every byte was checked; made by `reading`."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, plain: bytes, mark: str) -> None:
        self._archive, self.manifest, self._plain, self._mark = archive, manifest, plain, mark

    def is_of(self, secret: bytes) -> bool:
        """Whether it was made with this secret and nobody without it changed it. Raises BadInput where it was changed
        although it names this secret."""
        if self.manifest.key_id != key_id(secret):
            return False
        if not hmac.compare_digest(_mark(self._plain, secret), self._mark):
            raise BadInput(_DAMAGED.format(what="its list of contents was changed by somebody without the secret"))
        return True

    def open(self, name: str) -> IO[bytes]:
        """A member's content."""
        return self._archive.open(name)

    def names(self, folder: str) -> list[str]:
        """Members under `folder/`, without it."""
        head = f"{folder}/"
        return [name.removeprefix(head) for name in self.manifest.members if name.startswith(head)]


@contextmanager
def reading(path: Path, step: Step = lambda *_: None) -> Iterator[Reader]:
    """An archive, every member compared with its checksum first. Raises BadInput with what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            plain, mark = archive.read(_MANIFEST), archive.read(_MARK).decode("ascii", "replace")
            manifest = _manifest(plain)
            _check(archive, manifest, step)
            yield Reader(archive, manifest, plain, mark)
    except FileNotFoundError:
        raise BadInput(f"There is no file {path}.") from None
    except KeyError:
        raise BadInput(_DAMAGED.format(what="its list of contents is missing")) from None
    except (zipfile.BadZipFile, EOFError) as error:
        raise BadInput(_DAMAGED.format(what=f"it cannot be read ({error})")) from error


def _manifest(plain: bytes) -> Manifest:
    try:
        made = Manifest(**json.loads(plain))
        good = made.format == FORMAT and all(len(value) == 2 for value in made.members.values())
    except (ValueError, TypeError, AttributeError):
        good = False
    if not good:
        raise BadInput(_DAMAGED.format(what="its list of contents cannot be read, or is of a later version"))
    return made


def _check(archive: zipfile.ZipFile, manifest: Manifest, step: Step) -> None:
    held = [info.filename for info in archive.infolist() if info.filename not in (_MANIFEST, _MARK)]
    if len(held) != len(archive.infolist()) - 2 or len(set(held)) != len(held) or set(held) != set(manifest.members):
        odd = sorted(set(held) ^ set(manifest.members))[:3]
        raise BadInput(
            _DAMAGED.format(what=f"members are missing, doubled or were put in: {', '.join(odd) or held[:3]}")
        )
    total, done = sum(int(value[0]) for value in manifest.members.values()), 0
    for name, (size, expected) in manifest.members.items():
        digest, seen = hashlib.sha256(), 0
        with archive.open(name) as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                seen += len(chunk)
                step("checked", done + seen, total)
        done += seen
        if seen != size or digest.hexdigest() != expected:
            raise BadInput(_DAMAGED.format(what=f"{name} is not what was written"))


def _mark(plain: bytes, secret: bytes) -> str:
    return hmac.new(hmac.new(secret, b"backup", "sha256").digest(), plain, "sha256").hexdigest()
