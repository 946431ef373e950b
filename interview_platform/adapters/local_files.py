"""Stored files in a folder of this machine: the embedded twin of S3.

`files/<key>` is the content, `types/<key>` its media type, `tmp/` what is being written. A file appears under its
key only by a rename, when all of it is on the disk.
"""

from __future__ import annotations

import mimetypes
import os
import shutil
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from itsdangerous import BadData, URLSafeSerializer

from interview_platform import routes
from interview_platform.adapters.blob_keys import check_key
from interview_platform.errors import NotFound, ServiceUnavailable

STALE_SECONDS = 24 * 3600  # a temporary file of this age belongs to a process that died
_CHUNK_BYTES = 1 << 20


class LocalFiles:
    """`Blobs` under `root`; addresses are signed with `secret` and served by the product at `address`."""

    name = "local files"

    def __init__(self, root: Path, secret: bytes, address: str, clock: Callable[[], float] = time.time) -> None:
        self._files, self._types, self._tmp = root / "files", root / "types", root / "tmp"
        self._signer = URLSafeSerializer(secret, salt="file")
        self._address = address.rstrip("/")
        self._clock = clock
        try:
            for folder in (self._files, self._types, self._tmp):
                folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
        except OSError as error:
            raise ServiceUnavailable(f"The folder for stored files cannot be used: {error.strerror}.") from error

    def put(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Store whole or not at all: written aside, synced, then renamed."""
        check_key(key)
        stream = BytesIO(content) if isinstance(content, bytes | bytearray) else content
        try:
            self._replace(self._types / key, BytesIO(media_type.encode()))
            self._replace(self._files / key, stream)
        except OSError as error:
            raise ServiceUnavailable(
                f"The file could not be stored ({error.strerror or 'disk fault'}); nothing of it was kept. "
                "Check the free space of the disk and try again."
            ) from error

    def get(self, key: str) -> bytes:
        """The whole content. Raises NotFound, ServiceUnavailable."""
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise ServiceUnavailable(f"The stored file could not be read ({error.strerror}).") from error

    def url(self, key: str, seconds: int = 900) -> str:
        """An address under /api/files that opens for `seconds`."""
        signed = self._signer.dumps([check_key(key), int(self._clock()) + seconds])
        return self._address + routes.file(str(signed))

    def open_signed(self, signed: str) -> tuple[Path, str]:
        """Path and media type behind a signed address. Raises NotFound when changed, over, or without a file."""
        try:
            key, ends_at = self._signer.loads(signed)
        except (BadData, ValueError, TypeError) as error:
            raise NotFound("This address of a file is not valid. Open the file from its page again.") from error
        if ends_at <= self._clock():
            raise NotFound("This address of a file is over. Open the file from its page again.")
        return self._path(key), self._media_type(key)

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""
        check_key(key)
        try:
            (self._files / key).unlink(missing_ok=True)
            (self._types / key).unlink(missing_ok=True)
        except (NotADirectoryError, IsADirectoryError):
            return
        except OSError as error:
            raise ServiceUnavailable(f"The stored file could not be deleted ({error.strerror}).") from error

    def exists(self, key: str) -> bool:
        """Whether the key holds a whole file."""
        return (self._files / check_key(key)).is_file()

    def about(self, key: str) -> tuple[int, str]:
        """Size in bytes and media type. Raises NotFound."""
        return self._path(key).stat().st_size, self._media_type(key)

    def part(self, key: str, start: int, length: int) -> bytes:
        """`length` > 0 bytes from `start`, fewer at the end. Raises NotFound, ServiceUnavailable."""
        try:
            with self._path(key).open("rb") as stored:
                stored.seek(start)
                return stored.read(length)
        except OSError as error:
            raise ServiceUnavailable(f"The stored file could not be read ({error.strerror}).") from error

    def keys(self) -> Iterator[str]:
        """Every file that is stored."""
        for path in sorted(self._files.rglob("*")):
            if path.is_file():
                yield path.relative_to(self._files).as_posix()

    def _path(self, key: str) -> Path:
        path = self._files / check_key(key)
        if not path.is_file():
            raise NotFound("This stored file does not exist any more.")
        return path

    def _media_type(self, key: str) -> str:
        try:
            return (self._types / key).read_text()
        except OSError:
            return mimetypes.guess_type(key)[0] or "application/octet-stream"

    def _replace(self, path: Path, stream: BinaryIO) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._tmp, delete=False) as written:
            try:
                shutil.copyfileobj(stream, written, _CHUNK_BYTES)
                written.flush()
                os.fsync(written.fileno())
                os.replace(written.name, path)
            except BaseException:
                Path(written.name).unlink(missing_ok=True)
                raise
        _sync_folder(path.parent)

    def _sweep(self) -> None:
        for left in self._tmp.iterdir():
            if left.stat().st_mtime < self._clock() - STALE_SECONDS:
                left.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
