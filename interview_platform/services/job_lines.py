"""A job post as clauses: each knows the part of the post it stands in and whether it asks or only wishes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from interview_platform.services import job_text
from interview_platform.services.job_modals import (
    ASKED,
    COMPANY,
    DUTIES,
    FORMAL,
    OFFER,
    OFFERED,
    PHYSICAL,
    PREFERRED,
    REQUIRED,
    WISHED,
    cut,
    formal,
    wish,
)
from interview_platform.services.text import Sentence, is_bullet, lines, sentences

__all__ = (
    "ASKED", "COMPANY", "DUTIES", "FORMAL", "OFFER", "PHYSICAL", "PREFERRED", "REQUIRED", "WISHED",
    "Clause", "clauses", "formal", "heading_part", "is_heading",
)  # fmt: skip

_HEADING_WORDS = 14
_LOOKED_AHEAD = 40
_HEADINGS = (
    (PHYSICAL, r"\bphysical|working conditions|work environment|\bhazards?\b"),
    (DUTIES, r"about (?:the|this) (?:role|job|position|opportunity)|^job description|^(?:the|your) role$"),
    (FORMAL, r"how to apply|to apply|\bapply\b|equal (?:opportunity|employment)|diversity|\beeo\b|disclosure|privacy|"
             r"commitment|\bnotice\b|accommodation|code of conduct|selection process|recruitment process|"
             r"additional (?:information|details)"),
    (OFFER, r"benefit|\bperks?\b|\boffer|compensation|\bsalary|\bpay\b|reward|what.?s in it|for you\b|remuneration|"
            r"flexible work|invest in you|expect from us|in return|^you(?:['’]ll| will)? (?:get|"
            r"receive)\b|we (?:give|provide)\b|"
            r"professional growth|growth and development"),
    (WISHED, r"prefer|\bdesir(?:ed|able)|nice[- ]to|\bbonus|good[- ]to[- ]have|\bgreat if|\bplus(?:es)?\b|excel\b|"
             r"stand out|advantag|\boptional|\bassets?\b|even better|extra credit|would be (?:a |an )?(?:great|nice)|"
             r"\bideally\b"),
    (DUTIES, r"responsib|\bdut(?:y|ies)|accountab|essential functions?|primary functions?|what you.{0,9} (?:do|own|"
             r"work)|"
             r"day[- ]to[- ]day|your (?:impact|mission|role|tasks|career|challenge|day)|in this role|(?:role|position|"
             r"job)"
             r" (?:overview|summary|description|purpose)|^summary|^overview|key (?:tasks|areas)|typical day|await|"
             r"the work\b"),
    (ASKED, r"requirement|qualif|\bskills?\b|experience|you.{0,9} (?:bring|need|have|possess)|who you are|about you|"
            r"looking for|must[- ]haves?|\bminimum\b|knowledge|competenc|\beducation|your (?:profile|background)|"
            r"attribut|"
            r"successful|candidates?\b|certificat|licen[cs]|credential|specification|we expect|\blanguages?\b|\babilit|"
            r"technolog(?:y|ies) stack|tech stack|essential criteria|^essential\b|to be considered|(?:you|"
            r"candidates?|applicants?)(?:['’]ll)?(?: will| must| should)?(?: have| be| need)?:?$|what it takes"),
    (COMPANY, r"\babout\b|who we are|\bour (?:company|story|values|mission|team|culture|vision|client)|^the (?:team|"
              r"company)|"
              r"^(?:company|team|department)\b|^mission|^values|^culture|^why\b|join (?:us|our)"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _HEADINGS)
_HEADING_VOCABULARY = frozenset(
    """
    a about accountabilities awaits be can considered special specific further successful success following attributes
    additional advantageous all and any apply are
    assets attributes background basic benefits bonus bring candidate candidates capabilities career certificates
    certifications company competencies compensation conditions criteria culture day description desirable desired do
    duties education environment equal essential experience expect for from functions good great have have's haves how
    ideal if in job key knowledge languages licences licenses looking main major minimum mission must must-have
    must-haves need nice nice-to-have nice-to-haves of offer opportunity optional or other our out overview own
    package person personal perks physical position possess points preferred primary profile purpose qualifications
    qualification quals requirement requirements required responsibilities responsibility role salary skill skills
    specification stack summary tasks tech technical team the things this to us values we we're what what's who why
    will with work working you you'll you’ll you'd your you’re you're abilities ability
    """.split()  # noqa: SIM905
)
_TERSE_WORDS = 90
_BARE_LIST = re.compile(r"^[^,]{2,40}(?:,| and )\s*[^,]{2,}")
_NOT_A_LIST = re.compile(
    r"[£$€@]|\d{4,}\s?\d{3,}|\b(?:is|are|was|were|has|have|had|will|can|we|us|our|you|they|it|who|that|call|text|apply|"
    r"email|mail|contact|reply|send|cv|start\w*|full|part|permanent|temporary|contract|remote|hybrid|"
    r"weekends?|weekdays?|"
    r"shifts?|hours?|days?|nights?|mon|tues?|wed|thurs?|fri|sat|sun|pay|paid|salary|wage|free|discount\w*|"
    r"meals?|parking|"
    r"pension|holidays?|bonus|overtime|per|area|areas|wanted|required|needed|hiring|seeks?|seeking|looking|ltd|inc|"
    r"limited|no)\b",
    re.I,
)
_ASKS_AT_ONCE = re.compile(
    r"(?:(?:working|thorough|sound|reading) )?(?:experience|knowledge|proficien\w+|familiar\w*|"
    r"understanding|expertise|strong|excellent|good|proven|"
    r"demonstrated) "
    r"(?!and\b|&|required\b|requirements?\b)|.*\d",
    re.I,
)
_END_BEFORE_PAY = re.compile(r"(?<=[a-z)])[.!?]\s+(?=[£$€])" + rf"|[ \t]*\n\s*(?={job_text.STARTS})")
_END_SMALL = re.compile(r"(?<=[a-z)]{2})[.!?]\s+(?=[a-z£$€])")
_LABEL = re.compile(r"([A-Z][\w&/’' -]{2,45}?):\s+(?=\S)")
_ASKING = re.compile(
    r"\byears?\b|\bexperienced? (?:in|with|of|as|working)|^experience\b|\bexperience$|\bknowledge of|\bproficien|"
    r"\bdegree\b|"
    r"\bability to\b|^(?:[\w,&-]+ ){0,5}skills\b|\bfamiliar|\bcertifi|\byou(?:['’]ve| have)\b|\bfluent\b|"
    r"\bunderstanding of",
    re.I,
)


@dataclass(frozen=True)
class Clause:
    """A stretch of the post that asks for one thing, or for several in the same breath. `text` has single spaces."""

    text: str
    start: int
    end: int
    part: str
    wish: str  # required | preferred | "" where it asks for nothing
    line: str  # the whole sentence, to be shown
    item: bool  # of a list


def clauses(post: str) -> list[Clause]:
    """The post's clauses in order; headings are left out."""
    found: list[Clause] = []
    for row, bullet, part, start in _parts(post):
        item = bullet or (part in (ASKED, WISHED) and row.start == _line_start(post, row))
        for first, last in cut(post, start, row.end):
            words = " ".join(post[first:last].split())
            found.append(Clause(words, first, last, part, wish(post[first:last], part), row.text, item))
    return _terse(post, found)


def _terse(post: str, found: list[Clause]) -> list[Clause]:
    """In a few lines without headings ("JIB gold card, 2391 and own tools.") a list without a verb is what is asked."""
    if any(held.part not in ("", OFFER) for held in found) or len(post.split()) > _TERSE_WORDS:
        return found
    return [
        replace(held, wish=REQUIRED, item=True)
        if place
        and not held.wish
        and not held.part
        and _BARE_LIST.search(held.text)
        and not _NOT_A_LIST.search(held.text)
        else held
        for place, held in enumerate(found)
    ]


def _parts(post: str) -> Iterator[tuple[Sentence, bool, str, int]]:
    """Each sentence that is no heading: whether it is a bullet, its part of the post, where its own words begin."""
    part, listed = "", False
    rows = [(row, is_bullet(post[_line_start(post, row) : row.end])) for row in _sentences(post)]
    for number, (row, bullet) in enumerate(rows):
        after = rows[number + 1 :][:_LOOKED_AHEAD]
        alone = not bullet and _alone(post, row)
        if alone and is_heading(row.text):
            part, listed = heading_part(row.text) or _guessed(post, after) or part, False
            continue
        if not bullet and row.text.endswith(":") and after and after[0][1] and heading_part(row.text):
            part, listed = heading_part(row.text), False  # "… a teacher. The successful candidate will:"
            continue
        if listed and not bullet and _opens_paragraph(post, row):
            part, listed = "", False  # a paragraph after the list is no longer of the list
        if number and alone and part not in (ASKED, WISHED) and _is_short(row.text):
            part = _guessed(post, after) or part
            if after and after[0][1]:
                continue  # the heading of a list
        listed = listed or bullet
        label = _LABEL.match(post, row.start, row.end)
        own = heading_part(label.group(1)) if label else ""
        part = own if own and not bullet else part
        here = own or part
        offered = (here in ("", DUTIES, COMPANY) or (not bullet and not _ASKING.search(row.text))) and OFFERED.search(
            row.text
        )
        yield row, bullet, OFFER if offered else here, label.end() if label and own else row.start


def _line_start(post: str, row: Sentence) -> int:
    return post.rfind("\n", 0, row.start) + 1


def _is_short(line: str) -> bool:
    return len(line.split()) <= 6 and line[-1] not in ".!,;"


def _sentences(post: str) -> Iterator[Sentence]:
    """The post's sentences; where its lines are no wrapped text, or in lower case, each line is by itself."""
    ends = _END_SMALL if job_text.small(post) else _END_BEFORE_PAY
    if not job_text.is_wrapped(post):
        whole: Iterator[Sentence] = (
            Sentence(row.text, place + row.start, place + row.end)
            for place, line in lines(post)
            for row in sentences(line)
        )
    else:
        whole = iter(sentences(post))
    for row in whole:
        yield from _finer(post, row, ends)


def _finer(post: str, row: Sentence, ends: re.Pattern[str]) -> Iterator[Sentence]:
    """A sentence cut where the common rules see no end: before a sum of money, before a small letter."""
    begun = row.start
    for cut_at in [*(found.end() for found in ends.finditer(post, row.start, row.end)), row.end]:
        text = " ".join(post[begun:cut_at].split())
        if text:
            yield Sentence(text, begun, begun + len(post[begun:cut_at].rstrip()))
        begun = cut_at


def _listed(post: str, after: list[tuple[Sentence, bool]]) -> Iterator[Sentence]:
    """The list that follows: bullets, or lines up to the next empty one."""
    for number, (row, bullet) in enumerate(after):
        if number and not bullet and _opens_paragraph(post, row):
            return
        yield row


def _opens_paragraph(post: str, row: Sentence) -> bool:
    """Whether an empty line stands before it."""
    start = _line_start(post, row)
    return not post[post.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip()


def _guessed(post: str, after: list[tuple[Sentence, bool]]) -> str:
    """The part under a heading that says nothing ("Your story"): asked, where many items of its list ask."""
    items = [row.text for row in _listed(post, after)]
    asking = sum(bool(_ASKING.search(text)) for text in items)
    return ASKED if len(items) >= 2 and asking >= 0.4 * len(items) else ""


def is_heading(line: str) -> bool:
    """Whether a line of its own looks like a heading: "Requirements:", "What You'll Bring", not "MBA preferred"."""
    words = line.split()
    if not words or len(words) > _HEADING_WORDS or line[-1] in ".!,;":
        return False
    if line.endswith((":", "?")):
        return True
    if _LABEL.match(line) or _ASKS_AT_ONCE.match(line) or not heading_part(line):
        return False
    usual = sum(word.casefold().strip("&/,-–’'()") in _HEADING_VOCABULARY for word in words)
    if usual == len(words):
        return True
    names = [word for word in words[1:] if word[0].isalpha() and (len(word) > 3 or word.isupper())]
    capitals = sum(word[0].isupper() for word in names)
    opens = words[0].casefold() in ("why", "about", "benefits", "perks", "working", "life")
    return bool(names) and capitals >= 0.6 * len(names) and (opens or usual > len(words) / 2)


def heading_part(heading: str) -> str:
    """The part of a post that a heading opens; "" when it says nothing about it."""
    words = heading.strip(" :?*#-")
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), "")


def _alone(post: str, row: Sentence) -> bool:
    """Whether a sentence fills its lines."""
    end = post.find("\n", row.end)
    after = post[row.end : len(post) if end < 0 else end]
    return not post[_line_start(post, row) : row.start].strip(" *#\t") and not after.strip(" *:\t")
