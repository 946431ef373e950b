"""Outgoing webhooks: what is told, that it is told once, and what becomes of a receiver that fails."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound, ServiceUnavailable
from interview_platform.models import (
    AuditEvent,
    Message,
    Report,
    Webhook,
    WebhookDelivery,
    now,
    session,
)
from interview_platform.services import (
    audit,
    candidates,
    outgoing,
    outgoing_events,
    outgoing_queue,
    outgoing_sign,
    review,
)
from interview_platform.services.access import Actor
from interview_platform.services.resumes import ResumeFacts
from interview_platform.workflows.outgoing import Outgoing
from tests import builders

URL = "https://receiver.example/hooks"


class Receiver:
    """A sender that keeps what it was given and answers as it is told to."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers, self.got = list(answers), []

    def send(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The next answer; the last one for ever."""
        self.got.append((url, body, headers))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Desk:
    """An organisation with a webhook."""

    def __init__(self, engine, email: str = "owner@example.com") -> None:
        self.engine, self.mailed = engine, []
        with session(engine) as db:
            employer = builders.organisation(db)
            self.user, self.actor = builders.recruiter(db, employer, role="owner", email=email)
            made = outgoing.create(db, self.actor, builders.SECRET, URL, list(outgoing_events.EVENTS))
        self.webhook, self.secret = made.webhook, made.secret

    def pump(self, receiver: Receiver) -> Outgoing:
        """What sends, with this receiver at the other end."""
        return Outgoing(self.engine, builders.SECRET, receiver, self.mailed.append)

    def interviewed(self) -> str:
        """Somebody's ended interview, with a report; its id."""
        with session(self.engine) as db:
            application = builders.application(db, self.actor, builders.job(db, self.actor))
            interview = builders.interview(db, self.actor, application, status="reported")
            audit.record(db, self.actor, "interview.ended", f"interview:{interview.id}")
            for number, (status, early) in enumerate([("ready", True), ("proposed", False), ("ready", False)]):
                report = Report(id=f"{number}" * 32, interview_id=interview.id, status=status, provisional=early)
                db.add(report)
                audit.record(db, self.actor, "report.built", f"report:{report.id}")
        return interview.id

    def rows(self) -> list[WebhookDelivery]:
        """The log."""
        with session(self.engine) as db:
            return outgoing.log(db, self.actor)

    def later(self, **ago: float) -> None:
        """Let time pass for what waits or is being sent."""
        with session(self.engine) as db:
            for row in db.exec(select(WebhookDelivery)):
                row.next_at -= timedelta(**ago)
                db.add(row)
            for webhook in db.exec(select(Webhook)):
                webhook.failing_since = webhook.failing_since and webhook.failing_since - timedelta(**ago)
                db.add(webhook)


@pytest.fixture
def desk(engine) -> Desk:
    return Desk(engine)


def test_what_happened_is_told_in_order_by_ids_and_only_once(desk) -> None:
    interview_id = desk.interviewed()
    with session(desk.engine) as db:
        candidates.person(db, desk.actor.organisation_id, ResumeFacts(text="", name="Maya", email="maya@example.com"))
        review.decide(db, desk.actor, interview_id, "next_step", "Calm under pressure")
    receiver = Receiver(204)
    pump = desk.pump(receiver)
    assert (pump.round(), pump.round(), desk.pump(receiver).round()) == (4, 0, 0)
    told = sorted((json.loads(body) for _, body, _ in receiver.got), key=lambda one: one["timestamp"])
    assert {one["type"] for one in told} == {
        "interview.completed", "report.ready", "candidate.created", "decision.made",
    }  # fmt: skip
    assert next(one for one in told if one["type"] == "report.ready")["data"]["report_id"] == "2" * 32
    assert next(one for one in told if one["type"] == "decision.made")["data"]["decision"] == "next_step"
    words = b"".join(body for _, body, _ in receiver.got).decode()
    assert not [word for word in ("Maya", "maya@", "Ada", "Calm", "Northwind") if word in words]


def test_a_message_is_signed_as_standard_webhooks_says(desk) -> None:
    desk.interviewed()
    receiver = Receiver(200)
    desk.pump(receiver).round()
    for _, body, headers in receiver.got:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(desk.secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
    with session(desk.engine) as db:
        assert desk.secret not in db.get_one(Webhook, desk.webhook.id).secret


def test_the_published_example_of_a_signature_is_ours() -> None:
    """The test vector of the Standard Webhooks libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = outgoing_sign.headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_failed_try_comes_again_later_under_the_same_id_until_it_arrives(desk) -> None:
    desk.interviewed()
    receiver = Receiver(ServiceUnavailable("No answer."), 500, 503, 200)
    pump = desk.pump(receiver)
    assert pump.round() == 2
    assert pump.round() == 0
    for _ in range(3):
        desk.later(hours=1)
        pump.round()
    assert {row.status for row in desk.rows()} == {"delivered"}
    assert len({headers["webhook-id"] for _, _, headers in receiver.got}) == 2
    with session(desk.engine) as db:
        assert db.get_one(Webhook, desk.webhook.id).failing_since is None


def test_a_process_that_dies_between_any_two_steps_sends_nothing_twice(desk, engine) -> None:
    """Killed after taking the events, after the claim, and after the answer: then a new process looks."""
    desk.interviewed()
    receiver = Receiver(200)
    with session(engine) as db:
        outgoing_events.take(db, db.get_one(Webhook, desk.webhook.id))
    first, second = [row.id for row in desk.rows()]
    with session(engine) as db:
        outgoing_queue.claim(db, first, now())  # dies while sending
    pump = desk.pump(receiver)
    assert pump.round() == 1
    desk.later(minutes=10)
    assert pump.round() == 0
    held = {row.id: row for row in desk.rows()}
    assert (held[first].status, held[second].status) == ("unknown", "delivered")
    with session(engine) as db:
        with pytest.raises(BadInput):
            outgoing.again(db, desk.actor, second)
        outgoing.again(db, desk.actor, first)
    assert pump.round() == 1
    assert [headers["webhook-id"] for _, _, headers in receiver.got] == [f"msg_{second}", f"msg_{first}"]


def test_of_two_processes_one_takes_and_one_sends(desk, engine) -> None:
    desk.interviewed()
    with session(engine) as db:
        stale = db.get_one(Webhook, desk.webhook.id)
        assert outgoing_events.take(db, stale) == 2
    with session(engine) as db:
        held = db.get_one(Webhook, desk.webhook.id)
        held.seen = 0
        with db.no_autoflush:
            outgoing_events.take(db, held)
        db.rollback()
    row = desk.rows()[0]
    with session(engine) as db:
        assert outgoing_queue.claim(db, row.id, now()) is not None
        assert outgoing_queue.claim(db, row.id, now()) is None
    assert len(desk.rows()) == 2


def test_a_receiver_that_fails_for_days_is_switched_off_and_the_owners_are_told(desk, engine) -> None:
    desk.interviewed()
    pump = desk.pump(Receiver(500))
    pump.round()
    desk.later(days=3)
    pump.round()
    with session(engine) as db:
        held = db.get_one(Webhook, desk.webhook.id)
        assert (held.status, held.why_off) == ("off", "The receiver answered 500.")
        mail = db.exec(select(Message)).one()
        assert (mail.to_address, mail.purpose) == ("owner@example.com", "webhook_off")
        assert URL in mail.text
        assert desk.mailed == [mail.id]
        outgoing.switch(db, desk.actor, held.id, True)
    desk.later(days=3)
    assert desk.pump(Receiver(200)).round() == 2


def test_tries_end_and_410_ends_them_at_once(desk, engine) -> None:
    desk.interviewed()
    with session(engine) as db:
        outgoing_events.take(db, db.get_one(Webhook, desk.webhook.id))
    row = desk.rows()[0]
    for attempt in range(len(outgoing_queue.PAUSES) + 1):
        with session(engine) as db:
            assert outgoing_queue.claim(db, row.id, now()) is not None, attempt
            outgoing_queue.settle(db, row.id, now(), 500)
    assert {one.id: one.status for one in desk.rows()}[row.id] == "failed"
    other = next(one for one in desk.rows() if one.id != row.id)
    with session(engine) as db:
        outgoing_queue.claim(db, other.id, now())
        outgoing_queue.settle(db, other.id, now(), 410)
        assert db.get_one(Webhook, desk.webhook.id).status == "off"


def test_a_test_is_sent_once_and_counts_for_nothing(desk, engine) -> None:
    with session(engine) as db:
        row = outgoing.test(db, desk.actor, desk.webhook.id)
    assert desk.pump(Receiver(500)).send(row.id)
    assert [one.status for one in desk.rows()] == ["failed"]
    with session(engine) as db:
        assert db.get_one(Webhook, desk.webhook.id).failing_since is None


def test_a_receiver_hears_neither_of_what_was_before_nor_of_others_nor_of_practice(desk, engine) -> None:
    desk.interviewed()
    other = Desk(engine, "other@example.com")  # made afterwards, in another organisation
    with session(engine) as db:
        late = outgoing.create(db, desk.actor, builders.SECRET, URL, ["interview.completed"]).webhook
        application = builders.application(db, other.actor, builders.job(db, other.actor))
        interview = builders.interview(db, other.actor, application, status="ended", practice=True)
        audit.record(db, other.actor, "interview.ended", f"interview:{interview.id}")
    for webhook_id in (late.id, other.webhook.id):
        with session(engine) as db:
            assert outgoing_events.take(db, db.get_one(Webhook, webhook_id)) == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "https://printer.local/",
        "https://intranet/",
        "https://user:pass@receiver.example/",
        "https://receiver.example/#x",
        "https://receiver.example:port/",
        "https://[::ffff:10.0.0.1]/",
        "ftp://receiver.example/",
        "https://",
        "",
        "https://a b.example/",
        "https://receiver.example/" + "x" * 500,
    ],
)
def test_an_address_that_is_none_or_inside_is_refused_with_words(desk, engine, url) -> None:
    with session(engine) as db, pytest.raises(BadInput):
        outgoing.create(db, desk.actor, builders.SECRET, url, ["report.ready"])


def test_only_the_organisations_owners_reach_its_webhooks(desk, engine) -> None:
    stranger = Desk(engine, "other@example.com").actor
    with session(engine) as db:
        told = outgoing.test(db, desk.actor, desk.webhook.id)
        for act in (
            lambda who: outgoing.switch(db, who, desk.webhook.id, False),
            lambda who: outgoing.remove(db, who, desk.webhook.id),
            lambda who: outgoing.test(db, who, desk.webhook.id),
            lambda who: outgoing.again(db, who, told.id),
        ):
            with pytest.raises(NotFound):
                act(stranger)
            with pytest.raises(NotAllowed):
                act(Actor(desk.actor.organisation_id, "recruiter"))
        with pytest.raises(NotAllowed):
            outgoing.log(db, Actor(desk.actor.organisation_id, "auditor"))


def test_the_log_goes_after_a_month_and_with_its_webhook(desk, engine) -> None:
    desk.interviewed()
    desk.pump(Receiver(200)).round()
    with session(engine) as db:
        outgoing_queue.tidy(db, now() + timedelta(days=31))
    assert desk.rows() == []
    with session(engine) as db:
        assert outgoing_events.take(db, db.get_one(Webhook, desk.webhook.id)) == 0
        outgoing.remove(db, desk.actor, desk.webhook.id)
        assert "outgoing.removed" in [event.action for event in db.exec(select(AuditEvent))]
