"""The harmless calls: each against something that answers, and against nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from sqlalchemy import Engine

from interview_platform.adapters import probes
from interview_platform.adapters.calendly import Calendly
from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.adapters.local_files import LocalFiles
from interview_platform.adapters.outbox import OutboxMailer
from interview_platform.adapters.smtp import SmtpMailer
from interview_platform.errors import ServiceUnavailable
from interview_platform.features import connections
from interview_platform.media import ice_check
from interview_platform.media.ice import Ice
from interview_platform.services import integrations
from interview_platform.wiring import Platform
from tests import builders
from tests.adapters import calendly_server
from tests.adapters.servers import free_port


@pytest.fixture
def web() -> Iterator[tuple[str, dict]]:
    """A server's address, and what it answers by path: (status, body)."""
    answers: dict = {}

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, {}))
            answers["asked"] = (self.path, self.headers.get("authorization"))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    held = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=held.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{held.server_port}", answers
    held.shutdown()
    held.server_close()


def test_files_are_stored_read_back_and_removed(tmp_path: Path) -> None:
    store = LocalFiles(tmp_path, builders.SECRET, "http://localhost")
    assert "removed" in probes.files(store)
    assert [path for path in (tmp_path / "checks").rglob("*") if path.is_file()] == []


def test_a_session_store_that_forgets_is_found_out() -> None:
    assert "read back" in probes.sessions(EmbeddedSessions())

    class Forgetful(EmbeddedSessions):
        def get(self, key: str) -> None:
            """Nothing."""

    with pytest.raises(ServiceUnavailable, match="did not come back"):
        probes.sessions(Forgetful())


def test_github_says_what_is_left_of_its_quota(web) -> None:
    address, answers = web
    answers["/rate_limit"] = (200, {"resources": {"core": {"limit": 5000, "remaining": 4987}}})
    assert probes.github(address, "t-1") == "4987 of 5000 requests are left in this hour."
    assert answers["asked"] == ("/rate_limit", "Bearer t-1")
    answers["/rate_limit"] = (401, {})
    with pytest.raises(ServiceUnavailable, match="GITHUB_TOKEN") as told:
        probes.github(address, "t-1")
    assert "t-1" not in str(told.value)


def test_chroma_has_a_heartbeat(web) -> None:
    address, answers = web
    host, _, port = address.removeprefix("http://").partition(":")
    answers["/api/v2/heartbeat"] = (200, {"nanosecond heartbeat": 1})
    assert probes.vectors(host, int(port)) == "The Chroma server answers."
    with pytest.raises(ServiceUnavailable, match="CHROMA_HOST"):
        probes.vectors("127.0.0.1", free_port())


def test_calendlys_token_is_tried() -> None:
    with calendly_server.calendly() as held:
        assert "accepted" in probes.calendly(Calendly(calendly_server.TOKEN, held.url))
        with pytest.raises(ServiceUnavailable, match="CALENDLY_TOKEN"):
            probes.calendly(Calendly("wrong", held.url))


def test_a_mail_server_lets_us_in_and_gets_no_mail() -> None:
    taken = []

    class Box:
        async def handle_DATA(self, server, session, envelope):
            taken.append(envelope)
            return "250 OK"

    port = free_port()
    controller = Controller(Box(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert "let us in" in probes.mail(SmtpMailer("127.0.0.1", port, starttls=False))
        with pytest.raises(ServiceUnavailable, match="SMTP_STARTTLS"):
            probes.mail(SmtpMailer("127.0.0.1", port, starttls=True))
    finally:
        controller.stop()
    assert taken == []
    with pytest.raises(ServiceUnavailable, match="does not answer"):
        probes.mail(SmtpMailer("127.0.0.1", free_port(), timeout_seconds=1))
    assert "outbox" in probes.mail(OutboxMailer())


def test_a_language_model_answers_or_it_is_said_why_not() -> None:
    assert "answered" in probes.language_model(FakeListChatModel(responses=["ready"]))
    with pytest.raises(ServiceUnavailable, match="empty"):
        probes.language_model(FakeListChatModel(responses=[" "]))
    with pytest.raises(ServiceUnavailable, match="set up"):
        probes.language_model(None)

    class Broken(FakeListChatModel):
        def _call(self, *_: object, **__: object) -> str:
            raise TimeoutError("key=abc")

    with pytest.raises(ServiceUnavailable, match="TimeoutError") as told:
        probes.language_model(Broken(responses=["x"]))
    assert "abc" not in str(told.value)


def test_the_database_answers(engine: Engine) -> None:
    assert probes.database(engine) == "The database answers."


@pytest.mark.parametrize(
    ("ice", "words"),
    [
        (Ice(), "both needed"),
        (Ice(turn=("turn:127.0.0.1:9?transport=tcp",), secret="s"), "did not let a call through"),
        (Ice(turn=("http://127.0.0.1",), secret="s"), "ValueError"),
    ],
)
def test_a_relay_that_is_not_there_is_said(ice: Ice, words: str) -> None:
    with pytest.raises(ServiceUnavailable, match=words):
        ice_check.check(ice)


def test_every_guide_has_its_connection_and_what_is_not_set_up_says_so(held: Platform) -> None:
    found = {one.name: one for one in connections(held, Ice(), lambda: None)}
    assert set(found) == integrations.NAMES
    assert [name for name, one in found.items() if one.on] == []
    assert [name for name, one in found.items() if one.probe is None] == ["llm", "calendly", "vectors", "turn"]
    for name in ("files", "sessions", "mail", "database"):
        assert found[name].probe()
