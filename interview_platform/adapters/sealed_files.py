"""Stored files, encrypted before they reach whichever store is behind: a folder or S3.

Each file has a key of its own (HKDF-SHA256 of FILES_KEY and 16 random bytes) and is sealed in pieces of 64 KiB with
AES-256-GCM. A piece's nonce is its number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015), and each is bound to the file's name: what was cut off, exchanged, changed or moved to another
name does not open. Pieces open one by one, so a recording is played from its middle without reading what is before.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadData, URLSafeSerializer

from interview_platform import routes
from interview_platform.adapters.blob_keys import check_key
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable
from interview_platform.ports import Blobs

KEY_FILE = "files.key"
MAGIC = b"IPFILE1\0"
PIECE, TAG, SALT, KEY_ID = 1 << 16, 16, 16, 8
_FIXED = len(MAGIC) + KEY_ID + SALT + 1
_AT_ONCE = 16  # pieces that are read from the store in one go
_DAMAGED = "This stored file is damaged or was changed, so it was not opened. Bring it back from a backup."


class RangedBlobs(Blobs, Protocol):
    """A store that can be read in parts and listed."""

    def about(self, key: str) -> tuple[int, str]:
        """Size in bytes and media type. Raises NotFound, ServiceUnavailable."""

    def part(self, key: str, start: int, length: int) -> bytes:
        """`length` > 0 bytes from `start`, fewer at the end. Raises NotFound, ServiceUnavailable."""

    def keys(self) -> Iterator[str]:
        """Every file that is stored."""


class KeyRing:
    """The first secret seals; all of them open. Each is known by eight bytes of its digest."""

    def __init__(self, given: list[bytes]) -> None:
        if not given or any(len(one) < 16 for one in given):
            raise BadInput("FILES_KEY is shorter than 16 characters. Make one: openssl rand -base64 36")
        made = [HKDF(SHA256(), 32, salt=None, info=b"interview-platform files").derive(one) for one in given]
        self._masters = {sha256(master).digest()[:KEY_ID]: master for master in made}
        self.now = sha256(made[0]).digest()[:KEY_ID]

    def cipher(self, key_id: bytes, salt: bytes) -> AESGCM:
        """Of one file. Raises ServiceUnavailable when its secret is not here."""
        master = self._masters.get(key_id)
        if master is None:
            raise ServiceUnavailable(
                "This stored file was encrypted with another FILES_KEY. Put that one back, behind the new one and a "
                "comma; nothing was changed."
            )
        return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"one file").derive(master))


def key_ring(given: str, data_dir: Path, make: bool) -> KeyRing | None:
    """From the setting (newest first, commas between), else from a key kept in the data folder, made once if `make`."""
    if given:
        return KeyRing([one.strip().encode() for one in given.split(",")])
    path = data_dir / KEY_FILE
    if not path.exists():
        if not make:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return KeyRing([path.read_text().strip().encode()])


@dataclass(frozen=True)
class Opened:
    """A stored file that is read in parts. `tag` changes with the content ("" for a file that is not sealed)."""

    size: int
    media_type: str
    name: str
    tag: str
    read: Callable[[int, int], Iterator[bytes]]  # from, to (not with it), 0 <= from <= to <= size


class SealedFiles:
    """`Blobs` before another one. Files stored without encryption stay readable; `seal_again` encrypts them.

    `seals`: whether what is stored from now on is encrypted. Addresses are signed with `secret` and served by the
    product at `address`, for no store can open what is in it.
    """

    def __init__(
        self,
        behind: RangedBlobs,
        ring: KeyRing,
        secret: bytes,
        address: str,
        seals: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._behind, self._ring, self._seals, self._clock = behind, ring, seals, clock
        self._signer = URLSafeSerializer(secret, salt="sealed file")
        self._address = address.rstrip("/")
        self.name = f"{behind.name}, encrypted" if seals else behind.name

    def put(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Store whole or not at all; the store behind sees sealed bytes only."""
        if not self._seals:
            self._behind.put(key, content, media_type)
            return
        header = _Header.new(self._ring.now, media_type)
        cipher = self._ring.cipher(header.key_id, header.salt)
        source = BytesIO(content) if isinstance(content, bytes | bytearray) else content
        sealed = _Sealing(source, cipher, header.raw, header.raw + check_key(key).encode())
        self._behind.put(key, cast(BinaryIO, sealed), "application/octet-stream")

    def get(self, key: str) -> bytes:
        """The whole content. Raises NotFound, ServiceUnavailable (damaged, changed, another key)."""
        content = self._behind.get(key)
        header = _Header.of(content)
        if header is None:
            return content
        body = content[len(header.raw) :]
        return b"".join(_open(self._lock(key, header), body, 0, _pieces(len(body))))

    def url(self, key: str, seconds: int = 900) -> str:
        """An address under /api/files that opens for `seconds`."""
        return self._address + routes.file(str(self._signer.dumps([check_key(key), int(self._clock()) + seconds])))

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""
        self._behind.delete(key)

    def exists(self, key: str) -> bool:
        """Whether the key holds a whole file."""
        return self._behind.exists(key)

    def keys(self) -> Iterator[str]:
        """Every file that is stored, sealed or not."""
        return self._behind.keys()

    def stream_signed(self, signed: str) -> Opened:
        """The file behind a signed address. Raises NotFound (changed, over, no file), ServiceUnavailable."""
        try:
            key, ends_at = self._signer.loads(signed)
        except (BadData, ValueError, TypeError) as error:
            raise NotFound("This address of a file is not valid. Open the file from its page again.") from error
        if ends_at <= self._clock():
            raise NotFound("This address of a file is over. Open the file from its page again.")
        return self.open(key)

    def open(self, key: str) -> Opened:
        """For reading in parts; the last piece is opened at once, which shows that nothing is cut off."""
        stored, media_type = self._behind.about(key)
        name = PurePosixPath(key).name
        header = _Header.of(self._behind.part(key, 0, min(stored, _FIXED + 255))) if stored else None
        if header is None:
            return Opened(stored, media_type, name, "", lambda start, end: self._plain(key, start, end))
        body = stored - len(header.raw)
        total, lock = _pieces(body), self._lock(key, header)
        found = header

        def sealed(number: int, count: int) -> Iterator[bytes]:
            content = self._behind.part(key, len(found.raw) + number * (PIECE + TAG), count * (PIECE + TAG))
            return _open(lock, content, number, total)

        def read(start: int, end: int) -> Iterator[bytes]:
            for number in range(start // PIECE, -(-end // PIECE), _AT_ONCE):
                count = min(_AT_ONCE, -(-end // PIECE) - number)
                for place, piece in enumerate(sealed(number, count), number):
                    yield piece[max(0, start - place * PIECE) : end - place * PIECE]

        for _ in sealed(total - 1, 1):
            continue
        return Opened(body - TAG * total, header.media_type, name, header.salt.hex(), read)

    def seal_again(self, key: str) -> bool:
        """Encrypt a file that is not, or not with the newest key; whether it was needed. Raises as `get`."""
        stored, media_type = self._behind.about(key)
        header = _Header.of(self._behind.part(key, 0, min(stored, _FIXED + 255))) if stored else None
        if header is not None and header.key_id == self._ring.now:
            return False
        self.put(key, self.get(key), header.media_type if header else media_type)
        return True

    def _lock(self, key: str, header: _Header) -> _Lock:
        return _Lock(self._ring.cipher(header.key_id, header.salt), header.raw + key.encode())

    def _plain(self, key: str, start: int, end: int) -> Iterator[bytes]:
        step = _AT_ONCE * PIECE
        for place in range(start, end, step):
            yield self._behind.part(key, place, min(step, end - place))


@dataclass(frozen=True)
class _Header:
    """What stands before the pieces, readable by everybody and bound to each of them."""

    raw: bytes
    key_id: bytes
    salt: bytes
    media_type: str

    @classmethod
    def new(cls, key_id: bytes, media_type: str) -> _Header:
        salt, kind = secrets.token_bytes(SALT), media_type.encode()[:255]
        return cls(MAGIC + key_id + salt + bytes([len(kind)]) + kind, key_id, salt, media_type)

    @classmethod
    def of(cls, content: bytes) -> _Header | None:
        """None for a file that is not sealed. Raises ServiceUnavailable where it is cut off in the header."""
        if not content.startswith(MAGIC):
            return None
        if len(content) < _FIXED or len(content) < _FIXED + content[_FIXED - 1]:
            raise ServiceUnavailable(_DAMAGED)
        raw = content[: _FIXED + content[_FIXED - 1]]
        ids = len(MAGIC) + KEY_ID
        return cls(raw, raw[len(MAGIC) : ids], raw[ids : ids + SALT], raw[_FIXED:].decode(errors="replace"))


@dataclass(frozen=True)
class _Lock:
    cipher: AESGCM
    bound: bytes  # the header and the file's name


def _pieces(body: int) -> int:
    """How many pieces so many sealed bytes are."""
    return max(1, -(-body // (PIECE + TAG)))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _open(lock: _Lock, content: bytes, number: int, total: int) -> Iterator[bytes]:
    """The pieces in `content`, of which the first has this number, of `total` in the file."""
    try:
        for place, start in enumerate(range(0, max(1, len(content)), PIECE + TAG), number):
            piece = content[start : start + PIECE + TAG]
            yield lock.cipher.decrypt(_nonce(place, place == total - 1), piece, lock.bound)
    except (InvalidTag, ValueError) as error:
        raise ServiceUnavailable(_DAMAGED) from error


class _Sealing:
    """A stream of sealed bytes, read from one of plain bytes; it cannot be read twice."""

    def __init__(self, source: BinaryIO, cipher: AESGCM, header: bytes, bound: bytes) -> None:
        self._source, self._cipher, self._bound = source, cipher, bound
        self._left, self._made = bytearray(header), self._pieces()

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        while (size < 0 or len(self._left) < size) and (piece := next(self._made, None)) is not None:
            self._left += piece
        taken = bytes(self._left if size < 0 else self._left[:size])
        del self._left[: len(taken)]
        return taken

    def _pieces(self) -> Iterator[bytes]:
        number, ahead = 0, self._full()
        while True:
            here, ahead = ahead, self._full() if len(ahead) == PIECE else b""
            yield self._cipher.encrypt(_nonce(number, not ahead), here, self._bound)
            if not ahead:
                return
            number += 1

    def _full(self) -> bytes:
        """A whole piece, or what is left: a stream may give less than is asked for."""
        held = bytearray()
        while len(held) < PIECE and (more := self._source.read(PIECE - len(held))):
            held += more
        return bytes(held)
