"""The certificates and licences a person says she holds. Pure; facts index the given text."""

from __future__ import annotations

import re

from interview_platform.services.resume_dates import POINT
from interview_platform.services.resume_degrees import named
from interview_platform.services.resume_pages import Fact
from interview_platform.services.resume_sections import Section, heading
from interview_platform.services.text import Sentence, is_bullet, lines

_MOST = 30
_LONGEST = 120
_NAMED = re.compile(
    r"\b(?:(?i:certifi(?:ed|cation|cate)s?|licen[cs](?:ed?|ure)s?|accredited|servsafe)|CPR|BLS|ACLS|PALS|NRP|PMP|CPA|CFA|CISSP|CCNA|CCNP|MCSE|ITIL|"
    r"ServSafe|TESOL|TEFL|CELTA|OSHA[ -]?\d*|PHR|SPHR|SHRM-S?CP|Series \d+|Six Sigma|CompTIA|AWS Certified|CDL|NASM|"
    r"ACE|NCLEX|FINRA|PRINCE2|LEED|RN|EMT|ASE)\b",
)
_BROAD = re.compile(r"\b(?:certifi(?:ed|cation|cate)s?|licen[cs](?:ed?|ure)s?)\b", re.I)
_LABEL = re.compile(
    r"\s*(?:[•*-]\s*)?(?:professional )?(?:certifi\w+|licen[cs]es?|licen[cs]ures?)(?: and \w+| & \w+)?\s*:\s*(?=\S)",
    re.I,
)
_OF_PAPERS = re.compile(r"certif|licen|member|registration|admission|credential|accreditation")
_DATED = re.compile(rf"[\s:,(–-]*(?:{POINT}\s*[-–]\s*)?(?:{POINT}|present|current)\)?\W*$", re.I)
_OPEN = re.compile(r"(?:[,&/]|\b(?:and|of|in|for|the|to|with|on))$", re.I)
_TOLD = re.compile(r"(?:I|my|we|demonstrated|boosted|completed|managed|responsible)\b", re.I)
_NOT_ONE = re.compile(r"^(?:and|or|of|in|the|to|with|for)\b|^\W*$|^\d+$", re.I)


def certificates(text: str, found: list[Section]) -> tuple[Fact, ...]:
    """Each certificate once, in the order of the résumé: those listed, those labelled, those said in the top."""
    made: list[Fact] = []
    for section in found:
        if section.kind == "certifications":
            made += _listed(text, section)
        elif section.kind in ("head", "summary", "skills", "awards", "education", "other"):
            made += _said(text, section)
    kept: dict[str, Fact] = {}
    for fact in made:
        kept.setdefault(fact.text.casefold(), fact)
    return tuple(kept.values())[:_MOST]


def _listed(text: str, section: Section) -> list[Fact]:
    """The items under a heading: one a line, or a line's parts; wrapped lines are one."""
    first = text.find("\n", section.start)
    if first < 0 or not heading(text[section.start : first]):
        return []
    title = text[section.start : first].casefold()
    strict = not _OF_PAPERS.search(title)  # of trainings only what names a certificate
    made = []
    for start, end in _whole_lines(text, first + 1, section.end):
        item = Sentence(text[start:end], start, end)
        if not strict or _NAMED.search(item.text):
            made += _items(item, text)
    return made


def _whole_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines, those that were only wrapped joined."""
    held = [(start + place, line) for place, line in lines(text[start:end])]
    bullets = any(is_bullet(line) for _, line in held)
    made: list[tuple[int, int]] = []
    apart = True
    for place, line in held:
        bare = line.strip()
        if bare and (
            apart
            or is_bullet(line)
            or "@" in line
            or not (bullets or bare[0].islower() or _OPEN.search(text[max(0, made[-1][1] - 8) : made[-1][1]]))
        ):
            made.append((place, place + len(line)))
        elif bare:
            made[-1] = (made[-1][0], place + len(line))
        apart = not bare
    return made


def _items(item: Sentence, text: str) -> list[Fact]:
    """One line's certificates; a list with several names of certificates is cut at its commas."""
    parts = [(found.start(), found.end()) for found in re.finditer(r"[^,;|•*\t]+", text[item.start : item.end])]
    cut = [part for part in parts if _NAMED.search(text[item.start + part[0] : item.start + part[1]])]
    if len(cut) < 2 or len(cut) < len(parts) - 1:
        parts = [(0, item.end - item.start)]
    return [fact for start, end in parts if (fact := _fact(text, item.start + start, item.start + end))]


def _said(text: str, section: Section) -> list[Fact]:
    """Certificates named elsewhere: short lines and labelled lists, not what a sentence tells of work."""
    made = []
    for start, line in lines(text[section.start : section.end]):
        place = section.start + start
        label = _LABEL.match(line)
        if label:
            made += _items(Sentence(line, place + label.end(), place + len(line)), text)
        elif section.kind != "education" and len(line) <= 80 and _BROAD.search(line) and not heading(line):
            made += [fact] if (fact := _fact(text, place, place + len(line))) and len(line.split()) <= 9 else []
        elif section.kind == "education" and _own_certificate(line):
            made += [fact] if (fact := _fact(text, place, place + len(line))) else []
    return made


def _own_certificate(line: str) -> bool:
    """Whether a line of the studies is a certificate rather than a course: short, and no school's."""
    if len(line) > _LONGEST or not re.search(r"\bcertifi(?:ed|cation)\b", line, re.I):
        return False
    return len(line.split()) <= 9 and not any(item.kind == "school" for item in named(line))


def _fact(text: str, start: int, end: int) -> Fact | None:
    raw = _DATED.sub("", text[start:end])
    bare = raw.strip(" \t\n•*·,;.-–|")
    if not 3 <= len(bare) <= _LONGEST or _NOT_ONE.search(bare) or not re.search(r"[^\W\d_]{2}", bare):
        return None
    told = bool(_TOLD.match(bare)) or raw.rstrip().endswith(":") or (len(bare.split()) > 11 and not _NAMED.search(bare))
    if told or "@" in bare or re.search(r"\+\d[\d ()-]{7,}", bare):
        return None
    start += raw.index(bare)
    return Fact(" ".join(bare.split()), start, start + len(bare))
