"""A brain for the local servers: it reads the product's prompts and goes by common words, enough to be consistent."""

from __future__ import annotations

import re
from typing import Any


def reader(prompt: str, schema: dict[str, Any]) -> object:
    """A judgement, a turn's decision or a wording, whichever the schema asks for."""
    fields = schema.get("properties", {})
    if "action" in fields:
        return decision(prompt)
    if "verdicts" in fields:
        return {"verdicts": [_entry(number, said) for number, said in _shown(prompt).items()]}
    return {"question": re.findall(r"^Authored question: (.+)$", prompt, re.MULTILINE)[-1]}


def decision(prompt: str, **changed: object) -> dict[str, Any]:
    """The turn's decision: the first point that is not shown is asked for. `changed` puts in other fields."""
    shown, points = _shown(prompt), _points(prompt)
    open_points = [number for number, said in shown.items() if not said]
    number = open_points[0] if open_points else 0
    made: dict[str, Any] = {
        "open_points": open_points,
        "action": "follow_up" if number else "accept",
        "point_number": number,
        "bridge": "",
        "question": f"And could you tell me what {_subject(points[number])} was like?" if number else "",
        "because": "It was not said." if number else "Every point was shown.",
        "covered": [_entry(each, said) for each, said in shown.items()],
    }
    return made | changed


def answer_in(prompt: str) -> str:
    """The candidate's answer: the data comes after the instructions, so its block is the last one."""
    return re.findall(r"<<DATA \w+>>\n(.*?)\n<<END", prompt, re.DOTALL)[-1]


def _points(prompt: str) -> dict[int, str]:
    asked = prompt[prompt.rindex("The question that was asked:") :]
    return {int(number): point for number, point in re.findall(r"^(\d+)\. (.+)$", asked, re.MULTILINE)}


def _shown(prompt: str) -> dict[int, str]:
    """By point the sentence that shows it, in this answer or an earlier one; empty where none does."""
    earlier = "\n".join(re.findall(r"^Answered: (.+)$", prompt, re.MULTILINE))
    answer = f"{answer_in(prompt)}\n{earlier}"
    return {number: _shown_by(point, answer) for number, point in _points(prompt).items()}


def _shown_by(point: str, answer: str) -> str:
    """The sentence of the answer that holds two words of the point, or one long one."""
    wanted = {word[:6] for word in re.findall(r"[a-z]{5,}", point.lower())}
    for sentence in re.split(r"(?<=[.!?])\s+", answer):
        if len(wanted & {word[:6] for word in re.findall(r"[a-z]{5,}", sentence.lower())}) >= min(2, len(wanted)):
            return sentence
    return ""


def _entry(number: int, said: str) -> dict[str, Any]:
    return {"point_number": number, "verdict": "met" if said else "not_shown", "quotes": [said] if said else []}


def _subject(point: str) -> str:
    return " ".join(re.findall(r"[a-z]{4,}", point.lower())[-2:])
