"""What a candidate's words are, where the interview stands, and the turns that are written for them."""

from __future__ import annotations

from interview_platform.services.agent import intents, replies, trace
from interview_platform.services.agent.intents_nearest import Reader
from interview_platform.services.agent.position import Position

_AS_QUESTION = frozenset({"question", "clarify"})
_OWN_KIND = {"skip": "skip", "unheard": "unheard", "correction": "correction"}


_BY_THE_WAY = frozenset({"instruct", "off_topic", "off_question", "unsure", "insult", "score"})
_AWAITED = frozenset({trace.GO_BACK, trace.CONFIRM_END})
"""Offers after which words are read by the rules alone: nothing vague ends an interview."""
MOST_ASIDES = 3
"""So many of them at one question in place of an answer, and the interview goes on."""


def read(text: str, before: Position, reader: Reader | None = None) -> intents.Reading:
    """What was said, in the light of what the agent said before it; `reader` looks again at the rules' reading."""
    found = _by_rules(text, before)
    if reader is None or before.question is None or before.offered in _AWAITED:
        return found
    if before.inviting:
        return found if before.ask is None else _unless_unclear(reader(text, found, "", ()), found)
    points = [before.question.text, *(str(entry["point"]) for entry in before.question.points)]
    told = before.answers if before.ask and before.ask.kind == "follow_up" else ()
    again = reader(text, found, before.ask.text if before.ask else "", points, told)
    asked_already = before.count_here("unsure") + before.count_here("off_question")
    return found if again.intent in {"unsure", "off_question"} and asked_already else again


def _unless_unclear(again: intents.Reading, found: intents.Reading) -> intents.Reading:
    return found if again.intent in {"unsure", "off_question"} else again


def _by_rules(text: str, before: Position) -> intents.Reading:
    if before.offered == trace.DISTRESS:
        plainly = intents.read(text)
        return plainly if plainly.intent != "answer" else intents.read(text, ending=True)
    return intents.read(text, ending=before.offered == trace.CONFIRM_END, inviting=before.inviting)


def ends(reading: intents.Reading, before: Position) -> bool:
    """Whether the candidate has said, and confirmed, that it is over."""
    if before.offered == trace.CONFIRM_END:
        return reading.intent in ("yes", "end")
    return before.offered == trace.DISTRESS and reading.intent == "end" and not reading.near


def rows(
    reading: intents.Reading, text: str, before: Position, kind: str
) -> list[tuple[str, str, str | None, trace.Trace]]:
    """The turns to write for an utterance: (kind, text, question, trace)."""
    here = before.ask.question_id if before.ask and not before.inviting else None
    kept: trace.Trace = {"intent": reading.intent}
    settles = reading.intent in ("answer", "dont_know", "answered")
    if reading.intent == "other_language" and before.count_here("other_language"):
        settles = True  # not understood twice: people read it
    if settles and before.offered == trace.GO_BACK and before.offer and reading.intent == "answer":
        return [("correction", text, before.offer.question_id, {"intent": "correction"})]
    if settles and reading.beside == "correction":
        about = replies.corrected(reading.aside, before)
        corrects: trace.Trace = {"intent": "correction"}
        return [(kind, reading.rest, here, kept), ("correction", reading.aside, about, corrects)]
    if settles:
        beside = {"beside": reading.beside, "aside": reading.aside} if reading.beside else {}
        return [(kind, text, here, {**kept, **beside})]
    if reading.intent == "correction":
        return [("correction", text, replies.corrected(text, before), kept)]
    if reading.intent in _BY_THE_WAY and before.waiting and _asides(before) + 1 >= MOST_ASIDES:
        return [("skip", text, here, kept)]
    if reading.intent in _OWN_KIND:
        return [(_OWN_KIND[reading.intent], text, here, kept)]
    return [("question" if reading.intent in _AS_QUESTION else "request", text, None, kept)]


def _asides(before: Position) -> int:
    return sum(before.count_here(intent) for intent in _BY_THE_WAY)
