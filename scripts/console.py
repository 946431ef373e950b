"""Progress lines, child processes, and failures that name the way out."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HEARTBEAT_SECONDS = 15
TAIL_LINES = 25
NETWORK_SIGNS = (
    "name resolution",
    "name or service not known",
    "nodename nor servname",
    "newconnectionerror",
    "network is unreachable",
    "connection refused",
    "connection reset",
    "connecttimeout",
    "read timed out",
    "dns error",
    "error sending request",
    "failed to fetch",
    "could not connect",
    "failed to establish a new connection",
    "connectionrefused",
    "getaddrinfo",
    "temporary failure",
    "403 forbidden",
    "proxyerror",
)
DISK_SIGNS = ("no space left on device", "disk quota exceeded", "enospc")


class SetupFailed(Exception):
    """The set-up cannot go on; the message says what happened and the way out."""


class CommandFailed(Exception):
    """A child process ended badly; `output` is everything it printed."""

    def __init__(self, command: Sequence[str], code: int, output: str) -> None:
        super().__init__(f"{Path(command[0]).name} ended with code {code}")
        self.output = output

    @property
    def tail(self) -> str:
        """The last lines it printed."""
        return "\n".join(f"    {line}" for line in self.output.strip().splitlines()[-TAIL_LINES:])

    def says(self, signs: Sequence[str]) -> bool:
        """Whether the output holds one of these phrases, whatever the case."""
        lowered = self.output.lower()
        return any(sign in lowered for sign in signs)


def say(line: str) -> None:
    """One line, at once, also into a pipe."""
    print(line, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done and how long it took; a child's failure becomes a SetupFailed with the way out."""
    say(f"==> {title}")
    started = time.monotonic()
    try:
        yield
    except CommandFailed as failure:
        raise SetupFailed(explain(title, failure)) from failure
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            raise SetupFailed(_disk_full(title)) from error
        raise
    say(f"    done in {time.monotonic() - started:.0f} s")


def explain(title: str, failure: CommandFailed) -> str:
    """What went wrong in a step and what to do, from what its command printed."""
    if failure.says(DISK_SIGNS):
        return _disk_full(title)
    if failure.says(NETWORK_SIGNS):
        return (
            f"'{title}' could not reach the network. It said:\n{failure.tail}\n"
            "The first set-up downloads packages and weights; later ones do not. Check the connection and the proxy "
            "(HTTPS_PROXY), or point pip at a mirror that you can reach (PIP_INDEX_URL), then run `make setup` again: "
            "it goes on where it stopped."
        )
    return f"'{title}' failed: {failure}. It said:\n{failure.tail}\nThen run `make setup` again: it goes on here."


def _disk_full(title: str) -> str:
    return f"'{title}' stopped because the disk is full. Free some space (about 6 GB in all), then run it again."


def run(command: Sequence[str], cwd: Path, env: dict[str, str], show: bool = False) -> str:
    """Run to the end with no standard input; what it printed. `show` passes its lines on. Raises CommandFailed."""
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    finished = threading.Event()
    threading.Thread(target=_beat, args=(finished,), daemon=True).start()
    try:
        output = _read(child, show)
    except BaseException:
        child.terminate()
        raise
    finally:
        finished.set()
        child.wait()
    if child.returncode:
        raise CommandFailed([str(part) for part in command], child.returncode, output)
    return output


def _read(child: subprocess.Popen[str], show: bool) -> str:
    assert child.stdout is not None
    lines = []
    for line in child.stdout:
        lines.append(line)
        if show and line.strip():
            say(f"    {line.rstrip()}")
    return "".join(lines)


def _beat(finished: threading.Event) -> None:
    """Say every now and then that work goes on."""
    started = time.monotonic()
    while not finished.wait(HEARTBEAT_SECONDS):
        say(f"    … still at it ({time.monotonic() - started:.0f} s)")


def fail(message: str) -> None:
    """Print the error and end with code 1."""
    print(f"\nError: {message}", file=sys.stderr, flush=True)
    sys.exit(1)
