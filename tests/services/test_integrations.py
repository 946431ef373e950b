"""Outside services: what a test of one keeps and says, and that the guides are short and true."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.errors import BadInput, NotAllowed, PlatformError, ServiceUnavailable
from interview_platform.models import Message, now, session
from interview_platform.services import integrations
from interview_platform.services.access import Actor
from interview_platform.settings import Settings
from tests import builders


@pytest.fixture
def actor(engine: Engine) -> Actor:
    with session(engine) as db:
        return builders.recruiter(db)[1]


def prove(engine: Engine, actor: Actor, probe, name: str = "github", seconds: float = 5.0) -> str:
    return integrations.prove(engine, EmbeddedSessions(), actor, name, probe, seconds)


def seen(engine: Engine, actor: Actor, name: str = "github") -> integrations.Seen:
    with session(engine) as db:
        return integrations.results(db, actor).get(name, integrations.Seen())


def away() -> str:
    raise ServiceUnavailable("GitHub does not answer. Check GITHUB_TOKEN.")


def test_success_and_failure_are_kept_beside_each_other(engine: Engine, actor: Actor) -> None:
    assert prove(engine, actor, lambda: "4,999 requests are left.") == "4,999 requests are left."
    with pytest.raises(PlatformError, match="does not answer"):
        prove(engine, actor, away)
    held = seen(engine, actor)
    assert (held.said, held.error) == ("4,999 requests are left.", "GitHub does not answer. Check GITHUB_TOKEN.")
    assert held.ok_at <= held.failed_at


def test_a_call_that_hangs_is_left_to_itself(engine: Engine, actor: Actor) -> None:
    never = threading.Event()
    with pytest.raises(PlatformError, match=r"did not answer within 0\.05 seconds"):
        prove(engine, actor, lambda: str(never.wait(30)), seconds=0.05)
    never.set()


def test_an_unexpected_fault_is_said_without_its_words(engine: Engine, actor: Actor) -> None:
    def probe() -> str:
        raise RuntimeError("token=secret-123 in the address")

    with pytest.raises(PlatformError, match="RuntimeError"):
        prove(engine, actor, probe)
    assert "secret-123" not in seen(engine, actor).error


def test_who_may_not_write_may_not_test_and_nobody_tests_without_end(engine: Engine, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        prove(engine, Actor(actor.organisation_id, "auditor", "a"), lambda: "fine")
    with pytest.raises(BadInput, match="no such"):
        prove(engine, actor, lambda: "fine", name="made-up")
    store = EmbeddedSessions()
    for _ in range(integrations.MOST_TESTS):
        integrations.prove(engine, store, actor, "github", lambda: "fine")
    with pytest.raises(BadInput, match="Wait a moment"):
        integrations.prove(engine, store, actor, "github", lambda: "fine")


def test_real_e_mails_count_as_the_mail_services_last_success_and_error(engine: Engine, actor: Actor) -> None:
    def mail(key: str, **values: object) -> Message:
        base = {"purpose": "invite", "to_address": "a@e.org", "subject": "s", "text": "t", "dedup_key": key}
        return Message(organisation_id=actor.organisation_id, **{**base, **values})

    later = now() + timedelta(seconds=5)
    with session(engine) as db:
        db.add(mail("1", status="sent", sent_at=now(), transport="smtp"))
        db.add(mail("2", status="failed", error="refused", transport="smtp", created_at=later))
        db.add(mail("3", status="failed", error="no address", created_at=later + timedelta(seconds=5)))
    held = seen(engine, actor, "mail")
    assert (held.said, held.error) == ("An e-mail was sent.", "refused")


@pytest.mark.parametrize("guide", integrations.GUIDES, ids=lambda guide: guide.name)
def test_every_guide_has_at_most_five_steps_and_names_only_settings_that_exist(guide: integrations.Guide) -> None:
    import re

    assert 1 <= len(guide.steps) <= 5
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z0-9]+)+\b", " ".join(guide.steps)))
    assert named <= {name.upper() for name in Settings.model_fields}
    assert len(guide.name) <= 40


def test_daily_use_is_kept_too_failures_at_once_and_successes_now_and_then(engine: Engine, actor: Actor) -> None:
    integrations.note_use(engine, "calendly")
    first = seen(engine, actor, "calendly").ok_at
    integrations.note_use(engine, "calendly")
    assert seen(engine, actor, "calendly").ok_at == first
    integrations.note_use(engine, "calendly", "Calendly answered 503.")
    assert seen(engine, actor, "calendly").error == "Calendly answered 503."
    integrations.note_use(engine, "calendly")  # it works again: told at once
    assert seen(engine, actor, "calendly").ok_at > first
