"""Ground that no question may touch, from rag_data/question_check.yaml, as patterns over plain words (guard_text.py).

A topic alone is no fault: a nurse speaks of patients' families, a recruiter of salaries. What is looked for is the
topic asked of the person: "your …", "are you …", "do you have …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from interview_platform.services.agent.bank import RAG_DATA

_ADVERBS = (
    r"(?:(?:ever|currently|already|also|still|really|actually|now|always|often|usually|happen to|by any chance|maybe|"
    r"perhaps|personally|planning to|hoping to|likely to|going to|thinking of|thinking about|intending to|or will you|"
    r"regularly|yourself|at present|at the moment|presently|formerly|or have you|considered|considering|secretly|"
    r"ready to|looking to|a bit|quite|very|so|too|generally|been|getting|planning on|on|by chance) )*"
)
_DESCRIBING = (
    r"(?:(?:own|present|current|past|previous|last|personal|private|home|mental|physical|general|state of|place of|"
    r"date of|country of|year of|plans? (?:for|about|regarding)(?: (?:a|having|more))?|upcoming|future|ethnic|young|"
    r"elderly|ageing|aging|little|small|two|three|four|old|real|original|immediate|extended|sick|new|any|a|the|an|"
    r"other|more|another|some|kind of|sort of|long term|full|legal|religious|political|national|family|and your|"
    r"experience of|thoughts on|views on|views about|feelings about|relationship with|history of|history with|level of|"
    r"or|no|lots of|many|serious|special|chronic|recurring|health|school age|regular|much|strong|slight|nice|big) )*"
)
_HEADS = (
    r"(?! (?:teams?|wards?|nurs\w*|work(?:er|ers|load)?|units?|clinics?|services?|polic(?:y|ies)|projects?|class\w*|"
    r"products?|systems?|clients?|customers?|patients?|pupils?|students?|learners?|departments?|apps?|applications?|"
    r"law|laws|sector|industry|campaigns?|research|stud(?:y|ies)|data|centres?|centers?|programmes?|programs?|benefits|"
    r"markets?|protection|development|business|brand|segments?|charity|section|checker?|model|feature|page|form|desk|"
    r"queries|tables?|columns?|fields?|tests?|api|events?|meetings?|group|groups|counselling|liaison|cover|"
    r"assessments?|"
    r"chart|charts|docs?|scripts?|code|node|nodes|process|processes|component|components|class|objects?|elements?|"
    r"friendly|safeguarding|procedures?|training|rules?|requests?|stakeholders|room|medicine|doctor|practice)\b)"
)
_AT_WORK = (
    r"(?! (?:in|on|at|from|under|with|within|of|for|through) (?:your|that|this|the|a|an|our) (?:\w+ ){0,2}(?:ward|"
    r"class|"
    r"classroom|units?|group|school|care|team|project|study|data|clinic|practice|course|office|shift|lesson|system|"
    r"service|model|campaign|company|client|patient|case|dataset|database|report|hospital|home care|department)\b)"
    r"(?! (?:who|whose|whom|that)\b)"
)
_HAVE = (
    r"(?:have|had|having|got|get|need|expect|expecting|want|wanting|be having|been having|plan|plan on|planning|use|"
    r"take|taking|observe|practise|practice|follow|belong to|belonging to|suffer from|with|wear|identify with|been "
    r"through|"
    r"hold|be on|be taking|go to|go through|attend|disclose|face|come from|live with|join|"
    r"joined|bring|cover|mind|own|feel about|talk about|speak about|share|be responsible for|part of|a member of|in|"
    r"on|of)"
)
_AUX = r"(?:do|did|does|have|has|had|will|would|can|could|are|were|may|might|should|is)"
_BE = r"(?:are|were|be|been|being|is|am|become|becoming|getting)"


_YOU = re.compile(r"\b(?:you|your|yourself)\b")


@dataclass(frozen=True)
class Ground:
    """One topic: what is shown to people, and the pattern that finds it asked of the person."""

    id: str
    name: str
    why: str
    instead: str
    pattern: re.Pattern[str]
    topics: re.Pattern[str]

    def found(self, text: str) -> re.Match[str] | None:
        """Where plain words touch it: asked of the person, or named with "you" and with nothing of the work."""
        match = self.pattern.search(text)
        if match is None and _YOU.search(text) and not _work().search(text):
            match = self.topics.search(text)
        return match


@lru_cache
def data() -> dict[str, Any]:
    """The file as it stands."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = (RAG_DATA / "question_check.yaml").read_text(encoding="utf-8")
    held: dict[str, Any] = yaml.load(content, Loader=loader)  # noqa: S506  both loaders are the safe one
    return held


@lru_cache
def grounds() -> tuple[Ground, ...]:
    """Protected topics, in the file's order."""
    return tuple(_ground(entry) for entry in data()["grounds"])


@lru_cache
def pay() -> Ground:
    """What somebody earned before."""
    return _ground({"id": "pay_history", **data()["pay"]})


def private(text: str) -> str:
    """The name of the first protected topic in plain words, or empty."""
    return next((ground.name for ground in (*grounds(), pay()) if ground.found(text)), "")


def _ground(entry: dict[str, Any]) -> Ground:
    made = [
        *_of_nouns("|".join(entry["nouns"])),
        *_of_states("|".join(entry["states"])),
        *_of_deeds("|".join(entry["deeds"])),
        *entry["phrases"],
    ]
    whole = "|".join(f"(?:{pattern})" for pattern in made)
    return Ground(entry["id"], entry["name"], entry["why"], entry["instead"], re.compile(rf"\b(?:{whole})\b"),
                  re.compile(rf"\b(?:{entry['topics']})\b"))  # fmt: skip


@lru_cache
def _work() -> re.Pattern[str]:
    """Words that put a topic at work: whose family, which policy."""
    return re.compile(rf"\b(?:{'|'.join(data()['work'].split())})\b")


def _of_nouns(nouns: str) -> Sequence[str]:
    """What a person has: "your …", "do you have …", "which … are you", "how many … do you"."""
    if not nouns:
        return ()
    thing = rf"(?:{nouns})\b{_HEADS}{_AT_WORK}"
    return (
        rf"your {_DESCRIBING}{thing}",
        rf"(?:you|yours) (?:and|or) (?:your|the) {_DESCRIBING}{thing}",
        rf"{_AUX} (?:not )?you {_ADVERBS}{_HAVE} {_DESCRIBING}{thing}",
        rf"(?:what|which) (?:kind of |sort of |type of )?(?:{nouns}) (?:do|are|is|did|were|would|have|best "
        rf"describes) (?:you|your)\b",
    )


def _of_states(states: str) -> Sequence[str]:
    """What a person is: "are you …", "have you ever been …", "do you consider yourself …"."""
    if not states:
        return ()
    thing = rf"(?:{states})\b"
    return (
        rf"(?:are|were|is|was|have|had) (?:not )?you (?:(?:or|and) \w+ (?:\w+ )?)?{_ADVERBS}(?:(?:been|be|an?|in a|"
        rf"of) )*{thing}",
        rf"{_AUX} (?:not )?you {_ADVERBS}(?:consider|call|describe|see|identify|feel|view|define|class) (?:yourself "
        rf")?(?:to be |as )*(?:(?:an?|very|too|rather) )*{thing}",
        rf"{_AUX} (?:not )?you {_ADVERBS}(?:plan|want|expect|hope|intend|mind|going)?\w* ?(?:to |on )?{_BE} "
        rf"(?:(?:an?) )?{thing}",
        rf"(?:if|whether|that|how|when|how long|since) you (?:are|were|have been) {_ADVERBS}(?:an? "
        rf")?{thing}(?=.{{0,25}}$)",
        rf"(?:how|since when) (?:\w+ )?(?:are|were) you (?:{states})(?= *$)",
    )


def _of_deeds(deeds: str) -> Sequence[str]:
    """What a person does: "do you …", "are you planning to …", "when will you …"."""
    if not deeds:
        return ()
    return (
        rf"{_AUX} (?:not )?you {_ADVERBS}(?:(?:plan|want|intend|expect|hope|like|wish|plans?|mind|think|need|have|"
        rf"planning|hoping)"
        rf" (?:to |on |of |about |that you )*(?:ever )?(?:be )?)?(?:{deeds})\b{_AT_WORK}",
        rf"(?:if|whether|that|when|where|why|how often|since when) you (?:ever |still |currently |already |will |"
        rf"would )?(?:{deeds})\b{_AT_WORK}(?=.{{0,25}}$)",
    )
