"""A candidate's question answered in a source's words, or with the nearest that a source says. Pure."""

from __future__ import annotations

from interview_platform.ports import Grounded
from interview_platform.services.agent import asides, trace
from interview_platform.services.agent.lines import Line, Passed
from interview_platform.services.agent.position import Position


def quoted(grounded: Grounded, question: str, unknown: int, place: Position) -> Line:
    """A source's words as the answer, or as the nearest to one; what they leave open is passed on.

    `unknown` is how many questions were passed on before, so that the words around a quote are not always the same.
    """
    title = grounded.passages[0].title if grounded.passages else ""
    decision, because, text = trace.ANSWER, f"From: {title}", grounded.text
    rest = Passed("question", question) if grounded.reason else None  # only a part is answered
    if grounded.nearest:
        decision, because = trace.PASS_ON, f"Passed on; the nearest was quoted from: {title}"
        text = asides.nearest(grounded.text, unknown)
    elif rest:
        text = f"{grounded.text} {asides.REST}"
    held = trace.agent(decision, "question", passages=trace.of_passages(grounded.passages))
    return Line("reply", text, place.question, because, held, source=title, passed=rest)
