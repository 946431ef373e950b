"""The agent's own speech in one interview, measured from its turns: described beside the candidate's, never scored.

Supportive and pressing wording, bias wording, who spoke how much, who was interrupted, what the guard refused, and
which engines spoke; each with the turns it was found in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from interview_platform.models import Turn
from interview_platform.services.agent import guard_rules, guard_text, guard_words
from interview_platform.services.analysis import language

OVERLAP_SECONDS = 0.3
"""From this overlap on the agent spoke into an answer; less is how turns between people meet."""
MAX_QUOTE = 160

_ACKNOWLEDGES = re.compile(
    r"\b(?:thank you|thanks|i see|i understand|understood|of course|no problem|no rush|all right|okay|"
    r"that is (?:fine|all right|okay)|take your time|take all the time|take a moment|sorry|there is no hurry|"
    r"(?:you|that) (?:said|told|mentioned|helps)|when(?:ever)? you are ready|whatever comes to mind|in your own words|"
    r"you can (?:also )?(?:skip|pause|stop|type|ask)|happy to|"
    r"(?:can|could) imagine|sounds (?:hard|difficult|demanding|stressful)|welcome|hello)\b"
)
_PRESSING = "reproach"


@dataclass(frozen=True)
class Evidence:
    """Words of one turn that a measure stands on."""

    turn_id: str
    quote: str
    note: str = ""

    def as_row(self) -> dict[str, str]:
        """As pages and exports take it."""
        return {"turn_id": self.turn_id, "quote": self.quote, "note": self.note}


@dataclass(frozen=True)
class AgentSpeech:
    """One interview's measures. Shares are 0..1, None where there was nothing to measure."""

    turns: int = 0  # the agent's, spoken
    replies: int = 0  # of these, right after the candidate spoke
    questions_per_turn: float | None = None
    mean_words: float | None = None
    supportive_share: float | None = None  # of `replies` that acknowledge, reassure or give time
    supportive: tuple[Evidence, ...] = ()
    pressing: tuple[Evidence, ...] = ()
    bias: tuple[Evidence, ...] = ()
    talk_share: float | None = None  # the agent's part of all speech
    talk_basis: str = ""  # seconds | words
    interruptions: tuple[Evidence, ...] = ()
    timed: bool = False  # whether times allowed to look for interruptions
    refused: tuple[Evidence, ...] = ()  # what the guard kept from being said
    engines: dict[str, int] = field(default_factory=dict)  # label → turns
    fallbacks: tuple[Evidence, ...] = ()  # turns that another engine than the chosen one took

    def as_rows(self) -> list[dict[str, object]]:
        """For a table: [{"name", "value", "note", "evidence": [{"turn_id", "quote", "note"}]}] in reading order."""
        return [
            _row("Supportive wording", _percent(self.supportive_share), _SUPPORTIVE, self.supportive),
            _row("Pressing wording", _times(self.pressing), "Wording that blames, doubts or hurries.", self.pressing),
            _row("Wording that may show bias", _times(self.bias), "Gendered, age or protected topics.", self.bias),
            _row("Share of speech", _percent(self.talk_share), _basis(self.talk_basis), ()),
            _row("Interruptions", _times(self.interruptions) if self.timed else _UNKNOWN, _CUT, self.interruptions),
            _row("Questions per turn", _number(self.questions_per_turn), "One at a time is what is wanted.", ()),
            _row("Words per turn", _number(self.mean_words), "Short turns leave the time to the candidate.", ()),
            _row("Refused before it was said", _times(self.refused), _REFUSED, self.refused),
            _row("Engines", _listed(self.engines), "Who worded the turns; fixed words are “Authored”.", self.fallbacks),
        ]


_UNKNOWN = "not measured"
_SUPPORTIVE = "Replies that thank, acknowledge, reassure or give time."
_CUT = f"Turns that began more than {OVERLAP_SECONDS} s before the candidate had finished."
_REFUSED = "The guard refused these words; an authored text was said instead."


def measure(turns: Iterable[Turn]) -> AgentSpeech:
    """The measures of one interview's turns, in any order."""
    ordered = sorted(turns, key=lambda turn: turn.position)
    agent = [turn for turn in ordered if turn.speaker == "agent" and turn.text.strip()]
    if not agent:
        return AgentSpeech()
    replies = _replies(ordered)
    supportive = [found for turn in replies if (found := _supportive(turn))]
    share, basis = _talk(ordered)
    timed = any(turn.ended_seconds > turn.started_seconds for turn in ordered if turn.speaker == "candidate")
    return AgentSpeech(
        turns=len(agent),
        replies=len(replies),
        questions_per_turn=round(sum(_asked(turn.text) for turn in agent) / len(agent), 2),
        mean_words=round(sum(len(turn.text.split()) for turn in agent) / len(agent), 1),
        supportive_share=round(len(supportive) / len(replies), 3) if replies else None,
        supportive=tuple(supportive),
        pressing=tuple(found for turn in agent if (found := _pressing(turn))),
        bias=tuple(_bias(agent)),
        talk_share=share,
        talk_basis=basis,
        interruptions=tuple(_interruptions(ordered)) if timed else (),
        timed=timed,
        refused=tuple(_refused(agent)),
        engines=dict(Counter(turn.engine or "Authored" for turn in agent).most_common()),
        fallbacks=tuple(_fallbacks(agent)),
    )


# --- wording ----------------------------------------------------------------------------------------------------


def _replies(ordered: Sequence[Turn]) -> list[Turn]:
    """The agent's first turn after each of the candidate's."""
    pairs = pairwise(ordered)
    return [after for before, after in pairs if before.speaker == "candidate" and after.speaker == "agent"]


def _supportive(turn: Turn) -> Evidence | None:
    read = guard_text.plain(turn.text)
    match = _ACKNOWLEDGES.search(read.text)
    return Evidence(turn.id, _quote(turn.text, read, match)) if match else None


def _pressing(turn: Turn) -> Evidence | None:
    for sentence in guard_rules.read(turn.text):
        if guard_rules.broken([sentence], [False]) == _PRESSING:
            return Evidence(turn.id, _short(sentence.text), "It blames, doubts or hurries.")
    return None


def _bias(agent: Sequence[Turn]) -> list[Evidence]:
    """Authored lists of wording, and protected ground asked of the candidate; each phrase of a turn once."""
    found = [
        Evidence(flag["turn_id"], flag["quote"], flag["note"])
        for flag in language.flags(agent)
        if flag["kind"] != "hostile"
    ]
    for turn in agent:
        read = guard_text.plain(turn.text)
        for ground in (*guard_words.grounds(), guard_words.pay()):
            if match := ground.found(read.text):
                found.append(Evidence(turn.id, _quote(turn.text, read, match), f"It touches {ground.name}."))
    kept: list[Evidence] = []
    for evidence in found:
        inside = (held.quote.casefold() for held in kept if held.turn_id == evidence.turn_id)
        if not any(evidence.quote.casefold() in held or held in evidence.quote.casefold() for held in inside):
            kept.append(evidence)
    return kept


def _asked(text: str) -> int:
    """Questions and requests in a turn."""
    return max(text.count("?"), sum(sentence.asks for sentence in guard_rules.read(text) if "?" not in sentence.text))


# --- times and engines --------------------------------------------------------------------------------------------


def _talk(ordered: Sequence[Turn]) -> tuple[float | None, str]:
    """The agent's part of all speech, by seconds where both were timed, else by words."""
    seconds: dict[str, float] = defaultdict(float)
    words: dict[str, float] = defaultdict(float)
    for turn in ordered:
        seconds[turn.speaker] += max(0.0, turn.ended_seconds - turn.started_seconds)
        words[turn.speaker] += len(turn.text.split())
    for held, basis in ((seconds, "seconds"), (words, "words")):
        if held["agent"] > 0 and held["candidate"] > 0:
            return round(held["agent"] / (held["agent"] + held["candidate"]), 3), basis
    return None, ""


def _interruptions(ordered: Sequence[Turn]) -> list[Evidence]:
    """Agent's turns that began while the candidate's turn before them was still going on."""
    found = []
    for before, after in pairwise(ordered):
        overlap = before.ended_seconds - after.started_seconds
        meets = before.speaker == "candidate" and after.speaker == "agent" and before.text.strip()
        if meets and after.ended_seconds > after.started_seconds > before.started_seconds and overlap > OVERLAP_SECONDS:
            found.append(Evidence(after.id, _short(after.text), f"{overlap:.1f} s before the answer ended"))
    return found


def _refused(agent: Sequence[Turn]) -> list[Evidence]:
    return [
        Evidence(turn.id, _short(str(entry.get("text", ""))), str(entry.get("reason", "")))
        for turn in agent
        for entry in (turn.trace or {}).get("guard", [])
    ]


def _fallbacks(agent: Sequence[Turn]) -> list[Evidence]:
    return [
        Evidence(turn.id, _short(turn.text), str(turn.trace["fallback"]))
        for turn in agent
        if (turn.trace or {}).get("fallback")
    ]


# --- for people -------------------------------------------------------------------------------------------------


def _row(name: str, value: str, note: str, evidence: Sequence[Evidence]) -> dict[str, object]:
    return {"name": name, "value": value, "note": note, "evidence": [entry.as_row() for entry in evidence]}


def _percent(share: float | None) -> str:
    return _UNKNOWN if share is None else f"{share:.0%}"


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.1f}"


def _times(evidence: Sequence[Evidence]) -> str:
    return "none" if not evidence else "once" if len(evidence) == 1 else f"{len(evidence)} times"


def _basis(basis: str) -> str:
    return f"The interviewer's part of all {'words' if basis == 'words' else 'speaking time'}."


def _listed(engines: dict[str, int]) -> str:
    return ", ".join(f"{label} ({count})" for label, count in engines.items()) or _UNKNOWN


def _quote(text: str, read: guard_text.Plain, match: re.Match[str]) -> str:
    start, end = read.span(*match.span())
    return _short(text[start:end])


def _short(text: str) -> str:
    return text if len(text) <= MAX_QUOTE else f"{text[: MAX_QUOTE - 1].rstrip()}…"
