"""Signatures of outgoing webhooks, as in Standard Webhooks: https://www.standardwebhooks.com. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

START = "whsec_"


def new_secret() -> str:
    """`whsec_` and 32 random bytes as base64: what the receiver verifies with."""
    return START + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(secret: str, message_id: str, at_seconds: int, body: bytes) -> dict[str, str]:
    """The headers of one message. The id stays the same however often it is tried; the time is of this try."""
    key = base64.b64decode(secret.removeprefix(START))
    signed = hmac.new(key, f"{message_id}.{at_seconds}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_seconds),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
