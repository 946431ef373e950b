"""Sentences of a résumé that speak to whoever judges it, in wording that no list holds: left out of ranking. Pure.

They are looked for in the blind text, so that a name can neither make one nor save one. What is one beyond doubt is
told to the recruiter; what only may be one shows nothing, and is no trick.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interview_platform.services import orders
from interview_platform.services.rank_words import in_list
from interview_platform.services.text import Sentence, lines

_LEAST_WORDS = 3
_PRAISE = re.compile(r"[\s•*-]*(?:I|My|I['’]\w+)\b")

Span = tuple[int, int]


def speaking(text: str, held: Sequence[Sentence]) -> list[Span]:
    """Stretches of the blind text, in order; lines put between those of a sentence are cut out of it."""
    return [span for sentence in held for span in _within(text, sentence)]


def kind(sentence: str) -> str:
    """What the recruiter is told that it is: instruction, self_praise; "" for what only may be one."""
    if not orders.is_order(sentence):
        return ""
    return "self_praise" if _PRAISE.match(sentence) else "instruction"


def _within(text: str, sentence: Sentence) -> Iterator[Span]:
    inside = list(lines(text[sentence.start : sentence.end]))
    marked = [at for at in range(len(inside)) if len(inside) > 1 and _is_put_in(inside, at)]
    if not marked:
        if _speaks(sentence.text):
            yield sentence.start, sentence.end
        return
    first = sentence.start + inside[marked[0]][0]
    if not _is_whole(inside[marked[0]][1]) and _speaks(" ".join(text[first : sentence.end].split())):
        yield first, sentence.end
        return
    for at in marked:
        start, line = inside[at]
        yield sentence.start + start, sentence.start + start + len(line)


def _speaks(line: str) -> bool:
    said = line.split()
    return len(said) >= _LEAST_WORDS and 2 * len(set(said)) > len(said) and not in_list(line) and orders.is_likely(line)


def _is_put_in(inside: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether a line begins a sentence of its own and is likely an order; without its end, one beyond doubt."""
    line = inside[at][1]
    begins = line.lstrip(" •*-\t")[:1].isupper() or (at > 0 and _is_whole(inside[at - 1][1]))
    return begins and _speaks(line) and (_is_whole(line) or orders.is_order(line))


def _is_whole(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?"))
