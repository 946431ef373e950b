"""E-mails: one per purpose, sent at most once, with failures a recruiter can read and repeat."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from html.parser import HTMLParser
from threading import Barrier

import pytest
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound, ServiceUnavailable
from interview_platform.models import AuditEvent, Invite, Job, Message, session
from interview_platform.services import letters, notifications
from tests import builders

SENDER = "Interviews <interviews@example.com>"


class Carrier:
    """A mailer that delivers into a list, or fails with what it is given."""

    name = "carrier"
    delivers = True

    def __init__(self, failure=None):
        self.sent, self.failure = [], failure

    def send(self, mail):
        if self.failure:
            raise self.failure
        self.sent.append(mail)
        return f"carrier-{len(self.sent)}"


class Shelf(Carrier):
    """A mailer that only keeps, as the built-in outbox."""

    name = "shelf"
    delivers = False


@pytest.fixture
def desk(engine):
    """A recruiter and an application of hers, committed."""
    with session(engine) as db:
        _, actor = builders.recruiter(db, email="robin@example.com")
        application = builders.application(db, actor, builders.job(db, actor))
    return actor, application


def queue(engine, actor, key="k", to="ada@example.com"):
    with session(engine) as db:
        return notifications.queue(
            db, actor, dedup_key=key, purpose="invite", to=to, subject="Hello", text="Words", html="<p>Words</p>"
        )


def actions(engine):
    with session(engine) as db:
        return [event.action for event in db.exec(select(AuditEvent)) if event.action.startswith("message.")]


def test_the_same_key_is_one_message_however_often_it_is_queued(engine, desk):
    actor, _ = desk
    first, second = queue(engine, actor), queue(engine, actor)
    assert first.id == second.id
    assert queue(engine, actor, key="other").id != first.id
    assert actions(engine) == ["message.queued", "message.queued"]


def test_simultaneous_clicks_queue_one_message(engine, desk):
    actor, _ = desk
    together = Barrier(6)

    def click(_):
        together.wait()
        return queue(engine, actor).id

    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(click, range(6)))) == 1
    with session(engine) as db:
        assert len(db.exec(select(Message)).all()) == 1


def test_a_message_goes_with_the_work_that_queued_it(engine, desk):
    actor, _ = desk

    def launch_that_fails():
        with session(engine) as db:
            notifications.queue(db, actor, dedup_key="k", purpose="invite", to="a@b.example", subject="s", text="t")
            raise BadInput("the rest of the work failed")

    with pytest.raises(BadInput):
        launch_that_fails()
    with session(engine) as db:
        assert not db.exec(select(Message)).all()


def test_a_sent_message_carries_its_own_id_and_is_sent_once(engine, desk):
    actor, _ = desk
    carrier, row = Carrier(), queue(engine, actor)
    done = notifications.deliver(engine, carrier, SENDER, row.id)
    again = notifications.deliver(engine, carrier, SENDER, row.id)
    assert (done.status, done.transport, done.provider_id) == ("sent", "carrier", "carrier-1")
    assert done.sent_at is not None
    assert again.status == "sent"
    (mail,) = carrier.sent
    assert (mail.message_id, mail.sender, mail.to) == (f"{row.id}@example.com", SENDER, "ada@example.com")
    assert (mail.subject, mail.text, mail.html) == ("Hello", "Words", "<p>Words</p>")


def test_two_workers_send_one_mail(engine, desk):
    actor, _ = desk
    carrier, row, together = Carrier(), queue(engine, actor), Barrier(6)

    def work(_):
        together.wait()
        return notifications.deliver(engine, carrier, SENDER, row.id).status

    with ThreadPoolExecutor(6) as threads:
        seen = set(threads.map(work, range(6)))
    assert len(carrier.sent) == 1
    assert seen <= {"sending", "sent"}


def test_the_outbox_keeps_and_does_not_claim_to_have_sent(engine, desk):
    actor, _ = desk
    done = notifications.deliver(engine, Shelf(), SENDER, queue(engine, actor).id)
    assert (done.status, done.sent_at) == ("kept", None)


def test_a_failure_is_readable_and_a_retry_sends(engine, desk):
    actor, _ = desk
    row = queue(engine, actor)
    failed = notifications.deliver(engine, Carrier(ServiceUnavailable("The mail server is away.")), SENDER, row.id)
    assert (failed.status, failed.error) == ("failed", "The mail server is away.")
    carrier = Carrier()
    assert notifications.deliver(engine, carrier, SENDER, row.id).status == "failed"  # nobody asked for it
    with session(engine) as db:
        assert notifications.retry(db, actor, row.id).status == "queued"
        assert notifications.retry(db, actor, row.id).status == "queued"
    sent = notifications.deliver(engine, carrier, SENDER, row.id)
    assert (sent.status, sent.error, len(carrier.sent)) == ("sent", "", 1)
    assert carrier.sent[0].message_id == f"{row.id}@example.com"
    assert actions(engine) == ["message.queued", "message.failed", "message.retried", "message.sent"]


def test_a_fault_of_our_own_fails_the_message_without_its_details(engine, desk):
    actor, _ = desk
    done = notifications.deliver(engine, Carrier(ZeroDivisionError("ada@example.com")), SENDER, queue(engine, actor).id)
    assert done.status == "failed"
    assert "fault on our side" in done.error
    assert "ada" not in done.error


def test_what_was_sent_is_not_retried(engine, desk):
    actor, _ = desk
    row = queue(engine, actor)
    notifications.deliver(engine, Carrier(), SENDER, row.id)
    with session(engine) as db, pytest.raises(BadInput, match="not sent a second time"):
        notifications.retry(db, actor, row.id)


def test_what_the_outbox_kept_can_be_sent_once_there_is_a_mail_server(engine, desk):
    actor, _ = desk
    row = queue(engine, actor)
    notifications.deliver(engine, Shelf(), SENDER, row.id)
    with session(engine) as db:
        notifications.retry(db, actor, row.id)
    assert notifications.deliver(engine, Carrier(), SENDER, row.id).status == "sent"


def test_after_a_crash_half_sent_messages_ask_and_queued_ones_go_on(engine, desk):
    actor, _ = desk
    half, waiting = queue(engine, actor, "half"), queue(engine, actor, "waiting")
    with session(engine) as db:
        db.get_one(Message, half.id).status = "sending"
    assert notifications.recover(engine) == [waiting.id]
    with session(engine) as db:
        row = db.get_one(Message, half.id)
    assert (row.status, row.error) == ("failed", notifications.INTERRUPTED)


def test_without_an_address_the_words_are_kept_and_nothing_is_sent(engine, desk):
    actor, _ = desk
    row = queue(engine, actor, to="  ")
    assert (row.status, row.error) == ("failed", notifications.NO_ADDRESS)
    carrier = Carrier()
    assert notifications.deliver(engine, carrier, SENDER, row.id).status == "failed"
    assert not carrier.sent
    with session(engine) as db, pytest.raises(BadInput, match="no e-mail address"):
        notifications.retry(db, actor, row.id)


def test_an_organisation_sees_and_touches_only_its_own_messages(engine, desk):
    actor, _ = desk
    row = queue(engine, actor)
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="other@example.com")
        assert notifications.listing(db, stranger) == []
        assert [message.id for message in notifications.listing(db, actor)] == [row.id]
        with pytest.raises(NotFound):
            notifications.retry(db, stranger, row.id)
        with pytest.raises(NotFound):
            notifications.queue(db, stranger, dedup_key="k", purpose="invite", to="a@b.example", subject="", text="")
    with pytest.raises(NotFound):
        notifications.deliver(engine, Carrier(), SENDER, "no such message")


def test_an_auditor_reads_but_does_not_send(engine, desk):
    actor, _ = desk
    row = queue(engine, actor)
    with session(engine) as db:
        auditor = type(actor)(organisation_id=actor.organisation_id, role="auditor", user_id=actor.user_id)
        assert len(notifications.listing(db, auditor)) == 1
        with pytest.raises(NotAllowed):
            notifications.retry(db, auditor, row.id)
        with pytest.raises(NotAllowed):
            notifications.queue(db, auditor, dedup_key="n", purpose="invite", to="a@b.example", subject="", text="")


# --- letters ------------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Words, tags and links of a page."""

    def __init__(self, page):
        super().__init__()
        self.words, self.tags, self.links = "", [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.words += data


def test_an_invite_holds_link_end_length_and_whom_to_ask_in_both_forms(engine, desk):
    actor, application = desk
    link = "http://127.0.0.1:3000/interview/IjQ1.a_b-c__d"
    with session(engine) as db:
        job = db.get_one(Job, application.job_id)
        asked = [builders.question(db, job, minutes=3.0) for _ in range(4)]
        interview = builders.interview(db, actor, application, plan=[question.id for question in asked])
        invite = db.get_one(Invite, interview.invite_id)
        invite.expires_at = datetime(2030, 5, 4, 18, 30, tzinfo=UTC)
        mail = notifications.invite_mail(db, actor, invite, link)
    page = Reader(mail.html)
    assert page.links == [link, f"{link}/time"]
    assert link in mail.text
    for words in (mail.text, page.words):
        assert "4 May 2030, 18:30 UTC" in words
        assert "about 15 minutes" in words
        assert "Robin Reyes (robin@example.com)" in words
        assert "AI interviewer" in words
        assert "$" not in words
    assert "**" not in mail.text
    assert (mail.to_address, mail.purpose, mail.application_id) == ("ada@example.com", "invite", application.id)
    assert mail.subject == "Your interview for Backend Engineer at Northwind Health"


@pytest.mark.parametrize("decision", notifications.DECISIONS)
def test_a_decision_is_told_once_with_the_recruiters_words(engine, desk, decision):
    actor, application = desk
    with session(engine) as db:
        interview = builders.interview(db, actor, application)
        mail = notifications.decision_mail(
            db, actor, interview.id, decision, words="Bring your *questions*.\n\nMonday?"
        )
        again = notifications.decision_mail(db, actor, interview.id, decision)
    assert again.id == mail.id
    assert "Bring your *questions*.\n\nMonday?" in mail.text
    page = Reader(mail.html)
    assert "Bring your *questions*." in page.words
    assert "em" not in page.tags
    for words in (mail.text.lower(), page.words.lower()):
        assert "score" not in words
        assert "level" not in words


def test_a_decision_without_a_letter_is_refused(engine, desk):
    actor, application = desk
    with session(engine) as db:
        interview = builders.interview(db, actor, application)
        with pytest.raises(BadInput, match="reject, follow_up, next_step"):
            notifications.decision_mail(db, actor, interview.id, "hire")


HOSTILE = "<img src=x onerror=alert(1)> [tap](https://evil.example) **b** `c` $link &amp; 1. # \\ ![p](q)"


def test_a_value_is_words_never_markup(tmp_path):
    values = {"candidate": HOSTILE, "job": "C++ / C#", "organisation": "N & Co", "recruiter": "R_o_b"}
    letter = letters.write("reject", words=HOSTILE, recruiter_email="r_o_b@example.com", **values)
    page = Reader(letter.html)
    assert HOSTILE in page.words
    assert HOSTILE in letter.text
    assert not page.links
    assert set(page.tags) <= {"html", "head", "meta", "title", "body", "div", "p", "strong", "br"}
    assert "C++ / C# at N & Co" in letter.subject


def test_a_text_that_a_person_changed_gets_html_of_the_same_words(engine, desk):
    actor, _ = desk
    text = f"Dear Ada,\n\n{HOSTILE}\nRobin"
    with session(engine) as db:
        mail = notifications.queue(db, actor, dedup_key="k", purpose="reject", to="a@b.example", subject="S", text=text)
    page = Reader(mail.html)
    assert "Dear Ada," in page.words
    assert HOSTILE in page.words
    assert (page.tags.count("p"), page.tags.count("br"), page.links) == (2, 1, [])


def test_a_subject_is_one_line():
    values = {
        "candidate": "Ada",
        "organisation": "N",
        "recruiter": "R",
        "recruiter_email": "r@example.com",
        "words": "",
    }
    letter = letters.write("reject", job="Nurse\nBcc: all@example.com", **values)
    assert "\n" not in letter.subject
    assert "\n\n\n" not in letter.text
