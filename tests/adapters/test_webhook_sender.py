"""Sending webhooks: to a real receiver on this machine, and to nowhere inside a network."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from interview_platform.adapters.webhook_sender import HttpsWebhookSender, is_public
from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.models import WebhookDelivery, session
from interview_platform.services import audit, outgoing
from interview_platform.workflows.outgoing import Outgoing
from tests import builders


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it gets; /gone answers 410, /away leads to another place, /hang never ends its answer."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))  # type: ignore[attr-defined]
        if self.path == "/hang":
            with contextlib.suppress(OSError):
                for _ in range(50):
                    self.wfile.write(b"H")
                    self.server.over.wait(0.05)  # type: ignore[attr-defined]
            return
        self.send_response({"/gone": 410, "/away": 302}.get(self.path, 204))
        if self.path == "/away":
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.over = [], threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.over.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def address(server: ThreadingHTTPServer, path: str = "/hooks?a=1") -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_an_event_reaches_a_real_receiver_once_and_a_redirect_leads_nowhere(receiver) -> None:
    sender = HttpsWebhookSender(local=True)
    assert sender.send(address(receiver), b'{"a":1}', {"webhook-id": "msg_1"}) == 204
    assert sender.send(address(receiver, "/gone"), b"{}", {}) == 410
    assert sender.send(address(receiver, "/away"), b"{}", {}) == 302
    path, headers, body = receiver.got[0]
    assert (path, body, headers["Content-Type"]) == ("/hooks?a=1", b'{"a":1}', "application/json")
    assert [path for path, _, _ in receiver.got] == ["/hooks?a=1", "/gone", "/away"]


def test_the_whole_way_from_a_deed_to_a_receiver(receiver, engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db, role="owner")
        made = outgoing.create(db, actor, builders.SECRET, address(receiver), ["candidate.created"], local=True)
        who = builders.candidate(db, actor)
        audit.record(db, actor, "candidate.created", f"candidate:{who.id}")
    assert Outgoing(engine, builders.SECRET, HttpsWebhookSender(local=True), print).round() == 1
    assert json.loads(receiver.got[0][2])["data"]["candidate_id"] == who.id
    with session(engine) as db:
        row = outgoing.log(db, actor)[0]
        assert (row.status, row.answered, made.webhook.id) == ("delivered", 204, row.webhook_id)
        assert isinstance(row, WebhookDelivery)


def test_an_answer_that_never_ends_is_cut_off(receiver) -> None:
    with pytest.raises(ServiceUnavailable, match=r"within 0\.3 seconds"):
        HttpsWebhookSender(local=True, seconds=0.3).send(address(receiver, "/hang"), b"{}", {})


def test_whoever_is_not_there_or_speaks_no_tls_is_said_so(receiver) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sender = HttpsWebhookSender(local=True)
    for url in (f"http://127.0.0.1:{port}/", address(receiver).replace("http:", "https:"), "https://nobody.invalid/"):
        with pytest.raises(ServiceUnavailable):
            sender.send(url, b"{}", {})


@pytest.mark.parametrize("url", ["https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://2130706433/"])
def test_nothing_is_sent_to_this_machine_by_whatever_name(receiver, url) -> None:
    with pytest.raises(BadInput, match="nothing was sent"):
        HttpsWebhookSender().send(url, b"{}", {})
    assert receiver.got == []


def test_plain_http_is_refused_before_a_name_is_looked_up() -> None:
    with pytest.raises(BadInput, match="https"):
        HttpsWebhookSender().send("http://receiver.example/", b"{}", {})


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch) -> None:
    """A name that its owner lets point at both."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.216.34", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(BadInput, match="private"):
        HttpsWebhookSender().send("https://both.example/", b"{}", {})


@pytest.mark.parametrize(
    "inside",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "198.18.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "64:ff9b::a00:1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_inside_is_known_as_such(inside) -> None:
    assert not is_public(ipaddress.ip_address(inside))


@pytest.mark.parametrize("outside", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_on_the_internet_is_one(outside) -> None:
    assert is_public(ipaddress.ip_address(outside))
