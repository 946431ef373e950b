"""Authored questions that go deeper, for an answer that showed everything, and sentences that make a question easier.

They ask for the thinking behind what was told (decisions, limits, doubts, what one would do otherwise); none claims
anything about the candidate. Which one is asked depends on the question and on what was said: a cue in the answer goes
first, else a stable hash of the question chooses, so that candidates asked alike are treated alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from interview_platform.services.agent import guard

_PAST: dict[str, tuple[str, ...]] = {
    "technical": (
        "What would you do differently if it came up again?",
        "What could still go wrong with it today?",
        "What did you leave out on purpose?",
        "Which part of it took more thought than people would guess?",
        "What did you have to find out before you could start?",
        "What would you improve next if you had another week?",
        "What would you tell somebody who does this for the first time?",
        "Which decision in that was the hardest to make?",
        "What would have made you stop and start again?",
    ),
    "problem_solving": (
        "At which moment were you least sure of your way?",
        "What would you try first if you met that kind of problem again?",
        "Which of your assumptions turned out to be wrong?",
        "What would have made you stop and choose another way?",
        "What did you rule out on the way?",
        "What would you have done if that had not worked?",
        "What made it harder than it looked at first?",
        "When would you have asked somebody for help?",
        "What do you look at first in such a case today?",
    ),
    "communication": (
        "Which sign told you that you had been understood?",
        "What was the hardest part to say?",
        "How did you decide what to leave unsaid?",
        "What would you do if the same people disagreed again?",
        "What did you have to understand first about the other side?",
        "What would you say differently today?",
        "What did the others need from you at that point?",
        "What would you prepare better the next time?",
    ),
    "cultural_fit": (
        "When would you decide otherwise in such a situation?",
        "What made that matter to you at that moment?",
        "How would a colleague notice that in your daily work?",
        "Where is the limit of that for you?",
        "What would you advise somebody new in that position?",
        "Where did you learn to work that way?",
        "What helps you to keep to that on a busy day?",
        "What would make it hard to act that way again?",
    ),
}
_IMAGINED = (
    "Which part of that plan would you be least sure about?",
    "What would make you change that plan along the way?",
    "What would you do first if you only had one hour for it?",
    "What would you do if the first step did not work?",
    "How would you know after a week that it was going well?",
    "Which mistake would be easy to make there?",
    "Whom would you want to hear before you start?",
    "What would you leave for later?",
)
_TO_THE_POINT = (
    "In one sentence, what made the difference there?",
    "If you had to keep one thing of all that, which would it be?",
    "What would you want the hiring team to remember of that story?",
    "Which one moment decided how it went?",
    "What was your own main step, in one sentence?",
)
_CUED: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{cue})\b", re.IGNORECASE), frozenset(groups.split()), text)
    for cue, groups, text in (
        (
            r"(?:from .{2,25} to|fell|dropped|rose|halved|doubled|went (?:up|down)|fewer|less) .{0,20}"
            r"(?:\d+|percent|per cent|half|one|two|three|four|five|six|ten)",
            "technical problem_solving",
            "How sure were you that the change came from what you did?",
        ),
        (
            r"instead of|rather than|i (?:chose|decided|proposed)|we (?:chose|decided)",
            "technical problem_solving",
            "What spoke against the way you chose?",
        ),
        (
            r"deadline|by law|had to be ready|in time|on time|only (?:two|three|a few) (?:days|weeks|hours)",
            "technical cultural_fit",
            "What would you have done with twice the time?",
        ),
        (
            r"roll(?:ed)? back|rolled .{2,30} back|switched off|stopped the|shut",
            "technical problem_solving",
            "What was the risk of taking that step?",
        ),
        (
            r"(?:he|she|they) (?:was|were) (?:afraid|worried|angry|upset|cross|against)|disliked|did not want|refused",
            "technical communication problem_solving",
            "What would have changed your own mind there?",
        ),
        (
            r"(?:he|she) (?:said|told|thought|wanted|agreed|asked|cried)",
            "communication",
            "What did you learn about the other person from that?",
        ),
        (
            r"i (?:asked|called|rang|told) (?:\w+ ){0,3}(?:manager|boss|lead|supervisor|doctor|senior)",
            "problem_solving cultural_fit",
            "When would you have decided that alone?",
        ),
    )
)
"""What an answer speaks of, the groups it fits, and the question about it."""
_ANYWHERE = "A small example is fine, from work, study or volunteering."
_PLAINER = "Let me put it more simply."
FOCUS = "Let me pick out one thing."
"""Said before a follow-up on a long answer."""
MOST = 3
"""Deeper questions in one interview: they are a reward for the curious, not another test."""
_EVERY = (
    *_IMAGINED,
    *_TO_THE_POINT,
    *(text for texts in _PAST.values() for text in texts),
    *(text for _, _, text in _CUED),
)
_APOLOGY = re.compile(
    r"\b(?:sorry|nervous|my english|(?:such a|a) mess|bear with me|excuse (?:me|my)|heart is (?:pounding|racing)|"
    r"(?:more|the|have no|not the) words? for|how (?:do you|to) say|lost the thread|"
    r"not good (?:at|with) (?:this|that))\b",
    re.IGNORECASE,
)
_HESITATES = re.compile(r"\b(?:u+m+|u+h+|er+m?)\b", re.IGNORECASE)
_SEARCHES = re.compile(
    r"\b(?:he|she|it) (?:say|go|come|give|want|need|make|have|call|look|take|cry|change|repeat|tell|"
    r"ask|not)\b|"
    r"\b(?:i|we|they) not \w+|\b(?:two|three|four|\d+) (?:time|nurse|patient|hour|person|day|week|month)\b|"
    r"\b(?:we|i) have (?:need|make|go)\b|\b(?:i|we) (?:say|ask) (?:him|her|to him|to her|it)\b",
    re.IGNORECASE,
)
_STRAINED = 2


def question(
    group: str, imagined: bool, asked: Sequence[str], long: bool = False, about: str = "", said: str = ""
) -> str:
    """The next deeper question for a competency group, or one that brings a `long` answer to its point.

    `about`: the question that was answered, `said`: the answer. Empty when none is left or enough were asked.
    """
    before = [text for text in asked if any(text.endswith(one) for one in _EVERY)]
    if len(before) >= MOST:
        return ""
    fitting = _TO_THE_POINT if long else _IMAGINED if imagined else _PAST.get(group, _PAST["technical"])
    ordered = _turned(fitting, about)
    if not long and not imagined:
        ordered = [*_turned(_cued(group, said), said), *ordered]
    return next((text for text in ordered if not any(guard.same(text, earlier) for earlier in asked)), "")


def strained(said: Sequence[str]) -> bool:
    """Whether somebody visibly struggles, with nerves or with the language: then nothing is asked for its own sake."""
    text = "\n".join(said)
    if _APOLOGY.search(text):
        return True
    return len(_HESITATES.findall(text)) > _STRAINED or len(_SEARCHES.findall(text)) >= _STRAINED


def easier(plain_question: str, about_past: bool) -> str:
    """The question in plainer words, with leave to take an example from elsewhere; empty without plainer words."""
    if not plain_question:
        return ""
    return f"{_ANYWHERE if about_past else _PLAINER} {plain_question}"


def _cued(group: str, said: str) -> list[str]:
    """Questions about something this answer speaks of."""
    return [text for cue, groups, text in _CUED if group in groups and cue.search(said)]


def _turned(texts: Sequence[str], seed: str) -> list[str]:
    """The texts in order, begun at a place that the seed decides."""
    first = crc32(seed.encode()) % len(texts) if texts else 0
    return [*texts[first:], *texts[:first]]
