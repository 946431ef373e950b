"""Interviews to try a judge on where no file is given: what the shipped personas say, as transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from interview_platform.evaluation.personas import Persona, read
from interview_platform.evaluation.transcripts import Transcript
from interview_platform.services.agent import bank


def interviews() -> Iterator[tuple[str, Transcript]]:
    """(job, interview) of each persona: the questions of the job's bank in order, each with the persona's next line."""
    for persona in read():
        family = str(persona.job.get("family") or persona.job.get("role_family") or persona.job.get("title") or "")
        yield family or bank.GENERAL, Transcript(persona.name, tuple(_turns(persona, family)))


def _turns(persona: Persona, family: str) -> Iterator[tuple[bool, str]]:
    lines = [line for line in (*persona.answers, *persona.defaults) if line.say and not line.say.startswith("[")]
    asked = bank.family(family).questions
    for place, entry in enumerate(asked[: max(6, len(lines))]):
        fitting = [line for line in lines if line.when is not None and line.when.search(entry.text)]
        line = fitting[0] if fitting else lines[place % len(lines)] if lines else None
        if line is not None:
            yield True, entry.text
            yield False, line.say
