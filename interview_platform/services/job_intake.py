"""What a job post asks for, read from its text: title, required and preferred skills, level, place, conditions. Pure.

A suggestion for a person to correct: every skill and condition carries the sentence it comes from, nothing is saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from interview_platform.services import job_condition_reading, job_places, job_text, job_towns
from interview_platform.services.agent import bank
from interview_platform.services.job_conditions import YEARS, Condition
from interview_platform.services.job_lines import Clause, clauses, heading_part, is_heading
from interview_platform.services.job_requirements import Wanted, wanted
from interview_platform.services.text import WORD, fold

MOST_CHARACTERS = 60_000
"""Of a post that are read; a longer one is not one advert."""
_TITLE_WORDS = 14
_TITLE_CHARACTERS = 300
_ROLES = frozenset(
    """
    accountant actor actuary adjuster administrator adviser advisor agent analyst animator architect artist assistant
    associate attendant attorney auditor baker banker barista bartender biologist bookkeeper broker builder buyer
    captain
    caregiver carer carpenter cashier caterer chef chemist chief clerk cleaner clinician coach cook consultant
    contractor
    controller coordinator copywriter counsel counselor counsellor curator dentist designer developer director
    dispatcher
    doctor driver editor educator electrician engineer estimator executive expert farmer fitter foreman fundraiser
    generalist
    guard guide hairdresser handler handyman head host housekeeper illustrator inspector instructor intern interpreter
    investigator janitor joiner journalist judge jurist labourer laborer lawyer lead leader lecturer librarian lifeguard
    linguist machinist maker manager marketer mason mechanic mentor merchandiser midwife musician nurse nutritionist
    officer
    operative operator optometrist owner painter paralegal paramedic partner pharmacist photographer physician physicist
    physiotherapist pilot planner plumber porter practitioner president principal producer professor programmer
    recruiter
    receptionist rep representative reporter researcher roofer sailor salesperson scheduler scientist secretary server
    solicitor specialist stylist strategist student superintendent supervisor surgeon surveyor tailor teacher technician
    technologist teller tester therapist trader trainee trainer translator tutor underwriter veterinarian videographer
    vp
    waiter warehouser welder worker writer zoologist apprentice dba sre ceo cto cfo coo
    """.split()  # noqa: SIM905
)
_LABELLED = re.compile(
    r"(?:^|\n)[ \t*#]*(?:job|position|role|vacancy|post)(?: title)?\s*:\s*(?P<title>[^\n]{3,100})", re.I
)
_JOB_TITLE = re.compile(r"\b(?:job|position|role) title\s*:\s*(?P<title>[^\n]{3,100})", re.I)
_SOUGHT = re.compile(
    r"\b(?i:looking for|seek(?:s|ing)?|hiring|recruiting|search(?:ing)? for|need|want|role of|"
    r"as(?= an? [\w -]{3,60}, you)|"
    r"join (?:us|our team)"
    r" as)\s+(?:an?|our next|our first|our new|the|for an?)?\s*(?P<title>[^\n.,;:!?()]{3,70})"
)
_SENTENCE = re.compile(r"(?i)\b(?:we|you|i|our) (?:\w+ ){0,2}(?:are|want|need|have|is|will|seek)\b|\bwe['’]re\b")
_AGENT = re.compile(r"[a-z](?:er|or|ist|man|woman|person|hand|keeper|smith|wright)s?$")
"""How the name of somebody's work ends."""
_OPENED = re.compile(
    r"(?P<title>[A-Za-z][^.,;:!?\n]{2,60}?)(?:\s+(?:is |are |urgently )?(?:required|needed|wanted|sought)\b|"
    r",\s+(?:full|part)[- ]time\b)",
    re.I,
)
"""A sentence that opens with the role: "Night baker needed at …"."""
_AROUND = re.compile(
    r"^(?:we(?:['’]| a)re (?:hiring|looking for)|now hiring|hiring|urgent(?:ly)?(?: hiring| required)?|vacancy|"
    r"job title|"
    r"position|role|job opening|job description|wanted)\s*[:!–-]?\s*(?:an?\s+)?|"
    r"\s*[\[(](?:all genders?|m/?f/?[dxv*]+|[mfwdx](?:\s*/\s*[mfwdx]){1,3}|remote|hybrid|on-?site|full[- ]time|"
    r"part[- ]time|"
    r"contract|permanent|temporary|fixed[- ]term|[^)\]]*\b(?:remote|hybrid)\b[^)\]]*)[\])]|"
    r"\s*[-–|,]\s*(?:fully |100% )?(?:remote|hybrid|on-?site|full[- ]time|part[- ]time|contract|permanent|"
    r"temporary)\b.*$|"
    r"\s*[-–|#(]\s*(?:(?:req(?:uisition)?|job|ref(?:erence)?|id)[ .:#]*)+[\w-]*\d[\w-]*\)?\s*$|[!*#]+$",
    re.I,
)
_PAY = re.compile(r"[£$€]\s?\d|\bper (?:hour|annum|day)\b|\b\d+k\b|\bp\.?a\.?\b", re.I)
_SENIORITY = re.compile(r",?\s*\(?\d+\+?\s*(?:years?|yrs|PQE)\b.*$", re.I)
_JUNIOR = re.compile(
    r"\b(?:junior|jr|entry[- ]level|intern(?:ship)?|trainee|apprentice(?:ship)?|graduate (?:scheme|programme|program|"
    r"engineer|"
    r"analyst|trainee|role|developer|consultant|nurse)|early[- ]career|new(?:ly)? qualified)\b",
    re.I,
)
_SENIOR = re.compile(
    r"\b(?:senior|snr|sr|lead|principal|head|director|chief|executive(?! assistant)|vp|vice president|"
    r"staff (?:engineer|"
    r"software|developer|data|product)|expert|superintendent|president)\b",
    re.I,
)
_NOT_SENIOR = re.compile(
    r"\b(?:account|sales|marketing|advertising|service|customer \w+) executives?\b|\blead generation\b", re.I
)
_MID = re.compile(r"\bmid(?:dle|[- ]?weight)?(?:[- /](?:to[- ])?(?:senior[- ])?level|[- ]level|\b(?= ))|\bII\b", re.I)
_SAID_JUNIOR = re.compile(
    r"\b(?:entry[- ]level|junior|early[- ]career|graduate|trainee) (?:role|position|level|opportunity|candidate|"
    r"applicant)",
    re.I,
)
_SAID_SENIOR = re.compile(r"\bsenior[- ](?:level )?(?:role|position|level|leadership)|\bsenior-level\b", re.I)
_SAID_MID = re.compile(r"\bmid[- ](?:to[- ]senior[- ])?(?:level|weight)\b|\bmid[- ]to[- ]senior\b", re.I)
_NO_EXPERIENCE = re.compile(
    r"\b0\s*(?:-|–|to)\s*[12]\s*\+?\s*years?|\bno (?:prior |previous )?experience (?:is )?(?:need|requir|necess)", re.I
)
_FIELD_ONLY = {"nursing": ("healthcare", "clinical")}
"""Words that name the field and not the work: they suggest a family only beside a role that works in it."""
_OTHER_WORK = re.compile(
    r"\b(?:consult\w+|analy\w+|bank\w+|engineer\w*|develop\w+|recruit\w+|account\w*|sales|project|data|"
    r"design\w*|market\w+|"
    r"lawyer|attorney|architect|product)\b",
    re.I,
)


@dataclass(frozen=True)
class JobReading:
    """What a post says. `level` is junior | mid | senior; `family` the id of a question bank; "" where not said."""

    title: str = ""
    required: tuple[Wanted, ...] = ()
    preferred: tuple[Wanted, ...] = ()
    level: str = "mid"
    location: str = ""
    conditions: tuple[Condition, ...] = ()
    family: str = bank.GENERAL

    @property
    def empty(self) -> bool:
        """Whether nothing was found that a form could be filled with."""
        return not (self.title or self.required or self.preferred or self.conditions or self.location)


def read(text: str) -> JobReading:
    """Read a post, whatever its length or layout; never raises."""
    post = text.replace("\r\n", "\n").replace("\r", "\n")[:MOST_CHARACTERS]
    name = title(post)
    held = job_text.whole(post)
    return _as_pasted(_read(held.text, name), held)


def _as_pasted(read: JobReading, held: job_text.Whole) -> JobReading:
    """The reading of the post with whole lines, its rows pointing at the characters of the post as it was pasted."""

    def rows(wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
        return tuple(Wanted(row.skill, row.text, *held.span(row.start, row.end)) for row in wanted)

    conditions = []
    for row in read.conditions:
        start, end = held.span(row.start, row.end)
        conditions.append(replace(row, start=start, end=end))
    return replace(read, required=rows(read.required), preferred=rows(read.preferred), conditions=tuple(conditions))


def _read(post: str, name: str) -> JobReading:
    stretches = clauses(post)
    place = job_places.location(post, stretches)
    hard, wished = job_condition_reading.found(post, stretches, place)
    required, preferred = wanted(post, stretches, name, hard, wished)
    return JobReading(
        title=name,
        required=required,
        preferred=preferred,
        level=level(name, post, hard),
        location=place,
        conditions=tuple(hard),
        family=family(name, required),
    )


def title(post: str) -> str:
    """The job's name: its first line where that names a role, else what stands after "Job title:" or "looking for"."""
    lines = [line.strip(" \t*#•") for line in post.split("\n") if line.strip(" \t*#•-=_")]
    first = _tidy(lines[0]) if lines else ""
    opened = _OPENED.match(lines[0]) if lines else None
    if opened and (_names_role(opened["title"]) or _AGENT.search(opened["title"])):
        return _tidy(opened["title"])
    if (
        first
        and not _LABELLED.match(lines[0])
        and not _SENTENCE.search(first)
        and _names_role(first)
        and len(lines[0].split()) <= _TITLE_WORDS
    ):
        return first
    for pattern in (_JOB_TITLE, _LABELLED):
        found = pattern.search(post)
        if found and _tidy(found["title"]):
            return _tidy(found["title"])
    early = [_tidy(line) for line in lines[1:6] if len(line.split()) <= 8 and line[-1] not in ".!?:,;"]
    early = [line for line in early if _names_role(line)]
    sought = [_role(found["title"]) for found in _SOUGHT.finditer(post[:4000])]
    named = next((name for name in sought if name), "")
    if early or named:
        return early[0] if early else named
    short = first and len(first.split()) <= 6 and lines[0][-1] not in ".!?:,;" and len(lines) > 1
    return first if short and not (is_heading(first) and heading_part(first)) else ""


def _tidy(line: str) -> str:
    """A title without "(m/f/d)", "- Remote", a reference number, a place at its end."""
    held = " ".join(line[:_TITLE_CHARACTERS].split())
    for _ in range(3):
        held = _AROUND.sub("", held).strip(" -–|,.:")
    parts = re.split(r"\s+[-–—|]\s+", held)
    kept = [part for part in parts if not (_town(part) or job_places.places(part) or _PAY.search(part))]
    held = " - ".join(kept) if 0 < len(kept) < len(parts) else held
    before, comma, last = held.rpartition(", ")
    held = before if comma and _town(last) else held
    held = _SENIORITY.sub("", held)
    return held[:200]


def _town(name: str) -> bool:
    return name in job_places.CITIES or job_towns.is_town(name)


def _names_role(line: str) -> bool:
    """Whether a word of the line names people's work."""
    if line[-1:] in ".!?" or heading_part(line) in ("company", "offer"):
        return False
    return any(fold(word) in _ROLES for word in WORD.findall(line))


def _role(phrase: str) -> str:
    """The role in "an energetic, reliable Group Fitness Instructor to teach": up to its last capitalised role word."""
    words = re.split(r"\s+(?:to|who|that|with|for|in|at|and is|on)\s", f"{phrase} ")[0].split()
    while words and (words[0][0].islower() and fold(words[0]) not in _ROLES) and any(w[0].isupper() for w in words):
        words = words[1:]
    last = max((index for index, word in enumerate(words) if fold(word.strip("'’")) in _ROLES), default=-1)
    name = _tidy(" ".join(words[: last + 1])) if 0 <= last < 7 else ""
    return name[:1].upper() + name[1:]


def level(name: str, post: str, conditions: list[Condition]) -> str:
    """By the title's own words, then by what the text says, then by the years asked for."""
    plain = _NOT_SENIOR.sub(" ", name)
    if _JUNIOR.search(plain):
        return "junior"
    if _MID.search(plain):
        return "mid"
    if _SENIOR.search(plain):
        return "senior"
    for said, pattern in (("mid", _SAID_MID), ("junior", _SAID_JUNIOR), ("senior", _SAID_SENIOR)):
        if pattern.search(post[:3000]):
            return said
    years = next((int(held.value) for held in conditions if held.kind == YEARS), -1)
    return "senior" if years >= 6 else "junior" if _NO_EXPERIENCE.search(post) else "mid"


def family(name: str, required: tuple[Wanted, ...]) -> str:
    """The question bank for this title; one suggested only by a field ("healthcare") needs a role that works in it."""
    padded = f" {name.casefold()} "
    hits: list[tuple[int, str]] = []
    for entry in bank.families():
        for word in entry.words:
            field_only = word in _FIELD_ONLY.get(entry.id, ()) and _OTHER_WORK.search(name)
            if f" {word}" in padded and not field_only:
                hits.append((len(word), entry.id))
    if hits:
        return max(hits)[1]
    asked = {held.skill.casefold() for held in required[:6]}
    named = {"backend": {"django", "spring", "node.js", "fastapi"}, "frontend": {"react", "vue.js", "angular"}}
    developer = re.search(r"\b(?:developer|programmer|engineer)\b", name, re.I)
    return next((key for key, words in named.items() if developer and words & asked), bank.GENERAL)


__all__ = ["Clause", "Condition", "JobReading", "Wanted", "family", "level", "read", "title"]
