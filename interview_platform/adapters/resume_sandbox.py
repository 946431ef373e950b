"""What a process that reads an untrusted file gives up first. Called once in each process forked for one file.

Processor time, memory, files, network, other programs: limits of the system (`resource`), Python's audit hook, and on
Linux an empty network namespace (`leave_network`, before forking) and a seccomp filter, neither of which needs any
right. What a system does not offer is left out and not claimed: both functions return what really holds.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from contextlib import suppress
from functools import cache
from typing import Any

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000 | 0x08000000  # CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED_EVENTS = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "pty.", "os.kill")

# System calls a parser has no use for, by machine: sockets; programs and processes; changes to files; the kernel's
# wider doors (mounts, keys, namespaces, io_uring and the like).
_X86 = (
    *(41, 42, 43, 44, 46, 49, 50, 53, 288),
    *(56, 57, 58, 59, 62, 101, 200, 322, 434, 435, 438),
    *(76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133, 258, 259, 260, 263, 264, 265, 266, 268, 316),
    *(155, 161, 165, 166, 246, 248, 249, 250, 272, 298, 304, 308, 310, 311, 319, 321, 323, 425, 426, 427, 437),
)
_ARM = (
    *(198, 199, 200, 201, 202, 203, 206, 211, 242),
    *(117, 129, 130, 220, 221, 281, 434, 435, 438),
    *(33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 276),
    *(39, 40, 41, 51, 97, 104, 217, 218, 219, 241, 265, 268, 270, 271, 279, 280, 282, 425, 426, 427, 437),
)
# The name in the kernel's audit lists, the calls that open a file with where their flags lie, and the refused ones.
_MACHINES = {
    "x86_64": (0xC000003E, ((2, 24), (257, 32)), _X86),  # open, openat
    "aarch64": (0xC00000B7, ((56, 32),), _ARM),  # openat
}


def leave_network() -> list[str]:
    """Move into an empty network namespace, for this process and all it forks. [] where that is not allowed."""
    if sys.platform != "linux":
        return []
    with suppress(OSError, AttributeError):
        if ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER_AND_NETWORK) == 0:
            return ["network namespace"]
    return []


def take_limits(seconds: float, megabytes: int) -> list[str]:
    """Give up what reading one file does not need, for good; the names of what holds."""
    sys.setrecursionlimit(2_000)
    held = [*_limits(seconds, megabytes), *_filter_calls()]
    sys.addaudithook(_refuse)
    return [*held, "audit hook"]


def _limits(seconds: float, megabytes: int) -> list[str]:
    with suppress(ImportError):
        import resource

        wanted = {
            resource.RLIMIT_AS: megabytes * 1_000_000,
            resource.RLIMIT_CPU: int(seconds) + 1,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_NPROC: 0,
        }
        for kind, most in wanted.items():
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))
        return ["limits"]
    return []


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: no sockets, no other programs, no file opened for writing."""
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError("a résumé needs no network and no other program")
    if event == "open" and (int(arguments[2] or 0) & _WRITES or set(str(arguments[1] or "")) & set("wax+")):
        raise PermissionError("reading a résumé writes no file")


class _Step(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step))]


_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EPERM


def _steps(machine: str) -> list[tuple[int, int, int, int]]:
    """The filter: refuse another architecture's calls, the listed calls, and opening a file for writing."""
    architecture, opening, refused = _MACHINES[machine]
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _DENY), (_LOAD, 0, 0, 0)]
    steps += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _DENY)]  # the 32-bit calls of x86-64
    for number in refused:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _DENY)]
    for number, flags in opening:
        steps += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, flags)]
        steps += [(_ANY_BIT, 0, 1, _WRITES), (_RETURN, 0, 0, _DENY), (_RETURN, 0, 0, _ALLOW)]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


@cache
def _program() -> tuple[Any, Any] | None:
    """The filter as the kernel takes it, and the system's library; made once, before the processes are forked."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _MACHINES:
        return None
    steps = _steps(machine)
    rows = (_Step * len(steps))(*(_Step(*step) for step in steps))
    return _Program(len(steps), rows), ctypes.CDLL(None, use_errno=True)


def prepare() -> None:
    """Make beforehand what every file's process takes: what is made here is not made for each file."""
    _program()
    with suppress(ImportError):
        import resource  # noqa: F401 - imported here so that no file's process does


def _filter_calls() -> list[str]:
    """A seccomp filter, where the system has them."""
    made = _program()
    if made is None:
        return []
    program, system = made
    with suppress(OSError, AttributeError):
        no_new_rights, filtered = 38, 22
        if system.prctl(no_new_rights, 1, 0, 0, 0) == 0 and system.prctl(filtered, 2, ctypes.byref(program), 0, 0) == 0:
            return ["seccomp"]
    return []
