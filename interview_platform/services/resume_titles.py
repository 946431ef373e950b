"""What a position's header lines name: the work and the employer. Pure."""

from __future__ import annotations

import re

from interview_platform.services.resume_dates import DATE, DATES

_TITLE_WORDS = frozenset(
    """
    accountant actuary administrator advisor adviser advocate agent aide analyst anchor apprentice architect artist
    assembler assistant associate attendant attorney auditor baker banker barber barista bartender bookkeeper broker
    buyer capitán captain caregiver carpenter cashier ceo cfo chair chairman chef chemist clerk clinician coach coder
    cofounder co-founder commander concierge conductor consultant contractor controller cook coo coordinator
    correspondent counsel counselor counsellor cpa crew cto curator custodian dealer dean dentist deputy designer
    detailer developer dietitian director dispatcher doctor draftsman drafter driver economist editor educator
    electrician engineer envoy estimator examiner executive expert faculty farmer fellow firefighter fitter florist
    foreman founder freelancer gardener generalist geologist grower guard guide handler head helper host hostess
    housekeeper hygienist illustrator inspector installer instructor intern internship interpreter interviewer
    investigator janitor jeweler journalist judge keeper laborer labourer landscaper lawyer lead leader lecturer
    librarian liaison lifeguard linguist loader machinist maid manager marketer marshal mason mate mechanic mediator
    member merchandiser midwife minister model musician nanny negotiator nurse nutritionist officer operator optician
    optometrist organizer owner packer painter paralegal paramedic partner pastor patrol pharmacist photographer
    physician physicist physiotherapist pilot planner plumber police president principal processor producer
    professional professor programmer promoter proprietor psychiatrist psychologist publicist purchaser realtor
    receptionist recruiter registrar resident finder circulator coordinadora gerente ingeniero rep reporter
    representative researcher rn salesperson salesman saleswoman
    scholar scientist seamstress secretary server sergeant singer sitter sous specialist sre steward stewardess
    stocker strategist student stylist superintendent supervisor supplier surgeon surveyor tailor teacher technician
    technologist teller temp tester therapist trader trainee trainer transcriptionist translator transporter
    treasurer tutor underwriter usher valet veterinarian videographer volunteer vp waiter waitress warden welder
    worker writer
    """.split()  # noqa: SIM905
)
_NEVER_LAST = frozenset(("student", "faculty", "police", "crew", "patrol", "professional", "expert", "chair", "model"))
_COMPANY_WORDS = re.compile(
    r"\b(inc|llc|llp|ltd|limited|gmbh|corp|corporation|company|companies|co|plc|ag|sa|bv|pvt|group|holdings|bank|"
    r"hospital|clinic|university|college|school|schools|institute|academy|laborator(?:y|ies)|lab|labs|studios?|"
    r"foundation|association|agency|partners|solutions|systems|technologies|industries|enterprises|services|ministry|"
    r"department|council|restaurant|hotel|resort|cafe|café|centre|center|airlines|airways|club|church|society|trust|"
    r"museum|magazine|press|media|networks?|county|bakery|pharmacy|stores?|motors|farms?)\b\.?",
    re.I,
)
_PLACE = re.compile(
    r"[^\W\d_][\w.' -]+,\s*(?:[A-Z]{2}|[A-Z][\w.' -]+)(?:,\s*[A-Z][\w. ]+)?|remote|hybrid|city|"
    r"city\s*,\s*(?:state|\w+)(?:\s*,\s*\w+)?",
    re.I,
)
_PLACE_AFTER = re.compile(r"(?:,|\s[–—-])\s*[A-Z][\w.' -]+,\s*(?:[A-Z]{2}|[A-Z][a-z]\w+(?: [A-Z]\w+)?)\.?$")
_IN_TOWN = re.compile(r"(?<=\w), [A-Z][\w.' -]+, [A-Z]{2}$")
_COUNTRY = re.compile(
    r"[A-Z]{2}\b|state\b|usa?\b|u\.?[sk]\.?\b|united|england|scotland|wales|ireland|germany|france|spain|italy|india|canada|"
    r"australia|china|japan|brazil|mexico|netherlands|sweden|norway|denmark|poland|nigeria|kenya|ghana|pakistan|egypt|"
    r"singapore|philippines|south|new (?:york|zealand|jersey)|california|texas|florida|remote",
    re.I,
)
_MASKED = (
    r"\bCompany ?Name\b(?:.{0,8}?\b(?:City|State)\b(?:\s*,\s*(?:State|[A-Z]\w+)\b)?(?:\s*,\s*(?:USA?|"
    r"United States)\b)?)?"
)
_SUFFIX = re.compile(
    r"[a-z]{3,}(?:ician|ologist|ographer|keeper|maker|tender|smith|therapist|professional)|"
    r"(?!list|exist|assist|consist|resist|persist|insist|twist|wrist|waist|check|short|play)[a-z]{4,}ist"
)
_KEEPS_TOWN = re.compile(r"\b(?:universit\w*|college|institutes?) of\b|^\W*$", re.I)
_AT = re.compile(r"\s+(?:at|@|with)\s+(?=[A-Z])")
_MOST_TITLE_WORDS = 9
_MOST_COMPANY_WORDS = 12
_STORY = re.compile(
    r"(?:(?:key|main|core|my|job) )?(?:responsib|duties\b|tasks\b|accomplishments\b|achievements\b)", re.I
)
_DASH = re.compile(r"\s+[–—-]{1,2}\s+")


def has_title_word(text: str) -> bool:
    """Whether a text names an occupation."""
    bare = re.sub(r"\(.*?\)", " ", text)
    return any(_is_title_word(word) for word in re.findall(r"[a-zé-]+", bare.casefold()))


def is_masked(line: str) -> bool:
    """Whether a line holds a placeholder where the employer stood."""
    return bool(re.search(_MASKED, line))


def header_parts(line: str) -> list[str]:
    """What a header line says, without dates, places, icons and labels."""
    split = re.split(rf"\t| [|·•∙●] ?|\||\s{{3,}}|{_MASKED}", line)
    split = [DATE.sub(" ", DATES.sub(" ", part)) for part in split]
    parts = (re.sub(r"^[^\w\"“(]+|[\s,|(–—:-]+$", "", part).strip() for part in split)
    parts = (re.sub(r"^[a-z] (?=$|[A-Z\d])|^\(\s*\)|\s+(?:at|with)$", "", part) for part in parts)  # an icon's letter
    parts = (_IN_TOWN.sub("", part) for part in parts)
    named = [part for part in parts if re.search(r"[^\W\d_]{2}", part)]
    kept = [part for part in named if not _is_place(part)]
    kept = [_without_story(part) for part in kept] if is_masked(line) else kept
    return kept or (named[:1] if len(named) > 1 and "," in named[0] else [])  # two places: the first is an employer


def _without_story(part: str) -> str:
    """A title without the account of the work that follows on the same line."""
    words = part.split()
    if len(words) <= _MOST_TITLE_WORDS:
        return part
    places = [index for index, word in enumerate(words[:_MOST_TITLE_WORDS]) if has_title_word(word)]
    return " ".join(words[: places[-1] + 1]) if places else part


def _is_story(part: str) -> bool:
    """Whether a part of a header line is the account of the work rather than a name."""
    return bool(_STORY.match(part)) or len(part.split()) > _MOST_COMPANY_WORDS


def title_and_company(parts: list[str], sure: bool = False) -> tuple[str, str]:
    """Which part names the work and which the employer; an empty string for what is not said.

    `sure`: a lone part is cut in two only where one half is an employer by its words.
    """
    parts = [piece for part in parts for piece in _apart(part, alone=len(parts) == 1 and not sure)]
    titled = [part for part in parts if has_title_word(part)]
    title = next((part for part in titled if not _looks_like_company(part)), titled[0] if titled else "")
    others = [part for part in parts if part != title and not _is_story(part)]
    if not title and len(others) > 1:
        named = next((part for part in others if _COMPANY_WORDS.search(part)), others[0])
        title = next((part for part in others if part != named), "")
        others = [part for part in others if part != title]
    company = next((part for part in others if _COMPANY_WORDS.search(part)), others[0] if others else "")
    company = _without_town(_PLACE_AFTER.sub("", company)) if title else _PLACE_AFTER.sub("", company)
    if not title and company and not _COMPANY_WORDS.search(company):
        title, company = company, ""
    return _tidy(title), _tidy(company)


def _without_town(company: str) -> str:
    """An employer without the town behind it ("Hotel Meyrick, Galway"); universities keep theirs."""
    name, comma, town = company.partition(", ")
    plain = re.fullmatch(r"[^\W\d_][\w'’.-]+(?:[ -][^\W\d_][\w'’.-]+){0,2}", town) and town[0].isupper()
    if not comma or not plain or _COMPANY_WORDS.search(town) or has_title_word(town) or _KEEPS_TOWN.search(name):
        return company
    return name


def _apart(part: str, alone: bool) -> list[str]:
    """ "Cook at Mill", "Mill — Cook" and (where nothing else is said) "Cook, Mill" as two parts."""
    for pattern in (_AT, _DASH, re.compile(r",\s+(?=[A-Z])")):
        pieces = [piece.strip(" ,") for piece in pattern.split(part, maxsplit=1)]
        if len(pieces) < 2 or not all(pieces):
            continue
        first, second = (has_title_word(piece) and not _looks_like_company(piece) for piece in pieces)
        named = _is_place(pieces[1]) or bool(_COMPANY_WORDS.search(pieces[1] if first else pieces[0]))
        if first != second and (alone or named or pattern is _AT):
            return [kept for piece in pieces if (kept := _employer(piece) if _is_place(piece) else piece)]
    return _run_together(part) if alone else [part]


def _employer(part: str) -> str:
    """The employer in what looks like two places ("The Ledbury, London"); empty where it is a place ("Leeds, UK")."""
    first, comma, second = part.partition(",")
    return "" if not comma or _COUNTRY.match(second.strip(" .")) else first.strip()


def employer_in(line: str) -> str:
    """The employer on a line that names no more than it and its town."""
    bare = line.strip(" ,.")
    return _employer(bare) if _is_place(bare) else ""


def _run_together(part: str) -> list[str]:
    """ "Pastry Cook Mill Bakery Ltd": the title ends at its last occupation word."""
    words = part.split()
    places = [index for index, word in enumerate(words) if _is_title_word(word.casefold().strip(",."))]
    rest = " ".join(words[places[-1] + 1 :]) if places else ""
    return [" ".join(words[: places[-1] + 1]), rest] if rest[:1].isupper() and _COMPANY_WORDS.search(rest) else [part]


def _is_place(part: str) -> bool:
    return bool(_PLACE.fullmatch(part)) and not _COMPANY_WORDS.search(part) and not has_title_word(part)


def _is_title_word(word: str) -> bool:
    return (
        word in _TITLE_WORDS
        or bool(_SUFFIX.fullmatch(word))
        or (word.endswith("s") and word[:-1] in _TITLE_WORDS and len(word) > 5)
    )


def _looks_like_company(part: str) -> bool:
    words = [word.strip(".,").casefold() for word in part.split()]
    last = words[-1] if words else ""
    return (
        bool(_COMPANY_WORDS.search(part))
        and not re.search(r"\b(of|,)\b", part)
        and (not _is_title_word(last) or last in _NEVER_LAST)
    )


def _tidy(part: str) -> str:
    return re.sub(r"[\s,|(–—-]+$", "", part.strip())[:200]
