"""What made a report: rubric, judge, prompt, and the rules as they stood. The same versions give the same levels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from interview_platform.models import Turn
from interview_platform.ports import AnswerJudge


def of(judge: AnswerJudge, rubric: dict[str, Any], turns: Iterable[Turn]) -> dict[str, str]:
    """{"rubric", "plan", "judge", "prompt", "rules", "interviewer"}, each "" where there is none."""
    engines = dict.fromkeys(turn.engine for turn in turns if turn.speaker == "agent" and turn.engine)
    return {
        "rubric": str(rubric.get("version", "")),
        "plan": str(rubric.get("plan_version", "") or ""),
        "judge": judge.label,
        "prompt": str(getattr(judge, "prompt_version", "")),
        "rules": rules(),
        "interviewer": ", ".join(engine for engine in engines if engine != "Authored"),
    }


@lru_cache(maxsize=1)
def rules() -> str:
    """Digest of the code that judges and combines (the files of this folder): it changes with any of its rules."""
    made = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:10]
