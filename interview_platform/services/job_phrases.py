"""Short names of what a job post asks for in its own words: after "experience with", after "you bring". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interview_platform.services.job_lines import Clause
from interview_platform.services.text import WORD, fold

_LEADS = re.compile(
    r"\b(?:experienced?|knowledge|understanding|proficien(?:cy|t)|familiar(?:ity)?|expertise|background|competen(?:t|cy|ce)|"
    r"fluency|skilled|skills|trained|training|grounding|grasp|command|mastery|(?:hands-on )?use|certified|versed|"
    r"insight|expert|"
    r"confident|comfortable|at ease|strong|worked|years?)\s+"
    r"(?:in|with|of|using|on|into|working (?:in|with|on))(?:/with)?\s+|"
    r"\b(?:know(?:ing)?|knew)\s+(?=[A-Z])|\bused to (?=\w+ing\b)|\bmust[- ]haves?:\s+",
    re.I,
)
_BRINGS = re.compile(
    r"\b(?:you|candidates?|applicants?)(?:['’]ll| will| must| should| do)? (?:need|bring|requires?|have|hold)\s+|"
    r"\bmust have\s+",
    re.I,
)
"""What stands before a list of what one brings, in running text."""
_TOLD_OF = re.compile(
    r"(?P<phrase>[^,;:]{2,60}?)\s+(?:is|are|would be|will be)\s+(?:also |an? |very |highly |(?:added|big|definite) )*"
    r"(?:must|required|essential|needed|mandatory|plus|advantage|bonus|asset|desirable|preferred|welcome|helpful|optional)\b",
    re.I,
)
_TAIL = re.compile(r"(?P<phrase>[^,;:()]{3,60}?)\s+(?:experience|background|expertise|proficiency)\b", re.I)
_BESIDE = re.compile(r"\([^()\n]{1,30}\)(?=\s*(?:,|and\b))")
"""A bracket within a list, which goes on behind it."""
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
    if not spans and not clause.part:
        spans += _told(post, clause)
    if not spans and clause.item and len(clause.text.split()) <= 4:
        spans.append((clause.start, clause.end))
    for start, end in spans:
        found = _name(post, start, end)
        if found is not None:
            yield found


def _told(post: str, clause: Clause) -> list[tuple[int, int]]:
    """In running text: the list after "you bring", or what is called required or welcome."""
    brings = _BRINGS.search(post, clause.start, clause.end)
    if brings:
        return _pieces(post, brings.end(), clause.end, most=8)
    told = _TOLD_OF.match(post, clause.start, clause.end)
    return _pieces(post, told.start("phrase"), told.end("phrase")) if told else []


def _pieces(post: str, start: int, end: int, most: int = 5) -> list[tuple[int, int]]:
    """The parts of "machining, sheet metal, and composites (…)" up to where the list is over."""
    kept = _BESIDE.sub(lambda found: " " * len(found.group()), post[start:end])
    stretch = re.split(r"[.;:()](?:\s|$)|[()\n]", kept, maxsplit=1)[0]
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
