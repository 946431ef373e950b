"""Questions made for a job the banks have none for, from its own words: competency, description, duties, skills.

Each asks for one thing that happened, is short enough to be heard once, and differs in wording from its neighbours
(`number`). Its points are an account (probes.py) and what a competency's description itself names. Words that fit no
sentence with certainty are told after "calls for" or quoted: both take any of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from interview_platform.services.agent import bank, guard, names, probes, verbs
from interview_platform.services.agent.wording import Wording

MOST_SPOKEN = 34
_LEARNING = "general-learning-1"
MOST_EXTRA = 2
"""Points taken from a description beside those of any account."""


def on_competency(name: str, done: Sequence[str], number: int = 0, seen: str = "") -> Wording:
    """On a competency by what its description says is done (duties.py, may be empty). `seen`: the job's own texts."""
    subject, named = names.within(name, seen), verbs.of_name(name)
    if not done and not named:
        return _on_name(subject, number)
    deed = done[0] if done else named
    openings = (
        f"This role calls for {subject}. Tell me about a time when you had to {deed}.",
        f"An important part of this role is {subject}. Walk me through a time when you had to {deed}.",
        f"Tell me about a time at work when you had to {deed}.",
        f"Tell me about the last time you had to {deed}.",
    )
    opening = _spoken(openings if done else openings[2:], number)
    return Wording(opening, f"When did you last have to {deed}?", [*probes.account(number), *_extra(done[1:])])


def on_task(deed: str, number: int = 0) -> Wording:
    """On a duty the advert names, in the infinitive. Nobody needs to have done just that: something like it will do."""
    openings = (
        f"This role asks you to {deed}. Tell me about a time when you did work like that.",
        f"Part of this role is to {deed}. Walk me through one time when you did something close to it.",
        f"In this role, you would {deed}. Tell me about one day on which you did such work.",
    )
    plain_text = f"Think of work in which you had to {deed}. What happened there?"
    return Wording(_spoken(openings, number), plain_text, probes.account(number))


def on_named(duty: str, number: int = 0) -> Wording:
    """On a line of the advert that is quoted, since it fits no sentence with certainty."""
    openings = (
        f"The advert names “{duty}”. Tell me about a time when that was part of your work.",
        f"One line of the advert says “{duty}”. Walk me through one time when you did work of that kind.",
    )
    return Wording(_spoken(openings, number), f"When was “{duty}” last part of your work?", probes.account(number))


def on_skill(skill: str, number: int = 0, seen: str = "") -> Wording:
    """On a skill the job requires."""
    subject = names.within(skill, seen)
    openings = (
        f"This role calls for {subject}. Tell me about a time when that was part of your work.",
        f"The advert names {subject}. Tell me about one real piece of work in which that mattered.",
        f"This role also calls for {subject}. Walk me through one time when your work depended on that.",
    )
    plain_text = f"When was {subject} last part of your work?"
    return Wording(_spoken(openings, number), plain_text, probes.account(number))


def on_learning(skill: str, number: int = 0, seen: str = "") -> Wording:
    """On how something new was learned for a skill the job requires; its points are the banks' on learning."""
    subject = names.within(skill, seen)
    points = next(entry.points for entry in bank.family(bank.GENERAL).questions if entry.id == _LEARNING)
    return Wording(
        f"This role calls for {subject}. Tell me about something that you learned about it for your work.",
        f"What was the last thing you learned about {subject}?",
        [point.as_row() for point in points],
    )


def sayable(made: Wording) -> bool:
    """Whether every sentence of it may be spoken: a job's words are typed or pasted by people."""
    texts = [made.text, made.plain_text, *(entry["follow_up"] for entry in made.points)]
    return all(guard.check(text, []) for text in texts)


def _on_name(subject: str, number: int) -> Wording:
    openings = (
        f"This role calls for {subject}. Tell me about one piece of work in which that mattered.",
        f"Tell me about a time at work when {subject} really mattered.",
        f"Walk me through a day on which your work depended on {subject}.",
        f"Tell me about a moment when {subject} made the difference in your work.",
    )
    return Wording(_spoken(openings, number), f"When did your work last depend on {subject}?", probes.account(number))


def _extra(deeds: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"point": f"Says how they managed to {one}", "follow_up": f"How did you {one} there?"}
        for one in deeds[:MOST_EXTRA]
    ]


def _spoken(openings: Sequence[str], number: int) -> str:
    """The opening of this number, or the next that is short enough; the shortest when none is."""
    turned = [openings[(number + step) % len(openings)] for step in range(len(openings))]
    return next((text for text in turned if len(text.split()) <= MOST_SPOKEN), min(turned, key=len))
