"""Reads untrusted résumé files in a child process with limits (resume_text), so that no file can stop the product."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from interview_platform.adapters.resume_text import MOST_BYTES
from interview_platform.errors import ResumeUnreadable
from interview_platform.ports import ParsedFile

_PROJECT = Path(__file__).resolve().parents[2]

MESSAGES = {
    "encrypted": "This file is protected by a password. Ask for a copy without one and upload that.",
    "scanned": "This file holds pictures of text (a scan), which cannot be read. "
    "Ask for the résumé as it was saved by a word processor, as PDF or DOCX.",
    "damaged": "This file is damaged and could not be opened. Ask for it again, or save it anew as PDF.",
    "empty": "This file holds hardly any text that a person could read. Check that it is the right one.",
    "wrong_kind": "This is not a résumé file we can read. Upload a PDF, a DOCX or a plain text file.",
    "too_large": "This file is too large to be read safely. Upload a copy below 15 MB, without large pictures.",
    "too_many_pages": "This file has more than 40 pages. Upload the résumé alone.",
    "too_long": "This file holds far more text than a résumé. Upload the résumé alone.",
    "too_slow": "This file took too long to read and was stopped. Save it anew as a simple PDF and upload that.",
    "zip_bomb": "This file unpacks to far more than it should and was not opened. Save it anew as PDF and upload that.",
    "unsafe": "This file refers to things outside itself and was not opened. Save it anew as PDF and upload that.",
}
"""What is said for each reason."""


class SandboxedParser:
    """One child process per file."""

    def __init__(self, seconds: float = 10.0, memory_mb: int = 1_000) -> None:
        """`seconds` is the longest one file may take; `memory_mb` what its process may use."""
        self.seconds = seconds
        self.memory_mb = memory_mb

    def parse(self, filename: str, content: bytes) -> ParsedFile:
        """What a person sees in the file. Raises ResumeUnreadable; its message says what to do."""
        if len(content) > MOST_BYTES:
            raise _unreadable("too_large")
        answer = self._answer(content)
        if not answer["ok"]:
            raise _unreadable(str(answer["reason"]))
        return ParsedFile(
            text=answer["text"],
            pages=answer["pages"],
            media_type=answer["media_type"],
            warnings=tuple(answer["warnings"]),
        )

    def _answer(self, content: bytes) -> dict[str, Any]:
        share = self.seconds * 0.85  # the child gives up by itself before it is stopped
        command = [sys.executable, "-m", "interview_platform.adapters.resume_text", f"{share:.2f}", str(self.memory_mb)]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PROJECT,
            env={"PYTHONPATH": str(_PROJECT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},  # no secrets
            start_new_session=True,
        )
        try:
            printed, _ = child.communicate(content, timeout=self.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise _unreadable("too_slow") from None
        if child.returncode != 0:
            raise _unreadable("too_slow" if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else "damaged")
        answer: dict[str, Any] = json.loads(printed)
        return answer


def _unreadable(reason: str) -> ResumeUnreadable:
    return ResumeUnreadable(MESSAGES.get(reason, MESSAGES["damaged"]), reason)
