"""Hard conditions of a job: a licence, a place, a language, a work permit, years of experience. Pure.

What a person may type and a job may keep; job_condition_reading.py finds them in a post.
"""

from __future__ import annotations

from dataclasses import dataclass

from interview_platform.errors import BadInput

LICENCE, LOCATION, LANGUAGE, PERMIT, YEARS = "licence", "location", "language", "work_permit", "years"
KINDS: dict[str, str] = {
    LICENCE: "Licence, certificate or degree",
    LOCATION: "Place of work",
    LANGUAGE: "Language",
    PERMIT: "Permission to work",
    YEARS: "Years of experience",
}
"""Kind → words for people."""
MOST = 20
MOST_YEARS = 50
_MOST_VALUE = 120
_MOST_TEXT = 600


@dataclass(frozen=True)
class Condition:
    """One condition. `value` is what is looked for ("Driving licence", "Spanish", "5" years), `text` the sentence of
    the post that says so, `start` and `end` the characters of the post that name it (0, 0 when it was typed)."""

    kind: str
    value: str
    text: str = ""
    start: int = 0
    end: int = 0

    def as_json(self) -> dict[str, str]:
        """As `Job.conditions` holds it."""
        return {"kind": self.kind, "value": self.value, "text": self.text}


def checked(typed: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Conditions as a job may keep them, tidied and without repeats; raises BadInput saying which to change."""
    kept: dict[tuple[str, str], Condition] = {}
    for held in typed:
        value = " ".join(held.value.split())
        if held.kind not in KINDS:
            raise BadInput("Choose what the condition is about: licence, place, language, permission or years.")
        if not value:
            continue
        if len(value) > _MOST_VALUE:
            raise BadInput(f"A condition is a short name, not a sentence: at most {_MOST_VALUE} characters.")
        if held.kind == YEARS and not (value.isdecimal() and int(value) <= MOST_YEARS):
            raise BadInput(f"Years of experience are a whole number up to {MOST_YEARS}, such as 3.")
        made = Condition(held.kind, value, " ".join(held.text.split())[:_MOST_TEXT], held.start, held.end)
        kept.setdefault((held.kind, value.casefold()), made)
    if sum(held.kind == YEARS for held in kept.values()) > 1:
        raise BadInput("Two conditions ask for years of experience. Keep the one that decides.")
    if len(kept) > MOST:
        raise BadInput(f"More than {MOST} conditions leave nobody. Keep those without which the work cannot be done.")
    return tuple(kept.values())


def from_json(rows: object) -> tuple[Condition, ...]:
    """Conditions out of `Job.conditions`."""
    held = rows if isinstance(rows, list) else []
    return tuple(
        Condition(str(row.get("kind", "")), str(row.get("value", "")), str(row.get("text", ""))) for row in held
    )
