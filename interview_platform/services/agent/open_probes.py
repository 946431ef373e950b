"""Probes that take nothing for granted: for an answer of a few words, or where it is not certain which point is open.

They ask to be told more of what was told, in the candidate's own words where these can be said back. No answer can
have given that already, so nothing that was answered is asked again. None claims anything about the candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from interview_platform.services.agent import guard

STEPS = (
    "Could you take me through what you did there, step by step?",
    "What did you do there yourself, from the first step on?",
    "Could you walk me through it, with what you did first?",
    "Can you describe one such moment, and what you did in it?",
    "Could you give me a little more on that, with your own part in it?",
    "What was your own first step there?",
    "Could you tell me that as a small story, with what you did?",
    "What exactly happened there?",
)
"""After a few words about something that happened: no deed, reason or result is taken as told."""
INTO_IT = (
    "How exactly did you go about that?",
    "Could you go into that step a little more?",
    "What were you paying attention to while you did that?",
    "If I had stood beside you at that point, what would I have seen?",
    "Could you describe that part in a little more detail?",
)
"""After an account in which no point is certain to be open, and the deed that was told back."""
FURTHER = (
    "Which part of that asked the most of you?",
    "Which moment of it do you remember best?",
    "Could you tell me a little more about how that went?",
    "If I had been there, what would I have seen you do?",
    "What belongs to that story that you have not told me yet?",
    "Could you make that a bit more concrete for me?",
)
"""As INTO_IT, where nothing can be told back."""
VIEW = (
    "Could you say a little more about that?",
    "Can you make that a little more concrete?",
    "Could you take me through your thinking there?",
    "How would that look in practice?",
    "Could you describe that with a small example?",
)
"""After a few words on a question that asks for no past event."""
MOST = 4
"""Probes for more of an account in one interview; those after a few words are not counted."""


def steps(about_past: bool, asked: Sequence[str], question: str) -> str:
    """A probe after a few words; empty when none is left."""
    return _first(STEPS if about_past else VIEW, asked, question)


def further(told_back: bool, asked: Sequence[str], question: str) -> str:
    """A probe for more of what was told; empty when none is left or enough were asked."""
    if sum(any(text.endswith(one) for one in (*INTO_IT, *FURTHER)) for text in asked) >= MOST:
        return ""
    into = _first(INTO_IT, asked, question) if told_back else ""
    return into or _first(FURTHER, asked, question)


def _first(texts: Sequence[str], asked: Sequence[str], seed: str) -> str:
    """The first one not asked yet, begun at a place that the question decides: all candidates are treated alike."""
    at = crc32(seed.encode()) % len(texts)
    return next((text for text in (*texts[at:], *texts[:at]) if guard.check(text, asked)), "")
