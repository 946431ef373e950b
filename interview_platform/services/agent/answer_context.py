"""A sentence as it is read and said: with its heading, and with the one before it where it refers back. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from interview_platform.services.agent.passages import Piece

_REFERS = re.compile(r"\b(?:it|they|them|this|that|these|those|there)\b", re.IGNORECASE)
_SHORT = 3  # words of a sentence that says little alone
_SAYABLE = 36
_OF_THE_PLACE = re.compile(r"\bhow (?:big|large|high|wide)\b", re.IGNORECASE)
"""Asked of a garden or a museum it means the place, not how many people work there."""

_KIND_OF = re.compile(
    r"\b(?:is|are) (?:an?|the) (?:[\w-]+ ){0,4}?([a-z][\w-]+)"
    r"(?= (?:of|in|with|that|which|for|on|near|at|and|to)\b|[,.;])"
)


def kinds(firsts: Sequence[str]) -> frozenset[str]:
    """What an employer is by the first sentences of its page: "museum" of "The Loomhouse is a museum of textiles"."""
    return frozenset(found.group(1).lower() for first in firsts if (found := _KIND_OF.search(first)))


def unnamed(question: str, names: Collection[str], kinds: Collection[str] = ()) -> str:
    """The question with "the company" for the employer's name or kind, which the nearness of meaning cannot know."""
    for kind in () if _OF_THE_PLACE.search(question) else kinds:
        question = re.sub(rf"\b(?:the|your|this) {re.escape(kind)}\b", "the company", question, flags=re.IGNORECASE)
    employer = list(names)[-1] if len(names) > 1 else ""
    for name in filter(None, (employer, *(word for word in employer.split()[:1] if len(word) > 3))):
        question = re.sub(rf"\b(?:the )?{re.escape(name)}(?:'s)?\b", "the company", question, flags=re.IGNORECASE)
    return question


def in_context(piece: Piece, sentence: str) -> str:
    """The sentence with what it is read by: its heading, and the one before it where it refers back."""
    return " ".join(filter(None, (around(piece), before(piece, sentence), sentence)))


def before(piece: Piece, sentence: str) -> str:
    """The sentence before one that cannot be understood alone: "We pay for it.", "Tools are provided."."""
    place = piece.sentences.index(sentence) if sentence in piece.sentences else 0
    leans = place > 0 and (_REFERS.search(sentence) or len(sentence.split()) <= _SHORT)
    return piece.sentences[place - 1] if leans else ""


def understood(piece: Piece, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences with the one that they refer back to, where both can be said."""
    first = before(piece, sentences[0]) if sentences else ""
    fits = len(f"{first} {' '.join(sentences)}".split()) <= _SAYABLE
    return (first, *sentences) if first and fits else sentences


def around(piece: Piece) -> str:
    """What stands over the sentences: the heading, and the title of the recruiter's own material."""
    return f"{piece.title} {piece.heading}" if piece.source == "material" else piece.heading


def kept(piece: Piece, ranked: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The best sentence, then the others that fit, while they are nearly as near; in the piece's order."""
    best = ranked[0][1]
    chosen = {sentence for sentence, score in ranked[:3] if score >= best - 0.15}
    return tuple(sentence for sentence in piece.sentences if sentence in chosen)


def read(piece: Piece, sentences: Sequence[str]) -> str:
    """Sentences that are said together, with what the first one is read by."""
    return " ".join([in_context(piece, sentences[0]) if sentences else "", *sentences[1:]])
