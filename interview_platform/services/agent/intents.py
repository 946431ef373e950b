"""What a short utterance asks of the interview itself: repeat, a moment, skip, stop. Everything else is an answer.

Whole utterances are matched, never parts: "I would not skip the tests" is an answer.
"""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal["answer", "dont_know", "repeat", "moment", "skip", "end", "yes", "no", "unheard"]

_BRACKETED = re.compile(r"[\[(*<][^\])*>]*[\])*>]")  # what transcribers write for noise: [BLANK_AUDIO], (music)
_FILLER = frozenset(("um", "uhm", "uh", "er", "erm", "ah", "oh", "hm", "hmm", "mm", "mhm"))

_OPENING = (
    r"(?:(?:um|uh|er|oh|sorry|okay|ok|well|hmm|so|yeah|yes|no|actually|honestly|please|thanks|thank you|excuse me|hi|"
    r"hello|i'm sorry|i am sorry|i think|maybe|just|then|right|but|and)\s+)*"
)
_ASKING = (
    r"(?:(?:can|could|may|might|shall|should|would|will)\s+(?:you|we|i)\s+(?:please\s+|just\s+|maybe\s+|kindly\s+)*"
    r"|(?:would|do)\s+you\s+mind\s+|let's\s+(?:just\s+)?|let\s+us\s+"
    r"|(?:i|we)\s*(?:'d|'ll|\s+would|\s+will)?\s+(?:like|want|need|prefer|wish|have)\s+(?:you\s+)?(?:to\s+)?)?"
)
_CLOSING = (
    r"(?:\s+(?:please|thanks|thank you|for me|again|now|here|if possible|if i may|if you can|if that's okay|"
    r"if that is okay|if that's ok|one more time|once more|sorry|then|today|about it|about that|about this|okay|ok))*"
)

_THIS = r"(?:that|it|this|the question|the last question|that question|this question|this one|that one|your question)"
_CORES: tuple[tuple[Intent, str], ...] = (
    (
        "repeat",
        rf"(?:repeat(?:ing)?(?: {_THIS})?|say(?:ing)? {_THIS}(?: again)?|ask(?:ing)?(?: me)? {_THIS} again"
        rf"|(?:hear|read) {_THIS}(?: again)?|rephras(?:e|ing)(?: {_THIS})?|put(?: {_THIS})? (?:another|a different) way"
        r"|come again|pardon(?: me)?|say again|again|what|what did you say|what was (?:that|the question)(?: again)?"
        r"|what do you mean(?: by that)?|what is the question|what's the question"
        rf"|i (?:didn't|did not|couldn't|could not|don't|do not) (?:quite |really )?"
        rf"(?:catch|hear|get|understand)(?: {_THIS}| you| what you said| what you asked)?)",
    ),
    (
        "moment",
        r"(?:(?:give me |take |wait |have )?(?:just )?(?:a|one|another) (?:moment|minute|second|sec|bit|little time)"
        r"(?: to think)?|let me think|think(?: for)?(?: a (?:moment|minute|second|bit))?|hold on|hang on|wait"
        r"|(?:some|a little|a bit of|more) time(?: to think)?|let me think(?: for a (?:moment|minute|second|bit))?)",
    ),
    (
        "skip",
        rf"(?:skip(?:ping)?(?: {_THIS})?|pass(?: on {_THIS})?|(?:go to |have |move (?:on )?to )?the next question"
        rf"|next(?: question| one)?|mov(?:e|ing) on|go on|go ahead"
        rf"|(?:i(?:'d| would)? )?(?:rather|prefer) not(?: to)?(?: (?:answer|say|talk about|discuss|respond to|go into)"
        rf"(?: {_THIS})?)?|not (?:answer|say|talk about|discuss)(?: {_THIS})?|no comment"
        rf"|i (?:don't|do not|won't|will not|can't|cannot) (?:want to |wish to |like to )?"
        rf"(?:answer|talk about|discuss|respond to)(?: {_THIS})?)",
    ),
    (
        "end",
        r"(?:(?:stop|end|finish|quit|leave|abort|cancel)(?:ping|ing)? (?:the|this|our) (?:interview|call|conversation)"
        r"|stop(?: right)?|end(?: it)?(?: right)?|quit)",
    ),
    (
        "dont_know",
        r"(?:i (?:really |just |honestly )?(?:don't|do not) (?:really |actually )?(?:know|remember|recall)"
        rf"(?: {_THIS}| the answer)?|(?:i have |i've got )?no (?:idea|clue)|i(?:'m| am)? not (?:really |quite )?sure"
        r"|not sure|i (?:can't|cannot|can not|couldn't) (?:think of|remember|recall|answer)"
        r"(?: (?:one|any|anything|an example|any example|a situation|that|it|right))*"
        r"|i (?:don't|do not) have (?:an|any|a good) (?:example|answer|experience)(?: (?:for|of|with) that)?)",
    ),
)
_HESITATING = r"(?:(?:um|uh|oh|well|okay|ok|so|sorry)\s+)*"
_GO_ON = r"go on|carry on|continue|keep going|don't|let's (?:go on|continue|carry on)"
_CONFIRMATIONS: list[tuple[Intent, re.Pattern[str]]] = [
    (
        "yes",
        re.compile(
            rf"{_HESITATING}(?:yes|yeah|yep|sure|correct|i do|do it|please do|that's right|(?:end|stop) it)"
            r"(?: (?:yes|yeah|please|thanks|thank you|i do|(?:end|stop)(?: it)?))*"
        ),
    ),
    ("no", re.compile(rf"{_HESITATING}(?:no|nope|{_GO_ON})(?: (?:no|please|thanks|thank you|{_GO_ON}))*")),
]
_REQUESTS: list[tuple[Intent, re.Pattern[str]]] = [
    (intent, re.compile(f"{_OPENING}{_ASKING}{core}{_CLOSING}")) for intent, core in _CORES
]


def read(text: str, ending: bool = False) -> Intent:
    """What the utterance asks; `yes` and `no` are only read when `ending`, after "Do you want to end?"."""
    words = _plain(text)
    if not [word for word in words.split() if word not in _FILLER]:
        return "unheard"
    for intent, pattern in [*_CONFIRMATIONS, *_REQUESTS] if ending else _REQUESTS:
        if pattern.fullmatch(words):
            return intent
    return "answer"


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, without noise marks and punctuation."""
    text = _BRACKETED.sub(" ", text.replace("’", "'")).lower()
    words = re.sub(r"[^\w' ]+", " ", text).split()
    return " ".join(words[:1] + [word for word in words[1:] if word not in _FILLER])
