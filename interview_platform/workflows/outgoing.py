"""Tells other systems what happened: looks at the audit log every few seconds, queues, sends, settles.

Where everything stands is in the database; a restart, or another process, goes on from there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import PlatformError
from interview_platform.models import Webhook, now, session
from interview_platform.ports import WebhookSender
from interview_platform.services import (
    api_once,
    correlation,
    outgoing_events,
    outgoing_queue,
    outgoing_sign,
    secret_box,
)
from interview_platform.services.outgoing import PURPOSE

EVERY_SECONDS = 3.0
TIDY_SECONDS = 3600.0
AT_ONCE = 8
"""Sent side by side: a receiver that hangs keeps no other waiting."""
_log = structlog.get_logger()


class Outgoing:
    """A thread that looks every few seconds until `close`. `mail(message_id)` delivers an e-mail of the outbox."""

    def __init__(
        self,
        engine: Engine,
        secret: bytes,
        sender: WebhookSender,
        mail: Callable[[str], object],
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._engine, self._secret, self._sender, self._mail = engine, secret, sender, mail
        self._every_seconds, self._tidied = every_seconds, 0.0
        self._over, self._wake = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="outgoing", daemon=True)

    def start(self) -> None:
        """Begin to look; a second time changes nothing."""
        if self._thread.ident is None:
            self._thread.start()

    def wake(self) -> None:
        """Look now."""
        self._wake.set()

    def close(self) -> None:
        """Stop, after what is being sent: its end shall be known."""
        self._over.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def round(self) -> int:
        """Queue what happened and send what is due; how many were sent."""
        self._take()
        with session(self._engine) as db:
            outgoing_queue.find_interrupted(db, now())
            waiting = outgoing_queue.due(db, now())
        if not waiting:
            return 0
        with ThreadPoolExecutor(min(AT_ONCE, len(waiting)), "webhook") as pool:
            return sum(pool.map(self.send, waiting))

    def send(self, delivery_id: str) -> bool:
        """Send one delivery if it still waits; whether it was this call that did. Never raises for the receiver."""
        if self._over.is_set():
            return False
        with session(self._engine) as db:
            claimed = outgoing_queue.claim(db, delivery_id, now())
        if claimed is None:
            return False
        answered, error = self._try(claimed)
        with session(self._engine) as db:
            letters = outgoing_queue.settle(db, delivery_id, now(), answered, error)
        for message_id in letters:
            self._mail(message_id)
        return True

    def _take(self) -> None:
        with session(self._engine) as db:
            receivers = list(db.exec(select(Webhook).where(Webhook.status == "on")))
        for webhook in receivers:
            with session(self._engine) as db:
                while (held := db.get(Webhook, webhook.id)) is not None and self._took_many(db, held):
                    db.commit()

    def _took_many(self, db, webhook: Webhook) -> bool:  # type: ignore[no-untyped-def]
        before = webhook.seen
        outgoing_events.take(db, webhook)
        db.refresh(webhook)
        return webhook.seen - before >= outgoing_events.AT_ONCE

    def _try(self, claimed: outgoing_queue.Claimed) -> tuple[int, str]:
        try:
            secret = secret_box.unseal(self._secret, PURPOSE, claimed.secret)
            headers = outgoing_sign.headers(secret, claimed.message_id, int(time.time()), claimed.body)
            return self._sender.send(claimed.url, claimed.body, headers), ""
        except PlatformError as error:
            return 0, str(error)
        except Exception:
            _log.exception("webhook_failed", delivery_id=claimed.delivery_id)
            return 0, "It could not be sent because of a fault on our side."

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                correlation.begin()
                self.round()
                self._tidy()
            except Exception:
                _log.exception("outgoing_failed")
            self._wake.wait(self._every_seconds)
            self._wake.clear()

    def _tidy(self) -> None:
        if time.monotonic() < self._tidied:
            return
        self._tidied = time.monotonic() + TIDY_SECONDS
        with session(self._engine) as db:
            outgoing_queue.tidy(db, now())
            api_once.tidy(db)
