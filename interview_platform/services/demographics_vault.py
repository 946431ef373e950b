"""The key to voluntary demographics: which row is whose (HMAC), and what it says (AES-GCM).

Without the key a row is 64 hex digits and a text of fixed length: it names nobody and says nothing. The key is its
own, apart from the product's secret key, so that whoever copies the database, or signs links, cannot read them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interview_platform.errors import PlatformError

KEY_FILE = "demographics.key"
_ROOM = 96  # every answer is filled up to as many bytes, so that its length tells nothing
_NONCE = 12


class Sealed(PlatformError):
    """These answers do not open: made under another key, or changed. Nothing was changed by trying."""


class Vault:
    """Names and seals rows. One secret in, two independent keys derived from it."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise ValueError("the demographics key is shorter than 16 bytes")
        self._names = _derived(secret, b"demographics: which row")
        self._cipher = AESGCM(_derived(secret, b"demographics: what it says"))

    def name(self, organisation_id: str, candidate_id: str) -> str:
        """The row of this person: 64 hex digits that only this key can make."""
        said = f"{organisation_id}|{candidate_id}".encode()
        return hmac.new(self._names, said, hashlib.sha256).hexdigest()

    def seal(self, name: str, answers: Mapping[str, str]) -> str:
        """The answers, readable only with the key, and only in the row of this name. Raises ValueError when long."""
        said = json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":")).encode()
        if len(said) > _ROOM:
            raise ValueError("these answers are longer than a row")
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, said.ljust(_ROOM), name.encode())
        return base64.urlsafe_b64encode(sealed).decode()

    def open(self, name: str, sealed: str) -> dict[str, str]:
        """What `seal` was given. Raises Sealed."""
        try:
            held = base64.urlsafe_b64decode(sealed.encode())
            said = self._cipher.decrypt(held[:_NONCE], held[_NONCE:], name.encode())
            return {str(key): str(value) for key, value in json.loads(said).items()}
        except (InvalidTag, ValueError) as error:
            raise Sealed("These answers cannot be read with the demographics key that is set.") from error


def vault_of(given: str, data_dir: Path) -> Vault:
    """The vault by the setting, else by a key made once and kept in the data folder, readable by its owner only."""
    if given:
        return Vault(given.encode())
    path = data_dir / KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return Vault(path.read_text().strip().encode())


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
