"""What a GitHub account shows of someone's work: languages, own repositories, merged pull requests, the last month.

Never followers, stars or hours of the day: they say who is popular and who has free evenings, not who can do the work.
By githubkit (MIT): generated from GitHub's own API description every week, any base address, plain httpx below.
Answers are asked for again with their ETag: an unchanged one costs nothing of the hourly quota.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from interview_platform.adapters import github_words
from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.ports import Profile

if TYPE_CHECKING:
    from githubkit import GitHub as Client

Write = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]
"""services/profile_text.write: a record as text and facts."""
Cache = MutableMapping[str, tuple[str, Any, float]]
"""By address: its ETag ("" when it has none), the answer, when it came (seconds of `clock`)."""

MOST_REPOSITORIES = 30
"""So many, the most recently pushed first, are described; each costs one request for its languages."""
MOST_REPOSITORIES_WITHOUT_TOKEN = 15  # of 60 requests an hour
MOST_PAGES = 3  # of a hundred repositories
WITHOUT_ETAG_SECONDS = 900
"""How long an answer without ETag (a search) is used again."""
_MOST_KEPT = 2_000
_USER = re.compile(
    r"(?:https?://)?(?:www\.)?(?:github\.com/)?@?([A-Za-z0-9][A-Za-z0-9-]{0,38}(?:_[A-Za-z0-9]{2,8})?)/?"
)


class GitHub:
    """A `ProfileSource`. `token` raises the quota from 60 to 5,000 requests an hour; none is needed."""

    name = "github"

    def __init__(
        self,
        write: Write,
        token: str = "",
        base_url: str = "https://api.github.com",
        cache: Cache | None = None,
        *,
        timeout_seconds: float = 20.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._write, self._token, self._base_url = write, token, base_url
        self._cache: Cache = {} if cache is None else cache
        self._timeout_seconds, self._clock = timeout_seconds, clock
        self._client: Client | None = None

    def forget(self) -> None:
        """Drop the answers that are kept, as after somebody's data were deleted."""
        self._cache.clear()

    def fetch(self, reference: str) -> Profile:
        """The account's profile, by user name or address. Raises BadInput, ServiceUnavailable (when to try again)."""
        asked = _user_name(reference)
        user = self._user(asked)
        login = str(user.get("login") or asked)
        every, more = self._repositories(login)
        own = [repository for repository in every if not repository.get("fork")]
        most = MOST_REPOSITORIES if self._token else MOST_REPOSITORIES_WITHOUT_TOKEN
        shown = own[:most]
        for repository in shown:
            repository["bytes"] = self._languages(login, str(repository.get("name", "")))
        pulls = self._merged_pulls(login)
        record = github_words.record(login, user, shown, pulls)
        record["warnings"] = github_words.warnings(asked, login, len(own), more, len(shown), pulls)
        text, facts = self._write(record)
        kept = github_words.kept(login, user, shown, pulls, text)
        raw = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
        return Profile("github", f"github.com/{login}", text, facts, raw)

    def _user(self, asked: str) -> dict[str, Any]:
        user = _object(self._get(f"/users/{asked}", missing=_no_such_user(asked)))
        kind = user.get("type", "User")
        if kind == "Organization":
            raise BadInput(
                f"“{asked}” is an organisation on GitHub, not a person. Ask for the candidate's own user name."
            )
        if kind != "User":
            raise BadInput(f"“{asked}” is not a person's account on GitHub. Ask for the candidate's own user name.")
        return user

    def _repositories(self, login: str) -> tuple[list[dict[str, Any]], bool]:
        """Own repositories, the most recently pushed first, and whether there are more than were asked for."""
        found: list[dict[str, Any]] = []
        for page in range(1, MOST_PAGES + 1):
            answer = self._get(f"/users/{login}/repos?type=owner&sort=pushed&direction=desc&per_page=100&page={page}")
            held = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
            found += [one for one in held if not one.get("private")]
            if len(held) < 100:
                return found, False
        return found, True

    def _languages(self, login: str, name: str) -> dict[str, int]:
        """Bytes by language; nothing for a repository that was blocked or removed meanwhile."""
        if not re.fullmatch(r"[\w.-]+", name) or name in (".", ".."):
            return {}
        answer = self._get(f"/repos/{login}/{name}/languages", missing=None)
        held = answer.items() if isinstance(answer, dict) else ()
        return {str(language): size for language, size in held if isinstance(size, int) and size > 0}

    def _merged_pulls(self, login: str) -> dict[str, Any] | None:
        """The search's answer, or None where GitHub does not let this account be searched."""
        query = f"type:pr+is:merged+author:{login}"
        return self._get(f"/search/issues?q={query}&sort=updated&order=desc&per_page=100", unfit=None)

    # --- asking ------------------------------------------------------------------------------------------------

    def _get(self, path: str, **instead: Any) -> Any:
        """An answer's JSON. `missing` (404, 451) and `unfit` (422) are given back, or raised when they are errors."""
        from githubkit.exception import GitHubException, RateLimitExceeded, RequestFailed

        key = f"{bool(self._token)} {path}"
        kept = self._cache.get(key)
        if kept and not kept[0] and self._clock() - kept[2] < WITHOUT_ETAG_SECONDS:
            return kept[1]
        headers = {"If-None-Match": kept[0]} if kept and kept[0] else {}
        try:
            answer = self._asked().request("GET", path.lstrip("/"), headers=headers)
            if answer.status_code == 304 and kept:
                return kept[1]
            return self._keep(key, answer.headers.get("etag", ""), answer.json())
        except RateLimitExceeded as error:
            raise ServiceUnavailable(self._wait(error.retry_after)) from error
        except RequestFailed as error:
            return self._failed(error, instead)
        except (GitHubException, ValueError) as error:
            raise ServiceUnavailable(
                "GitHub does not answer as it should. Nothing was changed; try again later."
            ) from error

    def _asked(self) -> Client:
        if self._client is None:
            from githubkit import GitHub as Client

            self._client = Client(
                self._token or None,
                base_url=self._base_url,
                user_agent="interview-platform",
                timeout=self._timeout_seconds,
                http_cache=False,  # ours is kept by whoever made us
                auto_retry=False,  # a person waits: they are told when, instead
            )
        return self._client

    def _keep(self, key: str, etag: str, answer: Any) -> Any:
        if len(self._cache) >= _MOST_KEPT:
            for oldest in sorted(self._cache, key=lambda one: self._cache[one][2])[: _MOST_KEPT // 10]:
                del self._cache[oldest]
        self._cache[key] = (etag, answer, self._clock())
        return answer

    def _failed(self, error: Any, instead: dict[str, Any]) -> Any:
        status = error.response.status_code
        word = {404: "missing", 451: "missing", 422: "unfit"}.get(status)
        if word in instead:
            if isinstance(instead[word], Exception):
                raise instead[word] from error
            return instead[word]
        if status in (403, 429) and "rate limit" in error.response.text.lower():
            raise ServiceUnavailable(self._wait(timedelta(minutes=1))) from error
        if status == 401:
            raise ServiceUnavailable(
                "GitHub refused the access token. Nothing was changed; ask your administrator to check GITHUB_TOKEN."
            ) from error
        raise ServiceUnavailable(f"GitHub answered {status}. Nothing was changed; try again later.") from error

    def _wait(self, after: timedelta) -> str:
        at = datetime.fromtimestamp(self._clock(), UTC) + max(after, timedelta(seconds=1))
        minutes = max(1, -(-int(after.total_seconds()) // 60))
        hint = "" if self._token else " With an access token (GITHUB_TOKEN) the limit is far higher."
        return (
            f"GitHub's limit of requests is reached. Nothing was changed; try again in {minutes} "
            f"minute{'s' if minutes != 1 else ''}, after {at:%H:%M} UTC.{hint}"
        )


def _user_name(reference: str) -> str:
    found = _USER.fullmatch(reference.strip())
    if found is None:
        raise BadInput("This is not a GitHub user name. It is the last part of the address: github.com/NAME.")
    return found.group(1)


def _no_such_user(asked: str) -> BadInput:
    return BadInput(
        f"GitHub knows no user “{asked}”. The name may be misspelt, or the account was renamed or closed: "
        "ask the candidate for the present one."
    )


def _object(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise ServiceUnavailable("GitHub's answer is not what was expected. Nothing was changed; try again later.")
    return answer
