"""The skills a job post asks for: those of the vocabulary, and short phrases of its own requirements. Pure.

At most so many that a person can judge them, the most important first; the rest of the post stays in the description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.services import skills
from interview_platform.services.job_condition_reading import LANGUAGES
from interview_platform.services.job_conditions import Condition
from interview_platform.services.job_lines import (
    ASKED,
    COMPANY,
    DUTIES,
    FORMAL,
    OFFER,
    PHYSICAL,
    PREFERRED,
    REQUIRED,
    Clause,
)
from interview_platform.services.job_places import places
from interview_platform.services.text import WORD, fold

MOST_REQUIRED = 12
MOST_PREFERRED = 10
_MOST_SOFT = 3
_MOST_FROM_DUTIES = 6
_FEW = 4
"""Skills asked for by name below which the duties are read too."""
_SOFT = frozenset(
    """
    communication|teamwork|leadership|problem solving|time management|attention to detail|presentation|decision making|
    interpersonal skills|organisation|organizational skills|critical thinking|adaptability|creativity|collaboration|
    written communication|verbal communication|organization skills|organisation skills|supervision|mentoring|initiative|
    cross-functional collaboration|stress management|self-motivation|work independently|customer focus|scheduling|
    multitasking|flexibility|work ethic|conflict resolution|active listening|oral communications|analytical skills|
    training|
    coaching|negotiation|onboarding|report writing|filing|typing
    """.replace("\n", "").replace("    ", "").strip().split("|")
)  # fmt: skip
_LANGUAGES = frozenset(name.casefold() for name in LANGUAGES)


@dataclass(frozen=True)
class Wanted:
    """A skill a post asks for. `text` is the sentence that says so, `start` and `end` the characters that name it."""

    skill: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Hit:
    wanted: Wanted
    wish: str  # required | preferred | "" from the duties
    own: bool  # a phrase of the post, not of the vocabulary
    part: str  # of the post


def wanted(
    post: str, clauses: list[Clause], title: str, hard: list[Condition], wished: list[Condition]
) -> tuple[tuple[Wanted, ...], tuple[Wanted, ...]]:
    """(required, preferred). What is a hard condition is not repeated; licences only wished for are preferred."""
    conditions = {held.value.casefold() for held in (*hard, *wished)}
    hits = [
        hit
        for hit in _hits(post, clauses)
        if hit.wanted.skill.casefold() not in conditions and not _is_paper(hit, [*hard, *wished])
    ]
    named = {word for word in map(fold, WORD.findall(title)) if len(word) > 3}
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.wanted.skill.casefold()] = counts.get(hit.wanted.skill.casefold(), 0) + 1
    best = _best_of_each(hits)
    required = _ranked([hit for hit in best if hit.wish == REQUIRED], counts, named)
    parts = {clause.part for clause in clauses}
    told = DUTIES if DUTIES in parts or ASKED in parts else ""
    duties = [hit for hit in best if not hit.wish and hit.part == told and not _soft(hit)]
    extra = _ranked(duties, counts, named)[:_MOST_FROM_DUTIES] if sum(not _soft(hit) for hit in required) < _FEW else []
    preferred = _ranked([hit for hit in best if hit.wish == PREFERRED], counts, named)
    papers = [Wanted(held.value, held.text, held.start, held.end) for held in wished]
    listed = [*papers, *(hit.wanted for hit in [*preferred, *extra])]
    known = {hit.wanted.skill.casefold() for hit in required[:MOST_REQUIRED]}
    kept = {held.skill.casefold(): held for held in reversed(listed) if held.skill.casefold() not in known}
    return tuple(hit.wanted for hit in required[:MOST_REQUIRED]), tuple(list(reversed(kept.values()))[:MOST_PREFERRED])


def _hits(post: str, clauses: list[Clause]) -> Iterator[_Hit]:
    """Every mention of the vocabulary, and every phrase of an item that asks, in the post's order."""
    mentions = skills.mentions(post)
    for clause in clauses:
        if clause.part in (OFFER, COMPANY, FORMAL, PHYSICAL) or _SPONSOR.search(clause.text):
            continue
        degree = _DEGREE.search(post, clause.start, clause.end)
        last = degree.start() if degree else clause.end  # "degree in Accounting" names a school's subject
        beside = _WITH_OTHERS.search(post, clause.start, last)
        last = beside.end() if beside else last  # "working with Sales and Marketing" names other teams
        inside = [one for one in mentions if clause.start <= one.start < last]
        for one in inside:
            if clause.wish or clause.part == DUTIES or not clause.part:
                row = Wanted(one.skill, clause.line, one.start, one.end)
                yield _Hit(row, clause.wish, own=False, part=clause.part)
        if clause.wish and clause.part not in ("", DUTIES) and not degree and not places(clause.text):
            for name, start, end in phrases(post, clause):
                if not any(start < one.end and one.start < end for one in inside):
                    yield _Hit(Wanted(name, clause.line, start, end), clause.wish, own=True, part=clause.part)


def _is_paper(hit: _Hit, hard: list[Condition]) -> bool:
    """Whether these characters already are a condition ("CPR certification", "Spanish")."""
    papers = {part.casefold() for held in hard for part in re.split(r" or |/", held.value)}
    if hit.wanted.skill.casefold() in papers:
        return True
    inside = any(held.start <= hit.wanted.start and hit.wanted.end <= held.end for held in hard if held.end)
    return inside or hit.wanted.skill.casefold() in _LANGUAGES  # a language is a condition, or it is a cuisine


def _best_of_each(hits: list[_Hit]) -> list[_Hit]:
    """One hit a skill: the one that asks most plainly."""
    order = {REQUIRED: 0, PREFERRED: 1, "": 2}
    best: dict[str, _Hit] = {}
    for hit in hits:
        key = " ".join(map(fold, WORD.findall(hit.wanted.skill)))
        if key not in best or order[hit.wish] < order[best[key].wish]:
            best[key] = hit
    names = [set(key.split()) for key in best]
    # "Construction" says nothing beside "Construction management"
    return [hit for key, hit in best.items() if not (hit.own and any(set(key.split()) < other for other in names))]


def _soft(hit: _Hit) -> bool:
    return hit.wanted.skill.casefold() in _SOFT


def _ranked(hits: list[_Hit], counts: dict[str, int], named: set[str]) -> list[_Hit]:
    """The most important first: named in the title, of the vocabulary, said often; a few soft ones at the end."""

    def weight(place: int, hit: _Hit) -> float:
        words = set(map(fold, WORD.findall(hit.wanted.skill)))
        often = min(3, counts[hit.wanted.skill.casefold()])
        return (
            3 * bool(words & named) + 2 * (not hit.own) + 0.5 * often + (hit.part == ASKED) - place / max(1, len(hits))
        )

    scored = sorted(((weight(place, hit), hit) for place, hit in enumerate(hits)), key=lambda pair: -pair[0])
    firm = [hit for _, hit in scored if not _soft(hit)]
    return [*firm, *[hit for _, hit in scored if _soft(hit)][:_MOST_SOFT]]


# --- phrases of the post itself -------------------------------------------------------------------------------------

_SPONSOR = re.compile(r"\bsponsor(?:ship)?\b|\b(?:authori[sz]\w+|eligib\w+|right) to work\b", re.I)
_WITH_OTHERS = re.compile(r"\b(?:work|collaborat|partner|interact|liais|coordinat)\w*(?: [\w-]+){0,3} with\b", re.I)
_DEGREE = re.compile(
    r"\b(?:degree|diploma|bachelor['’]?s?|master['’]s|"
    r"B\.?S\.?c?|M\.?S\.?c?)\b(?= (?:in|of|or|degree)\b)",
    re.I,
)
_LEADS = re.compile(
    r"\b(?:experienced?|knowledge|understanding|proficien(?:cy|t)|familiar(?:ity)?|expertise|background|competen(?:t|cy|ce)|"
    r"fluency|skilled|trained|training|grounding|command|mastery|(?:hands-on )?use|certified|versed|insight|expert)\s+"
    r"(?:in|with|of|using|on|into|working (?:in|with|on))(?:/with)?\s+",
    re.I,
)
_TAIL = re.compile(r"(?P<phrase>[^,;:()]{3,60}?)\s+(?:experience|background|expertise|proficiency)\b", re.I)
_LISTED = re.compile(r"\s*(?:,\s*(?:and |or |and/or )?|;\s*|\s+(?:and/or|and|or|&|as well as)\s+|/|•)\s*")
_STOP = re.compile(
    r"\s+(?:in|at|for|to|with|within|that|which|who|where|when|while|as|by|from|including|such|on|across|via|through|using|"
    r"among|between|during|under|over|required|preferred|needed|desired|desirable|is|are|a plus|e\.g|i\.e|etc|"
    r"experience|skills?"
    r"|capabilit\w+|abilit\w+|principles?|tools?|procedures?|concepts?|techniques?|environments?|settings?|industr\w+|space|"
    r"field|sectors?|along|both|a|an|the|one)\b",
    re.I,
)
_LEADING = re.compile(
    r"^(?:(?:a|an|the|our|all|any|both|some|other|various|different|related|relevant|similar|strong|solid|good|excellent|proven|"
    r"extensive|thorough|in-depth|deep|basic|advanced|working|current|prior|previous|direct|indirect|full|broad|sound|"
    r"demonstrated|professional|practical|hands-on|first|initial|some|proper|expert|standard|including|such as|"
    r"implementing|selling|"
    r"overseeing|maintaining|coordinating|handling|operating|minimum|minimum of|at least|least|years?|yrs?|of|in|with|"
    r"and|or|must|have|has|"
    r"having|demonstrable|significant|general|high|modern|major|new|common|specific|best|successful|complex|more|plus|\d+\+?|"
    r"\d+\s*[-–]\s*\d+|one|two|three|four|five|six|seven|eight|nine|ten|creating|designing|developing|managing|using|working|"
    r"performing|conducting|leading|building|delivering|providing|supporting)\b\.?\s*)+",
    re.I,
)
_EMPTY = frozenset(
    """
    analysis design lifestyle ability abilities adaptability any aptitude attitude area areas background based
    business candidate clients client company
    customers customer colleagues concept concepts country culture data deadlines deadline degree department development
    discipline duties education environment environments equipment equivalent etc experience experiences fast field
    fields
    focus general group groups guests health industry information integrity job knowledge level levels life management
    market
    markets material materials method methods needs office operations opportunity organisation organization other others
    paced part people person place position positions practice practices process processes product products professional
    professionals program programs programme project projects quality range related relevant requirements research
    results
    retail role roles school sector service services setting settings shift skill skills software solution solutions
    staff
    standards state strategy student students study subject success support system systems task tasks team teams
    technical
    techniques technologies technology technological things time tool tools topic topics trends understanding variety
    venture
    focus microsoft mobile center centre technical way ways week weekends willingness work workplace world writing
    written year years you your us who what customers'
    """.split()  # noqa: SIM905
)
_NEVER = re.compile(
    r"\b(?:yrs?|months?|drugs?|screen(?:ing)?|pass(?:ed)?|background check|degree|diploma|bachelor\w*|master'?s|"
    r"years?|must|will|you|your|we|our|us|they|them|their|it|its|this|these|those|not|"
    r"who|which|able|ability|willing\w*|desire|passion\w*|enthusias\w+|attitude|personality|self|motivated|mindset|oriented|"
    r"driven|minded|work ethic|integrity|curio\w+|energy|energetic|humble|positive|confiden\w+|travel|weekends?|"
    r"shifts?|hours|"
    r"license|licence|certificat\w+|licensing|equivalent|applicants?|candidates?|employees?|colleagues|salary|status|visa|colleagues?|player|collaborative|supportive|reliable|friendly|proactive|creative|dynamic|"
    r"ph\.?d|mba|jd|prefer\w*|desir\w*|bilingual|internships?|jump\w*|bend\w*|lift\w*|kneel\w*|standing|walking|push\w*|pull\w*|sitting|"
    r"authori[sz]\w+|eligib\w+|sponsor\w*|interest\w*|track record|least|plus|required?|others|well|how|more|less|"
    r"very|etc|"
    r"outside|also|both|each|someone|anyone|please|multiple|various|sensitive|calm|courteous|flexib\w+|can|may|be|being)\b",
    re.I,
)
_ENDS_BADLY = re.compile(
    r"(?:\b(?:organi[sz]ations?|compan(?:y|ies)|environments?|cent(?:er|re)s?|roles?|settings?|focus|team|needs)|-(?:centric|based|"
    r"oriented|driven|level)|ly)$",
    re.I,
)
_ADJECTIVE = re.compile(r"(?:al|ive|ous|ary|able|ible|ful|ed|less|ic)$")
_VERBAL = re.compile(
    r"\b(?:is|are|was|be|been|has|have|had|do|does|did|get|make|take|ensure|provide|maintain|develop|create)\b", re.I
)


def phrases(post: str, clause: Clause) -> Iterator[tuple[str, int, int]]:
    """Short names of what an item asks for: after "experience with", before "experience", or the item itself."""
    spans: list[tuple[int, int]] = []
    tail = _TAIL.match(post, clause.start, clause.end) if clause.item else None
    if tail and not _STOP.search(_LEADING.sub("", tail["phrase"])) and not _LEADS.search(tail["phrase"]):
        spans += _pieces(post, tail.start("phrase"), tail.end("phrase"))
    for lead in _LEADS.finditer(post, clause.start, clause.end):
        spans += _pieces(post, lead.end(), clause.end)
    listed = [len(part.split()) for part in clause.text.split(",")]
    if not spans and clause.item and len(listed) > 1 and max(listed) <= 3:
        spans += _pieces(post, clause.start, clause.end, most=8)
    if not spans and clause.item and len(clause.text.split()) <= 4:
        spans.append((clause.start, clause.end))
    for start, end in spans:
        found = _name(post, start, end)
        if found is not None:
            yield found


def _pieces(post: str, start: int, end: int, most: int = 5) -> list[tuple[int, int]]:
    """The parts of "machining, sheet metal, and composites (…)" up to where the list is over."""
    stretch = re.split(r"[.;:()](?:\s|$)|[()\n]", post[start:end], maxsplit=1)[0]
    pieces: list[tuple[int, int]] = []
    place = 0
    for cut in [*_LISTED.finditer(stretch), None]:
        last = cut.start() if cut else len(stretch)
        piece = stretch[place:last]
        stop = _STOP.search(piece)
        pieces.append((start + place, start + place + (stop.start() if stop else len(piece))))
        if stop or cut is None:
            break
        place = cut.end()
    return pieces[:most]


def _name(post: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The phrase between these characters as a requirement, or None where one cannot be confident of it."""
    lead = _LEADING.match(post[start:end])
    start += lead.end() if lead else 0
    text = " ".join(post[start:end].split()).strip(" .,;:*-–•\"'“”")
    words = WORD.findall(text)
    if (
        not 1 <= len(words) <= 4
        or len(text) > 40
        or _NEVER.search(text)
        or _VERBAL.search(text)
        or re.search(r"[%$#@?!<>]", text)
    ):
        return None
    content = [
        word for word in words if fold(word) not in _EMPTY and word.casefold() not in _EMPTY and not word.isdigit()
    ]
    alone = len(words) == 1 and (len(text) < 3 or (text.islower() and len(text) < 6) or bool(_ADJECTIVE.search(text)))
    badly = "," in text or _ENDS_BADLY.search(text) or (words[-1].islower() and _ADJECTIVE.search(words[-1]))
    if not content or alone or badly or not text[0].isalnum() or words[0].casefold() in ("and", "or", "to"):
        return None
    return text[0].upper() + text[1:], start, start + len(post[start:end].rstrip(" .,;:*-–•\"'“”"))
