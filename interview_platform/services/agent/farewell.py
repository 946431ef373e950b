"""The end of an interview: the candidate's own questions, asked for once ours are over, and what else is said then.

None of it counts as an answer: it is not judged, and no planned question is open any more.
"""

from __future__ import annotations

from dataclasses import replace

from interview_platform.models import Turn
from interview_platform.services.agent import asides, trace
from interview_platform.services.agent.intents import Reading
from interview_platform.services.agent.lines import Line, line
from interview_platform.services.agent.moving import closing
from interview_platform.services.agent.records import Scene
from interview_platform.services.agent.replies import Replies, asked_before

_NOTHING = frozenset({"no", "skip", "end", "dont_know", "answered"})
MIN_WORDS_TO_NOTE = 7
"""Fewer, and nothing is said that could be noted: "that was it", "whatever"."""


def after(reading: Reading, said: Turn, scene: Scene, replies: Replies) -> list[Line]:
    """What follows when the candidate was asked for questions: replies, or the closing when there are none."""
    if reading.intent == "yes":
        return [line("notice", scene.words.go_ahead(), trace.INVITE, intent="yes")]
    if reading.intent in _NOTHING or scene.place.count_here("unheard") > 1:
        return [closing(scene)]
    if reading.intent == "answer" and not reading.beside:
        tells = len(said.text.split()) >= MIN_WORDS_TO_NOTE
        return [_noted(), closing(scene)] if tells else [closing(scene)]
    if reading.intent == "answer":
        reading = replace(reading, intent=reading.beside or "question")
    if reading.intent == "question" and asked_before(reading, said, scene.place):
        return [_noted(), closing(scene)]
    lines = replies.to(reading, said, scene)
    open_still = any(held.expects_answer or held.decision == trace.WAIT for held in lines)
    return lines if open_still else [*lines, closing(scene)]


def _noted() -> Line:
    return line("reply", asides.NOTED, trace.NOTED)
