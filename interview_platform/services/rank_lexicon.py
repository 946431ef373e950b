"""English words, and which of them are names too: what may stay of a résumé when ranking reads it. Read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from interview_platform.services import skills as vocabulary

_DATA = Path(__file__).resolve().parents[2] / "rag_data"
_MORE_WORDS = frozenset(
    """
    advisor advisors analytics admin onboarding offboarding phlebotomist psychosocial telecom ecommerce wellness sr inc
    dept     lifecycle january february march april june july august september october november december jan
    feb mar apr jun jul
    aug sep sept oct nov dec present current pre ed tech app comp med bio co vs etc biotech fintech startup startups
    online offline website websites email backend frontend fullstack multi non montessori pilates yoga zumba crossfit
    merchandiser stylist aviation avionics airframe mentored mentoring upskilling bilingual multilingual trilingual
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Lexicon:
    """Words that may stay (lower case), and those of them that are names."""

    words: frozenset[str]
    always: frozenset[str]
    beside: frozenset[str]


@lru_cache
def lexicon() -> Lexicon:
    """The word lists of rag_data, read once."""
    names = json.loads((_DATA / "names.json").read_text("utf-8"))
    known = frozenset((_DATA / "words.txt").read_text("utf-8").split())
    skilled = {word for phrase in vocabulary.vocabulary().phrases for word in phrase}
    always = frozenset(names["always"])
    return Lexicon((known | skilled | _MORE_WORDS) - always, always, frozenset(names["beside"]))
