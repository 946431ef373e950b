"""How much a sentence of a job post asks: what is required, what only wished for, and where it turns from one to the
other. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

ASKED, WISHED, DUTIES, OFFER, COMPANY, PHYSICAL, FORMAL = (
    "asked", "wished", "duties", "offer", "company", "physical", "formal",
)  # fmt: skip
"""Parts of a post; "" is what stands before the first heading."""
REQUIRED, PREFERRED = "required", "preferred"
_WISH = re.compile(
    r"\bprefer(?:s|red|ably|ence|able)?\b|\b(?:a|an|big|huge|strong|definite|major|added|"
    r"distinct)\s+plus\b|\bplus\s*[.)]?$|"
    r"\bdesir(?:ed|able)\b|\bnice[- ]to[- ]have\b|\badvantage(?:ous)?\b|\bideal(?:ly)?\b(?! (?:candidate|"
    r"applicant|person|match|colleague|fit\b))|\bbeneficial\b|\boptional\b|"
    r"(?:\bnot|n['’]t|\bno means) (?:strictly |absolutely )?essential\b|\b(?:an?|strong) asset\b|\bof benefit\b|"
    r"\b(?:n['’]t|not) hurt\b|\bnice extra\b|\buseful(?= but|,|$)|\b(?:is|are|be) (?:very |also )?useful\b|"
    r"\bhelpful\b|\bbonus\b|\b(?:will|would|does|may) help\b|\b(?:would|will) be (?:a )?(?:good|lovely|handy|"
    r"great|nice|useful|welcome|interesting)\b|\bhighly (?:regarded|valued)\b|\bgood[- ]to[- ]have\b|\bwelcomed?\b",
    re.I,
)
_MUST = re.compile(
    r"\b(?:must|requires?d?|mandatory|essential|necessary|(?<!as )needed|minimum|at least|we expect|you(?:['’]ll|"
    r" will| do)? (?:also )?need(?! to (?:worry|pay|send|apply|contact))|you(?: will|['’]ll)? bring|"
    r"you(?:['’]ve| have|['’]ll have| will have)(?: also)? (?!the (?:chance|opportunity|option|freedom)|"
    r"access|your|a say|"
    r"to wait|questions?|any\b|found|read|reached|applied|chosen|seen)(?:a|an|the|at|proven|strong|experience|\d|"
    r"\w+(?:ed|en|un|pt|lt|nt|ne|ld|ght|de|ade|ung)\b|\w+ (?:experience|knowledge))|"
    r"you can (?!expect|choose|look|apply|earn|work|find|be|get|grow|learn|also|contact|call|see|read|take|enjoy|"
    r"reach|make|send|start|buy|join|have|bring|count|rely|develop|email|visit|opt|save|help)\w+|"
    r"(?:be|are|and|also) able to|ability to|who can|(?:can|must) you|(?<!not )we (?:ask|require)|"
    r"needs? (?:an?|some(?:one|body)|people) [^.;]{0,60}\b(?:who|that|with)\b|(?:is|are) wanted|"
    r"(?:candidate|applicant|person)s? (?:will|should|must|would) (?:have|hold|be (?!paid|offered|given|based|part))|"
    r"you(?: will)? be (?:admitted|"
    r"qualified|registered)|you(?:['’]re| are| should be|['’]d be) (?:\w+ )?(?:registered|qualified|certified|"
    r"licensed|admitted|experienced|"
    r"used to|comfortable|confident|at ease|fluent|skilled|trained|proficient|quick|calm)|"
    r"you (?:know|hold|have to|should have)|(?:candidates?|applicants?) (?:hold|have|need|bring)s?|"
    r"subject to (?:an? |the )?(?:enhanced|satisfactory|clear|basic|dbs)|would like you to have|"
    r"working language|has to be|you are bilingual|expected to have)\b",
    re.I,
)
_MUST_ITSELF = re.compile(r"\b(?:must(?! have)|required|mandatory|essential)\b", re.I)
"""What asks even under "nice to have"."""
_UNNEEDED = re.compile(
    r"\b(?:no|not|n['’]t|without) (?:\w+ ){0,4}?(?:needed|need(?= [.;,]|$))|\b(?:do not|don['’]t) need\b|"
    r"(?:\bnot|n['’]t) (?:strictly |absolutely )?(?:required|necessary)\b|"
    r"^no \w+(?: \w+)?\?",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:is|are|would be|will be|be) (?:an? |also |very |highly |(?:\w+ )?(?:added |big |definite )?)?"
    r"(?:must|required|essential|needed|necessary|mandatory|plus|advantage|bonus|asset|desirable|desired|"
    r"preferred|welcome|"
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
OFFERED = re.compile(
    r"\b(?:we (?:also )?offer|offers? (?:a |an )?(?:competitive|comprehensive|excellent|great|generous)|"
    r"paid (?:vacation|time off|holiday)|"
    r"(?:health|dental|life|medical) insurance|401\s?\(?k|per diem|pension|annual leave|"
    r"days['’]? (?:of )?holiday|perks?\b|"
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
_PARENS = re.compile(r"\(([^()]*)\)")


def formal(text: str) -> bool:
    """Whether a sentence is a notice of law or policy ("without regard to age"), not about the work."""
    return bool(_FORMAL.search(text))


def wish(text: str, part: str) -> str:
    """Whether a clause asks, wishes or does neither."""
    if part in (OFFER, COMPANY, PHYSICAL, FORMAL) or text.rstrip().endswith("?") or formal(text):
        return ""
    if _WISH.search(text):
        return PREFERRED
    if _UNNEEDED.search(text):
        return ""
    if part == WISHED:
        return REQUIRED if _MUST_ITSELF.search(text) else PREFERRED
    if part == ASKED or _MUST.search(text):
        return REQUIRED
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


def cut(post: str, start: int, end: int) -> Iterator[tuple[int, int]]:
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
