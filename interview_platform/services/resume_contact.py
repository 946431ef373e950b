"""Who a résumé is of and how to reach them. Pure."""

from __future__ import annotations

import re

from interview_platform.services.resume_names import name_of as name_of
from interview_platform.services.resume_names import plain, same_name
from interview_platform.services.resume_private import PLACE, POSTCODE
from interview_platform.services.resume_sections import heading, sections
from interview_platform.services.resume_titles import has_title_word

_HEAD_LINES = 14
_MOST_LINKS = 8
_MOST_COMPARED = 40
_MOST_SEARCHED = 120  # lines in which a name is sought that does not stand at the top
_NAME_WORDS = 6
_UNDER_NAME = 6
_DATES = re.compile(r"\b\d{1,2}/(?:19|20)\d\d\b|\b(?:19|20)\d\d\D+(?:19|20)\d\d\b")
EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{0,63}[A-Za-z0-9_%+-]@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"(?<![\w/.])(?:\(?\+|\(|00)?\d[\d().\s/-]{7,18}\d(?!\w)")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s|,;<>()\"]+"
    r"|\b(?:[a-z]{2}\.)?(?:linkedin|github|gitlab|behance|dribbble|medium|stackoverflow|kaggle|twitter|x|orcid|facebook|"
    r"instagram|bitbucket|codepen|vimeo|youtube|researchgate|artstation)\.(?:com|org|net)/[^\s|,;()]+",
    re.I,
)
_DOMAIN = re.compile(
    r"(?<![@\w.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|io|dev|me|co|ai|app|uk|de|fr|eu|edu|info|design|tech)(?:/[^\s|,;]*)?(?![\w@])"
)
_PARTS = re.compile(r"\t|\s*[|·•]\s*|\s{3,}")
_TITLE_PAGE = re.compile(r"(?:curriculum vitae|resume|résumé|cv|name\s*:.*)\W*", re.I)
_LETTERS = re.compile(r", (?:CFA|CPA|RN|MBA|MD|PMP|JD|CFP|PE|BSN|MSN|NP|DO|SHRM|PHR|MA|MS|BA|BS)(?:, \w+)?$")
_LABELLED = re.compile(
    r"^[^\w(+]+|^(?:current )?(?:location|based in|address|city|lives in|residence|home)\s*[:–-]\s*", re.I
)


def head_end(text: str) -> int:
    """Where the top of the résumé ends: at the first heading, or after some lines."""
    found = sections(text)
    lines = text.split("\n")[:_HEAD_LINES]
    limit = len("\n".join(lines))
    return min(found[0].end, limit) if found and found[0].end > 0 else limit


def emails(head: str, text: str) -> tuple[str, ...]:
    """The e-mail addresses in lower case, those of the top first; without those of referees further down."""
    top = [found.group().lower() for found in EMAIL.finditer(head)]
    rest = [found.group().lower() for found in EMAIL.finditer(_without_referees(text))]
    return tuple(dict.fromkeys(top + (rest if len(rest) <= 3 or not top else [])))


def phones(head: str, text: str) -> tuple[str, ...]:
    """The telephone numbers as written, those of the top first."""
    top = _phones(head)
    rest = _phones(_without_referees(text)) if not top else []
    return tuple(dict.fromkeys(top + rest[:2]))


def phone(text: str) -> str:
    """The first telephone number, as written."""
    return next(iter(_phones(text)), "")


def email(text: str) -> str:
    """The first e-mail address, in lower case."""
    found = EMAIL.search(text)
    return found.group().lower() if found else ""


def links(head: str, text: str, given: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Addresses of pages, without https://: those a file links to, bare domains only from the top."""
    top = EMAIL.sub(" ", head)
    found = [
        *(match.group() for match in LINK.finditer(top)),
        *(match.group() for match in _DOMAIN.finditer(top)),
        *(match.group() for match in LINK.finditer(EMAIL.sub(" ", _without_referees(text)))),
        *(link for link in given if re.match(r"https?://", link)),
    ]
    tidy = list(dict.fromkeys(re.sub(r"^https?://", "", link).rstrip("./")[:300] for link in found))[:_MOST_COMPARED]
    longest = [link for link in tidy if not any(link != other and _bare(link) in _bare(other) for other in tidy)]
    return tuple({_bare(link): link for link in reversed(longest)}.values())[::-1][:_MOST_LINKS]


def headline(head: str, name: str, latest_title: str) -> str:
    """What the person calls herself: the line under the name, the first occupation near the top, her last title."""
    parts = [_beside_name(part.strip(" ,"), name) for line in head.split("\n") for part in re.split(r"\t|\s{3,}", line)]
    parts = [part for part in parts if not _TITLE_PAGE.fullmatch(part)]
    candidates = [part for part in parts if _may_be_headline(part, name)]
    titled = [part for part in candidates if has_title_word(part)]
    if titled:
        return titled[0]
    if not name and candidates:
        return candidates[0] if candidates[0] == parts[0] else ""
    first = next((index for index, part in enumerate(parts) if same_name(part, name)), None)
    after = parts[first + 1 : first + 3] if first is not None else []
    named = next((part for part in after if part in candidates), "")
    return named or latest_title


def name_further_down(text: str, head: str, mailbox: str) -> tuple[str, str]:
    """A name outside the top that the e-mail address repeats, and the lines that stand under it; else ("", head)."""
    wanted = plain(mailbox.split("@")[0])
    held = text.split("\n")[:_MOST_SEARCHED]
    for index, line in enumerate(held):
        name = name_of(line, reachable=True, mailbox=mailbox) if 2 <= len(line.split()) <= _NAME_WORDS else ""
        if name and any(len(plain(word)) > 2 and plain(word) in wanted for word in name.split()):
            return name, "\n".join(held[index : index + _UNDER_NAME])
    return "", head


def contact_lines(text: str, mails: tuple[str, ...], numbers: tuple[str, ...]) -> str:
    """The lines around the person's e-mail address and telephone number, wherever they stand."""
    held = text.split("\n")
    own = (*mails[:1], *numbers[:1])
    at = [index for index, line in enumerate(held) if any(item in line.casefold() for item in own)]
    near = sorted({place for index in at[:2] for place in range(max(0, index - 3), min(len(held), index + 4))})
    return "\n".join(held[place] for place in near)


def location(head: str) -> str:
    """Town and region or country, from the top."""
    for number, line in enumerate(head.split("\n")):
        for pattern in (EMAIL, LINK, _DOMAIN, PHONE):
            line = pattern.sub(" | ", line)
        for part in _PARTS.split(line):
            bare = POSTCODE.sub("", _LABELLED.sub("", part.strip()))
            labelled = re.match(r"\W*(?:location|based in|lives in|city)\b", part.strip(), re.I)
            found = PLACE.fullmatch(bare.strip(" ,"))
            if not found and labelled and re.fullmatch(r"[^\W\d_][^\d@]{1,40}", bare.strip()):
                return " ".join(bare.split())
            if found and number == 0 and _LETTERS.search(bare):
                continue  # "Ann Lee, MBA"
            if found and not has_title_word(bare) and not re.search(r"\b(address|street|avenue|road)\b", bare, re.I):
                return " ".join(found.group().split())
    return ""


def person_lines(text: str, name: str) -> list[tuple[int, int]]:
    """The lines near the top that hold name, contact details or place; where ranking does not look."""
    made, place = [], 0
    for line in text[: head_end(text)].split("\n"):
        personal = EMAIL.search(line) or phone(line) or LINK.search(line) or _DOMAIN.search(line)
        named = bool(name) and name.casefold() in " ".join(line.split()).casefold()
        if personal or named or any(PLACE.fullmatch(part.strip(" ,")) for part in _PARTS.split(line)):
            made.append((place, min(place + len(line) + 1, len(text))))
        place += len(line) + 1
    return made


# --- parts -----------------------------------------------------------------------------------------------------


def _phones(text: str) -> list[str]:
    made = []
    for line in text.split("\n"):
        for found in PHONE.finditer(LINK.sub(" ", line)):
            digits = re.sub(r"\D", "", found.group())
            if 9 <= len(digits) <= 15 and len(set(digits)) > 2 and not _DATES.search(found.group()):
                made.append(" ".join(found.group().split()))
    return made


def _without_referees(text: str) -> str:
    """The text up to the people who can be asked about her, whose addresses are theirs."""
    for section in sections(text):
        if re.match(r"\s*(?:references|referees)\b", text[section.start : section.start + 30], re.I):
            return text[: section.start]
    return text


def _bare(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link).rstrip("/").casefold()


def _beside_name(part: str, name: str) -> str:
    """What stands beside the name on its line ("Ann Lee | Accountant"); the name where nothing does."""
    pieces = re.split(r"\s*[|·•]\s*|\s[–—-]\s", part) if name else []
    others = [piece for piece in pieces if piece and not same_name(piece, name)]
    return others[0] if others and len(others) == len(pieces) - 1 else part


def _may_be_headline(part: str, name: str) -> bool:
    if not 4 <= len(part) <= 140 or same_name(part, name) or heading(part) or PLACE.fullmatch(part):
        return False
    return not (EMAIL.search(part) or phone(part) or LINK.search(part) or _DOMAIN.search(part) or part.startswith("“"))
