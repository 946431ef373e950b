"""A job post as clauses: each knows the part of the post it stands in and whether it asks or only wishes. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.services.text import Sentence, is_bullet, lines, sentences

ASKED, WISHED, DUTIES, OFFER, COMPANY, PHYSICAL, FORMAL = (
    "asked", "wished", "duties", "offer", "company", "physical", "formal",
)  # fmt: skip
"""Parts of a post; "" is what stands before the first heading."""
REQUIRED, PREFERRED = "required", "preferred"
_HEADING_WORDS = 14
_LOOKED_AHEAD = 40
_WRAPPED_AT = 120
"""Characters of a line that no wrapped text reaches."""
_HEADINGS = (
    (PHYSICAL, r"\bphysical|working conditions|work environment|\bhazards?\b"),
    (DUTIES, r"about (?:the|this) (?:role|job|position|opportunity)|^job description|^(?:the|your) role$"),
    (FORMAL, r"how to apply|to apply|\bapply\b|equal (?:opportunity|employment)|diversity|\beeo\b|disclosure|privacy|"
             r"commitment|\bnotice\b|accommodation|code of conduct|selection process|recruitment process|"
             r"additional (?:information|details)"),
    (OFFER, r"benefit|\bperks?\b|\boffer|compensation|\bsalary|\bpay\b|reward|what.?s in it|for you\b|remuneration|"
            r"flexible work|invest in you|professional growth|growth and development"),
    (WISHED, r"prefer|\bdesir(?:ed|able)|nice[- ]to|\bbonus|good[- ]to[- ]have|\bgreat if|\bplus(?:es)?\b|excel\b|"
             r"stand out|advantag|\boptional|\bassets?\b|even better|extra credit|would be (?:a |an )?(?:great|nice)|"
             r"\bideally\b"),
    (DUTIES, r"responsib|\bdut(?:y|ies)|accountab|essential functions?|primary functions?|what you.{0,9} (?:do|own|"
             r"work)|"
             r"day[- ]to[- ]day|your (?:impact|mission|role|tasks|career|challenge|day)|in this role|(?:role|position|"
             r"job)"
             r" (?:overview|summary|description|purpose)|^summary|^overview|key (?:tasks|areas)|typical day|"
             r"the work\b"),
    (ASKED, r"requirement|qualif|\bskills?\b|experience|you.{0,9} (?:bring|need|have|possess)|who you are|about you|"
            r"looking for|must[- ]haves?|\bminimum\b|knowledge|competenc|\beducation|your (?:profile|background)|"
            r"attribut|"
            r"successful|candidates?\b|certificat|licen[cs]|credential|specification|we expect|\blanguages?\b|\babilit|"
            r"technolog(?:y|ies) stack|tech stack|essential criteria|^essential\b|what it takes"),
    (COMPANY, r"\babout\b|who we are|\bour (?:company|story|values|mission|team|culture|vision|client)|^the (?:team|"
              r"company)|"
              r"^(?:company|team|department)\b|^mission|^values|^culture|^why\b|join (?:us|our)"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _HEADINGS)
_HEADING_VOCABULARY = frozenset(
    """
    a about accountabilities be successful success following attributes additional advantageous all and any apply are
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
_ASKS_AT_ONCE = re.compile(
    r"(?:experience|knowledge|proficien\w+|familiar\w*|understanding|expertise|strong|excellent|good|proven|"
    r"demonstrated) "
    r"(?!and\b|&|required\b|requirements?\b)|.*\d",
    re.I,
)
_LABEL = re.compile(r"([A-Z][\w&/’' -]{2,45}?):\s+(?=\S)")
_WISH = re.compile(
    r"\bprefer(?:s|red|ably|ence|able)?\b|\b(?:a|an|big|huge|strong|definite|major|added|distinct)\s+plus\b|\bplus\s*[.)]?$|"
    r"\bdesir(?:ed|able)\b|\bnice[- ]to[- ]have\b|\badvantage(?:ous)?\b|\bideal(?:ly)?\b|\bbeneficial\b|\boptional\b|"
    r"(?:\bnot|n['’]t) (?:strictly |absolutely )?(?:required|essential|necessary)\b|\b(?:an?|strong) asset\b|"
    r"\bhelpful\b|\bbonus\b|\b(?:will|would|does|may) help\b|\b(?:would|will) be (?:a )?(?:good|lovely|handy|"
    r"great|nice|useful|welcome|interesting)\b|\bhighly (?:regarded|valued)\b|\bgood[- ]to[- ]have\b|\bwelcomed?\b",
    re.I,
)
_MUST = re.compile(
    r"\b(?:must|requires?d?|mandatory|essential|necessary|(?<!as )needed|minimum|at least|we expect|you(?:['’]ll|"
    r" will| do)? need|you(?: will|['’]ll)? bring|"
    r"you(?:['’]ve| have|['’]ll have| will have) (?!the chance|access|your|a say|to wait)(?:a|an|the|at|proven|"
    r"strong|experience|been|already|worked|served|held|completed|\d|\w+ (?:experience|knowledge))|"
    r"you(?: will)? be (?:admitted|"
    r"qualified|registered)|you(?:['’]re| are| should be|['’]d be) (?:\w+ )?(?:registered|qualified|certified|"
    r"licensed|admitted|experienced|"
    r"used to|comfortable|confident|at ease|fluent|skilled|trained|proficient|quick|calm)|"
    r"you (?:know|hold|have to|should have)|(?:candidates?|applicants?) (?:hold|have|need|bring)s?|"
    r"would like you to have|expected to have)\b",
    re.I,
)
_UNNEEDED = re.compile(
    r"\b(?:no|not|n['’]t|without) (?:\w+ ){0,4}?(?:needed|need(?= [.;,]|$))|\b(?:do not|don['’]t) need\b|"
    r"^no \w+(?: \w+)?\?",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:is|are|would be|will be|be) (?:an? |also |very |highly |(?:\w+ )?(?:added |big |definite )?)?"
    r"(?:must|required|essential|needed|necessary|mandatory|plus|advantage|bonus|asset|desirable|desired|preferred|welcome|"
    r"helpful|optional|lovely|good|great|nice|useful)\b|\bis not (?:needed|essential|required|necessary)\b",
    re.I,
)
_SEEKS = re.compile(
    r"\b(?:(?:looking|search(?:ing)?) for|seek(?:s|ing)?|candidates? (?:will|should|must)|experience (?:in|with|of|"
    r"working|as)|"
    r"proficien\w+|knowledge of|familiar\w* with|expertise in|qualified in|certified|background in)\b",
    re.I,
)
_FORMAL = re.compile(
    r"equal[- ](?:opportunity|employment)|without (?:regard|attention) to|discriminat|protected (?:class|veteran|"
    r"characteristic)"
    r"|reasonable accommodation|(?:accordance|consistent|compl(?:y|ies|iance)) with [^.;]{0,40}\blaws?\b|"
    r"affirmative action|salary range|pay (?:range|scale)|\bbackground check",
    re.I,
)
_OFFERED = re.compile(
    r"\b(?:we (?:also )?offer|offers? (?:a |an )?(?:competitive|comprehensive|excellent|great|generous)|"
    r"paid (?:vacation|time off|holiday)|"
    r"(?:health|dental|life|medical) insurance|401\s?\(?k|pension|annual leave|days['’]? (?:of )?holiday|perks?\b|"
    r"per annum|"
    r"tuition reimbursement|base salary|compensation (?:range|package))",
    re.I,
)
_CUT = re.compile(
    r";\s+|;$|(?<=required), |(?<=preferred), |(?<=desirable), |(?<=essential), |(?<=a plus), (?!as\b)|"
    r",?\s+(?=(?:preferably|ideally|with (?:a )?preference)\b)|,\s+(?=(?:but|prefer)\b)"
)
_JOINT = re.compile(r",?\s+(?:and|but|while|whereas|although|though)\s+(?!(?:is|are|not)\b)|,\s+(?!but\b)")
_AND_ALSO = re.compile(r",\s+(?:and|but|while|whereas)\s+")
_ASKING = re.compile(
    r"\byears?\b|\bexperienced? (?:in|with|of|as|working)|^experience\b|\bexperience$|\bknowledge of|\bproficien|"
    r"\bdegree\b|"
    r"\bability to\b|^(?:[\w,&-]+ ){0,5}skills\b|\bfamiliar|\bcertifi|\byou(?:['’]ve| have)\b|\bfluent\b|"
    r"\bunderstanding of",
    re.I,
)
_PARENS = re.compile(r"\(([^()]*)\)")


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
        for first, last in _cut(post, start, row.end):
            words = " ".join(post[first:last].split())
            found.append(Clause(words, first, last, part, _wish(post[first:last], part), row.text, item))
    return found


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
        if listed and not bullet and _opens_paragraph(post, row):
            part, listed = "", False  # a paragraph after the list is no longer of the list
        if alone and part not in (ASKED, WISHED) and _is_short(row.text):
            part = _guessed(post, after) or part
            if after and after[0][1]:
                continue  # the heading of a list
        listed = listed or bullet
        label = _LABEL.match(post, row.start, row.end)
        own = heading_part(label.group(1)) if label else ""
        part = own if own and not bullet else part
        here = own or part
        offered = here in ("", DUTIES, COMPANY) and _OFFERED.search(row.text)
        yield row, bullet, OFFER if offered else here, label.end() if label and own else row.start


def _line_start(post: str, row: Sentence) -> int:
    return post.rfind("\n", 0, row.start) + 1


def _is_short(line: str) -> bool:
    return len(line.split()) <= 6 and line[-1] not in ".!,;"


def formal(text: str) -> bool:
    """Whether a sentence is a notice of law or policy ("without regard to age"), not about the work."""
    return bool(_FORMAL.search(text))


def _sentences(post: str) -> Iterator[Sentence]:
    """The post's sentences; where its lines are no wrapped text, each line is by itself."""
    if max(map(len, post.split("\n"))) <= _WRAPPED_AT:
        yield from sentences(post)
        return
    for place, line in lines(post):
        yield from (Sentence(row.text, place + row.start, place + row.end) for row in sentences(line))


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


def _wish(text: str, part: str) -> str:
    """Whether a clause asks, wishes or does neither."""
    if part in (OFFER, COMPANY, PHYSICAL, FORMAL) or text.rstrip().endswith("?") or formal(text):
        return ""
    if _WISH.search(text):
        return PREFERRED
    if _UNNEEDED.search(text):
        return ""
    if part == ASKED or _MUST.search(text):
        return REQUIRED
    if part == WISHED:
        return PREFERRED
    return REQUIRED if part != DUTIES and _SEEKS.search(text) else ""


def _turns(post: str, start: int, end: int) -> list[int]:
    """Where a sentence turns from what it says of one thing to another: "English is needed, and Welsh is a bonus"."""
    told = list(_TOLD.finditer(post, start, end))
    asked = _MUST.search(post, start, told[0].start()) if told else None
    edges: list[int] = []
    if asked and not _TOLD.search(post, start, asked.end()):  # "you must have A, and B would be an advantage"
        edges += [found.end() for found in _AND_ALSO.finditer(post, asked.end(), told[0].start())][-1:]
    for one, other in itertools.pairwise(told):
        joint = _JOINT.search(post, one.end(), other.start())
        edges += [joint.end()] if joint else []
    return edges


def _cut(post: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence's clauses; a bracket is one of its own where it alone says how much it matters."""
    edges = [start]
    for bracket in _PARENS.finditer(post, start, end):
        if _WISH.search(bracket.group(1)) and len(bracket.group(1).split()) > 1:
            edges += [bracket.start(), bracket.end()]
    edges += [*_turns(post, start, end), *(found.end() for found in _CUT.finditer(post, start, end))]
    edges = [*sorted(set(edges)), end]
    for first, last in itertools.pairwise(edges):
        if post[first:last].strip(" ;,().\n\t"):
            yield first, last
