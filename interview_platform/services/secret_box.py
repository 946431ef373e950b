"""Encryption at rest of small secrets (Fernet: AES-128-CBC with HMAC-SHA256), under a key made from the platform's.

Each purpose has a key of its own (HKDF-SHA256), so that what is sealed for one is nothing to another. Whoever loses the
platform's secret key loses what is sealed with it: second factors are then set up again.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interview_platform.errors import ServiceUnavailable


def seal(key: bytes, purpose: str, words: str) -> str:
    """The words, encrypted and signed, as text."""
    return _box(key, purpose).encrypt(words.encode()).decode()


def unseal(key: bytes, purpose: str, sealed: str) -> str:
    """The words again. Raises ServiceUnavailable when the key is another one or the text was changed."""
    try:
        return _box(key, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ServiceUnavailable(
            "A stored secret cannot be read with this installation's key. Put back the SECRET_KEY it was made with; "
            "nothing was changed."
        ) from error


def _box(key: bytes, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=f"interview-platform {purpose}".encode()).derive(key)
    return Fernet(base64.urlsafe_b64encode(derived))
