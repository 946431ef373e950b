"""A person's profile out of GitHub's REST API, asked of a local server of the same shape."""

from __future__ import annotations

import json

import pytest

from interview_platform.adapters.github import MOST_REPOSITORIES_WITHOUT_TOKEN, GitHub
from interview_platform.errors import BadInput, ServiceUnavailable
from interview_platform.services.profile_text import write
from interview_platform.services.resumes import ResumeFacts
from tests.adapters.github_server import github, pull, repository


@pytest.fixture
def server():
    with github() as held:
        held.add_user(
            "maya", name="Maya Okafor", email="maya@example.com", location="Leeds", blog="https://maya.example"
        )
        held.repositories += [
            repository(
                "maya", "clinic-sync", {"Python": 9000, "Shell": 1000}, description="Keeps clinic calendars equal."
            ),
            repository("maya", "notes", {"Go": 5000}, pushed_at="2025-11-30T01:00:00Z"),
            repository("maya", "django", {"Python": 9_000_000}, fork=True, description="A fork"),
            repository("maya", "diary", {"Rust": 7_000_000}, private=True),
        ]
        held.pulls += [pull("psf/requests"), pull("psf/requests"), pull("maya/notes"), pull("pallets/flask")]
        yield held


def source(server, **options):
    return GitHub(write, base_url=server.address, **options)


def test_languages_repositories_merged_pull_requests_and_recency_are_told_in_sentences(server):
    text = source(server).fetch("maya").text
    assert (
        "Owns the public repository clinic-sync (Python, Shell): Keeps clinic calendars equal. Last pushed 2026-05."
        in text
    )
    assert "Owns the public repository notes (Go). Last pushed 2025-11." in text
    assert "Had 4 pull requests merged." in text
    assert "Pull requests merged in repositories of others: psf/requests (2), pallets/flask (1)." in text
    assert "Last public activity 2026-05." in text
    assert "Languages of 2 own repositories, by size: Python 60%, Go 33%, Shell 7%." in text


def test_every_fact_stands_at_its_characters(server):
    profile = source(server).fetch("maya")
    facts = ResumeFacts.from_json(profile.facts, profile.text)
    assert (facts.name, facts.email, facts.location) == ("Maya Okafor", "maya@example.com", "Leeds")
    assert facts.links == ("github.com/maya", "maya.example")
    python = next(skill for skill in facts.skills if skill.name == "Python")
    assert "clinic-sync" in python.sentence
    for skill in facts.skills:
        assert " ".join(profile.text[skill.start : skill.end].split()) == skill.sentence
    for page, start, end in facts.evidence.values():
        assert page == 1
        assert profile.text[start:end]


def test_forks_and_private_repositories_are_left_out(server):
    profile = source(server).fetch("maya")
    assert "django" not in profile.text + str(profile.raw)
    assert "diary" not in profile.text + str(profile.raw)
    assert "/repos/maya/django/languages" not in server.asked


def test_popularity_pictures_and_times_of_day_are_nowhere(server):
    profile = source(server).fetch("maya")
    everything = profile.text + json.dumps(profile.facts) + profile.raw.decode()
    for unwanted in ("31337", "4711", "48151", "623", "avatar", "23:47", "02:13", "T03:", "hireable", "stargazer"):
        assert unwanted not in everything


def test_a_second_fetch_costs_nothing_of_the_quota(server):
    asked = source(server)
    first = asked.fetch("maya")
    used = server.used
    assert asked.fetch("maya") == first
    assert server.used == used
    assert server.statuses.count(304) == 4  # the user, the list, two repositories


def test_a_cache_that_is_handed_on_serves_the_next_client_too(server):
    cache = {}
    source(server, cache=cache).fetch("maya")
    used = server.used
    source(server, cache=cache).fetch("maya")
    assert server.used == used


def test_what_changed_is_fetched_anew_and_a_search_again_after_a_while(server):
    now = [1000.0]
    asked = source(server, clock=lambda: now[0])
    asked.fetch("maya")
    server.repositories[0]["description"] = "Something else"
    server.pulls.append(pull("psf/requests"))
    assert "Something else" in asked.fetch("maya").text
    now[0] += 901
    assert "Had 5 pull requests merged." in asked.fetch("maya").text


@pytest.mark.parametrize("written", ["maya", "@maya", "github.com/maya", "https://github.com/maya/", " MAYA "])
def test_a_name_may_be_written_in_several_ways(server, written):
    assert source(server).fetch(written).reference == "github.com/maya"


@pytest.mark.parametrize(
    "written", ["", "maya okafor", "../orgs/x", "maya/notes", "https://evil.example/maya", "a" * 60, "-x", "maya?q=1"]
)
def test_what_is_no_user_name_is_refused_without_asking(server, written):
    with pytest.raises(BadInput, match=r"github\.com/NAME"):
        source(server).fetch(written)
    assert server.asked == []


def test_an_unknown_name_an_organisation_and_a_bot_are_told_apart(server):
    server.add_user("acme", type="Organization")
    server.add_user("renovate", type="Bot")
    for name, words in {"nobody": "no user", "acme": "organisation", "renovate": "not a person"}.items():
        with pytest.raises(BadInput, match=words):
            source(server).fetch(name)


def test_a_renamed_account_is_followed_and_said(server):
    server.renamed["maya-old"] = "maya"
    profile = source(server).fetch("maya-old")
    assert profile.reference == "github.com/maya"
    assert profile.facts["warnings"][0]["detail"] == "The account maya-old is now called maya."


def test_a_used_up_quota_says_when_to_try_again_and_what_would_help(server):
    server.used = server.limit
    with pytest.raises(ServiceUnavailable, match=r"in 2[45] minutes, after \d\d:\d\d UTC.*GITHUB_TOKEN"):
        source(server).fetch("maya")


def test_a_quota_that_ends_half_way_gives_no_half_profile_and_what_came_is_not_paid_twice(server):
    server.limit = 3
    asked = source(server)
    with pytest.raises(ServiceUnavailable):
        asked.fetch("maya")
    server.limit = 60
    asked.fetch("maya")
    assert server.used == 5


@pytest.mark.parametrize(
    "fault",
    [
        (403, {"Retry-After": "120"}, {"message": "You have exceeded a secondary rate limit."}),
        (429, {"Retry-After": "120", "X-RateLimit-Remaining": "30"}, {"message": "Slow down"}),
    ],
)
def test_a_secondary_limit_says_when_to_try_again(server, fault):
    server.faults.append(fault)
    with pytest.raises(ServiceUnavailable, match="in 2 minutes"):
        source(server).fetch("maya")


def test_a_secondary_limit_without_a_time_is_a_minute(server):
    server.faults.append((403, {}, {"message": "You have exceeded a secondary rate limit. Please wait."}))
    with pytest.raises(ServiceUnavailable, match="in 1 minute,"):
        source(server).fetch("maya")


def test_with_a_token_more_is_asked_for_and_a_bad_one_is_said_without_showing_it(server):
    server.repositories += [repository("maya", f"r{number}", {"C": 10}) for number in range(20)]
    few = source(server).fetch("maya")
    assert few.text.count("Owns the public repository") == MOST_REPOSITORIES_WITHOUT_TOKEN
    assert few.facts["warnings"][0]["detail"].startswith("15 of 22 own repositories")
    assert source(server, token="good-token").fetch("maya").text.count("Owns the public repository") == 22
    assert server.authorizations[-1].endswith("good-token")
    with pytest.raises(ServiceUnavailable, match="GITHUB_TOKEN") as caught:
        source(server, token="bad-token").fetch("maya")
    assert "bad-token" not in str(caught.value)


def test_more_than_a_page_of_repositories_is_read(server):
    server.repositories += [repository("maya", f"f{number}", fork=True) for number in range(150)]
    server.repositories.append(repository("maya", "oldest", {"Perl": 1}, pushed_at="2010-01-01T00:00:00Z"))
    assert "oldest" in source(server).fetch("maya").text


def test_an_account_without_anything_is_a_short_profile(server):
    server.add_user("new")
    server.pulls.clear()
    profile = source(server).fetch("new")
    assert profile.text == "github.com/new"
    assert profile.facts["skills"] == []


def test_an_account_that_may_not_be_searched_is_told_without_pull_requests(server):
    server.unsearchable.add("maya")
    profile = source(server).fetch("maya")
    assert "pull request" not in profile.text
    assert profile.facts["warnings"][0]["kind"] == "partial"


def test_a_repository_that_vanished_meanwhile_has_no_languages(server):
    server.faults += [
        (200, {}, server.users["maya"]),
        (200, {}, [repository("maya", "gone", pushed_at=None), repository("maya", "..")]),
    ]
    assert "Owns the public repository gone.\n" in source(server).fetch("maya").text


def test_hostile_words_stay_words_on_one_line(server):
    server.repositories[0]["description"] = (
        "Nice\n\nSkills\nKubernetes\x00\x1b[31m <script>alert(1)</script> [click](javascript:alert(2)) \u202eevil"
    )
    server.users["maya"]["name"] = "Maya\r\nOkafor **<b>"
    server.users["maya"]["blog"] = "javascript:alert(1)"
    server.users["maya"]["bio"] = "Engineer\nDate of birth: 3 May 1990"
    profile = source(server).fetch("maya")
    line = next(line for line in profile.text.splitlines() if "clinic-sync" in line)
    assert line.startswith("Owns the public repository clinic-sync (Python, Shell): Nice Skills Kubernetes")
    assert "1990" not in profile.raw.decode()
    for unwanted in ("\x00", "\x1b", "<script>", "javascript:", "\u202e", "1990", "**"):
        assert unwanted not in profile.text
    assert profile.text.startswith("Maya Okafor\n")
    assert "\nSkills\nKubernetes" not in profile.text


@pytest.mark.parametrize(
    "fault", [(500, {}, {"message": "x"}), (200, {}, b"<html>"), (200, {}, []), (403, {}, {"message": "Forbidden"})]
)
def test_an_answer_that_is_not_githubs_is_an_outage(server, fault):
    server.faults.append(fault)
    with pytest.raises(ServiceUnavailable, match="try again later"):
        source(server).fetch("maya")


def test_no_server_is_an_outage():
    with pytest.raises(ServiceUnavailable, match="try again later"):
        GitHub(write, base_url="http://127.0.0.1:9").fetch("maya")
