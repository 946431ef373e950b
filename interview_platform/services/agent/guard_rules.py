"""Wording that is never said, from rag_data/guard.yaml: promises, verdicts, the rubric, reproach, another role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from interview_platform.services.agent import guard_authored, guard_text
from interview_platform.services.agent.bank import RAG_DATA


@dataclass(frozen=True)
class Rule:
    """One reason to refuse. `statements_only`: questions may hold it; `unless_sourced`: a source may say it."""

    reason: str
    pattern: re.Pattern[str]
    statements_only: bool
    unless_sourced: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence of an utterance: as written, in plain words, and whether it asks for something.

    `lead` is what it states: everything, or in one that asks the words before its question ("Great, and what …").
    `authored`: it belongs to a text that people wrote and read (guard_authored.py).
    """

    text: str
    plain: str
    asks: bool
    lead: str
    authored: bool = False


@lru_cache
def data() -> dict[str, Any]:
    """The file as it stands."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = (RAG_DATA / "guard.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.load(content, Loader=loader)  # noqa: S506  both loaders are the safe one
    return held


@lru_cache
def rules() -> tuple[Rule, ...]:
    """In the file's order; the first that fits gives the reason."""
    return tuple(
        Rule(
            entry["reason"],
            re.compile(rf"(?:{'|'.join(rf'(?:{pattern})' for pattern in entry['patterns'])})(?!\w)"),
            entry.get("in") == "statement",
            bool(entry.get("unless_sourced")),
        )
        for entry in data()["rules"]
    )


def broken(sentences: Sequence[Sentence], sourced: Sequence[bool]) -> str:
    """The reason of the first rule that a sentence breaks, or empty. `sourced[i]`: a source text says sentence i.

    Sentences are read alone and, so that a full stop between two words hides nothing, all together. In
    authored text what is stated may be part of a case ("Your data was wrong").
    """
    free = [sentence for sentence, backed in zip(sentences, sourced, strict=True) if not backed]
    for rule in rules():
        read = free if rule.unless_sourced else sentences
        if rule.statements_only:
            found = any(rule.pattern.search(sentence.lead) for sentence in read if not sentence.authored)
        else:
            found = any(rule.pattern.search(sentence.plain) for sentence in read)
            found = found or _hidden(rule, " ".join(sentence.plain for sentence in read))
        if found:
            return rule.reason
    return ""


def _hidden(rule: Rule, together: str) -> bool:
    """Whether the rule is broken across sentences (anchors belong to single ones and do not count there)."""
    return any(match.start() > 0 and match.end() < len(together) for match in rule.pattern.finditer(together))


_ASKED = (
    r"(?:(?:in|at|to|from|by|for|on|with|of|about) )?(?:what|how|why|who|whom|whose|which|where|when)\b(?! (?:you|i|"
    r"we|it|they|he|she|the|that|this|your|a|an)\b)"
    r"|(?:do|does|did|can|could|would|will|have|has|is|are|was|were|should) (?:not )?(?:you|there|it|that|this|they|"
    r"your|the|we|i|he|she)\b"
    r"|(?:may|can|could) i (?:just |also )?ask\b|i (?:would|will) (?:also )?(?:like|love) to (?:hear|know|ask|"
    r"understand|stay|go|look|come)\b"
    r"|i (?:wonder|am (?:curious|interested))\b|(?:tell|walk|show|give|take) (?:me|us)\b|talk (?:me|us) (?:through)\b"
)
_COMMANDS = (
    r"(?:describe|think of|think about|think back|imagine|explain|take (?:one|a (?:look|piece))|talk about|pick|"
    r"choose|name|suppose|picture|"
    r"consider|share|say (?:more|a|what|how|which)|go (?:on|into|through|back to)|help me|start (?:with|from)|look "
    r"(?:back|at)|"
    r"stay with|stick with|outline|recall|let us)\b"
)
_BEFORE = (
    r"(?:(?:please|and|so|then|now|okay|well|if you like|if you can|first|just|also|maybe|perhaps|next|in that case|"
    r"staying with that|going back to that|one more thing) )*"
)
_STARTS = re.compile(rf"^{_BEFORE}(?:{_ASKED}|{_COMMANDS})")
_WH = re.compile(r"(?:and |so |but )?(?:what|how|why|who|whom|whose|which|where|when)\b")
_DECLARED = "".join(
    rf"(?<!\b{word} )" for word in ("that", "this", "it", "there", "he", "she", "they", "you", "which", "i", "we")
)
"""A verb after one of these states: "that was your idea"."""
_INSIDE = re.compile(rf"{_DECLARED}\b(?:{_ASKED})")


def read(text: str) -> list[Sentence]:
    """The sentences of an utterance."""
    parts = guard_text.parts(text)
    authored = guard_authored.places(parts)
    made = []
    for number, part in enumerate(parts):
        plain = guard_text.plain(part).text
        if not plain:
            continue
        inside = _INSIDE.search(plain)
        starts = _STARTS.match(plain) or ("?" in part and _WH.match(plain))
        asks = bool(starts) or ("?" in part and inside is not None)
        lead = "" if starts else plain[: inside.start()] if asks and inside else plain
        made.append(Sentence(part, plain, asks, lead.strip(), number in authored))
    return made
