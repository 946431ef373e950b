"""How an audit event and a chain's end are digested: version 1.

Old chains are checked with these functions for ever, and migration 0005 uses them: a change is a version of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

VERSION = 1
FIELDS = ("id", "actor", "action", "subject", "why", "correlation", "detail")
"""What is digested as it stands, beside organisation, place, time, key and the digest before."""


def derived(secret: bytes) -> bytes:
    """The chain's own key: somebody who learns it cannot sign links with it. b"" stays b"" (tests without a secret)."""
    return hmac.new(secret, b"audit chain", "sha256").digest() if secret else b""


def key_id(key: bytes) -> str:
    """Which key: its first hex digits, of no use to find it."""
    return hashlib.sha256(b"name of the audit key" + key).hexdigest()[:12] if key else ""


def event(row: Mapping[str, Any], key: bytes) -> str:
    """Digest of one event with its place; `row` has every column of AuditEvent but `digest`. HMAC-SHA-256 under `key`,
    plain SHA-256 without one."""
    at: datetime = row["at"]
    place = [VERSION, row["organisation_id"], int(row["sequence"]), row["previous"], row["key_id"]]
    return _digest([*place, at.astimezone(UTC).isoformat(), *(row[name] for name in FIELDS)], key)


def head(organisation_id: str, sequence: int, digest: str, key: bytes) -> str:
    """Mark of a chain's end: who has the database alone cannot make one for an earlier end."""
    return _digest(["head", VERSION, organisation_id, sequence, digest], key)


def stored(detail: Mapping[str, object]) -> Any:
    """A detail as databases give it back: lists for tuples, words for keys and for what JSON has not."""
    return json.loads(json.dumps(detail, default=str), parse_constant=str)


def _digest(parts: list[Any], key: bytes) -> str:
    plain = json.dumps(parts, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    return hmac.new(key, plain, "sha256").hexdigest() if key else hashlib.sha256(plain).hexdigest()
