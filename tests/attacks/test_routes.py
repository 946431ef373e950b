"""Every public HTTP route, found in the app's own table, under random methods, names, headers and bodies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from interview_platform import api
from interview_platform.api_shield import Shield
from interview_platform.wiring import Platform

EXAMPLES = 500
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 50)
KINDS = (
    "", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/csv", "application/json; charset=utf-16", "application/json; charset=nonsense", "/", "a" * 300,
)  # fmt: skip


def paths(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    """All addresses of the table, those of mounted applications included."""
    for route in routes:
        if isinstance(route, Mount):
            yield from paths(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            yield before + route.path


PATHS = sorted(set(paths(list(api.build().routes))))
NASTY = (
    "'; DROP TABLE user_account;--", "../../etc/passwd", "%00", "%ff%fe", "\x00", "null", "-1", "1e309", "NaN", "[]",
    "${7*7}", "{{7*7}}", "%n%s", "A" * 5000, "\ud83d\ude00", "\u202etxt", "x\r\nset-cookie: a=b", "a.b.c",
    "=cmd|' /C calc'!A0",
)  # fmt: skip
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
known = st.sampled_from(
    [
        "email",
        "password",
        "code",
        "token",
        "next",
        "name",
        "sdp",
        "type",
        "tab",
        "state",
        "iss",
        "id",
        "cursor",
        "limit",
    ]
)
bodies = st.one_of(
    st.binary(max_size=200),
    st.dictionaries(known | texts, values, max_size=6).map(lambda held: json.dumps(held).encode()),
    values.map(lambda held: json.dumps(held).encode()),
    st.dictionaries(known, texts, max_size=5).map(
        lambda held: "&".join(f"{name}={value}" for name, value in held.items()).encode("utf-8", "replace")
    ),
    st.dictionaries(known, texts, max_size=3).map(
        lambda held: (
            "".join(
                f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{value}"\r\n\r\n{value}\r\n'
                for name, value in held.items()
            ).encode("utf-8", "replace")
            + b"--x--"
        )
    ),
)
odd_headers = st.dictionaries(
    st.sampled_from(["authorization", "cookie", "range", "if-none-match", "accept", "idempotency-key", "user-agent"]),
    st.one_of(st.sampled_from(["Bearer x", "bytes=0-,-1", "session=\x7f;;", "Basic !!", "x" * 3000]), st.text(
        st.characters(min_codepoint=32, max_codepoint=126), max_size=40)),
    max_size=3,
)  # fmt: skip


@pytest.fixture
def client(held: Platform) -> TestClient:
    app = Shield(api.build(), 1_000_000, may_upload=api.may_upload)
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_route_fails_tells_a_traceback_or_a_secret_whatever_is_sent(
    held: Platform, client: TestClient, capfd: pytest.CaptureFixture[str]
) -> None:
    sent: dict[str, int] = {}
    secrets = (held.secret.decode(), str(held.settings.data_dir), "Traceback", 'File "/')

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def attack(data: Any) -> None:
        path = data.draw(st.sampled_from(PATHS))
        filled = re.sub(r"\{[^}]+\}", lambda _: data.draw(texts).replace("?", "").replace("#", "") or "-", path)
        asked = data.draw(st.dictionaries(known, texts, max_size=3))
        headers = {"origin": "http://testserver", **data.draw(odd_headers)}
        if kind := data.draw(st.sampled_from(KINDS)):
            headers["content-type"] = kind
        try:
            request = client.build_request(
                data.draw(st.sampled_from(METHODS)), filled, params=asked, headers=headers, content=data.draw(bodies)
            )
        except Exception:  # the client itself does not send such an address
            return
        answer = client.send(request)
        sent[path] = sent.get(path, 0) + 1
        assert answer.status_code < 500 or (path.endswith("/ready") and answer.status_code == 503), answer.text[:300]
        assert not [one for one in secrets if one in answer.text]
        assert "a=b" not in answer.headers.get("set-cookie", "")

    attack()
    assert len(sent) >= len(PATHS) * 0.9
    assert "Traceback" not in capfd.readouterr().err
    with capfd.disabled():
        print(f"\n{sum(sent.values())} requests to {len(sent)} of {len(PATHS)} routes, 0 failed, 0 told a secret")
