"""The web server as it is shipped, spoken to byte by byte: slow, oversized, ambiguous and misleading requests."""

from __future__ import annotations

import time

import pytest

from interview_platform import routes
from interview_platform.cli.serving import HEAD_BYTES
from tests.attacks.conftest import Wire, rest, status
from tests.attacks.small_server import LIMIT_BYTES

SLOW = 60


def test_slow_heads_and_idle_connections_are_closed_while_others_are_answered(wire: Wire) -> None:
    begun = [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n", b"POST / HTTP/1.1\r\nX"]
    idle = f"GET {routes.API_HEALTH} HTTP/1.1\r\nHost: {wire.host}\r\n\r\n".encode()
    slow = [wire.open((*begun, idle)[number % 6], seconds=20) for number in range(SLOW)]
    assert wire.alive()
    kept = [made for made in slow if not _closed(made)]
    for made in slow:
        made.close()
    print(f"\n{SLOW} slow or idle connections, {len(kept)} kept open")
    assert kept == []


def _closed(made: object) -> bool:
    """Whether the server ends the connection by itself; `rest` gives up on one that it keeps."""
    answer = rest(made)  # type: ignore[arg-type]
    try:
        made.send(b"x")  # type: ignore[attr-defined]
        time.sleep(0.01)
        made.send(b"x")  # type: ignore[attr-defined]
    except OSError:
        return True
    return status(answer) == 408


def test_a_slow_body_is_cut_off(wire: Wire) -> None:
    head = f"Host: {wire.host}\r\nOrigin: http://{wire.host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    slow = [
        wire.open(f"POST {routes.API_SIGN_IN} HTTP/1.1\r\n{head}{length}\r\n\r\n{first}".encode(), seconds=20)
        for length, first in (("Content-Length: 5000", "email=a"), ("Transfer-Encoding: chunked", "5\r\nemail"))
        for _ in range(10)
    ]
    assert wire.alive()
    said = [status(made.recv(1000)) for made in slow]
    for made in slow:
        made.close()
    print(f"\n{len(slow)} slow bodies: {said.count(408)} cut off")
    assert set(said) == {408}


OVERSIZED = {
    "declared body": ("POST", routes.API_SIGN_IN, b"", "Content-Length: 99999999999"),
    "body": ("POST", routes.API_SIGN_IN, b"x" * (LIMIT_BYTES * 2), f"Content-Length: {LIMIT_BYTES * 2}"),
    "chunk": ("POST", routes.API_SIGN_IN, b"fffffffff\r\nx", "Transfer-Encoding: chunked"),
    "chunk size": ("POST", routes.API_SIGN_IN, b"f" * 400 + b"\r\nx", "Transfer-Encoding: chunked"),
    "path": ("GET", "/" + "a" * HEAD_BYTES * 3, b""),
    "header": ("GET", "/", b"", "X-A: " + "b" * HEAD_BYTES * 3),
    "header name": ("GET", "/", b"", "X" * HEAD_BYTES * 3 + ": b"),
    "headers": ("GET", "/", b"", *(f"X-{number}: a" for number in range(3000))),
    "cookie": ("GET", "/", b"", "Cookie: session=" + "b" * HEAD_BYTES * 3),
    "method": ("A" * HEAD_BYTES * 3, "/", b""),
}


@pytest.mark.parametrize("name", OVERSIZED)
def test_whatever_is_oversized_is_refused(wire: Wire, name: str) -> None:
    method, path, body, *headers = OVERSIZED[name]
    form = ("Content-Type: application/x-www-form-urlencoded", f"Origin: http://{wire.host}")
    answer = wire.say(wire.request(method, path, body, *form, *headers))
    assert status(answer) in {0, 400, 408, 413, 414, 431}, answer[:200]
    assert wire.alive()


AMBIGUOUS = (
    ("Content-Length: 5", "Transfer-Encoding: chunked"),
    ("Transfer-Encoding: chunked", "Content-Length: 5"),
    ("Content-Length: 5", "Content-Length: 6"),
    ("Content-Length: 5, 6",),
    ("Content-Length: +5",),
    ("Content-Length: 0x5",),
    ("Content-Length: -5",),
    ("Content-Length: 5 5",),
    ("Transfer-Encoding: xchunked",),
    ("Transfer-Encoding: chunked, identity",),
    ("Transfer-Encoding: identity, chunked, chunked",),
    ("Transfer-Encoding : chunked",),
    ("Transfer-Encoding: chunked", "Transfer-Encoding: x"),
    (" Transfer-Encoding: chunked",),
    ("X: a\rTransfer-Encoding: chunked",),
    ("X: a\nTransfer-Encoding: chunked",),
    ("Transfer-Encoding:\x0bchunked",),
    ("X: a\0b",),
    ("Host: evil.example",),
)
SMUGGLED = f"GET {routes.API_HEALTH}?smuggled HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize("headers", AMBIGUOUS)
def test_no_second_request_is_read_out_of_an_ambiguous_first(wire: Wire, headers: tuple[str, ...]) -> None:
    """Whatever a proxy before it would make of such a request, ours answers one, or closes."""
    body = b"0\r\n\r\n" + SMUGGLED.encode()
    head = "\r\n".join((f"POST {routes.API_SIGN_OUT} HTTP/1.1", f"Host: {wire.host}", *headers))
    answer = wire.say(f"{head}\r\n\r\n".encode("latin-1") + body, seconds=4)
    assert b'"status"' not in answer
    assert answer.count(b" 200 ") == 0
    assert wire.alive()


NAMES = (
    "../secret.key", "..%2fsecret.key", "%2e%2e/secret.key", "..%252fsecret.key", "....//secret.key", "..\\secret.key",
    "..%5csecret.key", "..%c0%afsecret.key", "..%00/secret.key", "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd",
    "file:///etc/passwd", ".env", ".git/config", "C:\\windows\\win.ini", "..;/secret.key", "%u002e%u002e/secret.key",
    "..%ef%bc%8fsecret.key", "\u2025/secret.key", "a/../../../secret.key", "%2e%2e%2f" * 8 + "etc/passwd",
)  # fmt: skip
PLACES = ("/", "/api/", "/api/files/", "/_upload/", "/assets/", "/interview/", "/api/interview/", "/reports/")


def test_no_name_leads_to_a_file_of_the_machine(wire: Wire) -> None:
    secret = (wire.log.parent / "data" / "secret.key").read_text()
    told = []
    for place in PLACES:
        for name in NAMES:
            answer = wire.say(wire.request("GET", place + name))
            if secret.encode() in answer or b"root:" in answer or status(answer) in {200, 206, 500}:
                told.append(place + name)
    print(f"\n{len(PLACES) * len(NAMES)} paths, {len(told)} led anywhere")
    assert told == []


def test_whoever_names_another_host_or_way_changes_no_answer(wire: Wire) -> None:
    for header in ("X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"):
        answer = wire.say(wire.request("GET", routes.API_SSO_BACK, b"", f"{header}: evil.example"))
        assert b"evil.example" not in answer
    there = b"POST " + routes.API_SIGN_IN.encode() + b" HTTP/1.1\r\nHost: evil.example\r\n"
    answer = wire.say(there + b"Connection: close\r\nOrigin: http://127.0.0.2\r\nContent-Length: 0\r\n\r\n")
    assert status(answer) == 403


def test_it_speaks_no_http_2_and_no_other_tongue(wire: Wire) -> None:
    other = (
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
        b"\x16\x03\x01\x02\x00\x01\x00", b"SSH-2.0-x\r\n", b"\0" * 100, b"GET /\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: session=SECRETCOOKIE\r\n\r\n",
    )  # fmt: skip
    for words in other:
        answer = wire.say(words, seconds=5)
        assert status(answer) in {0, 400, 403, 404, 405, 505}, (words, answer[:200])
        assert b"SECRETCOOKIE" not in answer
    assert wire.alive()


def test_its_log_holds_no_traceback_and_no_secret_after_all_of_this(wire: Wire) -> None:
    said = wire.log.read_text(errors="replace")
    assert "Traceback" not in said
    assert (wire.log.parent / "data" / "secret.key").read_text() not in said
