"""Where a job is, read from a post: "Location: York", "based in San Mateo, California", "(Remote)". Pure."""

from __future__ import annotations

import re

from interview_platform.services import job_towns
from interview_platform.services.job_lines import COMPANY, FORMAL, OFFER, Clause

_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|"
    "Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|"
    "Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|"
    "Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|"
    "Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta|New South Wales|Queensland|Bavaria"
)
_CODES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|"
    "RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|ON|QC|BC|AB|NSW|VIC|QLD|UK|USA"
)
_NAMED_COUNTRIES = (
    ("United States", r"\bU\.?S\.?A?\.?\b|\bUs\b(?= [Cc]itizen)|\bUnited States\b|\bAmerican? citizen"),
    ("United Kingdom", r"\bU\.?K\.?\b|\bUnited Kingdom\b|\bBritain\b|\bBritish (?:citizen|national)"),
    ("European Union", r"\bE\.?U\.?\b|\bEuropean Union\b"),
    *((name, rf"\b{name}\b") for name in (
        "Ireland", "Germany", "France", "Spain", "Portugal", "Italy", "Netherlands", "Belgium", "Austria",
        "Switzerland",
        "Sweden", "Norway", "Denmark", "Finland", "Poland", "Czechia", "Hungary", "Romania", "Bulgaria", "Greece",
        "Turkey",
        "Canada", "Mexico", "Brazil", "Argentina", "Chile", "Colombia", "Australia", "New Zealand", "India", "Pakistan",
        "Bangladesh", "Singapore", "Malaysia", "Philippines", "Indonesia", "Japan", "South Korea", "China", "Hong Kong",
        "Israel", "Egypt", "Kenya", "Nigeria", "Ghana", "South Africa", "Saudi Arabia", "Qatar", "United Arab Emirates",
    )),
)  # fmt: skip
COUNTRIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(how)) for name, how in _NAMED_COUNTRIES)
"""Name of a country and how a post writes it."""
_COUNTRY = "|".join(name for name, _ in _NAMED_COUNTRIES)
_TOWN = (
    r"(?<![\w'’-])[A-Z][\w.'’-]{1,30}(?:[ -](?:of|the|upon|on|de|la|le|am)(?=[ -][A-Z]))?"
    r"(?:[ -][A-Z][\w'’-]{1,30}){0,3}"
)
_PLACE = re.compile(
    rf"(?P<town>{_TOWN})(?:,\s*|\s*-\s*)(?P<region>(?:{_CODES})\b(?! (?:Project|Office|Excel|Word|Teams|Access|"
    rf"Windows))|(?:{_STATES})\b|(?:{_COUNTRY})\b)"
)
_LABEL = re.compile(
    r"(?:^|\n)[ \t*•-]*(?:job |work |office |primary )?(?:locations?|based|where|place of work|workplace)\s*[:–-]\s*"
    r"(?P<place>[^\n(;|]{2,60})",
    re.I,
)
_BASED = re.compile(
    rf"\b(?:based|located|position|role|office|job|work(?:ing)?|studio|campus|clinic|store|school|restaurant|hospital|cafe|café|bar|shop|kitchen|practice|warehouse|plant|site|area|"
    rf"Designer|Manager|Engineer|team)\b[^.;\n]{{0,40}}?\b(?:in|at|out of|for [\w&'’. ]{{2,30}} in)\s+(?:the |our |"
    rf"downtown |"
    rf"beautiful |vibrant |city of |vibrant city of )*(?P<place>{_TOWN})"
)
_OFFICE = re.compile(
    rf"\b(?:from|in|at|to) (?:the|our) (?P<place>{_TOWN}) (?:(?:head|main|regional|local) )?(?:office|studio|"
    rf"campus|clinic|"
    rf"store|school|restaurant|hospital|site|area|depot|warehouse|yard|factory|plant|branch|hub|surgery|garage|works)\b"
)
_OUR_OWN = re.compile(
    rf"\b(?:from|in|at|to) our (?P<place>{_TOWN}) (?:(?:head|main|regional|local) )?(?:office|studio|clinic|"
    rf"store|school|site|"
    rf"depot|warehouse|yard|factory|plant|branch|hub|surgery|garage|works)\b|"
    rf"\bour (?:[\w-]+ )?(?:lines|plant|works|mill|brewery|site|factory|depot|farm|yard|surgery|practice|garage|"
    rf"salon|shop|"
    rf"store|ward|kitchen|school) (?:in|at) (?P<other>{_TOWN})|"
    rf"\b(?:based|located) (?:in|at|from) (?:our )?(?P<third>{_TOWN})(?= (?:office|depot|site|branch|yard)\b|[.,;\n])"
)
"""The employer's own place, said so plainly that the town need not be a known one: "our Wakefield depot"."""
_HEADED = re.compile(
    rf"^(?:[A-Z][\w'’&.-]*(?: (?:[A-Z][\w'’&.-]*|of|and|the|for|&)){{1,5}}), (?P<place>{_TOWN})(?=\s*(?:[-–|(]|$))"
)
"""A line under the title: "Beaufort Academy, Plymouth - from January"."""
_AROUND = re.compile(
    rf"(?:,|\s[-–|])\s+(?P<place>{_TOWN})(?= (?:area|region|and (?:the )?(?:surround\w+|villages|nearby|"
    rf"district)|district)\b)"
)
_AT_EMPLOYER = re.compile(rf"^[^.\n]{{4,70}}? (?:at|for|with) [A-Z][^.,\n]{{2,40}}, (?P<place>{_TOWN})(?=\.?(?:\s|$))")
_ELSEWHERE = re.compile(
    r"headquarter|\bHQ\b|founded|residents of|police code|offices? (?:in|across|around)|\blaws?\b|\bborn\b", re.I
)
_REMOTE = re.compile(
    r"\((?:fully |100% )?remote\)|\b(?:fully|100%|completely) remote\b|\bremote[- ](?:position|role|job|only|"
    r"opportunity)\b|"
    r"\b(?:role|position|job) is (?:fully )?remote\b|\bwork from (?:home|anywhere)\b(?= (?:role|position|job))|"
    r"-\s*remote\s*$",
    re.I | re.M,
)
_IN_TOWN = re.compile(
    rf"\b(?:in|at|near|outside|around|from|(?:for|at|in|to|of) (?:its|our|their)|our|serving) "
    rf"(?:central |downtown |beautiful |sunny |north |south |east |west )?(?P<place>{_TOWN})"
)
_GOES_ON = re.compile(
    r"\s*(?:[.,;:()|–-]|$|\n)|\s+(?:with|and|to|for|is|are|who|where|which|that|on|from|has|have|needs?|"
    r"seeks?|requires?|"
    r"as|at|looking|since|area|region|or|we|you|offers?|wants?|serving)\b"
)
_OUR_PLACE = re.compile(
    r"\b(?:at|in|from) our (?:[\w-]+ )?(?:roastery|bakery|kitchen|shop|store|salon|clinic|surgery|"
    r"practice|studio|workshop|"
    r"warehouse|depot|factory|plant|fab|farm|brewery|school|nursery|garage|office|lab|laboratory|yard|branch|site) in "
    r"(?P<place>[^\W\d_]{3,20})(?=[.,;\n])"
)
"""The employer's own place, whether or not the town is known or has its capital."""
_NOT_TOWNS = frozenset(
    """
    the our your this a an we you excel word microsoft python java sales marketing finance english bachelor's required
    knowledge experience proficiency familiarity europe asia africa america including
    september october november december january february march april june july august monday tuesday wednesday thursday
    friday human healthcare hr it engineering mathematics business accounting computer life private public
    """.split()  # noqa: SIM905
)


_NO_TOWN_AT_ALL = frozenset(
    """
    permanent temporary full part time hybrid remote contract monday tuesday wednesday thursday friday saturday sunday
    apprenticeship internship trainee department ltd limited inc plc gmbh llp group team research operations legal
    customer support success people product design data education commercial
    """.split()  # noqa: SIM905
)
"""What stands where a town would and is none: "Full Time, Permanent"."""


def places(text: str) -> list[tuple[str, int, int]]:
    """Places written with their region ("Tampa, FL"): (as written, start, end)."""
    return [
        (" ".join(f"{match['town']}, {match['region']}".split()), *match.span())
        for match in _PLACE.finditer(text)
        if match["town"].split()[0].casefold() not in _NOT_TOWNS and not match["town"].isupper()
    ]


def location(post: str, clauses: list[Clause]) -> str:
    """The job's place, "Remote", or "" where the post does not say."""
    labelled = _LABEL.search(post)
    if labelled:
        said = " ".join(labelled["place"].split()).strip(" ,.-")
        known = places(said)
        return known[0][0] if known and len(known[0][0]) >= len(said) - 4 else said[:200]
    head = post.strip().split("\n", 1)[0]
    if _REMOTE.search(head):
        return "Remote"
    named = _in_title(head) or _in_head(post) or _headed(post) or _in_clauses(post, clauses)
    named = named or _segment(post) or _told(post, clauses)
    return named or ("Remote" if _REMOTE.search(post) else "")


def _in_title(head: str) -> str:
    """A place at the title's end, after a dash or in brackets."""
    tail = re.search(rf"(?:\s[-–|]\s|\(|,\s*)(?P<place>{_TOWN}(?:,\s*\w[\w .]+)?)\)?\s*$", head)
    if tail is None:
        return ""
    known = places(tail["place"])
    return known[0][0] if known else tail["place"] if tail["place"] in CITIES else ""


def _headed(post: str) -> str:
    """A town that is not among the known ones, where the head of a post names it as its own."""
    early = [line.strip() for line in post.split("\n") if line.strip()][:4]
    for number, line in enumerate(early):
        found = _AROUND.search(line) or _AT_EMPLOYER.match(line)
        if found is None and number and line[-1] not in ".!?":
            found = _HEADED.match(line)
        if found and _is_town(found["place"]) and not _ELSEWHERE.search(line):
            return found["place"].strip(" .")
    return ""


def _segment(post: str) -> str:
    """A town by itself between dashes, commas or strokes in one of the first lines."""
    early = [line.strip() for line in post.split("\n") if line.strip()][:5]
    for line in early:
        if _ELSEWHERE.search(line):
            continue
        pieces = re.split(r"\s*[|,()]\s*|\s+[-–—]\s+|\.\s", line[:160])
        for piece in pieces[1:] if len(pieces) > 1 else []:
            name = re.sub(r"(?i)\s+(?:area|and (?:the )?surround.*)$", "", piece).strip(" .")
            if name[:1].isupper() and job_towns.is_town(name):
                return name
    return ""


def _told(post: str, clauses: list[Clause]) -> str:
    """The first town that the text says the work or the employer is in; the employer's own story counts last."""
    later = ""
    for clause in clauses:
        if clause.part in (OFFER, FORMAL):
            continue
        plain = _OUR_PLACE.search(post, clause.start, clause.end)
        if plain and plain["place"].casefold() not in _NOT_TOWNS | _NO_TOWN_AT_ALL:
            return plain["place"]
        for match in _IN_TOWN.finditer(post, clause.start, clause.end):
            if _ELSEWHERE.search(post, max(clause.start, match.start() - 24), match.end()):
                continue
            town = re.split(r"\.\s", match["place"])[0].strip(" .")
            town = town if job_towns.is_town(town) and _ends(post, match, len(town)) else ""
            if town and clause.part != COMPANY:
                return town
            later = later or town
    return later


def _ends(post: str, match: re.Match[str], long: int) -> bool:
    """Whether a place ends here: not "in Roman cuisine"; "our Harrogate team" goes on with the employer's own."""
    if re.search(r"(?i)\b(?:our|its|their)\s", match.group()):
        return True
    return bool(_GOES_ON.match(post, match.start("place") + long))


def _is_town(name: str) -> bool:
    words = {word.casefold() for word in name.split()}
    return not words & (_NOT_TOWNS | _NO_TOWN_AT_ALL)


def _in_head(post: str) -> str:
    """A town, or "remote", in one of the short lines under the title."""
    early = [line.strip() for line in post.split("\n") if line.strip()][:6]
    for line in (one for one in early if len(one.split()) <= 12 and one[-1] not in ".!?"):
        if _ELSEWHERE.search(line):
            continue
        if known := places(line):
            return known[0][0]
        town = _TOWNS.search(line)
        if town or re.match(r"(?:fully |100% )?remote\b", line, re.I):
            return town.group() if town else "Remote"
    return ""


def _in_clauses(post: str, clauses: list[Clause]) -> str:
    """The place named most plainly: with its region and as the role's own; else after "based in"."""
    best: list[tuple[int, int, str]] = []
    for clause in clauses:
        if clause.part == OFFER or _ELSEWHERE.search(clause.line):
            continue
        own = 2 * bool(re.search(r"\b(?:position|role|based|must|seeking|looking|join|office|located)\b", clause.line))
        weight = own - 2 * (clause.part == COMPANY)
        best += [
            (weight + 1, -clause.start - start, name) for name, start, _ in places(post[clause.start : clause.end])
        ]
        for match in (
            *_BASED.finditer(post, clause.start, clause.end),
            *_OFFICE.finditer(post, clause.start, clause.end),
        ):
            town = match["place"].strip()
            if town.split()[0].casefold() not in _NOT_TOWNS and town in CITIES:
                best.append((weight, -match.start(), town))
        for match in _OUR_OWN.finditer(post, clause.start, clause.end):
            town = (match["place"] or match["other"] or match["third"]).strip()
            if _is_town(town):
                best.append((weight - 1, -match.start(), town))
    return max(best)[2] if best else ""


CITIES = frozenset(
    """
    New York|New York City|Los Angeles|Chicago|Houston|Phoenix|Philadelphia|San Antonio|San Diego|Dallas|San Jose|
    Austin|
    San Francisco|Seattle|Denver|Boston|Washington|Nashville|Portland|Las Vegas|Detroit|Memphis|Baltimore|Milwaukee|
    Atlanta|
    Miami|Tampa|Orlando|Raleigh|Charlotte|Minneapolis|Cleveland|Pittsburgh|Cincinnati|St. Louis|Kansas City|Sacramento|
    Oakland|Brooklyn|Manhattan|Bronx|Queens|Honolulu|Salt Lake City|London|Manchester|Birmingham|Leeds|Glasgow|
    Edinburgh|
    Liverpool|Bristol|Sheffield|Cardiff|Belfast|Newcastle|Nottingham|Leicester|Cambridge|Oxford|York|Brighton|Southampton|
    Dublin|Cork|Galway|Berlin|Hamburg|Munich|Cologne|Frankfurt|Stuttgart|Düsseldorf|Leipzig|Paris|Lyon|Marseille|Toulouse|
    Madrid|Barcelona|Valencia|Seville|Lisbon|Porto|Rome|Milan|Turin|Naples|Amsterdam|Rotterdam|The Hague|Utrecht|
    Eindhoven|
    Brussels|Antwerp|Ghent|Vienna|Graz|Zurich|Geneva|Basel|Bern|Stockholm|Gothenburg|Malmö|Oslo|Bergen|Copenhagen|Aarhus|
    Helsinki|Warsaw|Kraków|Krakow|Wrocław|Gdańsk|Prague|Brno|Budapest|Bucharest|Cluj-Napoca|Sofia|Athens|Thessaloniki|
    Istanbul|Ankara|Izmir|Toronto|Vancouver|Montreal|Calgary|Ottawa|Mexico City|São Paulo|Rio de Janeiro|Buenos Aires|
    Santiago|Bogotá|Lima|Sydney|Melbourne|Brisbane|Perth|Adelaide|Auckland|Wellington|Bangalore|Bengaluru|Mumbai|Delhi|
    New Delhi|Hyderabad|Chennai|Pune|Kolkata|Karachi|Lahore|Dhaka|Singapore|Kuala Lumpur|Manila|Jakarta|Bangkok|Tokyo|
    Osaka|
    Seoul|Shanghai|Beijing|Shenzhen|Hong Kong|Taipei|Tel Aviv|Dubai|Abu Dhabi|Doha|Riyadh|Cairo|Nairobi|Lagos|Accra|
    Johannesburg|Cape Town|Durban|Casablanca
    """.replace("\n", "")
    .replace("    ", "")
    .strip()
    .split("|")
)
"""Towns that a post names without a region."""
_TOWNS = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, CITIES), key=len, reverse=True))})(?![\w-])")
