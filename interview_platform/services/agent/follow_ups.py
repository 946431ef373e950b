"""Whether to ask further about an answer, and in which words: the interviewer proposes, this checks.

What is proposed is said only if its point is truly open (not shown here, not told earlier, not asked before) and its
words pass the guard. Otherwise the authored question of the same point is said, or of the next open one, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from interview_platform.errors import PlatformError
from interview_platform.ports import Decision, Exchange, FollowUpOption, Interviewer
from interview_platform.services.agent import guard, memory, trace
from interview_platform.services.agent.lines import Line
from interview_platform.services.agent.position import Position
from interview_platform.services.agent.records import Scene

UNTIL_SECONDS = 30 * 60.0
"""On the interview's timeline; later, only planned questions are asked."""
NOT_HIS_WORDS = "not in the candidate's words"
SHOWN = "already answered"
_STRAINED = ("nervous", "language", "distress", "clarify")
"""Turns of a candidate after which nothing is asked for its own sake."""


@dataclass
class Outcome:
    """The follow-up, or none and why; `trace` is what the next line keeps of the decision."""

    line: Line | None = None
    note: str = ""
    trace: trace.Trace = field(default_factory=dict)
    engine: str = ""


def exchange(scene: Scene) -> Exchange:
    """What the interviewer sees of where the interview stands."""
    place = scene.place
    question = place.question
    assert question is not None
    return Exchange(
        question=question.text,
        answer="\n".join(place.answers),
        options=tuple(FollowUpOption(str(entry["point"]), str(entry["follow_up"])) for entry in question.points),
        asked=place.asked,
        earlier=memory.earlier(place.plan, place.turns, question.id),
        plain_question=question.plain_text,
        group=scene.group(question),
        level=scene.level,
        follow_ups_here=place.follow_ups_here,
        job_title=scene.job_title,
    )


def propose(scene: Scene, interviewer: Interviewer, say: Callable[[str], bool] | None, only_ease: bool) -> Outcome:
    """A checked follow-up, or none. `only_ease`: nothing was known, so only an easier way in would help."""
    seen = exchange(scene)
    said: list[str] = []

    def early(bridge: str) -> bool:
        spoken = say is not None and not said and say(bridge)
        said.extend([bridge] if spoken else [])
        return spoken

    try:
        made = interviewer.decide(seen, early if say is not None else None)
    except PlatformError as error:
        return Outcome(note=f"Went on with the plan, as {interviewer.label} did not answer: {error}")
    kept = trace.of_decision(made, [seen.answer, *(held.answer for held in seen.earlier)])
    outcome = Outcome(trace=kept, engine=made.engine or interviewer.label)
    if made.refused:
        kept["guard"] = [{"text": text, "reason": why} for text, why in made.refused]
    if made.action == "accept" or (only_ease and made.action != "ease"):
        return outcome
    if made.action == "deeper" and any(scene.place.count(intent) for intent in _STRAINED):
        outcome.note = "No deeper question: something was hard for this person, so only what is missing is asked for."
        return outcome
    return _checked(scene.place, seen, replace(made, bridge="") if said else made, outcome)


def _checked(place: Position, seen: Exchange, made: Decision, outcome: Outcome) -> Outcome:
    refused: list[dict[str, str]] = list(outcome.trace.get("guard", []))
    made = _parted(made, seen)
    text, point, because = made.text, made.point, made.because
    why = _closed(place, seen, point, text, outcome) or refusal(text, seen)
    if why:
        refused.append({"text": text, "reason": why})
        option = _instead(place, seen, made, outcome, same_point=why != SHOWN)
        text, point = (option.question, option.point) if option else ("", "")
        because = f"{because} Authored wording: {why}." if option else f"{because} Not asked: {why}.".strip()
    bridge, refers = _bridge(place, seen, made.bridge, text, refused)
    if refused:
        outcome.trace["guard"] = refused
    if not text:
        outcome.note = because
        return outcome
    more = {**outcome.trace, "target": point, "refers": refers or memory.refers(text, place.turns)}
    engine = trace.AUTHORED if why else outcome.engine
    spoken = f"{bridge} {text}".strip()
    outcome.line = Line("follow_up", spoken, place.question, because, trace.agent(made.action, **more), engine)
    return outcome


def _parted(made: Decision, seen: Exchange) -> Decision:
    """Words before an authored question are its bridge, however they were put together."""
    option = next((option for option in seen.options if option.point == made.point), None)
    if option is None or made.bridge or not made.text.endswith(option.question) or made.text == option.question:
        return made
    return replace(made, text=option.question, bridge=made.text.removesuffix(option.question).strip())


def refusal(text: str, seen: Exchange, *, follow_up: bool = True) -> str:
    """Why a sentence must not be said in this exchange; empty when it may."""
    said = [seen.answer, *(held.answer for held in seen.earlier)]
    return guard.review(
        text, asked=seen.asked, said=said, points=[option.point for option in seen.options], follow_up=follow_up
    )


def _closed(place: Position, seen: Exchange, point: str, text: str, outcome: Outcome) -> str:
    """Why a point is not asked for: it was shown in this answer or an earlier one."""
    shown = {entry["point"] for entry in outcome.trace.get("covered", []) if entry["verdict"] == "met"}
    here = [turn for turn in place.turns if place.question and turn.question_id == place.question.id]
    if point and point in shown | trace.met(here):
        return SHOWN
    told = memory.answers_already(text, place.turns, place.question.id if place.question else None)
    return SHOWN if told else ""


def _instead(
    place: Position, seen: Exchange, made: Decision, outcome: Outcome, same_point: bool
) -> FollowUpOption | None:
    """The authored question of the same point, or of one that nothing shows yet; none where nothing is open."""
    verdicts = {entry["point"]: entry["verdict"] for entry in outcome.trace.get("covered", [])}
    own = [option for option in seen.options if same_point and option.point == made.point]
    others = [o for o in seen.options if verdicts.get(o.point) == "not_shown" and o.point != made.point]
    for option in [*own, *(others if made.point else [])]:
        if not _closed(place, seen, option.point, option.question, outcome) and not refusal(option.question, seen):
            return option
    return None


def _bridge(
    place: Position, seen: Exchange, bridge: str, text: str, refused: list[dict[str, str]]
) -> tuple[str, dict[str, object] | None]:
    """The bridge, if the candidate did say what it tells back and it may be said; a bad one is worse than none."""
    if not bridge or not text:
        return "", None
    refers = memory.refers(bridge, place.turns)
    if refers and _said_before(bridge, refers, place):
        return "", None
    why = refusal(f"{bridge} {text}", seen) if refers else NOT_HIS_WORDS
    if why:
        refused.append({"text": bridge, "reason": why})
        return "", None
    return bridge, refers


def _said_before(bridge: str, refers: dict[str, object], place: Position) -> bool:
    """Whether the agent has told back the same words already."""
    told = [turn for turn in place.turns if turn.speaker == "agent"]
    return any((turn.trace or {}).get("refers") == refers or bridge in turn.text for turn in told)


def may_say(bridge: str, scene: Scene) -> dict[str, object] | None:
    """Where the candidate said what an early bridge tells back; None where it must not be said."""
    seen = exchange(scene)
    refers = memory.refers(bridge, scene.place.turns)
    if not refers or "?" in bridge or _said_before(bridge, refers, scene.place):
        return None
    return None if refusal(bridge, seen, follow_up=False) else refers
