"""An adapter in a process of its own: it may fail, hang or die, and the next call works."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator

import pytest

from interview_platform.adapters.child_process import NICE, ChildProcess
from interview_platform.errors import ServiceUnavailable

HERE = "tests.adapters.test_child_process"


class Echo:
    """What lives over there in these tests."""

    def __init__(self, greeting: str) -> None:
        if not greeting:
            raise ValueError("no greeting")
        self._greeting = greeting

    def say(self, name: str) -> str:
        """A greeting."""
        return f"{self._greeting}, {name}"

    def niceness(self) -> int:
        """How far this process steps back."""
        return os.nice(0)

    def call_home(self, port: int) -> str:
        """Tries to reach the process that started it."""
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError as error:
            return type(error).__name__
        return "reached"

    def name_of(self, host: str) -> str:
        """Tries to look a name up."""
        try:
            socket.getaddrinfo(host, 80)
        except OSError as error:
            return type(error).__name__
        return "found"

    def fail(self) -> None:
        """Raises."""
        raise ValueError("not today")

    def hang(self) -> None:
        """Does not come back."""
        time.sleep(60)

    def die(self) -> None:
        """Ends the process on the spot."""
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def child() -> Iterator[ChildProcess]:
    """An Echo far away."""
    made = ChildProcess(f"{HERE}:Echo", "Good day", what="The echo")
    yield made
    made.close()


def test_a_call_goes_over_and_its_answer_comes_back(child: ChildProcess) -> None:
    assert child.pid is None
    assert child.call("say", "Ada", timeout_seconds=20) == "Good day, Ada"
    assert child.pid not in (None, os.getpid())
    assert child.call("niceness", timeout_seconds=20) >= min(19, os.nice(0) + NICE)


def test_an_error_over_there_is_told_here_and_the_process_lives_on(child: ChildProcess) -> None:
    with pytest.raises(ServiceUnavailable, match="The echo failed: ValueError: not today"):
        child.call("fail", timeout_seconds=20)
    before = child.pid
    assert child.call("say", "Bo", timeout_seconds=20) == "Good day, Bo"
    assert child.pid == before


def test_a_call_that_takes_too_long_ends_the_process_and_the_next_one_starts_it_again(child: ChildProcess) -> None:
    child.call("say", "Ada", timeout_seconds=20)
    before = child.pid
    with pytest.raises(ServiceUnavailable, match="took longer"):
        child.call("hang", timeout_seconds=0.2)
    assert child.pid is None
    assert child.call("say", "Cy", timeout_seconds=20) == "Good day, Cy"
    assert child.pid != before


def test_a_death_in_the_middle_of_a_call_is_told_and_mended(child: ChildProcess) -> None:
    with pytest.raises(ServiceUnavailable, match="ended unexpectedly"):
        child.call("die", timeout_seconds=20)
    assert child.call("say", "Di", timeout_seconds=20) == "Good day, Di"


def test_what_cannot_be_made_over_there_says_why() -> None:
    child = ChildProcess(f"{HERE}:Echo", "", what="The echo")
    with pytest.raises(ServiceUnavailable, match="no greeting"):
        child.call("say", "Ada", timeout_seconds=20)
    assert child.pid is None
    child.close()


def test_a_closed_one_stays_closed(child: ChildProcess) -> None:
    child.close()
    with pytest.raises(ServiceUnavailable):
        child.call("say", "Ada", timeout_seconds=20)


def test_it_has_no_network_not_even_to_this_machine(child: ChildProcess) -> None:
    with socket.create_server(("127.0.0.1", 0)) as open_door:
        port = open_door.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), timeout=2).close()  # here it is reached
        assert child.call("call_home", port, timeout_seconds=20) == "PermissionError"
    assert child.call("name_of", "localhost", timeout_seconds=20) == "PermissionError"
    assert child.call("say", "Ada", timeout_seconds=20) == "Good day, Ada"
