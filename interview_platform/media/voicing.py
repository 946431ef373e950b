"""A voice that speaks ahead: what will be said, or may be, is synthesised before anybody waits for it.

What was spoken once is kept for a while, so that a question said again costs nothing. Safe to share between threads.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from interview_platform.ports import Samples, Voice

KEPT_SECONDS = 900.0
"""Of speech, at 16 bits: about 43 MB for a voice of 24 kHz. Over this, what was longest not asked for goes."""
LATER_SECONDS = 0.3
"""Between two lines that are made when there is time."""
_NICE = 10
_FULL = 32767.0
_log = logging.getLogger(__name__)


def _step_back() -> None:
    """This thread leaves the processor to whoever listens or speaks now, where the system tells threads apart."""
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


class _Line:
    """One text's sound while it grows; whoever speaks it follows whoever makes it."""

    def __init__(self) -> None:
        self.chunks: list[NDArray[np.int16]] = []
        self.over = False
        self.failed: BaseException | None = None
        self.changed = threading.Condition()

    def add(self, chunk: Samples) -> None:
        with self.changed:
            self.chunks.append((np.clip(chunk, -1.0, 1.0) * _FULL).astype(np.int16))
            self.changed.notify_all()

    def end(self, failed: BaseException | None = None) -> None:
        with self.changed:
            self.over, self.failed = True, failed
            self.changed.notify_all()

    def play(self) -> Iterator[Samples]:
        """From its beginning; waits for what is still being made."""
        at = 0
        while (chunk := self._chunk(at)) is not None:
            yield chunk.astype(np.float32) / np.float32(_FULL)
            at += 1

    def _chunk(self, at: int) -> NDArray[np.int16] | None:
        """The next one, or None behind the last. Raises what its making raised."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.chunks) > at or self.over)
            if len(self.chunks) > at:
                return self.chunks[at]
            if self.failed is not None:
                raise self.failed
        return None

    @property
    def samples(self) -> int:
        return sum(map(len, self.chunks))


def nod_of(voice: Voice) -> str:
    """What this voice says to show that it hears, without taking the word; empty where it has nothing of that kind."""
    return str(getattr(voice, "nod", ""))


class SpeaksAhead:
    """A Voice over another one. `prepare` blocks; call it where nobody waits."""

    def __init__(self, voice: Voice, kept_seconds: float = KEPT_SECONDS) -> None:
        self.name, self.rate = voice.name, voice.rate
        self.nod = nod_of(voice)
        self._voice, self._most = voice, kept_seconds
        self._lines: OrderedDict[str, _Line] = OrderedDict()
        self._lock = threading.Lock()
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="voice-ahead", initializer=_step_back)

    def speak(self, text: str) -> Iterator[Samples]:
        """As Voice.speak; from memory where it was spoken or prepared before."""
        line, mine = self._line(text)
        yield from self._make(text, line) if mine else line.play()

    def prepare(self, text: str) -> None:
        """Make it now, if nobody has."""
        line, mine = self._line(text)
        if mine:
            for _ in self._make(text, line):
                pass

    def prepare_later(self, texts: Iterable[str]) -> None:
        """Make them one after the other with a breath between; returns at once."""
        for text in texts:
            self._aside.submit(self._later, text)

    def close(self) -> None:
        """Make nothing more beforehand."""
        self._aside.shutdown(wait=False, cancel_futures=True)

    # --- inside ------------------------------------------------------------------------------------------------

    def _later(self, text: str) -> None:
        try:
            self.prepare(text)
        except Exception as error:  # it is told when the line has to be spoken
            _log.warning("a line could not be made ahead: %s", type(error).__name__)
        time.sleep(LATER_SECONDS)

    def _line(self, text: str) -> tuple[_Line, bool]:
        """The text's line, and whether the caller is to make it."""
        with self._lock:
            known = self._lines.get(text)
            if known is not None:
                self._lines.move_to_end(text)
                return known, False
            self._lines[text] = made = _Line()
            return made, True

    def _make(self, text: str, line: _Line) -> Iterator[Samples]:
        """Speak it, keeping what is spoken: to its end, even if whoever asked for it wants no more. What failed is
        forgotten."""
        source = self._voice.speak(text)
        failed: BaseException | None = None
        try:
            for chunk in source:
                line.add(chunk)
                yield chunk
        except GeneratorExit:
            for chunk in source:
                line.add(chunk)
            raise
        except Exception as error:
            failed = error
            raise
        finally:
            line.end(failed)
            self._settle(text, line, failed is None)

    def _settle(self, text: str, line: _Line, whole: bool) -> None:
        with self._lock:
            if not whole:
                if self._lines.get(text) is line:
                    del self._lines[text]
                return
            held = sum(one.samples for one in self._lines.values())
            while held > self._most * self._voice.rate and len(self._lines) > 1:
                held -= self._lines.popitem(last=False)[1].samples
