"""The sound of an ended turn: smart-turn v3 on ONNX Runtime, with the log-mel picture it was trained on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interview_platform.ports import SPEECH_RATE, Samples

SECONDS = 8
"""How much of the turn's end the model looks at; less is padded with silence in front."""
_LENGTH = SECONDS * SPEECH_RATE
_FFT, _HOP, _MELS = 400, 160, 80


class SmartTurn:
    """Chance that a speaker has finished, by intonation and rhythm. Stateless; safe to share between threads."""

    name = "smart-turn v3.2"

    def __init__(self, weights: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])

    def complete(self, samples: Samples) -> float:
        """Chance 0..1 that the turn is over, from its last 8 s at SPEECH_RATE (50 to 100 ms of work)."""
        features = log_mel(last_seconds(samples))
        output = self._session.run(None, {"input_features": features[None]})[0]
        return float(output.ravel()[0])


def last_seconds(samples: Samples) -> Samples:
    """The last 8 s, silence in front where there is less."""
    tail = samples[-_LENGTH:]
    return np.pad(tail, (_LENGTH - len(tail), 0)).astype(np.float32, copy=False)


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """Whisper's log-mel picture (80 bands, one column per 10 ms) of loudness-normalised audio at SPEECH_RATE."""
    wave = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
    padded = np.pad(wave.astype(np.float64), _FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP][: len(samples) // _HOP]
    spectrum = np.fft.rfft(frames * _window(), axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    log = np.log10(np.maximum(power @ _filters(), 1e-10))
    log = np.maximum(log, log.max() - 8.0)
    return np.ascontiguousarray(((log + 4.0) / 4.0).T, dtype=np.float32)


@lru_cache(maxsize=1)
def _window() -> NDArray[np.float64]:
    """Periodic Hann window."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_FFT) / _FFT)


@lru_cache(maxsize=1)
def _filters() -> NDArray[np.float64]:
    """Triangles of equal area on Slaney's mel scale, shape (frequency bins, mel bands)."""
    frequencies = np.linspace(0, SPEECH_RATE / 2, _FFT // 2 + 1)
    edges = _hertz(np.linspace(0, _mel(SPEECH_RATE / 2), _MELS + 2))
    widths = np.diff(edges)
    slopes = edges[None, :] - frequencies[:, None]
    rising, falling = -slopes[:, :-2] / widths[:-1], slopes[:, 2:] / widths[1:]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (edges[2:] - edges[:-2])))


def _mel(hertz: float) -> float:
    """Slaney's scale: linear up to 1 kHz, logarithmic above."""
    return hertz * 3 / 200 if hertz < 1000 else 15 + 27 * float(np.log(hertz / 1000) / np.log(6.4))


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mels < 15, mels * 200 / 3, 1000 * np.exp(np.log(6.4) / 27 * (mels - 15)))
