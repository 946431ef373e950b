"""Speech detection by Silero VAD on ONNX Runtime."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from interview_platform.ports import SPEECH_RATE, VAD_WINDOW, Samples

_CONTEXT = 64
"""Samples of the window before that the network wants to see in front of each window."""


class SileroDetector:
    """Chance of speech per window. Holds the network's memory: one per listener, from one thread at a time."""

    name = "silero"

    def __init__(self, weights: Path) -> None:
        self._session = _session(weights)
        self._rate = np.array(SPEECH_RATE, dtype=np.int64)
        self.reset()

    def probability(self, window: Samples) -> float:
        """Chance 0..1 that these VAD_WINDOW samples hold speech (about 0.2 ms of work)."""
        if len(window) != VAD_WINDOW:
            raise ValueError(f"a window is {VAD_WINDOW} samples, not {len(window)}")
        given = np.concatenate([self._context, window])[None].astype(np.float32, copy=False)
        output, self._memory = self._session.run(None, {"input": given, "state": self._memory, "sr": self._rate})
        self._context = np.asarray(window[-_CONTEXT:], dtype=np.float32)
        return float(output.ravel()[0])

    def reset(self) -> None:
        """Forget what was heard."""
        self._memory = np.zeros((2, 1, 128), dtype=np.float32)
        self._context = np.zeros(_CONTEXT, dtype=np.float32)


@lru_cache(maxsize=1)
def _session(weights: Path) -> Any:
    """The network, loaded once; it keeps no memory itself, so every listener shares it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
