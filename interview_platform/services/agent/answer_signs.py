"""What the words of an answer say beside their matter: that it is over, told before, unsure, or rambles. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview_platform.services.scoring.sentences import content

MANY_WORDS = 75
_NOTHING_WORDS = 12
_FILLERS = 3
_FILLER = re.compile(
    r"\b(?:u+m+|u+h+|er+m?|you know|i mean|honestly|basically|anyway|my goodness|and so on|sort of|kind of|"
    r"or something|more or less|and then|lovely|of course)\b|^(?:oh|so|well)\b",
    re.IGNORECASE,
)
_EXHAUSTED = re.compile(
    r"\b(?:(?:that(?:'s| is| was)|this is) (?:really )?(?:all|it|everything|the whole)|"
    r"nothing (?:more|else|further|to add)|no more|not much more|told (?:you )?(?:what|all|everything) i (?:know|have)|"
    r"can(?:'t|not) (?:think of|say|remember)|(?:do not|don't) (?:remember|know|have) (?:\w+ )?(?:more|else)|"
    r"(?:that|this|which) (?:(?:about|pretty much|more or less) )?(?:covers|does|says) (?:it|that|everything)|"
    r"(?:i(?:'d| had| would| should|'ll| will)|let me|better) (?:better )?(?:stop|leave it)(?: here| there| at that)?|"
    r"rather not|prefer not|would not say|(?:already|just) (?:said|told|answered)|as i said|i told you)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:as i (?:have |'ve )?(?:\w+ )?(?:said|mentioned|told)|i (?:have |'ve )?(?:already )?"
    r"(?:told|mentioned|said|talked)(?: you)?(?: \w+){0,4} (?:before|already|earlier|just now)|"
    r"(?:already|just) (?:told|mentioned|talked|answered)|same (?:story|example|situation|one)|"
    r"the one i (?:told|mentioned))\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not (?:really |quite )?sure|(?:don't|do not) (?:really )?know|no (?:idea|example|experience)|"
    r"never (?:had|been|done)|can(?:'t|not) think|hard to say|nothing comes)\b",
    re.IGNORECASE,
)


def is_unsure(answer: str) -> bool:
    """Whether it says that one does not know, or never had to do with it."""
    return bool(_UNSURE.search(answer))


def points_back(answer: str) -> bool:
    """Whether it points to what was told before ("as I said")."""
    return bool(_BACK.search(answer))


def has_nothing_more(newest: str) -> bool:
    """Whether these words end a matter: too few, "that is all", or not known."""
    return len(newest.split()) < 3 or bool(_EXHAUSTED.search(newest) or _UNSURE.search(newest))


def only_ends(answer: str) -> bool:
    """Whether all it says is that the matter is over ("I think that covers it"); not knowing is another thing."""
    said = [part for part in re.split(r"(?<=[.!?])\s+|\n+", answer) if part.strip()]
    return (
        bool(said) and not (is_unsure(answer) or points_back(answer)) and all(_EXHAUSTED.search(part) for part in said)
    )


def said_before(newest: str, answer: str, earlier: Sequence[str]) -> bool:
    """Whether the same words were the answer to something else: whoever says them again will not say more."""
    told = [line for held in earlier for line in held.split("\n")]
    return any(content(newest) == content(line) for line in [*told, *answer.split("\n")[:-1]])


def ended_short(answer: str) -> bool:
    """Whether an answer with a follow-up ended in "that is all"."""
    newest = answer.rsplit("\n", 1)
    return len(newest) == 2 and len(newest[1].split()) < _NOTHING_WORDS and has_nothing_more(newest[1])


def rambles(answer: str) -> bool:
    """Whether it is long and full of fillers."""
    return len(answer.split()) >= MANY_WORDS and len(_FILLER.findall(answer)) >= _FILLERS
