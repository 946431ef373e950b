"""Short names of what a job post asks for in its own words: after "experience with", after "you bring". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interview_platform.services.job_lines import ASKED, WISHED, Clause
from interview_platform.services.job_tasks import DOES, OPENS, TASK, WENT
from interview_platform.services.text import WORD, fold

_LEADS = re.compile(
    r"\b(?:experienced?|knowledge|understanding|proficien(?:cy|t)|familiar(?:ity)?|expertise|background|"
    r"competen(?:t|cy|ce)|"
    r"fluency|skilled|skills|trained|training|grounding|grasp|command|mastery|(?:hands-on )?use|certified|versed|"
    r"insight|expert|"
    r"confident|comfortable|at ease|strong|worked|years?|interest|certificate|qualified|schooled|practised|practiced|"
    r"experienced)\s+"
    r"(?:in|with|of|using|on|into|operating|working (?:in|with|on|as))(?:/with)?\s+|"
    r"\b(?:know(?:ing)?|knew)\s+(?=[A-Z])|\byou(?: also)? know (?!how|that|what|why|when|where|the|your|"
    r"who|us|an?\b|it\b|you)|"
    r"\bused to (?=\w+ing\b)|\bmust[- ]haves?:\s+|\byou(?:['’]ve| have|['’]ll have| will have)(?: also| already)? "
    r"(?:used|run|given|built|shipped|written|made|taught|led|managed|operated|driven|handled|cooked|sold|designed|"
    r"programmed|supported|installed|repaired|set up)\s+",
    re.I,
)
_BRINGS = re.compile(
    r"\b(?:you|candidates?|applicants?)(?:['’]ll| will| must| should| do)? (?:need|bring|requires?|have|hold)\s+|"
    r"\bmust have\s+|\bwe (?:ask for|require|expect)\s+",
    re.I,
)
"""What stands before a list of what one brings, in running text."""
_TOLD_OF = re.compile(
    r"(?P<phrase>[^,;:.]{2,60}?)(?:,? (?:is|are|would be|will be))?\s+(?:also |an? |of |(?:very|highly|"
    r"distinct|real|nice|clear|"
    r"added|big|definite|strong) )*(?:must|required|essential|needed|wanted|mandatory|plus|"
    r"advantage(?:ous)?|bonus|asset|"
    r"desirable|preferred|welcome|helpful|useful|optional|beneficial|benefit|lovely|great|extra|(?:would|"
    r"will|does)(?:n['’]t| not) hurt)\b",
    re.I,
)
_TAIL = re.compile(r"(?P<phrase>[^,;:()]{3,60}?)\s+(?:experience|background|expertise|proficiency)\b", re.I)
_BESIDE = re.compile(r"\([^()\n]{1,30}\)(?=\s*(?:,|and\b))")
"""A bracket within a list, which goes on behind it."""
_LISTED = re.compile(
    r"\s*(?:,\s*(?:and |or |and/or )?|;\s*|\s+(?:and/or|and|or|&|as well as|per|such as|including|"
    r"along with|e\.g\.,?)\s+|/|•)\s*"
)
_STOP = re.compile(
    r"\s+(?:in|at|for|to|with|within|that|which|who|where|when|while|as|by|from|on|so|because|if|whether|"
    r"without|beyond|against|after|before|across|via|through|using|"
    r"among|between|during|under|over|required|preferred|needed|desired|desirable|is|are|a plus|e\.g|i\.e|etc|"
    r"experience|skills?"
    r"|capabilit\w+|abilit\w+|principles?|tools?|procedures?|concepts?|techniques?|environments?|"
    r"settings?|industr\w+|space|"
    r"field|sectors?|along|both|a|an|the|one)\b",
    re.I,
)
_LEADING = re.compile(
    r"^(?:(?:a|an|the|our|your|all|any|both|some|other|various|different|related|relevant|similar|strong|"
    r"solid|good|excellent|proven|"
    r"extensive|thorough|in-depth|deep|basic|advanced|working|current|prior|previous|direct|indirect|full|broad|sound|"
    r"demonstrated|professional|practical|hands-on|first|initial|some|proper|expert|standard|including|such as|"
    r"implementing|selling|"
    r"overseeing|maintaining|coordinating|handling|operating|minimum|minimum of|at least|least|years?|yrs?|of|in|with|"
    r"and|or|must|have|has|"
    r"having|demonstrable|significant|general|high|modern|major|new|common|specific|best|successful|"
    r"complex|more|plus|\d+\+?|"
    r"\d+\s*[-–]\s*\d+|one|two|three|four|five|six|seven|eight|nine|ten|creating|designing|developing|"
    r"managing|using|working|"
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
    r"who|which|able|ability|willing\w*|desire|passion\w*|enthusias\w+|attitude|personality|self|"
    r"motivated|mindset|oriented|"
    r"driven|minded|work ethic|integrity|curio\w+|energy|energetic|humble|positive|confiden\w+|travel|weekends?|"
    r"shifts?|hours|"
    r"license|licence|certificat\w+|licensing|equivalent|applicants?|candidates?|employees?|colleagues|"
    r"salary|status|visa|colleagues?|player|collaborative|supportive|reliable|friendly|proactive|creative|dynamic|"
    r"ph\.?d|mba|jd|prefer\w*|desir\w*|bilingual|internships?|jump\w*|bend\w*|lift\w*|kneel\w*|standing|"
    r"walking|push\w*|pull\w*|sitting|"
    r"authori[sz]\w+|eligib\w+|sponsor\w*|interest\w*|track record|least|plus|required?|others|well|how|more|less|"
    r"very|etc|"
    r"mentality|appreciation|manner|demeano\w+|presence|humou?r|ascending|descending|ladders?|stairs|carrying|"
    r"outside|also|both|each|someone|anyone|please|multiple|various|sensitive|calm|courteous|flexib\w+|"
    r"can|may|be|being)\b",
    re.I,
)
_ENDS_BADLY = re.compile(
    r"(?:\b(?:organi[sz]ations?|compan(?:y|ies)|environments?|cent(?:er|re)s?|roles?|settings?|focus|team|"
    r"needs)|-(?:centric|based|"
    r"oriented|driven|level)|ly)$",
    re.I,
)
_ADJECTIVE = re.compile(r"(?:al|ive|ous|ary|able|ible|ful|ed|less|ic)$")
_SPLIT = re.compile(r"(\w)-[ \t]*\n\s*([a-z])")
"""A word that a line's end split."""
_TASK_WORDS = 5
_ITEM_WORDS = 8
_LISTED_WORDS = 6
_NO_START = frozenset(
    """
    and or to from for on at experience experiences experienced
    schedule schedules preparation knowledge competence competency commitment capacity
    including hold holds active fluid effective occasional familiarity exposure taking evaluating integrating true high
    excellent willingness proof possession completion
    """.split()  # noqa: SIM905
)
"""Words that no name of a skill begins with."""
_NO_END = frozenset("of to for in with and or the a an met".split())  # noqa: SIM905
_NOUNS_THOUGH = frozenset(
    """
    portal portals journal metal capital animal manual terminal signal appraisal removal disposal renewal proposal
    rehearsal mineral logic fabric traffic plastic music ceramic mechanic arithmetic clinic library glossary archive
    drive cable table vegetable feed seed weed need bed automotive vertical chemical textile leather rental retrieval
    approval survival dental medical legal electrical mechanical hydraulic pneumatic acoustic notary salary diary dairy
    """.split()  # noqa: SIM905
)
"""Words that end like an adjective and name a thing or a trade."""
_VERBAL = re.compile(
    r"\b(?:is|are|was|be|been|has|have|had|do|does|did|get|make|take|ensure|provide|maintain|develop|create)\b", re.I
)


def phrases(post: str, clause: Clause) -> Iterator[tuple[str, int, int]]:
    """Short names of what an item asks for: after "experience with", before "experience", or the item itself."""
    spans: list[tuple[int, int]] = []
    found_at: set[int] = set()
    tail = _TAIL.match(post, clause.start, clause.end) if clause.item else None
    if tail and not _STOP.search(_LEADING.sub("", tail["phrase"])) and not _LEADS.search(tail["phrase"]):
        spans += _pieces(post, tail.start("phrase"), tail.end("phrase"))
    for lead in _LEADS.finditer(post, clause.start, clause.end):
        spans += _pieces(post, lead.end(), clause.end)
    if not spans and not OPENS.match(clause.text) and _is_list(clause):
        spans += _pieces(post, clause.start, clause.end, most=8, on=not clause.part)
    told = _told(post, clause)
    spans += [span for span in told if not any(span[0] < end and start < span[1] for start, end in spans)]
    for start, end in spans:
        found = _name(post, start, end)
        if found is not None and found[1] not in found_at:
            found_at.add(found[1])
            yield found
    yield from _tasks(post, clause)


def _is_list(clause: Clause) -> bool:
    """Whether the clause is a short item, or a list of short ones, and no sentence."""
    if not (clause.item or (clause.part in (ASKED, WISHED) and not WENT.search(clause.text))):
        return False
    most = max(len(part.split()) for part in clause.text.split(","))
    return len(clause.text.split()) <= _ITEM_WORDS or most <= (3 if clause.item and clause.part else _LISTED_WORDS)


def _tasks(post: str, clause: Clause) -> Iterator[tuple[str, int, int]]:
    """What one is able to do: "able to strip a gearbox, trace a wiring fault"; of "use COINS" the thing used."""
    for lead in DOES.finditer(post, clause.start, clause.end):
        for start, end in _pieces(post, lead.end(), clause.end, whole=True):
            task = TASK.match(post[start:end])
            if task is None:
                continue
            named = _name(post, start + task.start("object"), start + task.end("object"))
            if named is not None and not task["used"]:
                text = " ".join(post[start : named[2]].split())
                named = (text[0].upper() + text[1:], start, named[2]) if len(text.split()) <= _TASK_WORDS else None
            if named is not None:
                yield named


def _told(post: str, clause: Clause) -> list[tuple[int, int]]:
    """In running text: the list after "you bring", or what is called required or welcome."""
    brings = _BRINGS.search(post, clause.start, clause.end)
    if brings:
        return _pieces(post, brings.end(), clause.end, most=8)
    told = _TOLD_OF.match(post, clause.start, clause.end)
    if told is None or _LEADS.search(told["phrase"] + " "):
        return []
    return _pieces(post, told.start("phrase"), told.end("phrase"))


def _pieces(
    post: str, start: int, end: int, most: int = 5, whole: bool = False, on: bool = False
) -> list[tuple[int, int]]:
    """The parts of "machining, sheet metal, and composites (…)" up to where the list is over."""
    kept = _BESIDE.sub(lambda found: " " * len(found.group()), post[start:end])
    stretch = re.split(r"[.;:()](?:\s|$)|[()]|\n(?=\s*[A-Z•*-])", kept, maxsplit=1)[0]
    pieces: list[tuple[int, int]] = []
    place = 0
    for cut in [*_LISTED.finditer(stretch), None]:
        last = cut.start() if cut else len(stretch)
        piece = stretch[place:last]
        lead = _LEADING.match(piece)
        stop = None if whole else _STOP.search(piece, max(0, lead.end() - 1) if lead else 0)
        pieces.append((start + place, start + place + (stop.start() if stop else len(piece))))
        if cut is None or (stop and not (on and "," in cut.group())):
            break
        place = cut.end()
    return pieces[:most]


def _is_adjective(word: str) -> bool:
    return word.casefold() not in _NOUNS_THOUGH and bool(_ADJECTIVE.search(word))


def _name(post: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The phrase between these characters as a requirement, or None where one cannot be confident of it."""
    lead = _LEADING.match(post[start:end])
    start += lead.end() if lead else 0
    text = " ".join(_SPLIT.sub(r"\1\2", post[start:end]).split()).strip(" .,;:*-–•\"'“”")
    words = WORD.findall(text)
    if (
        not 1 <= len(words) <= 4
        or len(text) > 40
        or _NEVER.search(text)
        or _VERBAL.search(text)
        or re.search(r"[%$#@?!<>]", text)
    ):
        return None
    if text in ("C", "R"):
        return text, start, start + 1
    if len(words) > 1 and words[0].casefold().endswith("ly"):
        return None
    content = [
        word for word in words if fold(word) not in _EMPTY and word.casefold() not in _EMPTY and not word.isdigit()
    ]
    alone = len(words) == 1 and (
        bool(text.islower() and OPENS.match(f"{text} "))
        or len(text) < 3
        or (text.islower() and len(text) < 6)
        or _is_adjective(text)
    )
    badly = "," in text or _ENDS_BADLY.search(text) or (words[-1].islower() and _is_adjective(words[-1]))
    if (
        not content
        or alone
        or badly
        or not text[0].isalnum()
        or words[0].casefold() in _NO_START
        or words[-1].casefold() in _NO_END
    ):
        return None
    return text[0].upper() + text[1:], start, start + len(post[start:end].rstrip(" .,;:*-–•\"'“”"))
