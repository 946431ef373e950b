"""Licences, certificates and degrees a clause of a job post asks for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from interview_platform.services.job_conditions import LICENCE, Condition
from interview_platform.services.job_lines import DUTIES, Clause

_MOST_OF_A_CLAUSE = 4
_NAMED: tuple[tuple[str, str], ...] = (
    ("Driving licence", r"(?i:\b(?:driver['’]?s?['’]?|driving)[ -]+licen[cs]e\b|\bclean driving record\b)"),
    ("Commercial driving licence", r"(?i:\bcommercial driver['’]?s?['’]? licen[cs]e)|\bCDL\b|\b(?:HGV|LGV)\b"),
    ("Registered nurse", r"(?i:\bregistered nurse\b)|\bRN\b|\bNMC\b"),
    ("Licensed practical nurse", r"(?i:\blicensed practical nurse\b)|\bLPN\b|\bLVN\b"),
    ("Certified nursing assistant", r"(?i:\bcertified nurs(?:e|ing) assistant\b)|\bCNA\b"),
    ("ADR certificate", r"\bADR\b"), ("DBS check", r"\bDBS\b"), ("18th Edition", r"(?i:\b1[78]th edition\b)"),
    ("City & Guilds", r"\bCity (?:&|and) Guilds(?: (?:Level )?\d{1,4}(?:-\d\d)?)?|\bC&G \d{4}"),
    ("Apprenticeship", r"(?i:\b(?:time[- ]served|(?:served|completed|finished) an? (?:[\w-]+ ){0,2}apprenticeship))"),
    ("Solicitor", r"(?i:\badmitted (?:as an? solicitor|in England|in Scotland|in Northern Ireland)|"
                  r"\bqualified solicitor\b)"),
    ("CPC", r"\bCPC\b"), ("Tachograph card", r"(?i:\b(?:digi(?:tal)?[- ]?)?tacho(?:graph)? card)"),
    ("BLS", r"\bBLS\b|(?i:\bbasic life support\b)"), ("ACLS", r"\bACLS\b"), ("PALS", r"\bPALS\b"),
    ("CPR/AED", r"\bCPR(?:\s*/\s*AED)?\b"), ("First aid", r"(?i:\bfirst[- ]aid\b)"),
    ("CPA", r"\bCPA\b|(?i:\bcertified public accountant\b)"), ("ACCA", r"\bACCA\b"), ("ACA", r"\bACA\b"),
    ("CIMA", r"\bCIMA\b"), ("CMA", r"\bCMA\b"), ("CFA", r"\bCFA\b"), ("CFP", r"\bCFP\b"), ("CIA", r"\bCIA\b(?= cert)"),
    ("Professional engineer", r"\bP\.?E\.?(?= licen[cs]e| registration|$|\s*[,;)])|"
                                   r"(?i:\bprofessional engineer\b)"),
    ("Engineer in training (EIT)", r"\bEIT\b|\bFE exam"),
    ("Notary", r"(?i:\bnotary\b)"),
    ("Bar admission", r"(?i:\badmi(?:tted|ssion) to (?:the )?(?:\w+ ){0,3}bar\b|\bbar admission\b|"
                      r"\blicensed attorney\b)"),
    ("PMP", r"\bPMP\b"), ("PRINCE2", r"\bPRINCE2\b"), ("Scrum Master", r"(?i:\bcertified scrum master\b)|\bCSM\b"),
    ("ITIL", r"\bITIL\b(?=[^.;]{0,30}certif)"), ("CISSP", r"\bCISSP\b"), ("CISM", r"\bCISM\b"), ("CISA", r"\bCISA\b"),
    ("CEH", r"\bCEH\b"), ("OSCP", r"\bOSCP\b"), ("CCNA", r"\bCCNA\b"), ("CCNP", r"\bCCNP\b"),
    ("CompTIA A+", r"\bCompTIA A\+|\bA\+(?= cert)"), ("Security+", r"\bSecurity\+"), ("Network+", r"\bNetwork\+"),
    ("OSHA 30", r"\bOSHA[- ]?30\b"), ("OSHA 10", r"\bOSHA[- ]?10\b"), ("CSCS card", r"\bCSCS\b"),
    ("ServSafe", r"(?i:\bservsafe\b)"), ("Food handler", r"(?i:\bfood handler)"),
    ("Qualified teacher status", r"(?i:\bqualified teacher status\b)|\bQTS\b"),
    ("CSP", r"\bCSP\b"), ("ASP", r"\bASP\b(?!\.NET)"), ("CHSP", r"\bCHSP\b"), ("NEBOSH", r"\bNEBOSH\b"),
    ("SHRM-CP", r"\bSHRM(?:-CP)?\b"), ("PHR", r"\bS?PHR\b"), ("CIPD", r"\bCIPD\b"), ("CPHR", r"\bCPHR\b"),
    ("Forklift licence", r"(?i:\bfork ?lift (?:licen[cs]e|certif\w+|operator certif\w+))"),
    ("JIB card", r"\b(?:JIB|ECS)\b(?: (?:gold|approved|blue))?(?: (?:card|graded?))?"), ("SMSTS", r"\bSMSTS\b"),
    ("SSSTS", r"\bSSSTS\b"), ("IPAF", r"\bIPAF\b"), ("PASMA", r"\bPASMA\b"), ("CPCS card", r"\bCPCS\b"),
    ("NPORS card", r"\bNPORS\b"), ("GWO", r"\bGWO\b(?: [A-Z][a-z]+){0,3}"), ("F-Gas", r"\bF[- ]?Gas\b"),
    ("OFTEC", r"\bOFTEC\b"), ("2391", r"(?<![\d£$€,.])\b23(?:91|82|95|96)(?:-\d\d)?\b(?![,.]?\d)"),
    ("IOSH", r"\bIOSH\b"),
    ("EPA 608", r"\bEPA[ -](?:Section )?608\b"), ("ASE", r"\bASE\b(?=[- ](?:cert|master|qualif))"),
    ("CWI", r"\bCWI\b"), ("TWIC", r"\bTWIC\b"), ("HAZWOPER", r"(?i:\bhazwoper\b)"),
    ("STCW", r"\bSTCW\b"), ("ENG1", r"\bENG ?1\b"), ("PCV licence", r"\b(?:PCV|PSV)\b"),
    ("Trailer licence", r"(?i:\btrailer licen[cs]e\b)|\bB\+E\b"),
    ("RCVS registration", r"\bM?RCVS\b"), ("GDC registration", r"\bGDC\b"), ("GMC registration", r"\bGMC\b"),
    ("GPhC registration", r"\bGPhC\b"), ("GOC registration", r"\bGOC\b"), ("ARRT", r"\bARRT\b"), ("RDMS", r"\bRDMS\b"),
    ("PharmD", r"(?i:\bpharm\.? ?d\b|\bdoctor of pharmacy\b)"), ("BCBA", r"\bBCBA\b"), ("RBT", r"\bRBT\b"),
    ("Food hygiene certificate", r"(?i:\bfood (?:hygiene|safety)(?: and hygiene)?,? (?:at )?(?:level \d|certificat\w+)|"
                                 r"\blevel \d (?:food hygiene|food safety)|\bbasic food hygiene\b)"),
    ("Personal licence", r"(?i:\bpersonal (?:alcohol )?licen[cs]e(?:[- ]holder)?\b)"),
    ("White card", r"\b[Ww]hite [Cc]ard\b"), ("Blue card", r"\b[Bb]lue [Cc]ard\b"),
    ("Working with children check", r"(?i:\bworking with children (?:check|card)\b)"),
    ("PGCE", r"\bPGCE\b"), ("TEFL", r"\bTEFL\b|\bCELTA\b|\bDELTA\b(?= (?:cert|qualif))"), ("LPC", r"\bLPC\b"),
    ("CILEX", r"(?i:\bcilex\b)"), ("SQE", r"\bSQE\b"), ("AAT", r"\bAAT\b"), ("CeMAP", r"\bCeMAP\b"),
    ("MRICS", r"\bM?RICS\b"), ("RTPI membership", r"\bM?RTPI\b"),
    ("ARB registration", r"\bARB\b|\bRIBA Part (?:2|3|II|III)\b"),
    ("Chartered engineer", r"\bCEng\b|(?i:\bchartered engineer\b)"), ("HNC", r"\bHNC\b"), ("HND", r"\bHND\b"),
    ("Postgraduate diploma", r"\bPg ?Dip\b|\bPgD\b|(?i:\bpostgraduate diploma\b)"),
    ("NVQ", r"\b[NS]VQ(?: (?:at )?[Ll]evel \d)?"), ("BTEC", r"\bBTEC\b"),
    ("Real estate licence", r"(?i:\breal estate (?:broker['’]?s? )?licen[cs]e)"),
    ("Insurance licence", r"(?i:\b(?:life|health|property|casualty|insurance)(?:[ ,&/]+(?:and )?(?:life|health|"
                          r"property|casualty|"
                          r"insurance))* licen[cs]e)"),
    ("FAA certificate", r"\bFAA (?:[A-Z]\w* )?(?:licen[cs]e|certificat\w+|rating)|\bA&P (?:licen[cs]e|certificat\w+)|"
                        r"(?i:\bairframe and powerplant\b)|\bATP (?:licen[cs]e|certificat\w+)"),
    ("Gas Safe registration", r"\bGas Safe\b"), ("SIA licence", r"\bSIA\b(?= licen[cs]e)"),
    ("HCPC registration", r"\bHCPC\b"), ("Social work licence", r"\bL(?:C|M)?SW\b"),
    ("Security clearance", r"(?i:\b(?:top secret|secret|TS/SCI|SC|DV)\b[^.;]{0,24}\bclearance|\bsecurity clearance)"),
    ("High school diploma", r"(?i:\bhigh school (?:diploma|degree|graduate)|\bGED\b|\bsecondary school\b)"),
    ("Associate degree", r"(?i:\bassociate(?:['’]?s)? degree)"),
    ("Bachelor's degree", r"(?i:\bbachelor(?:['’]?s)?\b)|\bB\.?(?:S|A|Sc|Eng|Com)\.?(?=\s+(?:degree|in\b|or\b))|"
                          r"(?i:\b(?:university|college|undergraduate) degree\b|\b4[- ]year degree\b|\b(?:an?|"
                          r"your) (?:good )?degree (?:in|or)\b)"),
    ("MBA", r"\bMBA\b"),
    ("Master's degree", r"(?i:\bmaster['’]s\b|\bmasters? degree)|\bM\.?(?:S|A|Sc|Eng|Ed)\.?(?=\s+(?:degree|in\b|"
                        r"or\b))"),
    ("Doctorate", r"(?i:\bph\.?d\b|\bdoctora(?:te|l)\b)"), ("Law degree", r"\bJD\b|\bLLB\b"),
)  # fmt: skip
_NAMES = tuple((value, re.compile(pattern)) for value, pattern in _NAMED)
_DEGREES = frozenset(
    (
        "High school diploma",
        "Associate degree",
        "Bachelor's degree",
        "MBA",
        "Master's degree",
        "Doctorate",
        "Law degree",
    )
)
_SERIES = re.compile(r"\bSeries\s+(\d{1,2}(?:\s*(?:,|and|&|/|or)\s*\d{1,2}\b)*)")
_EQUIVALENT = re.compile(
    r"equivalent (?:\w+ ){0,3}experience|or (?:related |relevant |comparable )?experience|combination of|"
    r"experience (?:may|can) (?:be )?substitut|in lieu|a degree but|academic background|not required|consideration|"
    r"with an? (?:bachelor|"
    r"advanced|master)",
    re.I,
)
_PAPER = r"(?i:licen[cs]ure|licen[cs]es?|certifications?|certificates?|credentials?|accreditations?|registration)\b"
_OWN_NAME = re.compile(rf"((?:[A-Za-z][\w.&/+'’-]*[ ]+){{1,5}}?){_PAPER}")
_NOT_IN_NAME = frozenset(
    """
    we you us they give gives offer get a an the any all current valid active appropriate relevant required additional
    professional nationally recognized
    recognised and or of with in to have has hold holds holding maintain maintains possess possession must obtain
    obtaining obtain's is be your our state other specialty class some positions require requires may for on
    successfully
    ability able similar related industry one more including such as proof applicable necessary online no continuing
    these
    those this from full clean unrestricted up-to-date e.g i.e plus own within technical initial only
    """.split()  # noqa: SIM905
)
_LEVEL = re.compile(
    r"\b(?P<name>[Ll]evel [1-8](?: (?:or above|or higher|minimum))? (?:NVQ |BTEC )?"
    r"(?:qualification|diploma|certificate|award|apprenticeship)(?: in (?:[\w&-]+ ){0,2}?[\w&-]+(?=[,.;)]|"
    r" and | or |$|\n))?)"
)
_REGISTER = re.compile(
    r"\b(?i:on|registered (?:with|on)|registration with|(?:member|membership|fellow)(?:ship)? of) (?i:the )?"
    r"(?P<body>[A-Z][\w&-]*(?: (?:[A-Z][\w&-]*|of|and|for|&)){0,6}?)(?= (?i:register|roll)\b|[,.;)\n]|$|"
    r" and | or | is | as )"
)
_CARD = re.compile(
    r"\b(?P<name>(?:[A-Z][A-Za-z&-]*[A-Za-z] ){1,3}(?:(?:gold|black|blue|green|white|red|skilled) )?"
    r"(?:[Cc]ard|[Tt]icket|[Ll]icence|[Pp]ermit))\b(?! (?:holders?|sales|office|system|reader))"
)
_NO_CARD = re.compile(
    r"(?i)\b(?:credit|debit|business|gift|report|fuel|score|point|work|park\w+|jira|zendesk|the|an?|our) "
)
_NOT_HELD = re.compile(
    r"(?i)\b(?:responsible for|(?:experience|knowledge|understanding) (?:of|with|in)|achiev\w+|lead\w*|"
    r"manag\w+|support\w*)"
    r"(?: an?| the)?\s*$"
)
"""What stands before a certificate that a product gets, or that one has worked towards for others."""
_PAPERS_OF_OTHERS = re.compile(r"\b(?:continuing|develop\w*|free|discount\w*|reimburs\w*|obtain up)\b", re.I)


def licences(post: str, clause: Clause) -> list[Condition]:
    """Papers a clause asks for: those with a name of their own, series exams, "<name> certification"."""
    must = re.search(r"(?i)\bmust\b|requir", clause.line) and not re.search(r"(?i)\bmay\b", clause.line)
    if _PAPERS_OF_OTHERS.search(clause.text) or (clause.part == DUTIES and not must):
        return []
    named = [
        Condition(LICENCE, value, clause.line, *match.span())
        for value, pattern in _NAMES
        if (match := pattern.search(post, clause.start, clause.end))
    ]
    degrees = sorted((held for held in named if held.value in _DEGREES), key=lambda held: held.start)
    papers = [held for held in named if held.value not in _DEGREES]
    own: list[Condition] = []
    for held in (*_formed(post, clause), *_own_name(post, clause)):
        if not any(_overlap(held, other) for other in (*papers, *own)):
            own.append(held)
    # of "Bachelor's or Master's degree" the first is what is asked for; with "or equivalent experience" none is
    asked = [] if _EQUIVALENT.search(clause.line) else degrees[:1]
    return [*asked, *alternatives(post, [*own, *papers]), *_series(post, clause)][:_MOST_OF_A_CLAUSE]


def _overlap(one: Condition, other: Condition) -> bool:
    return one.start < other.end and other.start < one.end


def _series(post: str, clause: Clause) -> Iterator[Condition]:
    """Exams by number: "Series 7, 66"."""
    for match in _SERIES.finditer(post, clause.start, clause.end):
        for number in re.findall(r"\d+", match.group(1)):
            yield Condition(LICENCE, f"Series {number}", clause.line, *match.span())


def alternatives(post: str, rows: list[Condition]) -> list[Condition]:
    """What is joined by "or" or a stroke is one condition: "BLS or CPR/AED"."""
    joined: list[Condition] = []
    for held in sorted(rows, key=lambda one: (one.start, -one.end)):
        before = joined[-1] if joined else None
        between = post[before.end : held.start] if before else ""
        if before and held.start < before.end:
            continue
        if before and len(between) < 60 and re.search(r"\bor\b|/", between) and "," not in between:
            value = f"{before.value} or {held.value}"
            joined[-1] = Condition(held.kind, value, held.text, before.start, held.end)
        else:
            joined.append(held)
    return joined


def _formed(post: str, clause: Clause) -> Iterator[Condition]:
    """Papers known by their form: "Level 3 diploma in X", "on the X register", "X gold card"."""
    for match in _LEVEL.finditer(post, clause.start, clause.end):
        name = " ".join(match["name"].split())
        yield Condition(LICENCE, name[0].upper() + name[1:], clause.line, *match.span("name"))
    for match in _REGISTER.finditer(post, clause.start, clause.end):
        listed = post[match.end() :][:10].lstrip().casefold().startswith(("register", "roll"))
        if listed or not match.group().casefold().startswith("on "):
            value = f"{' '.join(match['body'].split())} registration"
            yield Condition(LICENCE, value, clause.line, *match.span("body"))
    for match in _CARD.finditer(post, clause.start, clause.end):
        if not _NO_CARD.match(match["name"]):
            yield Condition(LICENCE, " ".join(match["name"].split()), clause.line, *match.span("name"))


def _own_name(post: str, clause: Clause) -> list[Condition]:
    """ "Special Education teaching certification": the words before "certification", without what says nothing."""
    for match in _OWN_NAME.finditer(post, clause.start, clause.end):
        words = match.group(1).split()
        cut = max(
            (index for index, word in enumerate(words) if word.casefold().strip(".,") in _NOT_IN_NAME), default=-1
        )
        paper = post[match.start() + len(match.group(1)) : match.end()]
        name = " ".join([*words[cut + 1 :], paper])
        if words[cut + 1 :] and not _NOT_HELD.search(post, clause.start, match.end() - len(name)):
            return [Condition(LICENCE, name[0].upper() + name[1:], clause.line, match.end() - len(name), match.end())]
    return []


# --- the same papers in a résumé ------------------------------------------------------------------------------------

_HELD_DEGREES = (
    ("High school diploma", r"(?i:\bhigh school\b|\bsecondary school\b|\ba[- ]levels?\b)|\bGED\b"),
    ("Associate degree", r"(?i:\bassociate(?:['’]?s)?(?: of| in| degree)\b)|\bA\.?A\.?S?\.?(?=,| in| degree)"),
    ("Bachelor's degree", r"(?i:\bbachelor)|\bB\.?(?:S|A|Sc|Eng|Com|Ed|N|BA|Tech)\b\.?|\bBSN\b|\bBBA\b|\bLL\.?B\b"),
    (
        "Master's degree",
        r"(?i:\bmaster(?:['’]?s)? (?:of|in|degree)\b|\bmaster['’]s\b)|\bM\.?(?:S|Sc|Eng|Ed|BA|Phil)\b|"
        r"\bMSN\b",
    ),
    ("Doctorate", r"(?i:\bph\.?\s?d\b|\bdoctor(?:ate|al| of)\b)|\bM\.?D\.?(?=,|$| degree)"),
)
_HELD = tuple((value, re.compile(pattern)) for value, pattern in _HELD_DEGREES)
_LEVELS = tuple(value for value, _ in _HELD_DEGREES)


def says(text: str, value: str) -> bool:
    """Whether a résumé's line names this licence, certificate or degree, under any of its names; a higher degree
    shows the lower ones, and of "BLS or CPR/AED" one is enough."""
    return any(_says_one(text, option) for option in value.split(" or "))


def _says_one(text: str, value: str) -> bool:
    if value in _LEVELS:
        return any(pattern.search(text) for _, pattern in _HELD[_LEVELS.index(value) :])
    series = re.fullmatch(r"Series (\d+)", value)
    if series:
        return re.search(rf"(?i)\bseries\b[\s\d,/&and]*?\b{series[1]}\b", text) is not None
    known, words = _asked(value)
    if known is not None and known.search(text):
        return True
    lowered = text.casefold()
    if not all(word.removesuffix("s") in lowered for word in words):  # most lines: quicker than taking them apart
        return False
    held = {word.removesuffix("s") for word in re.findall(r"\w+", text.casefold())}
    return bool(words) and all(word.removesuffix("s") in held for word in words)


@lru_cache(maxsize=1_024)
def _asked(value: str) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    """The pattern of a name that is known, and the words of any."""
    known = next((pattern for name, pattern in _NAMES if name.casefold() == value.casefold()), None)
    return known, tuple(word for word in re.findall(r"\w+", value.casefold()) if word not in _NOT_IN_NAME)
