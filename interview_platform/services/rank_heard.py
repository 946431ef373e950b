"""What of a résumé's line is compared in meaning: not what is said to its reader, nor what is not English. Pure.

A sentence with "you" in it asks, promises or commands; it tells of no work. A sentence whose words are mostly unknown
is of another tongue, or scrambled: the English model reads something into it all the same. Neither is held against
anybody, and both stay in the text that is searched for skills and for what was copied from the advert.
"""

from __future__ import annotations

import re

from interview_platform.services.rank_lexicon import lexicon

_READER = re.compile(
    r"(?<!thank )(?<!Thank )(?<!know )(?<!own )\b(?:you|your|yours|yourself)\b(?! (?:own device|customers?\b))|"
    r"(?:^|(?<=[.!?]\s))(?:You|Your)\b(?=[a-z' ’]*[a-z])"
)
_PIECE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿ]{2,}(?![^\W\d_])")
_LEAST_WORDS = 4
_KNOWN = 0.4  # share of a piece's words that are English, below which it is none


def heard(line: str) -> str:
    """The line without such pieces; the same line where it has none."""
    pieces = _PIECE.split(line)
    kept = [piece for piece in pieces if not to_reader(piece) and not _strange(piece)]
    return line if len(kept) == len(pieces) else " ".join(kept)


def to_reader(piece: str) -> bool:
    """Whether a piece is said to its reader."""
    return ("you" in piece or "You" in piece) and bool(_READER.search(piece))


def _strange(piece: str) -> bool:
    found = _WORD.findall(piece)
    return len(found) >= _LEAST_WORDS and sum(word in lexicon().words for word in found) < _KNOWN * len(found)
