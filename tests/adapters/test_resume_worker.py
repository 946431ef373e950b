"""The processes that read files: what a file can do there, and what comes after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from interview_platform.adapters.resume_parser import SandboxedParser
from interview_platform.errors import ServiceUnavailable

NAUGHTY = "tests.adapters.naughty_reader"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and seccomp are Linux's")


@pytest.fixture(scope="module")
def parser() -> Iterator[SandboxedParser]:
    """One worker whose reader does as it is told."""
    made = SandboxedParser(seconds=5, workers=1, reader=NAUGHTY)
    yield made
    made.close()


def did(parser: SandboxedParser, deed: str) -> object:
    return parser.answer("file", deed.encode())["did"]


def test_it_can_open_no_connection(parser: SandboxedParser) -> None:
    assert did(parser, "connect") == "PermissionError"


@linux_only
def test_it_can_open_no_connection_below_python_either(parser: SandboxedParser) -> None:
    assert did(parser, "connect_below") == -1
    assert {"seccomp", "network namespace"} & set(parser.isolation)


def test_it_can_start_no_program(parser: SandboxedParser) -> None:
    assert did(parser, "program") == "PermissionError"


def test_it_can_write_no_file(parser: SandboxedParser, tmp_path) -> None:
    assert did(parser, f"write {tmp_path / 'one'}") == "PermissionError"
    did(parser, f"create_below {tmp_path / 'two'}")
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


@linux_only
def test_it_cannot_kill_the_process_it_came_from(parser: SandboxedParser) -> None:
    assert did(parser, "kill_worker") == -1


def test_it_can_take_no_more_memory_than_it_was_given(parser: SandboxedParser) -> None:
    assert did(parser, "hunger") == "MemoryError"


def test_it_sees_none_of_the_servers_secrets(parser: SandboxedParser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "secret")
    fresh = SandboxedParser(seconds=5, workers=1, reader=NAUGHTY)
    assert not {"GOOGLE_API_KEY", "HOME", "USER"} & set(did(fresh, "environment"))
    fresh.close()


def test_a_files_process_knows_nothing_of_the_file_before(parser: SandboxedParser) -> None:
    assert [did(parser, "seen") for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("deed", ["crash", "leave", "flood"])
def test_a_file_that_breaks_its_process_is_called_damaged_and_the_worker_lives_on(
    parser: SandboxedParser, deed: str
) -> None:
    before = did(parser, "pid")[1]
    assert parser.answer("file", deed.encode())["reason"] == "damaged"
    assert did(parser, "pid")[1] == before


def test_a_file_that_takes_too_long_is_stopped_and_the_worker_lives_on() -> None:
    parser = SandboxedParser(seconds=0.3, workers=1, reader=NAUGHTY)
    before = did(parser, "pid")[1]
    assert parser.answer("file", b"sleep 60")["reason"] == "too_slow"
    assert parser.answer("file", b"spin")["reason"] == "too_slow"
    assert did(parser, "pid")[1] == before
    parser.close()


def test_a_worker_that_is_gone_is_replaced_and_the_file_read(parser: SandboxedParser) -> None:
    before = did(parser, "pid")[1]
    os.killpg(before, signal.SIGKILL)
    assert did(parser, "pid")[1] != before


def test_as_many_files_are_read_at_once_as_there_are_workers() -> None:
    parser = SandboxedParser(seconds=20, workers=2, reader=NAUGHTY)
    with ThreadPoolExecutor(4) as pool:
        pids = list(pool.map(lambda _: parser.answer("file", b"pid")["did"][1], range(12)))
    assert 1 <= len(set(pids)) <= 2
    parser.close()


def test_a_closed_parser_says_so_and_leaves_no_process_behind() -> None:
    parser = SandboxedParser(seconds=5, workers=1, reader=NAUGHTY)
    worker = did(parser, "pid")[1]
    parser.close()
    with pytest.raises(ServiceUnavailable):
        parser.answer("file", b"pid")
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_worker_ends_with_the_process_that_started_it() -> None:
    program = (
        "import os; from interview_platform.adapters.resume_parser import SandboxedParser\n"
        f"parser = SandboxedParser(workers=1, reader={NAUGHTY!r})\n"
        "print(parser.answer('file', b'pid')['did'][1], flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    worker = int(done.stdout)
    for _ in range(500):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("the worker lives on")


def test_a_reader_that_cannot_start_is_not_the_files_fault() -> None:
    parser = SandboxedParser(seconds=5, workers=1, reader="tests.adapters.no_such_reader")
    with pytest.raises(ServiceUnavailable, match="cannot be read just now"):
        parser.answer("file", b"pid")
    parser.close()
