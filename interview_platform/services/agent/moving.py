"""Going on with the plan: the next question in its own words with a short true lead, or what comes after the last."""

from __future__ import annotations

from interview_platform.services.agent import follow_ups, memory, phrases, trace
from interview_platform.services.agent.lines import Line, line
from interview_platform.services.agent.records import Scene


def lead(scene: Scene) -> str:
    """A short word between two planned questions."""
    place, words = scene.place, scene.words
    before, after = place.question, place.next
    if before is None or after is None:
        return ""
    return words.lead(place.number, before.kind, after.kind)


def ask_next(
    scene: Scene, said: str = "", outcome: follow_ups.Outcome | None = None, near: memory.Near | None = None
) -> list[Line]:
    """The next planned question in its own words, a short lead before it; or what comes after the last.

    `near`: by it an earlier answer is found that spoke of the question in other words.
    """
    place, words = scene.place, scene.words
    held = outcome or follow_ups.Outcome()
    if place.next is None:
        return _after_the_last(scene, said, held)
    question = place.next
    note = memory.spoken_about(question, place.turns)
    if note is None and near is not None:
        note = memory.spoken_of(question, place.turns, {entry.id: entry.text for entry in place.plan}, near)
    refers = note.as_refers() if note else None
    if note is not None:
        deed = phrases.deed(note.text)
        said = words.spoken_about(deed.as_you() if deed else "")
    elif said and question.id == place.plan[-1].id:
        said = words.last_question(said)
    kept = trace.agent(trace.MOVE_ON, refers=refers, **held.trace)
    because = held.note or "Between two questions."
    before = [Line("notice", said, None, because, kept)] if said else []
    own = trace.agent(trace.ASK) if before else trace.agent(trace.ASK, **held.trace)
    return [*before, Line(question.kind, question.text, question, held.note, own)]


def _after_the_last(scene: Scene, said: str, held: follow_ups.Outcome) -> list[Line]:
    """Their own questions, once; then the closing."""
    if scene.place.invitations:
        return [closing(scene)]
    text = f"{said} {scene.words.invite(again=False)}".strip()
    return [Line("notice", text, None, held.note, trace.agent(trace.INVITE, **held.trace))]


def closing(scene: Scene, complete: bool = True) -> Line:
    """The last words; `complete`: every planned question was put."""
    place = scene.place
    return line("closing", scene.words.closing(place.all_answers, complete), trace.CLOSE)
