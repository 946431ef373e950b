"""What every session store promises, in memory and on a real Redis server."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.adapters.redis_sessions import RedisSessions
from interview_platform.errors import ServiceUnavailable
from tests.adapters import servers


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with servers.redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=["in memory", "in a file", "redis"])
def sessions(request, tmp_path):
    if request.param == "in memory":
        return EmbeddedSessions()
    if request.param == "in a file":
        return EmbeddedSessions(tmp_path / "sessions.db")
    opened = RedisSessions(request.getfixturevalue("redis_url"))
    opened._redis.flushall()
    return opened


def gone(sessions, key):
    """Wait, up to a generous while, until the key is over."""
    ends_at = time.monotonic() + 20
    while sessions.get(key) is not None and time.monotonic() < ends_at:
        time.sleep(0.05)
    return sessions.get(key) is None


def test_a_value_is_kept_replaced_and_deleted(sessions):
    assert sessions.get("session:1") is None
    sessions.put("session:1", {"user_id": "ü", "tries": 2, "list": [1, None]}, 60)
    assert sessions.get("session:1") == {"user_id": "ü", "tries": 2, "list": [1, None]}
    sessions.put("session:1", {"user_id": "b"}, 60)
    assert sessions.get("session:1") == {"user_id": "b"}
    sessions.delete("session:1")
    sessions.delete("session:1")
    assert sessions.get("session:1") is None


def test_a_value_ends_by_itself_and_others_stay(sessions):
    sessions.put("short", {"a": 1}, 1)
    sessions.put("long", {"a": 1}, 600)
    assert gone(sessions, "short")
    assert sessions.get("long") == {"a": 1}


def test_no_time_left_is_over_at_once(sessions):
    sessions.put("a", {"x": 1}, 60)
    sessions.put("a", {"x": 2}, 0)
    assert sessions.get("a") is None


def test_a_counter_counts_alone_and_starts_anew_when_deleted(sessions):
    assert [sessions.count("tries:a", 60) for _ in range(3)] == [1, 2, 3]
    assert sessions.count("tries:b", 60) == 1
    sessions.delete("tries:a")
    assert sessions.count("tries:a", 60) == 1


def test_a_counter_lives_from_its_first_use_not_its_last(sessions):
    assert sessions.count("tries", 2) == 1
    sessions.count("tries", 600)
    ends_at = time.monotonic() + 20
    while sessions.count("tries", 600) != 1 and time.monotonic() < ends_at:
        time.sleep(0.2)
    assert sessions.count("tries", 600) == 2  # it began again, so the later uses did not prolong it


def test_simultaneous_counts_are_all_counted(sessions):
    with ThreadPoolExecutor(8) as threads:
        counted = list(threads.map(lambda _: sessions.count("many", 60), range(40)))
    assert sorted(counted) == list(range(1, 41))


def test_two_embedded_stores_do_not_share(sessions):
    EmbeddedSessions().put("a", {"x": 1}, 60)
    assert EmbeddedSessions().get("a") is None


def test_redis_is_shared_between_processes_of_the_product(redis_url):
    RedisSessions(redis_url).put("shared", {"x": 1}, 60)
    assert RedisSessions(redis_url).get("shared") == {"x": 1}


def test_a_redis_that_is_away_is_told_with_the_setting_to_check():
    away = RedisSessions(f"redis://127.0.0.1:{servers.free_port()}/0")
    for use in (lambda: away.get("a"), lambda: away.put("a", {}, 1), lambda: away.count("a", 1)):
        with pytest.raises(ServiceUnavailable, match="REDIS_URL"):
            use()
    with pytest.raises(ServiceUnavailable, match="REDIS_URL"):
        RedisSessions("not an address")


def test_a_restart_signs_nobody_out_and_forgets_no_count(tmp_path):
    before = EmbeddedSessions(tmp_path / "sessions.db")
    before.put("session:1", {"user_id": "ada"}, 600)
    before.count("tries", 600)
    before.close()
    after = EmbeddedSessions(tmp_path / "sessions.db")
    assert after.get("session:1") == {"user_id": "ada"}
    assert after.count("tries", 600) == 2


def test_the_file_of_sessions_is_its_owners_alone(tmp_path):
    EmbeddedSessions(tmp_path / "sessions.db")
    assert (tmp_path / "sessions.db").stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_told_with_the_setting_to_check(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ServiceUnavailable, match="DATA_DIR"):
        EmbeddedSessions(tmp_path / "file" / "sessions.db")
