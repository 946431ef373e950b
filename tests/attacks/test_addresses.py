"""Addresses that make the product ask its own network (SSRF): typed ones, and every place that asks anything at all."""

from __future__ import annotations

import ast
import socket
import threading

import pytest

from interview_platform.adapters.github import _user_name
from interview_platform.adapters.webhook_sender import HttpsWebhookSender
from interview_platform.errors import PlatformError
from interview_platform.settings import PROJECT

INSIDE = (
    "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "127.0.0.1.",
    "localhost", "LOCALHOST.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]",
    "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "10.0.0.1", "172.16.5.4",
    "192.168.1.1", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "127.0.0.1%00",
    "user:pass@127.0.0.1", "evil.example@127.0.0.1", "127.0.0.1#@evil.example", "①②⑦.⓪.⓪.①", "[::1%25lo]",
)  # fmt: skip
OTHER_WAYS = (
    "file:///etc/passwd", "gopher://127.0.0.1:{}/_x", "ftp://127.0.0.1:{}/", "dict://127.0.0.1:{}/", "//127.0.0.1:{}/",
    "http://127.0.0.1:{}/", "HTTPS://", "https:///x", "https://:{}/", "https://127.0.0.1:{}\r\nX: y/", "", "x",
    "https://[", "ldap://x",
)  # fmt: skip


class Listener:
    """Counts who connects to this machine, as a service inside would see them."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port, self.came = self.server.getsockname()[1], 0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                self.server.accept()[0].close()
            except OSError:
                return
            self.came += 1


def test_no_typed_webhook_address_reaches_this_machine_or_network() -> None:
    inside, sender, sent = Listener(), HttpsWebhookSender(seconds=2), []
    addresses = [f"https://{host}:{inside.port}/" for host in INSIDE]
    addresses += [way.format(inside.port) for way in OTHER_WAYS]
    for address in addresses:
        try:
            sender.send(address, b"{}", {})
            sent.append(address)
        except (PlatformError, ValueError):  # an address that is none
            continue
    inside.server.close()
    print(f"\n{len(addresses)} addresses, {len(sent)} sent, {inside.came} connections inside")
    assert sent == []
    assert inside.came == 0


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest", "https://github.com.evil.example/ada", "https://evil.example/github.com/ada",
        "https://github.com@evil.example/ada", "https://github.com/../../x", "https://github.com/a/b/c?d", "file:///etc/passwd",
        "https://github.com/%2e%2e", "ada/../../admin", "ada?x=1", "ada#", "//evil.example/ada", "https://github.com\\@evil.example",
    ],
)  # fmt: skip
def test_no_candidates_link_leads_github_elsewhere(link: str) -> None:
    try:
        name = _user_name(link)
    except PlatformError:
        return
    assert name.replace("-", "").replace("_", "").isalnum()  # an account's name, asked for at the set host alone


ASKS = {
    "serving.py": "its own health, at its own port",
    "probes.py": "what is set, at a recruiter's wish",
    "calendly_requests.py": "CALENDLY_BASE_URL",
    "weight_sources.py": "pinned addresses of model weights",
    "webhook_sender.py": "typed addresses, checked at every sending",
    "smtp.py": "SMTP_HOST",
    "oidc.py": "OIDC_ISSUER, and what it says of itself by https",
    "resume_worker.py": "nothing: it takes sockets away",
    "resume_parser.py": "its own child",
}
"""Every module that can open a connection by itself, and to where. A new one is to be looked at, then named here."""
_MODULES = {"httpx", "requests", "aiohttp", "socket", "smtplib", "ftplib", "urllib.request", "http.client", "httpx2"}


def test_nothing_else_of_the_product_opens_connections() -> None:
    found = set()
    for path in (PROJECT / "interview_platform").rglob("*.py"):
        if not any(name in path.read_text() for name in _MODULES):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if _MODULES & set(names) and "evaluation" not in path.parts:
                found.add(path.name)
    assert found - set(ASKS) == set()
