"""Which lines of a résumé tell of work: only they are read for their meaning and for words in common. Pure.

A line that names no skill and no occupation cannot show that its writer did such work, whatever else it says; nor does
one count that may as well speak to whoever judges. Such a line is held against nobody: it can still show what a job
asks for in its own words, and is still looked through for copies of the advert.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from interview_platform.services import orders
from interview_platform.services.rank_words import in_list
from interview_platform.services.resume_experience import has_title_word

_TITLE_WORDS = 8
"""Words of a line that may be a title: in a longer one, those who judge and command are no occupation of its writer."""
_JUDGES = re.compile(
    r"\b(?:recruiters?|interviewers?|examiners?|judges?|models?|assistants?|managers?|agents?|experts?|members?|owners?|"
    r"partners?|directors?|administrators?|advocates?|officers?|leads?|leaders?|heads?|principals?|founders?|guides?|"
    r"presidents?|executives?|professionals?|servers?|readers?|mates?|hosts?|keepers?|vp|ceo|coo|cto|cfo)\b",
    re.I,
)


def tells_of_work(line: str, skills: Collection[str]) -> bool:
    """Whether a blind line names a skill (those it names are given) or an occupation, and speaks to nobody."""
    return names_work(line, skills) and (in_list(line) or not orders.is_doubtful(line))


def names_work(line: str, skills: Collection[str]) -> bool:
    """Whether a blind line names a skill (those it names are given) or an occupation, whoever it speaks to."""
    return bool(skills) or has_title_word(line if _is_title(line) else _JUDGES.sub(" ", line))


def _is_title(line: str) -> bool:
    return len(line.split()) <= _TITLE_WORDS and not line.rstrip().endswith((".", "!", "?"))
