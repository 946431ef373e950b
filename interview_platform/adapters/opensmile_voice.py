"""Acoustic measures by openSMILE (eGeMAPSv02 functionals). Its licence is for research: see docs/licences.md.

`OpensmileVoice` works in the process it is made in (0.2 s of CPU for 10 s of speech); `OpensmileVoiceProcess` keeps
that off the live interview.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, cast

from interview_platform.adapters.child_process import ChildProcess
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Samples


class OpensmileVoice:
    """VoiceReader in this process."""

    name = "opensmile eGeMAPSv02"

    def __init__(self) -> None:
        try:
            import opensmile
        except (ImportError, OSError) as error:
            raise ServiceUnavailable(f"openSMILE cannot be loaded here: {error}") from error
        self._smile: Any = opensmile.Smile(
            feature_set=opensmile.FeatureSet.eGeMAPSv02, feature_level=opensmile.FeatureLevel.Functionals
        )

    def read(self, samples: Samples, rate: int) -> dict[str, float]:
        """The 88 functionals of mono audio, by their eGeMAPS names; {} for less than half a second."""
        if len(samples) < rate // 2:
            return {}
        row = self._smile.process_signal(samples, rate).iloc[0]
        return {str(name): float(value) for name, value in row.items()}


class OpensmileVoiceProcess:
    """VoiceReader in a process of its own, started at the first answer."""

    name = OpensmileVoice.name

    def __init__(self) -> None:
        """Raises ServiceUnavailable at once when openSMILE is not installed."""
        if find_spec("opensmile") is None:
            raise ServiceUnavailable("openSMILE is not installed; voice measures are off.")
        self._child = ChildProcess(f"{__name__}:OpensmileVoice", what="Voice analysis")

    def read(self, samples: Samples, rate: int) -> dict[str, float]:
        """As OpensmileVoice.read. Raises ServiceUnavailable."""
        limit = 10 + len(samples) / rate / 2
        return cast(dict[str, float], self._child.call("read", samples, rate, timeout_seconds=limit))

    def close(self) -> None:
        """End the process."""
        self._child.close()
