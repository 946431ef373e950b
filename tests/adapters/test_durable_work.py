"""Durable work: the port's promises, on SQLite and on Postgres."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_platform.adapters.dbos_work import DbosWork
from interview_platform.errors import BadInput, NotFound, PlatformError, ServiceUnavailable
from interview_platform.models import new_id
from interview_platform.ports import Steps, Work, WorkKind
from tests import builders


class Bench:
    """Three kinds of work whose steps note that they were done, and fail or wait as they are told."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.renew()

    def renew(self) -> None:
        """As if nothing had been done."""
        self.done: list[str] = []
        self.broken: dict[str, Exception] = {}
        self.open, self.begun = threading.Event(), threading.Event()
        self.most = self._now = 0
        self._pair = threading.Barrier(2)

    @property
    def kinds(self) -> list[WorkKind]:
        """`chain`: three steps; `gate`: one that waits for `open`, twice if asked twice; `row`: two at once."""
        return [
            WorkKind("chain", self._chain),
            WorkKind("gate", self._gate, again=True),
            WorkKind("row", self._row, at_once=2),
        ]

    def _chain(self, steps: Steps, subject: str) -> None:
        for name in ("first", "second", "third"):
            assert steps.do(name, lambda name=name: self._step(f"{subject} {name}")) == {"did": [f"{subject} {name}"]}

    def _step(self, what: str) -> dict[str, list[str]]:
        if what in self.broken:
            raise self.broken[what]
        self.done.append(what)
        return {"did": [what]}

    def _gate(self, steps: Steps, subject: str) -> None:
        steps.do("waits", lambda: (self.begun.set(), self.open.wait(20))[1])
        steps.do("after", lambda: self._step(f"{subject} after"))

    def _row(self, steps: Steps, subject: str) -> None:
        steps.do("one", self._counted)

    def _counted(self) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self._pair.wait(20)  # only two that run at once come past this
        with self._lock:
            self._now -= 1


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DbosWork, Bench, Path]]:
    """Started once for all, as a process does; on SQLite, or on the server that TEST_POSTGRES_URL names."""
    folder, bench = tmp_path_factory.mktemp("work"), Bench()
    engine = builders.engine(folder)
    address = engine.url.render_as_string(hide_password=False)
    own = f"sqlite:///{folder / 'work.db'}"
    made = DbosWork(own if address.startswith("sqlite") else address, bench.kinds, poll_seconds=0.05)
    made.start()
    yield made, bench, folder
    bench.open.set()
    made.close()
    builders.discard(engine)


@pytest.fixture
def bench(shared: tuple[DbosWork, Bench, Path]) -> Bench:
    """What is worked on, as new."""
    shared[1].renew()
    return shared[1]


@pytest.fixture
def work(shared: tuple[DbosWork, Bench, Path]) -> DbosWork:
    """Started."""
    return shared[0]


@pytest.fixture
def org() -> str:
    """An organisation of the test's own."""
    return new_id()


def until(work: DbosWork, work_id: str, state: str) -> Work:
    """The work, once it is in this state."""
    found = wait(lambda: (one := work.find(work_id)) and one.state == state and one)
    assert found.state == state
    return found


def wait(look: Callable[[], Any]) -> Any:
    """What `look` gives once it gives something."""
    for _ in range(800):
        if found := look():
            return found
        time.sleep(0.025)
    raise AssertionError("it did not come about")


def _taken_up(work: DbosWork, work_id: str) -> bool:
    """Whether it could be: not before its last step is over."""
    try:
        work.retry(work_id)
    except BadInput:
        return False
    return True


def test_work_is_done_step_by_step_and_listed_for_its_organisation_alone(
    work: DbosWork, bench: Bench, org: str
) -> None:
    done = until(work, work.submit("chain", org, "a"), "done")

    assert bench.done == ["a first", "a second", "a third"]
    assert (done.kind, done.organisation_id, done.subject_id) == ("chain", org, "a")
    assert done.steps == ("first", "second", "third")
    assert [one.id for one in work.listing(org, ["done"])] == [done.id]
    assert work.listing(org, ["failed"]) == work.listing(org[:-1]) == []


def test_what_failed_says_why_and_is_taken_up_where_it_failed(work: DbosWork, bench: Bench, org: str) -> None:
    bench.broken["a second"] = PlatformError("The judge is not there. Start it.")
    failed = until(work, work.submit("chain", org, "a"), "failed")
    assert (failed.cause, bench.done) == ("The judge is not there. Start it.", ["a first"])

    bench.broken.clear()
    work.retry(failed.id)
    done = until(work, failed.id, "done")

    assert (done.cause, bench.done) == ("", ["a first", "a second", "a third"])
    with pytest.raises(BadInput):
        work.retry(done.id)
    with pytest.raises(NotFound):
        work.retry(f"{org}:chain:nothing:1")


def test_words_of_an_unforeseen_error_are_not_kept(
    work: DbosWork, bench: Bench, org: str, shared: tuple[DbosWork, Bench, Path]
) -> None:
    bench.broken["a first"] = ValueError("Ada Lovelace said 42")
    failed = until(work, work.submit("chain", org, "a"), "failed")

    assert "on our side" in failed.cause
    assert b"Lovelace" not in b"".join(path.read_bytes() for path in shared[2].glob("work.db*"))


def test_asking_again_doubles_nothing_and_takes_up_what_failed(work: DbosWork, bench: Bench, org: str) -> None:
    bench.broken["a third"] = PlatformError("No.")
    first = work.submit("chain", org, "a")
    until(work, first, "failed")
    bench.broken.clear()
    assert work.submit("chain", org, "a") == first
    until(work, first, "done")
    assert bench.done == ["a first", "a second", "a third"]
    again = until(work, work.submit("chain", org, "a"), "done")  # it is over: once more
    assert (again.id != first, len(bench.done)) == (True, 6)


def test_what_is_asked_for_while_it_runs_runs_once_more_behind_it(work: DbosWork, bench: Bench, org: str) -> None:
    first = work.submit("gate", org, "a")
    bench.begun.wait(10)
    until(work, first, "running")
    second, third = work.submit("gate", org, "a"), work.submit("gate", org, "a")
    bench.open.set()

    until(work, second, "done")
    assert first != second == third
    assert bench.done == ["a after", "a after"]


def test_cancelled_work_stops_after_the_step_at_hand_and_can_be_taken_up(
    work: DbosWork, bench: Bench, org: str
) -> None:
    held = work.submit("gate", org, "a")
    bench.begun.wait(10)
    work.cancel(held)
    bench.open.set()
    assert until(work, held, "cancelled").state == "cancelled"
    with pytest.raises(BadInput):
        work.cancel(held)
    wait(lambda: _taken_up(work, held))
    until(work, held, "done")
    assert bench.done == ["a after"]


def test_no_more_of_a_kind_run_at_once_than_its_limit(work: DbosWork, bench: Bench, org: str) -> None:
    for held in [work.submit("row", org, str(number)) for number in range(4)]:
        until(work, held, "done")
    assert bench.most == 2


def test_it_can_be_asked_from_an_event_loop_as_pages_do(work: DbosWork, bench: Bench, org: str) -> None:
    async def asked() -> str:
        held = work.submit("chain", org, "a")
        assert [one.id for one in work.listing(org)] == [held]
        return held

    assert until(work, asyncio.run(asked()), "done").subject_id == "a"


def test_a_stop_ends_between_two_steps_and_the_next_start_goes_on(work: DbosWork, bench: Bench, org: str) -> None:
    held = work.submit("gate", org, "a")
    bench.begun.wait(10)
    threading.Timer(0.1, bench.open.set).start()
    work.close()
    work.close()
    assert bench.done == []

    work.start()
    assert until(work, held, "done").steps == ("waits", "after")
    assert bench.done == ["a after"]


def test_a_second_one_in_the_same_process_is_refused_in_words(work: DbosWork, tmp_path: Path) -> None:
    second = DbosWork(f"sqlite:///{tmp_path / 'second.db'}", [])
    with pytest.raises(ServiceUnavailable, match="already"):
        second.start()
    with pytest.raises(ServiceUnavailable, match="not running"):
        second.submit("chain", "org", "a")
