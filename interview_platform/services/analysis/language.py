"""Wording to look at, of both sides: bias and tone by an authored list of phrases, each with a plain note.

A flag points at words, not at a person: it says where to read again. For the candidate's own words only hostile tone
and protected topics are noted (the latter so that nobody uses what was volunteered), for the agent's everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interview_platform.models import Turn

EITHER, AGENT = frozenset({"agent", "candidate"}), frozenset({"agent"})


@dataclass(frozen=True)
class Wording:
    """One kind of phrase, whose turns it is looked for in, and the note shown with it."""

    kind: str  # gendered | age | disability | protected_topic | hostile
    pattern: re.Pattern[str]
    speakers: frozenset[str]
    note: str


def _wording(kind: str, phrases: str, speakers: frozenset[str], note: str) -> Wording:
    return Wording(kind, re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE), speakers, note)


_VOLUNTEERED = "A protected topic came up. It must play no part in the decision."

WORDINGS: tuple[Wording, ...] = (
    _wording(
        "gendered",
        r"manpower|chairman|salesman|guys|you guys|ladies|girls?|rock ?star|ninja|man hours|mankind|"
        r"(?:he|his) or (?:she|her)|aggressive(?:ly)?|dominant|gentlemen|man up|manned by|bossy|hysterical|old boys|"
        r"girl ?boss|foreman|cameraman|policeman|housewi(?:fe|ves)|mothering|work wife|the fairer sex",
        AGENT,
        "Gendered or gender-coded wording. A neutral word says the same.",
    ),
    _wording(
        "age",
        r"digital native|young (?:and|team|people|talent)|energetic team|recent graduates? only|too old|too young|"
        r"at your age|overqualified|older (?:people|workers|candidates)|"
        r"young blood|fresh blood|past your prime|set in your ways|senior moment|old[- ]school people|young at heart|"
        r"youthful (?:team|company|culture)|millennials?|boomers?",
        AGENT,
        "Wording that points at age.",
    ),
    _wording(
        "disability",
        r"crazy|insane|lame|crippled|deaf to|blind to|turn a blind eye|tone-deaf|able-bodied|normal people|sanity "
        r"check|psycho|spastic|retard(?:ed|s)?|schizo(?:phrenic)?|wheelchair[- ]bound|fall(?:s|ing)? on deaf ears|"
        r"a bit OCD|so bipolar|mentally challenged",
        AGENT,
        "Wording that hurts people with a disability. A plain word says the same.",
    ),
    _wording(
        "protected_topic",
        r"(?:are|were) you (?:married|pregnant|single|engaged|religious|disabled)|do you have (?:children|kids|a "
        r"family|a "
        r"disability|any illness)|plan(?:ning)? (?:to have|on having) (?:children|kids|a family)|how old are you|"
        r"your (?:age|"
        r"religion|nationality|race|ethnicity|sexual orientation|marital status|date of birth|political views)|"
        r"where are you "
        r"(?:really |originally )?from|native (?:speaker|language)|which (?:church|mosque|synagogue|party)",
        AGENT,
        "This touches a protected topic, which an interview may not ask about.",
    ),
    _wording(
        "protected_topic",
        r"i(?:'m| am) (?:pregnant|married|divorced|a single (?:mother|father|parent)|disabled|gay|lesbian|"
        r"transgender|muslim|"
        r"christian|jewish|hindu|buddhist|an immigrant)|my (?:husband|wife|pregnancy|disability|religion|church|"
        r"mosque|synagogue|"
        r"visa|illness|diagnosis|maternity leave|parental leave)|i have (?:cancer|diabetes|epilepsy|adhd|autism|"
        r"dyslexia|depression|"
        r"a disability|(?:two|three|four|\d) (?:children|kids))|i(?:'m| am) \d\d years old",
        frozenset({"candidate"}),
        _VOLUNTEERED,
    ),
    _wording(
        "hostile",
        r"shut up|stupid|idiots?|idiotic|morons?|dumb|pathetic|useless (?:machine|bot|question|people)|worthless|"
        r"hate (?:you|them|"
        r"those people)|waste of (?:my )?time|ridiculous question|bullshit|fuck\w*|asshole|lazy people|incompetent "
        r"(?:people|fools?)",
        EITHER,
        "Hostile tone. Listen to the recording before you read anything into it.",
    ),
)


def flags(turns: Iterable[Turn]) -> list[dict[str, str]]:
    """Flagged phrases in order: [{"speaker", "turn_id", "quote", "kind", "note"}]; quotes are verbatim."""
    found = []
    for turn in turns:
        for wording in WORDINGS:
            if turn.speaker in wording.speakers:
                found += [_flag(turn, wording, match.group()) for match in wording.pattern.finditer(turn.text)]
    return found


def _flag(turn: Turn, wording: Wording, quote: str) -> dict[str, str]:
    return {"speaker": turn.speaker, "turn_id": turn.id, "quote": quote, "kind": wording.kind, "note": wording.note}
