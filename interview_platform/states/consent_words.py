"""The words a candidate agrees to. They are stored with the consent, so page and record can never differ."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ConsentItem:
    """One checkbox: `name` is the key in Consent.items."""

    name: str
    required: bool
    label: str
    detail: str


_ITEMS = (
    ConsentItem(
        "ai_interviewer",
        True,
        "An AI asks me the questions",
        "It also prepares a report on what I said, with my own words as evidence. A person at {organisation} reads it "
        "and decides. The AI never decides.",
    ),
    ConsentItem(
        "recording",
        True,
        "My sound, picture and words are recorded",
        "People at {organisation} who work on this application can watch the recording and read the transcript. They "
        "may also join without being seen while the interview runs, and follow it or end it. They see when another tab "
        "or window was in front, and how much of a written answer was pasted; neither counts for or against me. I can "
        "ask {organisation} for a copy, or to delete it, at any time.",
    ),
    ConsentItem(
        "face_analysis",
        False,
        "Software may note how I am in the picture",
        "Whether my face is in view, how it is framed, which way the head turns or nods, hands, and how bright the "
        "picture is. It does not read feelings, and it never counts for or against me.",
    ),
    ConsentItem(
        "voice_analysis",
        False,
        "Software may measure how my voice sounds",
        "Loudness and pitch of my answers, and noise around me. It does not read feelings, and it never counts for or "
        "against me.",
    ),
)


def items(organisation: str, face: bool, voice: bool, outside: Sequence[str] = ()) -> list[ConsentItem]:
    """The checkboxes of one organisation: analysis it does not use is not asked for. `outside`: what is sent away."""
    offered = {"face_analysis": face, "voice_analysis": voice}
    more = {"ai_interviewer": f" For this, {', and '.join(outside)}." if outside else ""}
    return [
        ConsentItem(
            item.name,
            item.required,
            item.label,
            item.detail.format(organisation=organisation) + more.get(item.name, ""),
        )
        for item in _ITEMS
        if offered.get(item.name, True)
    ]


def text(asked: list[ConsentItem]) -> str:
    """What was on the page, whole, as it is stored."""
    return "\n".join(f"[{'required' if item.required else 'optional'}] {item.label}. {item.detail}" for item in asked)
