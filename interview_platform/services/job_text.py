"""A pasted post with its wrapped lines made whole, and where each of its characters stood. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.text import sentences, split_words

_WRAPPED_AT = 120
"""Characters of a line that no wrapped text reaches."""
_FEW_CAPITALS = 0.004
STARTS = (
    r"(?:Experience|Knowledge|(?:Working|Thorough|Sound|Good|Strong|Excellent|Proven|"
    r"In-depth) (?:knowledge|understanding|"
    r"experience|skills)|Ability|Able to|Degree|Full|Membership|Understanding|Must|Current|Valid|"
    r"Familiarity|Proficien\w+|"
    r"Willing\w*|Minimum|At least|Fluen\w+)\b"
)
"""How a line begins that is an item by itself, whatever stood before it."""
_WRAP = re.compile(rf"[ \t]*\n\s*(?!{STARTS}|\s)")


@dataclass(frozen=True)
class Whole:
    """`text` has a sentence on one line each; `places` are its characters' places in the post, and the post's end."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same words in the post as it was pasted."""
        return (self.places[start], self.places[end - 1] + 1) if start < end <= len(self.text) else (0, 0)


def small(post: str) -> bool:
    """Whether it is written without capitals."""
    return sum(letter.isupper() for letter in post) < _FEW_CAPITALS * len(post)


def is_wrapped(post: str) -> bool:
    """Whether its lines end where the page did, so that a sentence may go over several."""
    return not small(post) and max(map(len, post.split("\n"))) <= _WRAPPED_AT


def _stood(post: str, start: int, end: int, instead: str) -> list[int]:
    """Where each character of what replaces a stretch stood: a joined word's end stands after the break."""
    word, old = instead.rstrip(), post[start:end].rstrip()
    left = len(re.split(r"-?[ \t]*\n", old)[0])
    shift = len(old) - len(word)
    return [min(end - 1, start + (step if step < left else step + shift)) for step in range(len(instead))]


def whole(post: str) -> Whole:
    """The post with wrapped sentences on one line and split words joined; as it is where its lines are paragraphs."""
    edits: list[tuple[int, int, str]] = []
    if is_wrapped(post):
        joined = {held.start: (held.start, held.end, held.text.rstrip("\n")) for held in split_words(post)}
        inside = [row for row in sentences(post) if "\n" in post[row.start : row.end]]
        kept = [edit for edit in joined.values() if any(row.start <= edit[0] and edit[1] <= row.end for row in inside)]
        wraps = [found.span() for row in inside for found in _WRAP.finditer(post, row.start, row.end)]
        edits = [(start, end, " ") for start, end in wraps if not any(a < end and start < b for a, b, _ in kept)]
        edits = sorted([*edits, *[(a, b, f"{text} ") for a, b, text in kept]])
    text, places, last = [], [], 0
    for start, end, instead in [*edits, (len(post), len(post), "")]:
        text.append(post[last:start] + instead)
        places += [*range(last, start), *_stood(post, start, end, instead)]
        last = end
    return Whole("".join(text), (*places, len(post)))
