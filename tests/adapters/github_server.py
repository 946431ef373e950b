"""A small local server that speaks GitHub's REST API, as far as a person's profile needs it.

It pages, answers with ETags and 304, counts a quota as GitHub does (a 304 costs nothing), knows tokens, and moves
renamed accounts. `faults` are answers given instead, one a request: (status, headers, body).
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fault = tuple[int, dict[str, str], object]
DOCUMENTATION = "https://docs.github.com/rest"


def repository(owner: str, name: str, languages: dict[str, int] | None = None, **values: Any) -> dict[str, Any]:
    """A repository as the API lists it, popularity and all."""
    return {
        "name": name,
        "full_name": f"{owner}/{name}",
        "private": False,
        "fork": False,
        "owner": {"login": owner, "avatar_url": "https://avatars.example/1"},
        "description": None,
        "language": next(iter(languages or {}), None),
        "stargazers_count": 48151,
        "watchers_count": 48151,
        "forks_count": 623,
        "pushed_at": "2026-05-03T23:47:11Z",
        "created_at": "2024-01-01T03:12:00Z",
        "_languages": languages or {},
        **values,
    }


def pull(full_name: str, **values: Any) -> dict[str, Any]:
    """A merged pull request as the search lists it."""
    return {
        "repository_url": f"https://api.github.com/repos/{full_name}",
        "title": "Fix it",
        "state": "closed",
        "closed_at": "2026-04-02T02:13:44Z",
        "pull_request": {"merged_at": "2026-04-02T02:13:44Z"},
        **values,
    }


@dataclass
class GitHubServer:
    """What it holds, how it misbehaves, what it was asked."""

    address: str = ""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    repositories: list[dict[str, Any]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    unsearchable: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=lambda: {"good-token"})
    limit: int = 60
    used: int = 0
    resets_in_seconds: int = 1500
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)

    def add_user(self, login: str, **values: Any) -> None:
        """A person's account as the API shows it."""
        self.users[login.casefold()] = {
            "login": login,
            "id": len(self.users) + 1,
            "type": "User",
            "avatar_url": "https://avatars.example/1",
            "name": None,
            "company": None,
            "blog": "",
            "location": None,
            "email": None,
            "hireable": True,
            "bio": None,
            "followers": 31337,
            "following": 4711,
            "created_at": "2015-01-01T03:12:00Z",
            **values,
        }


@contextmanager
def github() -> Iterator[GitHubServer]:
    """A server on a free port, from up to stopped."""
    held = GitHubServer()

    class Handler(BaseHTTPRequestHandler):
        """GET of the four kinds of addresses."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            held.asked.append(self.path)
            held.authorizations.append(self.headers.get("Authorization", ""))
            status, headers, body = self._answer()
            held.statuses.append(status)
            content = b"" if status == 304 else (body if isinstance(body, bytes) else json.dumps(body).encode())
            self.send_response(status)
            for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _answer(self) -> Fault:
            if held.faults:
                return held.faults.pop(0)
            token = self.headers.get("Authorization", "").removeprefix("Bearer ").removeprefix("token ")
            if token and token not in held.tokens:
                return 401, {}, {"message": "Bad credentials", "documentation_url": DOCUMENTATION}
            limit = 5000 if token else held.limit
            quota = {
                "X-RateLimit-Limit": str(limit),
                "X-RateLimit-Remaining": str(max(0, limit - held.used - 1)),
                "X-RateLimit-Reset": str(int(time.time()) + held.resets_in_seconds),
                "X-RateLimit-Resource": "core",
            }
            if held.used >= limit:
                return (
                    403,
                    quota,
                    {"message": "API rate limit exceeded for 203.0.113.7.", "documentation_url": DOCUMENTATION},
                )
            status, headers, body = _found(held, self.path)
            etag = 'W/"' + hashlib.sha256(json.dumps(body).encode()).hexdigest() + '"'
            if status == 200 and "/search/" not in self.path:
                headers = {**headers, "ETag": etag}
                if self.headers.get("If-None-Match") == etag:
                    return 304, {**quota, **headers}, b""
            held.used += 1
            return status, {**quota, **headers}, body

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


NOT_FOUND: Fault = (404, {}, {"message": "Not Found", "documentation_url": DOCUMENTATION, "status": "404"})


def _found(held: GitHubServer, path: str) -> Fault:
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    user = re.fullmatch(r"/users/([^/]+)(/repos)?", parts.path)
    languages = re.fullmatch(r"/repos/([^/]+)/([^/]+)/languages", parts.path)
    if user and user.group(1).casefold() in held.renamed:
        return 301, {"Location": f"{held.address}/users/{held.renamed[user.group(1).casefold()]}"}, {"message": "Moved"}
    if user and user.group(1).casefold() not in held.users:
        return NOT_FOUND
    if user and user.group(2):
        return 200, {}, _page(_of(held, user.group(1), asked), asked)
    if user:
        return 200, {}, held.users[user.group(1).casefold()]
    if languages:
        name = "/".join(languages.groups()).casefold()
        found = [one for one in held.repositories if one["full_name"].casefold() == name]
        return (200, {}, found[0]["_languages"]) if found else NOT_FOUND
    if parts.path == "/search/issues":
        return _searched(held, asked)
    return NOT_FOUND


def _of(held: GitHubServer, login: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    found = [one for one in held.repositories if one["owner"]["login"].casefold() == login.casefold()]
    if asked.get("sort") == "pushed":
        found.sort(key=lambda one: str(one["pushed_at"]), reverse=asked.get("direction", "desc") == "desc")
    return [{name: value for name, value in one.items() if name != "_languages"} for one in found]


def _page(rows: list[dict[str, Any]], asked: dict[str, str]) -> list[dict[str, Any]]:
    size, page = int(asked.get("per_page", 30)), int(asked.get("page", 1))
    return rows[(page - 1) * size : page * size]


def _searched(held: GitHubServer, asked: dict[str, str]) -> Fault:
    query = asked.get("q", "").split()
    author = next((word.partition(":")[2] for word in query if word.startswith("author:")), "")
    if author in held.unsearchable:
        return 422, {}, {"message": "Validation Failed", "errors": [{"message": "The listed users cannot be searched"}]}
    if not {"type:pr", "is:merged"} <= set(query):
        return 200, {}, {"total_count": 0, "incomplete_results": False, "items": []}
    items = _page(held.pulls, asked)
    return 200, {}, {"total_count": len(held.pulls), "incomplete_results": False, "items": items}
