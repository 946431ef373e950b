"""Who a résumé is of and how to reach them, and what of that must not be kept. Pure."""

from __future__ import annotations

import re
import unicodedata

from interview_platform.services import skills as vocabulary
from interview_platform.services.resume_experience import has_title_word
from interview_platform.services.resume_sections import heading, sections

_HEAD_LINES = 14
_MOST_LINKS = 8
_NAME_LINES = 8
_NAME_PARTICLES = frozenset(
    ("de", "da", "van", "von", "der", "den", "la", "le", "del", "di", "bin", "al", "el", "y", "e", "dos")
)
_DATES = re.compile(r"\b\d{1,2}/(?:19|20)\d\d\b|\b(?:19|20)\d\d\D+(?:19|20)\d\d\b")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"(?<![\w/])(?:\(?\+|\(|00)?\d[\d().\s/-]{7,18}\d(?!\w)")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s|,;<>()\"]+"
    r"|\b(?:linkedin|github|gitlab|behance|dribbble|medium|stackoverflow|kaggle|twitter|x|orcid)\.(?:com|org|net)/[^\s|,;()]+"
)
_DOMAIN = re.compile(
    r"(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|me|co|ai|app)(?:/[^\s|,;]*)?(?![\w@])"
)
_PRIVATE = re.compile(
    r"^[\s•*-]*(?:date of birth|d\.?o\.?b\.?|birth ?(?:date|day|place)|place of birth|born|age|gender|sex|"
    r"(?:marital|civil|family) status|nationality|religion|caste|race|ethnicity|spouse|children|father'?s name|"
    r"mother'?s name|passport(?: no\.?| number)?|national id|ssn|social security(?: number| no\.?)?|photo)"
    r"\s*(?:[:=–-]|\bon\b|\bin\b)\s*\S.*$",
    re.I,
)
_STREET = re.compile(
    r"\b(?:\d+[\w/-]*\s+(?:[\w.'-]+\s+){0,5}?(?:street|st|avenue|ave|road|rd|way|lane|ln|drive|dr|boulevard|blvd|court|"
    r"ct|place|pl|square|sq|terrace|close|highway|hwy|parkway|pkwy|crescent)\b\.?(?:\s*,?\s*(?:apt|suite|unit|#)\.?\s*"
    r"[\w-]+)?|address\s*:|p\.?o\.? box \d+)",
    re.I,
)
_POSTCODE = re.compile(r"\b(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_TOWN = r"[^\W\d_][^\W\d_.'-]*(?:[ .'-]+[^\W\d_][^\W\d_.'-]*){0,3}\.?"
_PLACE = re.compile(
    rf"{_TOWN},\s*[A-Z][^\W\d_.]*(?:[ .]+[A-Z]?[^\W\d_]+){{0,3}}(?:,\s*[A-Z][^\W\d_.]+(?: [^\W\d_]+){{0,3}})?"
)
_PARTS = re.compile(r"\t|\s*[|·•]\s*|\s{3,}")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:['’-][^\W\d_]+)*\.?")
_NOT_NAMES = frozenset(
    "resume résumé cv curriculum vitae profile summary objective confidential page contact your name here".split()  # noqa: SIM905
)


def without_private(text: str) -> str:
    """Lines and parts of lines that must not be kept taken out; a street goes, its town stays."""
    kept: list[str] = []
    for number, line in enumerate(text.split("\n")):
        parts = re.split(r"(\t|\s[|·•]\s)", line)
        parts = ["" if _PRIVATE.match(part) else part for part in parts]
        if number < _HEAD_LINES:
            parts = [_town(part) for part in parts]
        changed = "".join(parts)
        kept.append(line if changed == line else re.sub(r"^(\t|\s[|·•]\s)+|(\t|\s[|·•]\s?)+$", "", changed))
    return "\n".join(kept)


def _town(part: str) -> str:
    """What is left of an address: its town, without street and postcode."""
    found = _STREET.search(part)
    if found is None or EMAIL.search(part):
        return part
    rest = _POSTCODE.sub("", part[found.end() :]).strip(" ,:")
    place = _PLACE.search(rest)
    return place.group() if place else ""


def head_end(text: str) -> int:
    """Where the top of the résumé ends: at the first heading, or after some lines."""
    found = sections(text)
    lines = text.split("\n")[:_HEAD_LINES]
    limit = len("\n".join(lines))
    return min(found[0].end, limit) if found and found[0].end > 0 else limit


def email(text: str) -> str:
    """The first e-mail address, in lower case."""
    found = EMAIL.search(text)
    return found.group().lower() if found else ""


def phone(text: str) -> str:
    """The first telephone number, as written."""
    for line in text.split("\n"):
        for found in PHONE.finditer(LINK.sub(" ", line)):
            digits = re.sub(r"\D", "", found.group())
            if 9 <= len(digits) <= 15 and not _DATES.search(found.group()):
                return " ".join(found.group().split())
    return ""


def links(head: str, text: str) -> tuple[str, ...]:
    """Addresses of pages, without https://; bare domains only from the top."""
    top = EMAIL.sub(" ", head)
    found = [
        *(match.group() for match in LINK.finditer(top)),
        *(match.group() for match in _DOMAIN.finditer(top)),
        *(match.group() for match in LINK.finditer(EMAIL.sub(" ", text))),
    ]
    tidy = [re.sub(r"^https?://", "", link).rstrip("./") for link in found]
    longest = [link for link in tidy if not any(link != other and link in other for other in tidy)]
    return tuple(dict.fromkeys(longest))[:_MOST_LINKS]


def name_of(head: str, reachable: bool) -> str:
    """The person's name: capitalised words near the top, most surely those that her e-mail address repeats.

    Without any contact details the top is a headline rather than a name, unless it is labelled as one.
    """
    mailbox = _plain(email(head).split("@")[0])
    shaped: list[str] = []
    for line in head.split("\n")[:_NAME_LINES]:
        labelled = re.match(r"\s*(?:full )?name\s*[:–-]\s*(.+)", line, re.I)
        parts = [part.strip(" ,") for part in _PARTS.split(labelled.group(1) if labelled else line)]
        named = [part for part in parts if _has_name_shape(part)]
        if named and labelled:
            return _cased(named[0])
        shaped.extend(named)
    repeated = [part for part in shaped if any(len(word) > 2 and _plain(word) in mailbox for word in part.split())]
    likely = [part for part in shaped if not _says_work(part)]
    return _cased((repeated + likely)[0]) if reachable and (repeated or likely) else ""


def _has_name_shape(part: str) -> bool:
    words = part.split()
    if not 2 <= len(words) <= 5 or len(part) > 60 or heading(part):
        return False
    if any(word.casefold().strip(".") in _NOT_NAMES for word in words):
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or not word.isascii() or word in _NAME_PARTICLES)
        for word in words
    )


def _says_work(part: str) -> bool:
    """Whether capitalised words name an occupation or a field of work: then they are more likely a headline."""
    found = vocabulary.mentions(part)
    return has_title_word(part) or any(" " in part[mention.start : mention.end] for mention in found)


def _plain(text: str) -> str:
    """Lower-case ASCII letters only, as mailboxes have them."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text).casefold())


def _cased(name: str) -> str:
    return name.title() if name.isupper() else " ".join(name.split())


def headline(head: str, name: str, latest_title: str) -> str:
    """What the person calls herself: the line under the name, the first occupation near the top, her last title."""
    parts = [part.strip(" ,") for line in head.split("\n") for part in re.split(r"\t|\s{3,}", line)]
    candidates = [part for part in parts if _may_be_headline(part, name)]
    titled = [part for part in candidates if has_title_word(part)]
    if titled:
        return titled[0]
    if not name and candidates:
        return candidates[0] if candidates[0] == parts[0] else ""
    after = parts[1:3] if parts and _cased(parts[0]) == name else []
    named = next((part for part in after if part in candidates), "")
    return named or latest_title


def _may_be_headline(part: str, name: str) -> bool:
    if not 4 <= len(part) <= 140 or _cased(part) == name or heading(part) or _PLACE.fullmatch(part):
        return False
    return not (EMAIL.search(part) or phone(part) or LINK.search(part) or _DOMAIN.search(part) or part.startswith("“"))


def location(head: str) -> str:
    """Town and region or country, from the top."""
    for line in head.split("\n"):
        for part in _PARTS.split(line):
            bare = _POSTCODE.sub(
                "", re.sub(r"^[^\w]+|^(?:location|based in|address)\s*:\s*", "", part.strip(), flags=re.I)
            )
            found = _PLACE.fullmatch(bare.strip(" ,"))
            if found and not has_title_word(bare) and not re.search(r"\b(address|street|avenue|road)\b", bare, re.I):
                return " ".join(found.group().split())
    return ""


def person_lines(text: str, name: str) -> list[tuple[int, int]]:
    """The lines near the top that hold name, contact details or place; where ranking does not look."""
    made, place = [], 0
    for line in text[: head_end(text)].split("\n"):
        personal = EMAIL.search(line) or phone(line) or LINK.search(line) or _DOMAIN.search(line)
        named = bool(name) and name.casefold() in " ".join(line.split()).casefold()
        if personal or named or any(_PLACE.fullmatch(part.strip(" ,")) for part in _PARTS.split(line)):
            made.append((place, min(place + len(line) + 1, len(text))))
        place += len(line) + 1
    return made
