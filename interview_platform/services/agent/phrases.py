"""Words of the candidate that the agent may say back: short deeds ("moved the queue to Kafka"), only when clean.

Clean means: one clause, plain words, nothing that the guard forbids, nothing that reads like an instruction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.agent import guard

MIN_WORDS, MAX_WORDS = 3, 8

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"(?<![\w.])(I|i|we|We)\s+((?:[\w'/+#.-]+\s+){2,11}[\w'/+#-]+)")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_STOPS = _words(
    "and but because so which who that then when while where if although though since after before until as or than "
    "i we he she they it you this these those there what why how"
)
_NOT_LAST = _words(
    "a an the of to in on at by for with from into onto over under about as my our your his her their its some any "
    "very really quite more most just also is are was were be been not no all every each both same other own"
)
_UNSURE = _words("needed wanted used liked seemed tried asked happened supposed worked started decided")
"""Forms in -ed that say little when told back, or end in the air."""
_FILLER = _words("um uh er erm hmm ah oh like basically actually literally kind sort")
_THIN_VERBS = _words("took put got gave set kept made ran held had moved turned")
"""They say something only together with what they are said of."""
_TELLING_VERBS = _words("showed told taught explained reported convinced promised warned reminded helped let asked")
_COMPLEMENTS = _words("which that how what why where when to if whether it")
_NUMBERS = _words(
    "one two three four five six seven eight nine ten both some many month week year time times thing things"
)
_SWAPS = {"my": "your", "our": "your", "me": "you", "us": "you", "myself": "yourself", "ourselves": "yourselves"}
_IRREGULAR = _words(
    "built wrote made found led ran took gave set put cut chose brought taught held kept drew grew rewrote rebuilt "
    "sold won spent dealt drove split"
)


@dataclass(frozen=True)
class Deed:
    """What the candidate said to have done, verbatim, without the pronoun."""

    words: str
    together: bool  # said with "we"

    @property
    def tells_much(self) -> bool:
        """Whether one may ask further about it: how somebody put or took a thing is soon told."""
        return self.words.split()[0].lower() not in _THIN_VERBS

    def as_you(self) -> str:
        """The deed told back: quoted while the words are the candidate's own, swapped pronouns are not quoted."""
        words = [_SWAPS.get(word.lower(), word) for word in self.words.split()]
        told = " ".join(words)
        said = f'"{self.words}"' if told == self.words else told
        return f"together you {said}" if self.together else f"you {said}"


def sentences(text: str) -> list[str]:
    """The sentences of spoken text; long ones without punctuation are cut at conjunctions."""
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        words = sentence.split()
        if len(words) <= 30:
            found.append(sentence.strip())
            continue
        found += [part.strip(" ,;") for part in re.split(r"(?:,\s+|\s+)(?=(?:and|but|so|then|because)\s)", sentence)]
    return [sentence for sentence in found if sentence]


def deed(text: str) -> Deed | None:
    """The first clean deed of a text, or None."""
    for sentence in sentences(text):
        for match in _CLAUSE.finditer(sentence):
            words = _clean(match.group(2).split())
            if words:
                return Deed(" ".join(words), match.group(1).lower() == "we")
    return None


def _clean(words: list[str]) -> list[str]:
    """The clause's verb and what belongs to it; empty when it cannot be said back."""
    if not _past(words[0]):
        return []
    kept = [words[0]]
    for word in words[1:MAX_WORDS]:
        object_first = len(kept) == 1 and word.lower() == "it"  # "explained it to my manager"
        if (word.lower() in _STOPS and not object_first) or kept[-1][-1] in ",;:.":
            break
        kept.append(word)
    following = words[len(kept)].lower() if len(kept) < len(words) else ""
    kept[-1] = kept[-1].rstrip(",;:.")
    while kept and kept[-1].lower() in _NOT_LAST:
        kept.pop()
    sayable = len(kept) >= MIN_WORDS and not {word.lower() for word in kept} & _FILLER and not _vague(kept, following)
    plain = all(re.fullmatch(r"[A-Za-z][\w'/+#.-]*|\d{1,4}", word) for word in kept)
    return kept if sayable and plain and guard.sayable(" ".join(kept)) else []


def _vague(kept: list[str], following: str) -> bool:
    """Whether it says too little by itself: "took it month by month", "put a pencil [and a name on each table]"."""
    if kept[0].lower() in _TELLING_VERBS:
        return following in _COMPLEMENTS and len(kept) < 5
    if kept[0].lower() not in _THIN_VERBS:
        return False
    named = [word for word in kept[1:] if len(word) > 3 and word.lower() not in _NUMBERS | _NOT_LAST]
    return (
        kept[1].lower() in {"it", "them", "this", "that"} or not named or (len(kept) < 4 and following in {"and", "or"})
    )


def _past(word: str) -> bool:
    lower = word.lower()
    if lower in _UNSURE:
        return False
    return lower in _IRREGULAR or bool(re.fullmatch(r"[a-z-]{3,}ed", lower))
