"""What every mailer promises: the built-in outbox, SMTP against a real server, Gmail against its REST and tokens."""

import json
import ssl
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from interview_platform.adapters.gmail import GmailMailer
from interview_platform.adapters.outbox import OutboxMailer
from interview_platform.adapters.smtp import SmtpMailer
from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.ports import Mail
from tests.adapters import servers

MAIL = Mail(
    message_id="row1@example.com",
    sender="Interviews <interviews@example.com>",
    to="ada@example.org",
    subject="Ihr Gespräch für C++ – Zürich",
    text="Hello Ada,\n\nÜber uns.\n",
    html="<p>Hello Ada,</p><p>Über uns.</p>",
    calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
)


class Box:
    """Keeps what a mail server took; refuses recipients of `refused`."""

    def __init__(self):
        self.taken, self.refused, self.answer = [], "", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refused and self.refused in address:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


def private_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """(path of the certificate, path of its key) for the name localhost."""
    folder, key = tmp_path_factory.mktemp("tls"), private_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(pem(key))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def smtp(certificate):
    """A mail server with STARTTLS and sign-in, and a mailer that trusts and knows it."""
    offered = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offered.load_cert_chain(*certificate)
    box = Box()

    def sign_in(server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (b"user", b"right")
        return AuthResult(success=good, handled=good)

    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=servers.free_port(),
        tls_context=offered,
        require_starttls=True,
        authenticator=sign_in,
        auth_required=True,
    )
    controller.start()
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    known = {"username": "user", "password": "right", "tls": trusted}

    def mailer(**changes):
        return SmtpMailer("localhost", controller.port, **{**known, **changes})

    yield SimpleNamespace(box=box, mailer=mailer)
    controller.stop()


@pytest.fixture(scope="module")
def account_key():
    return pem(private_key()).decode()


@pytest.fixture
def gmail(tmp_path, account_key):
    """Gmail, and a mailer with a service account it knows."""
    server = servers.Gmail()
    file = tmp_path / "account.json"
    account = {
        "type": "service_account",
        "client_email": "svc@project.iam.gserviceaccount.com",
        "private_key": account_key,
        "private_key_id": "1",
        "token_uri": server.url + "/token",
    }
    file.write_text(json.dumps(account))

    def mailer(**changes):
        return GmailMailer(file, "recruiting@example.com", endpoint=server.url, **{"retries": 0, **changes})

    yield SimpleNamespace(server=server, mailer=mailer)
    server.close()


@pytest.fixture(params=["outbox", "smtp", "gmail"])
def carrier(request):
    """(a mailer, what arrived)"""
    if request.param == "outbox":
        return OutboxMailer(), None
    if request.param == "smtp":
        made = request.getfixturevalue("smtp")
        return made.mailer(), made.box.taken
    made = request.getfixturevalue("gmail")
    return made.mailer(), made.server.sent


def test_a_mail_arrives_with_our_id_and_the_same_words_in_text_and_html(carrier):
    mailer, arrived = carrier
    assert mailer.send(MAIL)
    assert mailer.delivers == (arrived is not None)
    if arrived is None:
        return
    (got,) = arrived
    assert got["Message-ID"] == "<row1@example.com>"
    assert (got["To"], got["From"]) == ("ada@example.org", "Interviews <interviews@example.com>")
    assert got["Subject"] == MAIL.subject
    assert got["Date"]
    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n") == MAIL.text
    assert "Über uns" in got.get_body(("html",)).get_content()
    (calendar,) = got.iter_attachments()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "invite.ics")


def test_a_mail_of_text_alone_has_one_part(carrier):
    mailer, arrived = carrier
    mailer.send(Mail("row2@example.com", "a@example.com", "b@example.com", "Short", "Only text"))
    if arrived:
        assert not arrived[0].is_multipart()


@pytest.mark.parametrize(
    "to", ["", "no address", "ada@", "a@b.example, c@d.example", "ada@example.org\nBcc: x@y.example"]
)
def test_an_address_no_mail_can_carry_is_refused_before_sending(carrier, to):
    mailer, arrived = carrier
    with pytest.raises(BadInput):
        mailer.send(Mail("row3@example.com", "a@example.com", to, "Subject", "Text"))
    assert not arrived


def test_a_subject_cannot_smuggle_headers(carrier):
    mailer, arrived = carrier
    with pytest.raises(BadInput):
        mailer.send(Mail("row4@example.com", "a@example.com", "b@example.com", "Hi\nBcc: x@y.example", "Text"))
    assert not arrived


# --- SMTP -------------------------------------------------------------------------------------------------------------


def test_smtp_with_a_wrong_password_names_the_settings(smtp):
    with pytest.raises(ServiceUnavailable, match="SMTP_PASSWORD") as failed:
        smtp.mailer(password="wrong").send(MAIL)
    assert failed.value.__cause__ is not None
    assert not smtp.box.taken


def test_smtp_does_not_trust_an_unknown_certificate(smtp):
    with pytest.raises(ServiceUnavailable, match="certificate"):
        smtp.mailer(tls=None).send(MAIL)
    assert not smtp.box.taken


def test_smtp_tells_a_refused_address_from_a_refused_mail(smtp):
    smtp.box.refused = "ada@"
    with pytest.raises(ServiceUnavailable, match="refused the candidate's address"):
        smtp.mailer().send(MAIL)
    smtp.box.refused, smtp.box.answer = "", "452 mailbox full"
    with pytest.raises(ServiceUnavailable, match="answered 452"):
        smtp.mailer().send(MAIL)


def test_smtp_never_falls_back_to_an_open_connection():
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=servers.free_port())
    controller.start()
    try:
        with pytest.raises(ServiceUnavailable, match="SMTP_STARTTLS"):
            SmtpMailer("127.0.0.1", controller.port).send(MAIL)
        assert not box.taken
        SmtpMailer("127.0.0.1", controller.port, starttls=False).send(MAIL)
        assert len(box.taken) == 1
    finally:
        controller.stop()


def test_an_smtp_server_that_is_away_is_told():
    with pytest.raises(ServiceUnavailable, match="does not answer"):
        SmtpMailer("127.0.0.1", servers.free_port(), timeout_seconds=5).send(MAIL)


# --- Gmail ------------------------------------------------------------------------------------------------------------


def test_gmail_is_signed_in_to_as_the_mailbox_with_the_right_to_send_only(gmail):
    assert gmail.mailer().send(MAIL) == "gmail-1"
    claims = parse_qs(gmail.server.assertions[0])["assertion"][0].split(".")[1]
    told = json.loads(urlsafe_b64decode(claims + "=="))
    assert told["sub"] == "recruiting@example.com"
    assert told["scope"] == "https://www.googleapis.com/auth/gmail.send"


def test_a_gmail_token_serves_several_mails(gmail):
    mailer = gmail.mailer()
    assert [mailer.send(MAIL), mailer.send(MAIL)] == ["gmail-1", "gmail-2"]
    assert len(gmail.server.assertions) == 1


def test_gmail_out_for_a_moment_is_tried_again(gmail):
    gmail.server.failures = [503]
    assert gmail.mailer(retries=1).send(MAIL) == "gmail-1"


@pytest.mark.parametrize(
    ("status", "advice"), [(403, "GMAIL_SENDER"), (429, "limit"), (400, "candidate's address"), (500, "retry later")]
)
def test_gmail_refusals_say_what_to_do(gmail, status, advice):
    gmail.server.failures = [status]
    with pytest.raises(ServiceUnavailable, match=advice):
        gmail.mailer().send(MAIL)
    assert not gmail.server.sent


def test_a_service_account_without_delegation_is_told(gmail):
    gmail.server.refuse_tokens = True
    with pytest.raises(ServiceUnavailable, match="domain-wide delegation"):
        gmail.mailer().send(MAIL)


def test_a_file_that_is_no_service_account_is_told_at_start(tmp_path):
    (tmp_path / "bad.json").write_text("{}")
    for file in (tmp_path / "bad.json", tmp_path / "none.json"):
        with pytest.raises(ServiceUnavailable, match="GMAIL_CREDENTIALS_FILE"):
            GmailMailer(file, "recruiting@example.com")


def test_gmail_away_is_told(gmail):
    mailer = gmail.mailer()
    gmail.server.close()
    with pytest.raises(ServiceUnavailable, match="does not answer"):
        mailer.send(MAIL)
