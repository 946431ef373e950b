"""The hard conditions a job post names, with the sentences that say so. Pure."""

from __future__ import annotations

import re

from interview_platform.services.job_conditions import (
    LANGUAGE,
    LICENCE,
    LOCATION,
    MOST_YEARS,
    PERMIT,
    YEARS,
    Condition,
)
from interview_platform.services.job_licences import alternatives, licences
from interview_platform.services.job_lines import ASKED, COMPANY, OFFER, PREFERRED, REQUIRED, Clause
from interview_platform.services.job_places import COUNTRIES

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()  # noqa: SIM905
)
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(_NUMBERS)}|a(?= (?:full )?years? or (?:more|longer)))"
_YEARS = re.compile(
    rf"\b(?P<least>{_NUMBER})(?:\s*\+|\s*plus|\s*or more)?(?:\s*(?:-|–|—|"
    rf"to)\s*{_NUMBER}\s*\+?)?(?:\s*\(\d+\))?(?:\s*\+)?"
    rf"(?:\s+or more)?(?:\s+full)?[\s-]*(?P<unit>years?|yrs?|months?)\b",
    re.I,
)
_OF_WORK = re.compile(
    r"experien|\bin (?:a|the|an)\b|\bworking\b|\bas an?\b|background|track record|tenure|practice|\bPQE\b|"
    r"\byears?['’]? (?:in|on|with|of) \w|\bworked\b",
    re.I,
)
_NOT_OF_WORK = re.compile(r"\byears? (?:old|of age)|history|founded|anniversar|contract|warrant|fixed[- ]term", re.I)

LANGUAGES = """
    English Spanish French German Italian Portuguese Dutch Polish Turkish Russian Ukrainian Arabic Hebrew Hindi Urdu
    Bengali Punjabi Gujarati Tamil Telugu Mandarin Cantonese Chinese Japanese Korean Vietnamese Thai Tagalog Malay
    Indonesian Swahili Somali Amharic Yoruba Zulu Afrikaans Greek Romanian Bulgarian Hungarian Czech Slovak
    Slovenian Croatian Serbian Albanian Swedish Norwegian Danish Finnish Estonian Latvian Lithuanian Icelandic Irish
    Welsh Catalan Basque Persian Farsi Pashto Dari Kurdish Nepali Creole Navajo ASL BSL
""".split()  # noqa: SIM905
_LANGUAGE = re.compile(rf"\b(?:{'|'.join(LANGUAGES)}|(?:American |British )?Sign Language)\b")
_SPOKEN = re.compile(
    r"\bfluen\w+|\bproficien\w+|\bnative\b|bilingual|multilingual|\bspeak\w*|\bspoken\b|\bwritten\b|\bwriting\b|\bverbal\w*|"
    r"command of|languages?\b|\b[ABC][12]\b|mother tongue|conversational|\bread(?:ing)? and writ\w+|communicat\w+ in\b|"
    r"\blevel\b|\bknowledge of\b|\boral\b",
    re.I,
)
_NOT_SPOKEN = re.compile(
    r"\s+(?:cuisine|cooking|food|literature|teacher|history|culture|market|law|tax|GAAP|speakers? (?:students|"
    r"learners))\b",
    re.I,
)

_PERMIT = re.compile(
    r"(?:legally |permanent(?:ly)? |currently )?(?:authori[sz](?:ed|ation)|eligib(?:le|ility)|entitled|permi(?:tted|"
    r"ssion)|"
    r"(?:legal )?right|legal) to work\b|\b(?:be )?able to work in the (?:UK|EU|U\.?S\.?A?|United)\b|\bworking rights\b|"
    r"\bwork (?:permit|authori[sz]ation|visa|eligibility)s?\b|visa sponsorship|"
    r"\b(?:not|unable to|without)\b[^.;]{0,40}\bsponsor|\bu\.?s\.? citizens?(?:hip)?\b|\b(?:EU|UK|British) (?:citizen|"
    r"national)\w*|"
    r"\b(?:US|U\.S\.|UK|EU) applicants only|employment eligibility",
    re.I,
)
_PEOPLES = {
    "Australian": "Australia",
    "Canadian": "Canada",
    "Irish": "Ireland",
    "German": "Germany",
    "Swiss": "Switzerland",
}
_OFFERS_VISA = re.compile(
    r"(?:we|can|will|do)\s+(?:offer|provide|sponsor)|sponsorship (?:is )?available|relocation", re.I
)

_PLACED = re.compile(
    r"\bon[- ]?site\b|\bin[- ](?:the )?office\b|\boffice[- ]based\b|\bhybrid\b|\bin[- ]person\b|\bmust (?:be|live|"
    r"reside|be able to"
    r" (?:work|commute))\b|\bbased in\b|\blocated in\b|commut\w+|\brelocat\w+|\breside\b|\blocal candidates\b|"
    r"days? a week|"
    r"\bdays? per week",
    re.I,
)
_REMOTE = re.compile(
    r"\b(?:fully|100%|completely|entirely) remote\b|\bremote[- ](?:first|only|position|role|job)\b", re.I
)


def found(post: str, clauses: list[Clause], place: str) -> tuple[list[Condition], list[Condition]]:
    """(hard ones, licences and languages that are only wished), most telling first. `place`: the job's own place."""
    hard = [*_years(post, clauses), *_permits(post, clauses), *_location(post, clauses, place)]
    wished: list[Condition] = []
    for clause in clauses:
        if clause.part in (OFFER, COMPANY) or not clause.wish:
            continue
        (wished if clause.wish == PREFERRED else hard).extend([*_spoken(post, clause), *licences(post, clause)])
    return _once(hard), [held for held in _once(wished) if _key(held) not in {_key(one) for one in hard}]


def _once(rows: list[Condition]) -> list[Condition]:
    """Without repeats; a name that says less than another of its kind ("CPR", "CPR/AED certification") goes."""
    kept: dict[tuple[str, str], Condition] = {}
    for held in rows:
        kept.setdefault(_key(held), held)
    order = list(kept.values())
    return [one for one in order if not any(_within(one, other) for other in order)]


def _key(held: Condition) -> tuple[str, str]:
    return held.kind, held.value.casefold()


def _within(one: Condition, other: Condition) -> bool:
    own, others = one.value.casefold(), other.value.casefold()
    return (
        one.kind == other.kind == LICENCE and own != others and re.search(rf"\b{re.escape(own)}\b", others) is not None
    )


def _years(post: str, clauses: list[Clause]) -> list[Condition]:
    """The first years asked for; where several are asked for in a row, the most."""
    rows: list[Condition] = []
    for clause in clauses:
        if clause.wish != REQUIRED or clause.part in (OFFER, COMPANY):
            continue
        for match in _YEARS.finditer(post, clause.start, clause.end):
            around = post[max(clause.start, match.start() - 60) : clause.end]
            doing = re.match(r"\s*(?:of )?[a-z]+ing\b", post[match.end() : clause.end])  # "8+ years building backends"
            if clause.part != ASKED and not doing and not _OF_WORK.search(around):
                continue
            if _NOT_OF_WORK.search(post[match.start() : clause.end]):
                continue
            years = _number(match["least"]) // (12 if match["unit"][0] in "mM" else 1)
            rows.append(Condition(YEARS, str(years), clause.line, match.start(), match.end()))
            break  # "5 years, or 2 with a master's degree": the first is the rule
    rows = [held for held in rows if 0 < int(held.value) <= MOST_YEARS]
    return sorted(rows, key=lambda held: (-int(held.value), held.start))[:1]


def _number(word: str) -> int:
    return int(float(word)) if word[0].isdigit() else 1 if word in "aA" else _NUMBERS.index(word.casefold()) + 1


def _permits(post: str, clauses: list[Clause]) -> list[Condition]:
    for clause in clauses:
        match = _PERMIT.search(post, clause.start, clause.end)
        if match is None or (
            _OFFERS_VISA.search(clause.text) and not re.search(r"\bnot\b|unable|without", clause.text)
        ):
            continue
        country = next((name for name, pattern in COUNTRIES if pattern.search(clause.line)), "")
        country = country or next((name for people, name in _PEOPLES.items() if people in clause.line), "")
        if not country and re.search(r"\b(?:federal law|I-9|E-Verify)\b", clause.line):
            country = "United States"
        return [Condition(PERMIT, country or "Permission to work", clause.line, match.start(), match.end())]
    return []


def _location(post: str, clauses: list[Clause], place: str) -> list[Condition]:
    """The place, where the post says that the work is done there."""
    if not place or place == "Remote":
        return []
    town = place.split(",")[0]
    for clause in clauses:
        if clause.part == OFFER or _REMOTE.search(clause.text) or not _PLACED.search(clause.line):
            continue
        at = post.find(town, clause.start, clause.end)
        if at >= 0 and (
            clause.part != COMPANY or re.search(r"\b(?:position|role|job|must|candidates?)\b", clause.line)
        ):
            return [Condition(LOCATION, place, clause.line, at, at + len(town))]
    return _on_site(post, clauses, place)


def _on_site(post: str, clauses: list[Clause], place: str) -> list[Condition]:
    """The place, where only the way of working is said ("full-time on-site role")."""
    said = re.compile(
        r"\b(?:on[- ]?site|in[- ](?:the )?office|in[- ]person|hybrid) (?:role|position|job|work(?:ing)?|employee|\d)|"
        r"\b(?:role|position|job)\b[^.;]{0,30}\b(?:on[- ]?site|in[- ]office|in[- ]person|hybrid)\b",
        re.I,
    )
    for clause in clauses:
        match = said.search(post, clause.start, clause.end)
        if match and clause.part != OFFER and "may require" not in clause.text:
            return [Condition(LOCATION, place, clause.line, match.start(), match.end())]
    return []


def _spoken(post: str, clause: Clause) -> list[Condition]:
    """Languages to be spoken or written; not "French cuisine"."""
    named_alone = clause.item and len(clause.line.split()) <= 4  # "Spanish is a plus"
    if not named_alone and not _SPOKEN.search(clause.line):
        return []
    rows = [
        Condition(LANGUAGE, match.group(), clause.line, match.start(), match.end())
        for match in _LANGUAGE.finditer(post, clause.start, clause.end)
        if not _NOT_SPOKEN.match(post, match.end())
    ]
    return rows if re.search(r"(?i)bilingual|multilingual", clause.line) else alternatives(post, rows)
