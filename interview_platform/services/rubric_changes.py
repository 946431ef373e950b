"""What differs between two rubrics as reports keep them (scoring/rubric.snapshot), in sentences. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

GROUPS = {
    "technical": "technical",
    "communication": "communication",
    "problem_solving": "problem solving",
    "cultural_fit": "cultural fit",
}
_ALIKE = 0.5
"""From this likeness on a point that went and one that came are one point in other words."""


@dataclass(frozen=True)
class Change:
    """One difference. `before` and `after` hold words that were changed, else they are empty."""

    line: str  # the competency
    text: str
    before: str = ""
    after: str = ""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """From one rubric to another, in the order of the second; what went comes last."""
    old = {line["name"].casefold(): line for line in before.get("lines", [])}
    new = {line["name"].casefold(): line for line in after.get("lines", [])}
    renamed = _renamed(old, new)
    made: list[Change] = []
    for key, line in new.items():
        was = old.get(renamed.get(key, key))
        if was is None:
            made.append(Change(line["name"], f"Added, with weight {line['weight']:g}."))
            continue
        if key in renamed:
            made.append(Change(line["name"], f"Called so now; it was “{was['name']}”."))
        made += [Change(line["name"], text, *words) for text, *words in _line(was, line)]
    gone = [line for key, line in old.items() if key not in new and key not in renamed.values()]
    made += [Change(line["name"], "Taken out.") for line in gone]
    if not made and [*old] != [*new]:
        made.append(Change("", "The competencies stand in another order."))
    return made


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """New name → old name, where the questions stayed the same."""
    found: dict[str, str] = {}
    for key, line in new.items():
        asked = {entry["text"] for entry in line["questions"]}
        same = [
            name
            for name, was in old.items()
            if name not in new and asked and asked & {entry["text"] for entry in was["questions"]}
        ]
        if key not in old and same and same[0] not in found.values():
            found[key] = same[0]
    return found


def _line(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    if was["weight"] != now["weight"]:
        yield (f"Its weight went from {was['weight']:g} to {now['weight']:g}.",)
    if was["group"] != now["group"]:
        yield (f"It counts towards {GROUPS[now['group']]} now, before towards {GROUPS[was['group']]}.",)
    for level in "12345":
        before, after = was["anchors"].get(level, ""), now["anchors"].get(level, "")
        if before != after:
            yield (f"Level {level} means something else.", before, after)
    held = {entry["text"]: entry for entry in was["questions"]}
    asked = {entry["text"]: entry for entry in now["questions"]}
    for text, entry in asked.items():
        if text not in held:
            yield ("A question was added.", "", text)
        else:
            yield from _points(held[text]["points"], entry["points"])
    for text in held:
        if text not in asked:
            yield ("A question was taken out.", text, "")


def _points(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, ...]]:
    gone = [point for point in before if point not in after]
    came = [point for point in after if point not in before]
    for point in came:
        near = difflib.get_close_matches(point, gone, n=1, cutoff=_ALIKE)
        if near:
            gone.remove(near[0])
            yield ("A point is worded otherwise.", near[0], point)
        else:
            yield ("A point was added.", "", point)
    for point in gone:
        yield ("A point was taken out.", point, "")
    if not gone and not came and list(before) != list(after):
        yield ("Points stand in another order.",)
