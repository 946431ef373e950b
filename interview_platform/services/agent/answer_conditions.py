"""Small conditions on a sentence that is to answer: the kind that is asked for, and whose text it stands in. Pure."""

from __future__ import annotations

import re

from interview_platform.services.agent.accounting import Query
from interview_platform.services.agent.answer_kinds import answers_kind
from interview_platform.services.agent.passages import Piece

NAMED = 0.25
"""Nearness that is enough for a sentence with the one name that a yes-or-no question is about."""
_MY_JOB = re.compile(
    r"\b(?:do|must|should|would) i (?:really )?(?:need|have to|speak|know)\b|\b(?:required|mandatory)\b|"
    r"\b(?:would|will|do) i (?:be )?(?:\w+ )?"
    r"(?:look\w* after|plan\w*|manag\w*|handl\w*|car\w+ for|teach\w*|driv\w*|serv\w*)\b",
    re.IGNORECASE,
)


def of_the_job(query: Query, piece: Piece) -> bool:
    """Whether a question on one's own tasks or on what is needed meets the job's own text."""
    return piece.source == "job" and bool(_MY_JOB.search(query.text))


def has_kind(query: Query, sentence: str) -> bool:
    """Whether the sentence holds what is asked for; "you report to the manager" does not tell who the manager is."""
    return answers_kind(query.kind, query.without(sentence) if query.kind == "who" else sentence)


def least_near(least: float, query: Query, sentence: str) -> float:
    """Less for a question on one name ("I come from Unity, is that all right?"): a name is not met by chance."""
    word = next(iter(query.words.values()), "")
    named = re.search(rf"(?i:\w[,;]? ){re.escape(word[:1].upper() + word[1:])}\b", sentence)
    return NAMED if len(query.words) == 1 and query.kind == "yes_no" and word.isalpha() and named else least
