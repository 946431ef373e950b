"""Sentences of a résumé that speak to whoever judges it, in wording that no list holds: left out of ranking. Pure.

They are looked for in the blind text, so that a name can neither make one nor save one. What is one beyond doubt is
told to the recruiter; what only may be one shows nothing, and is no trick.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interview_platform.services import orders
from interview_platform.services import skills as vocabulary
from interview_platform.services.rank_evidence import names_work
from interview_platform.services.rank_words import in_list
from interview_platform.services.text import Sentence, lines

_LEAST_WORDS = 3
_LEAST_AMID = 5  # words of a line amid a sentence that may be another
_MARK = re.compile(r"[.!?]\s+\w")
_PRAISE = re.compile(r"[\s•*-]*(?:I|My|I['’]\w+)\b")

Span = tuple[int, int]


def speaking(text: str, held: Sequence[Sentence]) -> list[Span]:
    """Stretches of the blind text, in order; lines put between those of a sentence are cut out of it."""
    whole = [(start, start + len(line)) for start, line in lines(text) if _MARK.search(line) and _tells_nothing(line)]
    found = [span for sentence in held for span in _within(text, sentence)]
    return sorted([*whole, *(span for span in found if not any(a <= span[0] and span[1] <= b for a, b in whole))])


def kind(sentence: str) -> str:
    """What the recruiter is told that it is: instruction, self_praise; "" for what only may be one."""
    if not orders.is_order(sentence):
        return ""
    return "self_praise" if _PRAISE.match(sentence) else "instruction"


def _tells_nothing(line: str) -> bool:
    """Whether a line of several sentences is likely an order as a whole; where it names work, only a line complete."""
    bare = line.strip(" •*-\t")
    return _speaks(line) and (not _names_work(line) or (_is_whole(line) and not bare[:1].islower()))


def _within(text: str, sentence: Sentence) -> Iterator[Span]:
    inside = list(lines(text[sentence.start : sentence.end]))
    marked = [at for at in range(len(inside)) if len(inside) > 1 and _is_put_in(inside, at)]
    if not marked:
        if _speaks(sentence.text):
            yield sentence.start, sentence.end
        return
    if _goes_on(inside, marked[0]):
        yield sentence.start + inside[marked[0]][0], sentence.end
        return
    for at in marked:
        start, line = inside[at]
        yield sentence.start + start, sentence.start + start + len(line)


def _speaks(line: str) -> bool:
    return _is_said(line) and orders.is_likely(line)


def _is_said(line: str) -> bool:
    said = line.split()
    return len(said) >= _LEAST_WORDS and 2 * len(set(said)) > len(said) and not in_list(line)


def _is_put_in(inside: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether a line between those of a sentence is no part of it.

    It begins a sentence of its own and is likely an order; without its end, one beyond doubt. What names no work is
    taken out sooner: nothing is lost with it.
    """
    line = inside[at][1]
    begins = not line.lstrip(" •*-\t")[:1].islower() or (at > 0 and _is_whole(inside[at - 1][1]))
    if not _names_work(line):
        return _is_said(line) and (_is_alone(inside, at, begins=begins) or orders.is_likely(line))
    return begins and _speaks(line) and (_is_whole(line) or orders.is_order(line))


def _is_alone(inside: Sequence[tuple[int, str]], at: int, *, begins: bool) -> bool:
    """Whether a line is a sentence of its own amid another, or may be an order that begins one."""
    amid = at > 0 and len(inside[at][1].split()) >= _LEAST_AMID and not _is_whole(inside[at - 1][1])
    return begins and ((amid and _is_whole(inside[at][1])) or orders.is_doubtful(inside[at][1]))


def _goes_on(inside: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether an order without its end goes on to the end of the sentence: what follows is no work of anybody's."""
    line = inside[at][1]
    after = [other for _, other in inside[at + 1 :]]
    if _is_whole(line) or (orders.is_likely(line) and any(map(_names_work, after))):
        return False
    return _speaks(" ".join(" ".join([line, *after]).split()))


def _names_work(line: str) -> bool:
    return names_work(line, [mention.skill for mention in vocabulary.mentions(line)])


def _is_whole(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?"))
