"""Outside services: what they are for, how to set them up, and what the last calls to them came to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, PlatformError
from interview_platform.models import Integration, Message, now, session
from interview_platform.ports import Sessions
from interview_platform.services import audit
from interview_platform.services.access import READERS, WRITERS, Actor, need

TEST_SECONDS = 25.0
MOST_TESTS = 6
"""Of one service in a minute: a test must not become a load."""
LONGEST = 500
OFTEN = timedelta(minutes=5)
_log = structlog.get_logger()


@dataclass(frozen=True)
class Guide:
    """One service: what it gives, what does without it, and at most five steps to set it up."""

    name: str
    title: str
    icon: str
    gives: str
    without: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """What the last calls came to; times are None where there was none."""

    ok_at: datetime | None = None
    said: str = ""
    failed_at: datetime | None = None
    error: str = ""


GUIDES = (
    Guide(
        "llm",
        "Language model",
        "sparkles",
        "Gemini, or any other model, interviews and judges; the offline interviewer stands behind it.",
        "The offline interviewer and judge, on this machine.",
        (
            "Make a key in Google AI Studio, or start a server of your own that speaks OpenAI's API.",
            "Set GOOGLE_API_KEY; or LLM=openai:MODEL and LLM_BASE_URL for a server of your own.",
            "Restart the product, then press “Test now”.",
        ),
    ),
    Guide(
        "mail",
        "E-mail (Gmail or SMTP)",
        "mail",
        "Invitations, decisions and reminders reach people.",
        "The built-in outbox keeps every e-mail to be read and copied.",
        (
            "Gmail: make a service account with domain-wide delegation for the scope gmail.send.",
            "Set GMAIL_CREDENTIALS_FILE to its JSON, and GMAIL_SENDER to the mailbox it sends as.",
            "Or SMTP: set SMTP_HOST, SMTP_PORT, SMTP_USERNAME and SMTP_PASSWORD.",
            "Set MAIL_FROM to the sender people see, and PUBLIC_URL to the address in links.",
            "Restart the product, then press “Test now”. Nothing is sent by it.",
        ),
    ),
    Guide(
        "calendly",
        "Calendly",
        "calendar-clock",
        "Follow-up meetings are booked in your Calendly account.",
        "Times come from people's own hours, under Settings, Your hours.",
        (
            "In Calendly, open Integrations, API and webhooks, and make a personal access token (a paid plan books "
            "from here; without one the candidate books on Calendly's page).",
            "Set CALENDLY_TOKEN to it and restart the product.",
            "Subscribe a webhook to invitee.created and invitee.canceled at YOUR-ADDRESS/api/webhooks/calendly, with a "
            "signing key of your own.",
            "Set CALENDLY_WEBHOOK_KEY to that key, restart, then press “Test now”.",
        ),
    ),
    Guide(
        "files",
        "File storage (S3)",
        "hard-drive",
        "Recordings and résumés lie in a bucket, for several machines.",
        "A folder on this machine.",
        (
            "Make a private bucket and a key that may read, write and delete in it.",
            "Set S3_BUCKET, S3_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY; for another vendor S3_ENDPOINT_URL.",
            "Restart the product, then press “Test now”.",
        ),
    ),
    Guide(
        "sessions",
        "Sessions (Redis)",
        "database-zap",
        "Sign-ins and limits are shared by several processes.",
        "Kept on this machine, for one process.",
        (
            "Start a Redis server that only the product reaches.",
            "Set REDIS_URL and restart the product.",
            "Press “Test now”.",
        ),
    ),
    Guide(
        "vectors",
        "Vectors (Chroma)",
        "waypoints",
        "Search and answers share one index between processes.",
        "A folder on this machine, for one process.",
        ("Start a server with “chroma run”.", "Set CHROMA_HOST and CHROMA_PORT, restart.", "Press “Test now”."),
    ),
    Guide(
        "github",
        "GitHub",
        "github",
        "A candidate's public work is read when you add an account as a source.",
        "60 requests an hour, without a token.",
        (
            "Make a fine-grained token without any rights: public data is all that is read.",
            "Set GITHUB_TOKEN and restart the product.",
            "Press “Test now”: it says how many requests are left.",
        ),
    ),
    Guide(
        "turn",
        "Relay for calls (TURN)",
        "radio-tower",
        "Calls get through firewalls and mobile networks.",
        "Direct connections only; candidates behind strict networks write instead.",
        (
            "Install coturn on a machine with a public address.",
            "Give it use-auth-secret and a static-auth-secret; open its port for UDP and TCP.",
            "Set TURN_URLS and TURN_SECRET to match, restart.",
            "Press “Test now”: a call is let through and given back.",
        ),
    ),
    Guide(
        "database",
        "Database (Postgres)",
        "database",
        "One database for several machines, with its own backups.",
        "SQLite, one file on this machine.",
        (
            "Make an empty database.",
            "Set DATABASE_URL and run “migrate”.",
            "Restart the product, then press “Test now”.",
        ),
    ),
)
NAMES = frozenset(guide.name for guide in GUIDES)


def results(db: Session, actor: Actor) -> dict[str, Seen]:
    """By name. E-mail also counts what the organisation sent. Raises NotAllowed."""
    need(actor, READERS)
    found = {row.name: Seen(row.ok_at, row.said, row.failed_at, row.error) for row in db.exec(select(Integration))}
    found["mail"] = _newest(found.get("mail", Seen()), _mails(db, actor))
    return found


def prove(
    engine: Engine, sessions: Sessions, actor: Actor, name: str, probe: Callable[[], str], seconds: float = TEST_SECONDS
) -> str:
    """Make the harmless call within its time and keep what it came to; the words of success.

    Raises PlatformError with what is wrong; NotAllowed, BadInput (no such service, tested too often).
    """
    need(actor, WRITERS)
    if name not in NAMES:
        raise BadInput("There is no such integration.")
    if sessions.count(f"probe:{name}", 60) > MOST_TESTS:
        raise BadInput("This was tested several times within a minute. Wait a moment, then test again.")
    said, error = _tried(name, probe, seconds)
    with session(engine) as db:
        note(db, name, said, error)
        audit.record(db, actor, "integration.tested", f"integration:{name}", ok=not error)
    if error:
        raise PlatformError(error)
    return said


def note(db: Session, name: str, said: str = "", error: str = "") -> None:
    """Keep what a call came to: words of success, or what went wrong."""
    row = db.get(Integration, name) or Integration(name=name)
    if error:
        row.failed_at, row.error = now(), error[:LONGEST]
    else:
        row.ok_at, row.said = now(), said[:LONGEST]
    db.add(row)


def note_use(engine: Engine, name: str, error: str = "", said: str = "It answered.") -> None:
    """Keep what a call in daily use came to; a success at most every few minutes. Never raises."""
    try:
        with session(engine) as db:
            row = db.get(Integration, name)
            known = row is not None and row.ok_at is not None and now() - row.ok_at < OFTEN
            failing = (
                row is not None and row.failed_at is not None and row.ok_at is not None and row.failed_at > row.ok_at
            )
            if error or failing or not known:
                note(db, name, said, error)
    except SQLAlchemyError as fault:  # two processes at once: one of them has written
        _log.info("integration_not_noted", name=name, error=type(fault).__name__)


def _tried(name: str, probe: Callable[[], str], seconds: float) -> tuple[str, str]:
    """(words, "") or ("", what went wrong). A call that hangs is left to itself."""
    coming: Future[str] = Future()

    def run() -> None:
        try:
            coming.set_result(probe())
        except BaseException as error:  # whatever it is, it is told to whoever waits
            coming.set_exception(error)

    threading.Thread(target=run, name=f"test-{name}", daemon=True).start()
    try:
        return coming.result(seconds), ""
    except TooLong:
        return "", f"It did not answer within {seconds:g} seconds. Check its address and the network between."
    except PlatformError as error:
        return "", str(error)
    except Exception as error:
        _log.error("integration_test_failed", name=name, error=type(error).__name__)
        return "", f"The test failed ({type(error).__name__}). The log says more; nothing was changed."


def _mails(db: Session, actor: Actor) -> Seen:
    mine = select(Message).where(Message.organisation_id == actor.organisation_id)
    sent = db.exec(mine.where(Message.status == "sent").order_by(col(Message.sent_at).desc())).first()
    tried = (Message.status == "failed") & (Message.transport != "")
    failed = db.exec(mine.where(tried).order_by(col(Message.created_at).desc())).first()
    return Seen(
        sent.sent_at if sent else None,
        "An e-mail was sent." if sent else "",
        failed.created_at if failed else None,
        failed.error if failed else "",
    )


def _newest(first: Seen, second: Seen) -> Seen:
    ok = max((one for one in (first, second) if one.ok_at), key=lambda one: str(one.ok_at), default=Seen())
    bad = max((one for one in (first, second) if one.failed_at), key=lambda one: str(one.failed_at), default=Seen())
    return Seen(ok.ok_at, ok.said, bad.failed_at, bad.error)
