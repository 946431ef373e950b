"""How a turn came about, as `Turn.trace` holds it. Absent keys were not measured.

Candidate turns: {"intent", "beside", "aside"}: what was read, and what stood beside an answer. Agent turns: {"intent"
(of the candidate's turn that led here), "decision", "target", "covered": [{"point", "verdict", "quote"}], "passages":
[{"id", "source", "title", "text", "score"}], "guard": [{"text", "reason"}], "prompt", "fallback", "by" (label of the
engine that decided, whoever wrote the words), "seconds", "tokens_in", "tokens_out", "cost", "refers": {"turn_id",
"start", "end"}}. Every quote kept here stands in the candidate's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from interview_platform.models import Turn
from interview_platform.ports import Decision, Passage, PointVerdict
from interview_platform.services.scoring import evidence

AUTHORED = "Authored"
"""`Turn.engine` of words that people wrote."""

ASK, BRIDGE, MOVE_ON = "ask", "bridge", "move_on"
REPEAT, REPHRASE, RETURN, REJOIN = "repeat", "rephrase", "return", "rejoin"
ANSWER, PASS_ON, LATER, CLARIFY, DECLINE = "answer", "pass_on", "later", "clarify", "decline"
WAIT, CONFIRM_END, UNHEARD, INVITE, GO_BACK = "wait", "confirm_end", "unheard", "invite", "go_back"
DISTRESS, ACCOMMODATE, LANGUAGE, CALM, CORRECT, NOTED = (
    "distress",
    "accommodate",
    "language",
    "calm",
    "correct",
    "noted",
)
GREET, CLOSE = "greet", "close"
EXPECTS = frozenset({CONFIRM_END, UNHEARD, INVITE, GO_BACK, DISTRESS})
"""Decisions of notices after which the candidate is to speak."""

Trace = dict[str, Any]


def agent(decision: str, intent: str = "", **more: Any) -> Trace:
    """An agent turn's trace; empty values are left out."""
    kept = {key: value for key, value in more.items() if value not in ("", None, (), [], {})}
    return {**({"intent": intent} if intent else {}), "decision": decision, **kept}


def of_decision(made: Decision, texts: Sequence[str]) -> Trace:
    """What an interviewer's decision adds: points with checked quotes, engine figures. `texts` are the answers."""
    found: Trace = {
        "target": made.point,
        "covered": verified(made.covered, texts),
        "prompt": made.prompt,
        "fallback": made.fallback,
        "by": made.engine,
        "seconds": round(made.seconds, 4) or None,
        "tokens_in": made.tokens_in or None,
        "tokens_out": made.tokens_out or None,
        "cost": made.cost,
    }
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def verified(covered: Sequence[PointVerdict], texts: Sequence[str]) -> list[dict[str, str]]:
    """Each verdict with a quote that stands in one of the texts; a verdict whose quotes stand nowhere shows nothing."""
    found = []
    for held in covered:
        quote = next((quote for quote in held.quotes if any(evidence.verify(quote, text) for text in texts)), "")
        claimed = held.verdict != "not_shown"
        verdict = held.verdict if quote or not claimed else "not_shown"
        found.append({"point": held.point, "verdict": verdict, "quote": quote if verdict != "not_shown" else ""})
    return found


def of_passages(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """The passages an answer stands on, best first."""
    return [
        {"id": held.id, "source": held.source, "title": held.title, "text": held.text, "score": round(held.score, 4)}
        for held in passages
    ]


def decision(turn: Turn) -> str:
    """What the agent did with this turn; empty where it was not written down."""
    return str((turn.trace or {}).get("decision", ""))


def intent(turn: Turn) -> str:
    """What the candidate's turn was read as; empty where it was not written down."""
    return str((turn.trace or {}).get("intent", ""))


def answer_text(turn: Turn) -> str:
    """The words of a candidate's turn that answer: without the question that stood beside them."""
    trace: Mapping[str, Any] = turn.trace or {}
    aside = str(trace.get("aside", "")) if trace.get("beside") else ""
    text = turn.text.replace(aside, " ") if aside else turn.text
    return " ".join(text.split()) if aside else turn.text


def quotes(turns: Sequence[Turn]) -> list[str]:
    """The candidate's own words that showed a point, in the order they were found."""
    held = [entry for turn in turns for entry in (turn.trace or {}).get("covered", []) if isinstance(entry, dict)]
    return [str(entry["quote"]) for entry in held if entry.get("verdict") == "met" and entry.get("quote")]


def met(turns: Sequence[Turn]) -> frozenset[str]:
    """The points that earlier decisions found shown, by a checked quote."""
    held = [entry for turn in turns for entry in (turn.trace or {}).get("covered", []) if isinstance(entry, dict)]
    return frozenset(str(entry.get("point", "")) for entry in held if entry.get("verdict") == "met")
