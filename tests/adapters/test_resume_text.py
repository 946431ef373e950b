"""The child process that reads files: what it may not do."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def in_child(code):
    """What a program prints after it took the child's limits."""
    program = f"from interview_platform.adapters.resume_text import _take_limits\n_take_limits(5, 500)\n{code}"
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, timeout=30)
    return done.stdout.strip() or done.stderr.strip().rsplit("\n", 1)[-1]


def test_it_can_open_no_connection():
    assert "PermissionError" in in_child("import socket; socket.create_connection(('127.0.0.1', 9))")


def test_it_can_start_no_program():
    assert "PermissionError" in in_child("import subprocess; subprocess.run(['true'])")


def test_it_can_write_no_file(tmp_path):
    target = tmp_path / "written"
    in_child(f"f = open({str(target)!r}, 'w'); f.write('x' * 9000); f.flush()")
    assert not target.exists() or target.stat().st_size == 0


def test_it_can_take_no_more_memory_than_it_was_given():
    assert "MemoryError" in in_child("b = bytearray(900_000_000)")
