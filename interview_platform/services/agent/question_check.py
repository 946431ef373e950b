"""What to know about a question somebody typed, before it is asked in interviews. Pure, and quick enough for typing.

It points out and offers other words; the person decides. "stop" asks to confirm (protected ground, pay history);
"hint" only says what makes a question weak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from interview_platform.services.agent import guard_authored, guard_double, guard_text, guard_words
from interview_platform.services.agent.bank import MAX_SPOKEN_WORDS

MAX_CHARACTERS = 2000
"""What is read of a text; nobody hears a longer question."""

_AUX = r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|may|might|am)"
_CLOSED = re.compile(
    rf"^(?:(?:so|and|but|okay|well|please|now|then|in your (?:last |current )?(?:job|role|work)) )*(?:{_AUX} (?:not )?"
    r"(?:you|your|the|there|it|this|that|we|people|a|an|they|our)|(?:is|are|was|were|does|do) \w+)\b"
)
_OPEN_AFTER_ALL = re.compile(
    rf"^(?:\w+ )?{_AUX} you (?:(?:please|perhaps|briefly|maybe|be able to|like to|care to|mind) )*"
    r"(?:tell|telling|describe|describing|explain|explaining|walk|walking|give|giving|share|sharing|talk|talking|"
    r"say(?! that)|"
    r"name|show|outline|think of|recall|elaborate|take (?:me|us)|remember|go into|summari[sz]e|choose|do|approach|"
    r"handle|deal|react|go about)\b"
    rf"|\b{_AUX} .*\b(?:how|what|why|which|tell (?:me|us)|describe|explain)\b"
)
_TOLD = re.compile(
    r"^(?:(?:please|first|so|could you|can you|would you) )*(?:tell|describe|explain|walk|outline|talk)\b"
)
_A_FACT = re.compile(
    rf"^{_AUX} you (?:\w+ )?(?:(?:legally |fully )*"
    r"(?:able|allowed|willing|authori[sz]ed|entitled|permitted|available|licensed|registered|certified|qualified)"
    r"|(?:hold|have|possess|got) (?:an? |the |your |any )?(?:\w+ ){0,4}"
    r"(?:licen[cs]e|certificate|certification|registration|permit|degree|qualification|right to work|permission)"
    r"|(?:work (?:nights?|weekends?|shifts?|the|these|on|in|from|here|full|part|at)|start|begin|travel|drive|"
    r"relocate|lift|"
    r"stand|do (?:night|weekend))"
    r"|need (?:an?|any) (?:adjustment|accommodation|support|break))\b"
)


@dataclass(frozen=True)
class Flag:
    """One thing to know. `text[start:end]` of what was typed led to it; `instead` is another way to ask."""

    kind: str  # protected | pay_history | leading | negative | double_barrelled | long | yes_no | puzzle
    start: int
    end: int
    text: str
    why: str
    instead: str
    severity: str  # stop (ask to confirm) | hint
    ground: str = ""  # of protected: which topic, for people

    def as_row(self) -> dict[str, str]:
        """As `Question.flags` keeps it."""
        return {"kind": self.kind, "text": self.text, "why": self.why}


@dataclass(frozen=True)
class _Form:
    kind: str
    why: str
    instead: str
    pattern: re.Pattern[str]


def check(text: str) -> list[Flag]:
    """Everything found, what must be confirmed first; empty for a question to ask as it is."""
    text = text[:MAX_CHARACTERS]
    read = guard_text.plain(text)
    if not read.text:
        return []
    private = list(_private(text, read))
    found = [*private, *_forms(text), *_double(text, bool(private)), *_long(text)]
    if not {"leading", "negative", "puzzle"} & {flag.kind for flag in found}:
        found += _yes_no(text)
    return sorted(found, key=lambda flag: (flag.severity != "stop", flag.start))


def _private(text: str, read: guard_text.Plain) -> Iterator[Flag]:
    """Protected topics and pay history; two topics on the same words are one flag."""
    taken: list[tuple[int, int]] = []
    for ground in (*guard_words.grounds(), guard_words.pay()):
        match = ground.found(read.text)
        if match is None or any(match.start() < end and start < match.end() for start, end in taken):
            continue
        taken.append(match.span())
        kind = "pay_history" if ground.id == "pay_history" else "protected"
        start, end = read.span(*match.span())
        yield _flag(text, start, end, kind, ground.why, ground.instead, "stop", ground.name)


def _forms(text: str) -> Iterator[Flag]:
    """Wordings that lead, accuse or puzzle, sentence by sentence; one flag of a kind is enough."""
    seen: set[str] = set()
    for first, last in guard_text.spans(text):
        read = guard_text.plain(text[first:last])
        for form in _known_forms():
            match = None if form.kind in seen else form.pattern.search(read.text)
            if match:
                seen.add(form.kind)
                start, end = read.span(*match.span())
                yield _flag(text, first + start, first + end, form.kind, form.why, form.instead)


def _double(text: str, private: bool) -> Iterator[Flag]:
    """More than one thing asked; the first of them is offered instead, unless that would be protected ground."""
    why, otherwise = (guard_words.data()["double_barrelled"][key] for key in ("why", "instead"))
    marks = [match.end() for match in re.finditer(r"\?", text)]
    if len(marks) > 1:
        instead = f"{text[: marks[0]].strip()} (The rest as a question of its own.)"
        yield _flag(text, 0, len(text), "double_barrelled", why, otherwise if private else instead)
        return
    told = False
    for first, last in guard_text.spans(text):
        read = guard_text.plain(text[first:last])
        span = guard_double.joined(read.text)
        if span is None and told and text[first:last].endswith("?"):
            span = (0, len(read.text))
        told = told or bool(_TOLD.match(read.text))
        if span is not None and not guard_authored.from_banks(guard_text.parts(text)):
            start, end = (first + place for place in read.span(*span))
            yield _flag(
                text, start, end, "double_barrelled", why, otherwise if private else _first(text[:start], otherwise)
            )
            return


def _first(before: str, otherwise: str) -> str:
    """The first question alone, where it is long enough to be one."""
    kept = before.rstrip(" ,;–—-")
    if len(kept.split()) < 4:
        return otherwise
    return kept if kept[-1] in ".!?" else f"{kept}?"


def _long(text: str) -> Iterator[Flag]:
    count = len(text.split())
    if count > MAX_SPOKEN_WORDS:
        entry = guard_words.data()["long"]
        why = f"{entry['why']} It has {count} words; {MAX_SPOKEN_WORDS} are the most that is easily heard."
        yield _flag(text, 0, len(text), "long", why, entry["instead"])


def _yes_no(text: str) -> list[Flag]:
    """A last sentence that "yes" answers, unless it asks for a plain fact the job needs."""
    start, end = guard_text.spans(text)[-1]
    asked = guard_text.plain(text[start:end]).text
    if not _CLOSED.search(asked) or _OPEN_AFTER_ALL.search(asked) or _A_FACT.search(asked):
        return []
    entry = guard_words.data()["yes_no"]
    return [_flag(text, start, end, "yes_no", entry["why"], _opened(text[start:end], entry["instead"]))]


def _opened(last: str, otherwise: str) -> str:
    """ "Do you have experience with X?" asked openly."""
    found = re.match(
        r"(?i)(?:do you have|have you (?:got )?)(?:any |some |much )?\s*(experience|knowledge)\s+(.*?)\?*$",
        last.strip(),
    )
    return f"Tell me about your {found.group(1)} {found.group(2)}." if found else otherwise


def _flag(text: str, start: int, end: int, kind: str, why: str, instead: str,
          severity: str = "hint", ground: str = "") -> Flag:  # fmt: skip
    return Flag(kind, start, end, text[start:end], why, instead, severity, ground)


@lru_cache
def _known_forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(
            entry["kind"],
            entry["why"],
            entry["instead"],
            re.compile("|".join(rf"\b(?:{pattern})(?!\w)" for pattern in entry["patterns"])),
        )
        for entry in guard_words.data()["forms"]
    )
