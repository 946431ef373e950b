"""What a load balancer and Prometheus ask of a process."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.media.timing import Timing
from interview_platform.models import session
from interview_platform.wiring import Platform
from tests import builders

TOKEN = {"authorization": "Bearer let me read"}


@pytest.fixture
def client(held: Platform) -> TestClient:
    held.settings.metrics_token = SecretStr("let me read")
    return TestClient(api.build())


def test_a_process_with_free_places_is_ready(held: Platform, client: TestClient) -> None:
    assert client.get(routes.API_HEALTH).json() == {"status": "ok"}
    answer = client.get(routes.API_READY)
    assert (answer.status_code, answer.json()["places"]) == (200, held.settings.call_limit)


def test_a_full_process_is_alive_but_not_ready(held: Platform, client: TestClient) -> None:
    class FullHouse:
        def live(self) -> list[str]:
            return ["one"]

        def room(self) -> tuple[int, int]:
            return 0, 3

    held.__dict__["rooms"] = FullHouse()
    assert client.get(routes.API_READY).status_code == 503
    assert "interview_platform_rooms_waiting 3.0" in client.get(routes.API_METRICS, headers=TOKEN).text
    assert client.get(routes.API_HEALTH).status_code == 200


def test_without_its_database_a_process_is_not_ready(held: Platform, client: TestClient) -> None:
    def broken() -> None:
        raise OSError("no database")

    held.db = broken  # type: ignore[method-assign, assignment]
    assert client.get(routes.API_READY).json() == {"database": False, "rooms": False, "places": 0}


def test_metrics_need_their_token_and_are_off_without_one(held: Platform, client: TestClient) -> None:
    assert client.get(routes.API_METRICS).status_code == 401
    assert client.get(routes.API_METRICS, headers={"authorization": "Bearer wrong"}).status_code == 401
    held.settings.metrics_token = SecretStr("")
    assert client.get(routes.API_METRICS, headers={"authorization": "Bearer "}).status_code == 404


def test_metrics_count_what_waits_and_how_fast_the_replies_were_and_name_nobody(
    held: Platform, client: TestClient
) -> None:
    with session(held.engine) as db:
        _, actor = builders.recruiter(db)
        application = builders.application(db, actor, builders.job(db, actor))
        builders.interview(db, actor, application, status="planned")
    now = iter((10.0, 10.4, 10.7))
    timing = Timing(lambda: next(now), lambda _event: None)
    timing.noticed(10.0)
    timing.mark("decided")
    timing.left()
    text = client.get(routes.API_METRICS, headers=TOKEN).text
    assert 'interview_platform_interviews{status="planned"} 1.0' in text
    assert 'interview_platform_reply_seconds_bucket{le="0.8"}' in text
    assert "process_resident_memory_bytes" in text
    assert "example.com" not in text
