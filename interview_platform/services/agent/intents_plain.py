"""Spoken words made plain for reading: lower case, no fillers, no noise marks, and cut into sentences.

Speech-to-text may bring no punctuation at all, so a text is also cut where people announce a question ("by the way").
"""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"[\[(*<][^\])*>]*[\])*>]")  # what transcribers write for noise: [BLANK_AUDIO], (music)
FILLER = frozenset(("um", "uhm", "uh", "er", "erm", "ah", "oh", "hm", "hmm", "mm", "mhm"))
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’]?\s+|\n+|(?<=[。？！])")
_ANNOUNCED = re.compile(
    r"(?<=\w)[,;:]?\s+(?=(?:and |but |so |oh )?(?:by the way|before (?:i forget|we (?:go on|move on|continue))|"
    r"(?:(?:i|i've|i have) (?:also )?(?:(?:have|had|got) )?(?:just )?(?:one|a|another) (?:quick |small |"
    r"short )?question)\b|"
    r"(?:can|could|may) i (?:also |just |quickly )?ask\b|"
    r"(?:one|another|a) (?:more |quick |last )?question (?:from me|for you|if i may)))",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Lower case, straight apostrophes, without noise marks, punctuation, and fillers after the first word."""
    text = _BRACKETED.sub(" ", text.replace("’", "'").replace("‘", "'")).lower()
    words = re.sub(r"[^\w' ]+", " ", text).split()
    return " ".join(words[:1] + [word for word in words[1:] if word not in FILLER])


def sentences(text: str) -> list[str]:
    """The sentences, each as it was said; together they are the whole text but for white space."""
    parts = [part for sentence in _SENTENCE.split(text) for part in _ANNOUNCED.split(sentence.strip())]
    return [part.strip() for part in parts if part.strip()]


def silent(text: str) -> bool:
    """Whether nothing but fillers and noise was heard."""
    return not [word for word in plain(text).split() if word not in FILLER]
