"""The guard in front of everything: other sites, uploads by nobody, large and slow bodies, headers, scripts."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from interview_platform.api_shield import FILE_POLICY, Shield, page_policy, script_digests

HERE = {"origin": "http://testserver"}
ELSEWHERE = ("https://evil.example", "null", "http://testserver.evil.example", "http://testserver:81", "file://")


async def _page(_request: Request) -> Response:
    return HTMLResponse("<p>hello</p>")


async def _not_changed(_request: Request) -> Response:
    return Response(status_code=304)


async def _write(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def inner() -> Starlette:
    changing = ["POST", "PUT", "PATCH", "DELETE"]
    return Starlette(
        routes=[
            Route("/", _page),
            Route("/same", _not_changed),
            Route("/_upload", _write, methods=["POST"]),
            Route("/api/webhooks/x", _write, methods=["POST"]),
            Route("/anything", _write, methods=["GET", *changing]),
            WebSocketRoute("/_event", _socket),
        ]
    )


async def nobody(cookie: str) -> str:
    return "" if cookie == "good" else "Sign in first."


@pytest.fixture
def client() -> TestClient:
    return TestClient(Shield(inner(), 1000, "http://testserver", may_upload=nobody))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("origin", ["", *ELSEWHERE])
def test_no_other_site_changes_anything_anywhere(client: TestClient, method: str, origin: str) -> None:
    headers = {"origin": origin} if origin else {}
    assert client.request(method, "/anything", headers=headers).status_code == 403


def test_our_own_pages_may_and_reading_is_free(client: TestClient) -> None:
    assert client.post("/anything", content=b"ab", headers=HERE).text == "2"
    assert client.get("/anything", headers={"origin": ELSEWHERE[0]}).status_code == 200


def test_a_signed_webhook_needs_no_origin(client: TestClient) -> None:
    assert client.post("/api/webhooks/x", content=b"ab").text == "2"


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_no_other_site_opens_a_socket(client: TestClient, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_event", headers={"origin": origin}) as socket,
    ):
        socket.receive_text()


def test_our_own_pages_open_a_socket(client: TestClient) -> None:
    with client.websocket_connect("/_event", headers=HERE) as socket:
        assert socket.receive_text() == "hello"


@pytest.mark.parametrize("cookie", ["", "session=bad", "session", "other=good", "session=\u00e9; ;;==", "a" * 5000])
def test_nobody_uploads(client: TestClient, cookie: str) -> None:
    headers = {**HERE, "cookie": cookie.encode("utf-8")}
    assert client.post("/_upload", content=b"x", headers=headers).status_code == 403
    assert client.post("/_upload/", content=b"x", headers=headers).status_code == 403


def test_somebody_signed_in_uploads(client: TestClient) -> None:
    assert client.post("/_upload", content=b"x", headers={**HERE, "cookie": "session=good"}).status_code == 200


@pytest.mark.parametrize("length", ["1001", "99999999999", "-1", "abc", "1e3", "٣"])
def test_a_declared_length_over_the_limit_or_no_number_is_refused(length: str) -> None:
    async def run() -> int:
        sent: list[dict[str, Any]] = []
        scope = _scope([(b"content-length", length.encode())])
        await Shield(inner(), 1000, "http://testserver")(scope, _never, _collect(sent))
        return int(sent[0]["status"])

    assert asyncio.run(run()) == 413


def test_more_bytes_than_declared_are_cut_off() -> None:
    pieces = [{"type": "http.request", "body": b"x" * 600, "more_body": True}] * 3
    assert asyncio.run(_through(pieces))[0]["status"] == 413


def test_a_body_that_dribbles_in_is_cut_off() -> None:
    assert (
        asyncio.run(_through([{"type": "http.request", "body": b"x", "more_body": True}], stall=True))[0]["status"]
        == 408
    )


async def _through(pieces: list[dict[str, Any]], stall: bool = False) -> list[dict[str, Any]]:
    """What is answered to a body in pieces."""
    left, sent = list(pieces), []

    async def receive() -> dict[str, Any]:
        if left:
            return left.pop(0)
        await asyncio.sleep(3600 if stall else 0)
        return {"type": "http.disconnect"}

    await Shield(inner(), 1000, "http://testserver", body_seconds=0.05)(_scope([]), receive, _collect(sent))
    return sent


def _scope(headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    here = [(b"host", b"testserver"), (b"origin", b"http://testserver"), *headers]
    return {
        "type": "http", "method": "POST", "path": "/anything", "raw_path": b"/anything", "query_string": b"",
        "headers": here, "root_path": "", "scheme": "http", "server": ("testserver", 80),
    }  # fmt: skip


async def _never() -> dict[str, Any]:
    raise AssertionError("the body is not read")


def _collect(sent: list[dict[str, Any]]) -> Any:
    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    return send


def test_every_answer_carries_the_headers_and_a_page_its_own_policy(client: TestClient) -> None:
    for path, method in (("/", "GET"), ("/anything", "GET"), ("/missing", "GET"), ("/anything", "POST")):
        headers = client.request(method, path).headers
        for name in ("x-content-type-options", "x-frame-options", "referrer-policy", "cross-origin-opener-policy"):
            assert headers[name]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert client.get("/anything").headers["content-security-policy"] == FILE_POLICY


def test_a_page_that_was_not_changed_keeps_the_policy_it_was_sent_with(client: TestClient) -> None:
    answer = client.get("/same")
    assert answer.status_code == 304
    assert "content-security-policy" not in answer.headers


def test_https_is_insisted_on_where_the_address_is_https() -> None:
    for address, expected in (("https://here.example", True), ("http://here.example", False)):
        answer = TestClient(Shield(inner(), 1000, address)).get("/")
        assert ("strict-transport-security" in answer.headers) is expected


def test_only_the_built_pages_own_inline_scripts_are_named(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "index.html").write_text('<script>let a = 1</script><script src="/x.js"></script><script></script>')
    (tmp_path / "deep" / "b.html").write_text('<script type="module" async="">let b\n= 2</script><p>x</p>')
    wanted = {
        f"'sha256-{base64.b64encode(hashlib.sha256(words).digest()).decode()}'"
        for words in (b"let a = 1", b"let b\n= 2")
    }
    assert set(script_digests(tmp_path)) == wanted


def test_the_policy_lets_no_inline_script_no_handler_and_no_other_place_in() -> None:
    policy = dict(part.strip().split(" ", 1) for part in page_policy(["'sha256-x'"], "https://a.example").split(";"))
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["script-src-attr"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == policy["frame-src"] == "'none'"
    assert policy["connect-src"] == "'self' ws://a.example wss://a.example"
    assert not [value for value in policy.values() if "*" in value or "http:" in value or "https:" in value]


def test_random_headers_and_paths_meet_a_refusal_and_never_an_error_of_ours(client: TestClient) -> None:
    count = 0
    for number in range(300):
        noise = os.urandom(12).hex()
        headers = {"origin": noise if number % 2 else "http://[::1", "cookie": f"session={noise};\x7f", "host": noise}
        answer = client.post(f"/{noise}", content=os.urandom(20), headers=headers)
        assert answer.status_code == 403
        count += 1
    print(f"{count} requests, 0 let through")
