"""The languages a person says she speaks, with her level. Pure; facts index the given text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.resume_pages import Fact
from interview_platform.services.resume_sections import Section
from interview_platform.services.text import lines

_NAMES = (
    "Afrikaans Albanian Amharic Arabic Armenian Azerbaijani Basque Bengali Bosnian Bulgarian Burmese Cantonese Catalan "
    "Cebuano Chinese Croatian Czech Danish Dari Dutch English Estonian Farsi Filipino Finnish Flemish French Galician "
    "Georgian German Greek Gujarati Hausa Hebrew Hindi Hmong Hungarian Icelandic Igbo Indonesian Irish "
    "Italian Japanese "
    "Kannada Kazakh Khmer Kinyarwanda Korean Kurdish Lao Latin Latvian Lithuanian Macedonian Malay Malayalam Maltese "
    "Mandarin Marathi Mongolian Nepali Norwegian Odia Pashto Persian Polish Portuguese Punjabi Romanian Russian Samoan "
    "Serbian Sinhala Slovak Slovenian Somali Spanish Swahili Swedish Tagalog Tamil Telugu Thai Tigrinya "
    "Turkish Ukrainian "
    "Urdu Uzbek Vietnamese Welsh Wolof Xhosa Yiddish Yoruba Zulu"
)
_OTHER_NAMES = {
    "american sign language": "American Sign Language", "asl": "American Sign Language",
    "british sign language": "British Sign Language", "haitian creole": "Haitian Creole", "creole": "Haitian Creole",
    "castilian": "Spanish", "deutsch": "German", "français": "French", "español": "Spanish", "inglés": "English",
    "englisch": "English", "französisch": "French", "português": "Portuguese", "italiano": "Italian",
    "mandarin chinese": "Mandarin", "chinese mandarin": "Mandarin", "bahasa indonesia": "Indonesian",
}  # fmt: skip
_KNOWN = {name.casefold(): name for name in _NAMES.split()} | _OTHER_NAMES
_NAME = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))})(?!\w)", re.I)
_LEVEL = re.compile(
    r"native or bilingual|full professional|professional working|limited working|elementary|"
    r"native(?: speaker| proficiency| fluency)?|mother tongue|bilingual|fluent(?:ly)?|proficient|advanced|"
    r"(?:upper |lower )?intermediate|conversational(?: proficiency)?|professional|business|working knowledge|basic|"
    r"beginner|good|excellent|moderate|\b[ABC][12]\b|muttersprache|courant",
    re.I,
)
_SPEAKS = re.compile(
    r"\b(?:fluen(?:t|cy|tly)|bilingual|tri-?lingual|multilingual|native speaker|speaks?|spoken|speaking|"
    r"languages?|conversational|proficien\w+ in|"
    r"read,? write|written and spoken|mother tongue)\b",
    re.I,
)
_LABEL = re.compile(
    r"\s*(?:[•*-]\s*)?(?:foreign |spoken )?languages?(?: skills| spoken| known)?\s*(?::|\t|\s{2,}|–|-)\s*(?=\S)", re.I
)
_NOT_SPOKEN = re.compile(
    r"\s*(?:literature|teacher|cuisine|food|studies|history|class(?:es)?|language arts|market|customers?|"
    r"clients?|department|"
    r"department|major|minor|composition|arts|breads?|restaurant|dressing|style|doors?|culture|drain)\b",
    re.I,
)


_WITH_LEVEL = re.compile(
    rf"(?:^|[,;|•·\t])\s*(?P<name>[A-Z][^\W\d_]{{2,15}}(?: [A-Z][^\W\d_]+)?)"
    rf"\s*(?:\(|[:–-]\s)\s*(?P<level>(?i:{_LEVEL.pattern}))"
)


@dataclass(frozen=True)
class Language(Fact):
    """A language by its English name; `level` as written ("Native or Bilingual", "B2"), empty where not said."""

    level: str = ""


def languages(text: str, found: list[Section]) -> tuple[Language, ...]:
    """Each language once: from sections and lines that list them, and from sentences that say who speaks what."""
    made: dict[str, Language] = {}
    for start, line in lines(text):
        section = next((held.kind for held in found if held.start <= start < held.end), "")
        listed = section == "languages" or bool(_LABEL.match(line))
        spoken = section not in ("education", "awards", "publications") and bool(_SPEAKS.search(line))
        if not (listed or spoken) or (not listed and _NAME.search(line) is None):
            continue
        for language in _of_line(line, start, listed):
            held = made.get(language.text)
            if held is None or (language.level and not held.level):
                made[language.text] = language
        for language in _others(line, start) if section == "languages" else ():
            made.setdefault(language.text, language)
    return tuple(sorted(made.values(), key=lambda held: held.start))


def _others(line: str, start: int) -> list[Language]:
    """Languages of which no list is kept, where a level stands behind their names ("Twi (native)")."""
    found = [held for held in _WITH_LEVEL.finditer(line) if held["name"].casefold() not in _KNOWN]
    named = [held for held in found if not (_LEVEL.search(held["name"]) or _NAME.search(held["name"]))]
    made = []
    for held in named:
        first, end = held.span("name")
        made.append(Language(held["name"], start + first, start + end, level=held["level"]))
    return made


def _of_line(line: str, start: int, listed: bool) -> list[Language]:
    named = [found for found in _NAME.finditer(line) if _is_named(found, line, listed)]
    made = []
    for number, found in enumerate(named):
        stop = named[number + 1].start() if number + 1 < len(named) else len(line)
        after = line[found.end() : min(stop, found.end() + 60)]
        made.append(
            Language(
                _KNOWN[found.group().casefold()],
                start + found.start(),
                start + found.end(),
                level=_level(line, found, after),
            )
        )
    return made


def _is_named(found: re.Match[str], line: str, listed: bool) -> bool:
    if not listed and not found.group()[0].isupper():
        return False
    if not listed and _NOT_SPOKEN.match(line, found.end()):
        return False
    return listed or bool(_SPEAKS.search(line[max(0, found.start() - 70) : found.end() + 45]))


def _level(line: str, found: re.Match[str], after: str) -> str:
    """The level behind a language's name, else the one before it ("fluent in Spanish and French")."""
    behind = _LEVEL.search(after.split(";")[0][:50])
    before = list(_LEVEL.finditer(line, max(0, found.start() - 60), found.start()))
    if behind and not re.match(r"[,;]\s*\w+ in\b", after):
        return behind.group()
    return before[-1].group() if before and found.start() - before[-1].end() < 30 else ""
