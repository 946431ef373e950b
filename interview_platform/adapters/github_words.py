"""What is taken from GitHub's answers, in plain sentences: a record as services/profile_text writes it out. Pure."""

from __future__ import annotations

import re
from typing import Any


def record(
    login: str, user: dict[str, Any], shown: list[dict[str, Any]], pulls: dict[str, Any] | None
) -> dict[str, Any]:
    """What stands in the profile, as services/profile_text writes it out."""
    totals = _totals(shown)
    statements = [
        {"heading": "Projects", "lines": [_sentence(login, one) for one in shown]},
        {"heading": "Open source", "lines": [*_pull_lines(login, pulls), *_recency(shown, pulls)]},
        {"heading": "Programming", "lines": [_shares(totals, len(shown))] if totals else []},
    ]
    return {
        "name": user.get("name") or "",
        "email": user.get("email") or "",
        "location": user.get("location") or "",
        "links": [f"github.com/{login}", user.get("blog") or ""],
        "summary": user.get("bio") or "",
        "skills": list(totals)[:20],
        "statements": statements,
    }


def _sentence(login: str, repository: dict[str, Any]) -> str:
    """ "Owns the public repository clinic-sync (Python, SQL): Keeps calendars equal. Last pushed 2026-05." """
    languages = ", ".join(sorted(repository["bytes"], key=lambda one: -repository["bytes"][one])[:6])
    about = _words(repository.get("description"), 250).rstrip(".!?")
    pushed = _month(repository.get("pushed_at"))
    named = f"Owns the public repository {_words(repository.get('name'), 100)}"
    return "".join(
        (
            named,
            f" ({languages})" if languages else "",
            f": {about}." if about else ".",
            f" Last pushed {pushed}." if pushed else "",
        )
    )


def _pull_lines(login: str, pulls: dict[str, Any] | None) -> list[str]:
    """How many pull requests were merged, and where; other people's repositories first."""
    counted = _by_repository(pulls)
    total = _total(pulls, counted)
    if not total:
        return []
    others = {name: count for name, count in counted.items() if name.split("/")[0].casefold() != login.casefold()}
    named = ", ".join(f"{name} ({count})" for name, count in list(others.items())[:10])
    line = f"Had {total} pull request{'s' if total != 1 else ''} merged."
    return [line, *([f"Pull requests merged in repositories of others: {named}."] if named else [])]


def _by_repository(pulls: dict[str, Any] | None) -> dict[str, int]:
    """Merged pull requests by "owner/name", most first, out of the last hundred."""
    counted: dict[str, int] = {}
    for item in _items(pulls):
        found = re.search(r"/repos/([\w.-]+/[\w.-]+)$", str(item.get("repository_url", "")))
        if found:
            counted[found.group(1)] = counted.get(found.group(1), 0) + 1
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _items(pulls: dict[str, Any] | None) -> list[dict[str, Any]]:
    held = (pulls or {}).get("items")
    return [item for item in held if isinstance(item, dict)] if isinstance(held, list) else []


def _total(pulls: dict[str, Any] | None, counted: dict[str, int]) -> int:
    total = (pulls or {}).get("total_count")
    return total if isinstance(total, int) else sum(counted.values())


def _recency(shown: list[dict[str, Any]], pulls: dict[str, Any] | None) -> list[str]:
    """The last month with something to see; never days or hours."""
    months = [_month(one.get("pushed_at")) for one in shown]
    months += [_month(item.get("closed_at")) for item in _items(pulls)]
    last = max(filter(None, months), default="")
    return [f"Last public activity {last}."] if last else []


def _totals(shown: list[dict[str, Any]]) -> dict[str, int]:
    """Bytes by language over all repositories, most first."""
    made: dict[str, int] = {}
    for repository in shown:
        for language, size in repository["bytes"].items():
            made[_words(language, 60)] = made.get(_words(language, 60), 0) + size
    return dict(sorted(made.items(), key=lambda one: (-one[1], one[0])))


def _shares(totals: dict[str, int], count: int) -> str:
    whole = sum(totals.values())
    named = [f"{language} {100 * size / whole:.0f}%" for language, size in totals.items() if 100 * size >= whole]
    return f"Languages of {count} own repositor{'ies' if count != 1 else 'y'}, by size: {', '.join(named)}."


def warnings(
    asked: str, login: str, own: int, more: bool, shown: int, pulls: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """What the recruiter should know about the profile."""
    made = []
    if asked.casefold() != login.casefold():
        made.append(("renamed", f"The account {asked} is now called {login}.", 1))
    if own > shown:
        least = "more than " if more else ""
        made.append(("cut", f"{shown} of {least}{own} own repositories are described, the latest first.", own - shown))
    if pulls is None or pulls.get("incomplete_results"):
        made.append(("partial", "GitHub could not say everything about merged pull requests.", 1))
    return [{"kind": kind, "detail": detail, "count": count} for kind, detail, count in made]


def kept(
    login: str, user: dict[str, Any], shown: list[dict[str, Any]], pulls: dict[str, Any] | None, text: str
) -> dict[str, Any]:
    """What is stored of the answers: nothing about popularity, pictures or times of day; of the person's own words
    those that were taken into the text."""
    bio = [line for line in str(user.get("bio") or "").splitlines() if " ".join(line.split()) in text]
    return {
        "login": login,
        **{name: user.get(name) or "" for name in ("name", "email", "location", "blog")},
        "bio": "\n".join(bio),
        "repositories": [
            {
                "name": one.get("name"),
                "description": one.get("description"),
                "languages": one["bytes"],
                "last_pushed": _month(one.get("pushed_at")),
            }
            for one in shown
        ],
        "merged_pull_requests": _by_repository(pulls),
        "merged_pull_requests_total": _total(pulls, _by_repository(pulls)),
    }


def _month(moment: Any) -> str:
    found = re.match(r"(\d{4}-\d{2})-\d{2}T", str(moment or ""))
    return found.group(1) if found else ""


def _words(value: Any, limit: int) -> str:
    return " ".join(str(value or "").split())[:limit].strip()
