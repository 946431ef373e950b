"""What a person calls herself at the top of a résumé: the line that names her occupation or field. Pure.

A line does not become the headline because it stands first: it must name work, and tell nothing to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview_platform.services import skills as vocabulary
from interview_platform.services.rank_evidence import tells_of_work
from interview_platform.services.rank_heard import heard

_SENTENCE = re.compile(
    r"\b(?:I (?:am|have|was|will|can|would|did|do|know|used)|I['’]\w+|you|your|me|my|he|she|they|is|are|was|were|will|"
    r"would|should|must|can|said|told|says|please|let['’]s|this|these)\b",
    re.I,
)
"""Words that a line holds which tells something rather than says what its writer is."""
_CHARACTERS = 140
_LINES = 5  # at the top in which it may stand


def headline(above: Sequence[str], titles: Sequence[str]) -> str:
    """An occupation among the lines above the first heading, a field in the first, else the latest of the titles."""
    top = above[:_LINES]
    calling = [line for line in top if len(line) <= _CHARACTERS and _is_calling(line)]
    titled = [line for line in calling if tells_of_work(line, ())]
    if titled:
        return undated(titled[0])
    if calling and calling[0] == top[0] and not (titles and top[0].endswith((".", "!"))) and _names_skill(top[0]):
        return undated(top[0])
    return titles[0] if titles else ""


def undated(line: str) -> str:
    """A line without its years: they would tell an age."""
    bare = re.sub(r"(?:\d{1,2}[/.-])?(?:19|20)\d\d(?:[/.-]\d{1,2})?", " ", line)
    return " ".join(re.sub(r"(?:^|\s)[-–—](?=\s|$)", " ", bare).split())


def _names_skill(line: str) -> bool:
    return tells_of_work(line, [mention.skill for mention in vocabulary.mentions(line)])


def _is_calling(line: str) -> bool:
    """Whether a line may say what its writer is: no sentence, no label, English."""
    return not _SENTENCE.search(line) and ": " not in line and heard(line) == line
