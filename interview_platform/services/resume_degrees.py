"""What one line says of studies: degrees, their fields, schools. Pure; places index the given line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FACULTY = (
    r"(?:applied |professional |fine |liberal |medical |health |social |computer |general |performing |industrial |"
    r"political |human |administrative |international |business |veterinary |dental |visual |public |information )*"
    r"(?:arts?(?: and (?:letters|sciences?))?|sciences?|business|administration|commerce|engineering|education|laws?|"
    r"technology|philosophy|medicine|surgery|social work|music|health|architecture|nursing|divinity|design|economics|"
    r"management|applications|pharmacy|accountancy|dentistry|journalism|theology|communications?|letters|studies|"
    r"teaching|policy|arch|theatre|theater|surgery|jurisprudence|tourism|agriculture|affairs)\b"
)
_LONG = (
    r"(?:(?:executive|joint|double|dual|advanced|specialist|honou?rs|graduate|post[- ]?graduate|undergraduate) )?"
    r"(?:bachelors?|masters?|associates?|doctors?|doctorate|doctoral|magister|licen[cs]iate)\b(?:[’']s?)?"
    rf"(?: degrees?| diploma)?(?:\s*of\s+{_FACULTY}(?:\s+(?:and|"
    rf"&)\s+{_FACULTY})?)?(?: degrees?)?(?:\s*\((?:[A-Za-z. ]{{2,14}})\))?"
)
_SHORT = (
    r"(?:BS|MS)(?:EE|ME|CS|BA|CE|IT|IS|CIS|ChE)|B\.?\s?Sc\.?|M\.?\s?Sc\.?|B\.?\s?S\.?\s?N\.?|"
    r"M\.?\s?S\.?\s?N\.?|B\. ?S\.?|M\. ?S\.?|BS|MS|B\. ?A\.?|M\. ?A\.?|BA|MA|"
    r"B\.?\s?Eng\.?|M\.?\s?Eng\.?|B\.?E\.?|B\.?\s?Tech\.?|M\.?\s?Tech\.?|BBA|B\.B\.A\.?|M\.?B\.?A\.?|EMBA|MPA|MPH|MSW|BSW|"
    r"M\.?\s?Ed\.?|B\.?\s?Ed\.?|Ed\.?D\.?|Ph\.?\s?D\.?|DPhil|BFA|MFA|B\.F\.A\.?|M\.F\.A\.?|B\.?\s?Com(?:m)?\.?|M\.?\s?Com\.?|"
    r"LL\.?B\.?|LL\.?M\.?|J\.?D\.?|M\.?D\.?|D\.?D\.?S\.?|Pharm\.?D\.?|A\.?A\.?S\.?|A\.A\.?|A\.S\.?|AA|AS|ADN|BCA|MCA|BCIS|MIS|"
    r"MB BCh(?: BAO)?|MB ?ChB|MBBS|BDS|BVSc|BSC|MSC|BENG|MENG|PHD|BTECH|MTECH|BCOM|MCOM|MRes|MPhil|"
    r"M\.?Phil\.?|BArch|MArch|B\.Arch\.?|"
    r"M\.Arch\.?|HND|HNC|NVQ|BTEC|GCSEs?|A[- ]Levels?|PGCE|Abitur|Licence|Dipl\.-Ing\.|"
    r"Dr\.-Ing\.|Dr\. ?rer\. ?nat\.|Diplom|Magister|Licenciatura|Laurea(?: Magistrale)?|"
    r"Grado|Máster|Maîtrise|Doctorado|"
    r"Doctorat|Mestrado"
)
_SCHOOL_LEVEL = (
    r"(?i:high school (?:diploma|degree|graduate|equivalency|certificate)|h\.?s\.? diploma|g\.?e\.?d\.?|"
    r"general education(?:al)? (?:diploma|development)|secondary school certificate|matriculation|baccalaur[eé]ate?)"
)
_OTHER = (
    r"(?i:(?:(?:post[- ]?graduate|graduate|advanced|technical|leaving|professional|vocational|national|trade|"
    r"higher|honou?rs) )*"
    r"(?:diploma|certificate)s?(?: program| of(?: [a-z]+(?: education)?))?)"
)
DEGREE = re.compile(
    rf"(?<![\w.])(?:{_SCHOOL_LEVEL}|(?i:{_LONG})|(?:{_SHORT})(?:\s?\((?:Hons?|Honours|Honors)\.?\)|"
    rf"\s(?:[Hh]ons\b\.?|Honours|Honors))?(?: [Dd]egree)?"
    rf"|{_OTHER})(?![\w@’'])"
)
_KEY = (
    r"(?:universit\w*|escuela|escola|scuola|uniwersytet|univ\.?|universidade?|université|universität|college|school|institute?|institut[eo]?|academy|académie|"
    r"polytechnic|politecnico|école|hochschule|conservatory|seminary|cegep|lyc[eé]e|gymnasium|ii[tm]|mit|nit)"
)
_SCHOOL_KEY = re.compile(rf"(?<![\w@.]){_KEY}(?![\w@])", re.I)
_CAPITALS = (
    r"(?: {1,2}(?!(?i:university|college|school|institute|bachelor|master|associate|minor|state|"
    r"city|ms|bs|ma|ba|mba|phd)\b)(?:St\.|[A-Z](?:[\w'’-]|\.(?=\w))*))"
)
_AFTER = re.compile(
    rf"(?:\.? ?[,-]? {{1,2}}(?:(?i:of|at|for|in|de)|für)(?: (?i:the|la|el|los))?{_CAPITALS}+"
    rf"(?:(?:, [A-Z]\w+){{0,2}} (?:and|&|"
    rf"AND){_CAPITALS}{{1,2}})?)+"
    r"(?:(?:,|\s[-–]|,?\s+at)\s?[A-Z][\w.]+(?:\s[A-Z][a-z]+)?(?=\s*(?:$|\t)))?"
    r"| (?:System|Online|District|East|West|North|South|Amherst|Northridge)\b"
    r"|(?<=State University)(?:,\s|\s[-–]\s)(?:[A-Z][\w.]+)(?:\s[A-Z][a-z]+)?(?=\s*(?:$|\t))"
    r"|(?<=\bII[TM]|\bNIT) [A-Z]\w+|(?<=University College) [A-Z]\w+"
    r"|(?<=College) (?:London|Dublin|Cork|Galway|Belfast|Oxford|Cambridge|Park|Station)\b"
)
_NAME_BEHIND = re.compile(
    r"(?i:universidade?|université|universität|universitat|universiteit|università|uniwersytet|escuela|escola|scuola|école|"
    r"instituto|institut|hochschule|politecnico)\b(?=\s)"
)
_BEHIND = re.compile(
    r"(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|da|do|dos|das|del|della|di|des|du|la|le|les|"
    r"l['’]\w+|d['’]\w+|für|e|y|et|i|w|\d{1,2}(?=\s*$)))+"
)  # "Escola Superior de Hotelaria e Turismo do Estoril"
_BEFORE = re.compile(r"(?:[A-Z][\w.’']*|of|the|at|and|&|for|de|del|St\.)(?:[-–/'’][A-Z]?\w+)*$")
FIELD_WORDS = frozenset(
    """
    accounting administration architecture art arts biology business chemistry communication communications computer
    criminal culinary design development economics education electrical engineering english finance general health
    history hospitality human information international journalism justice law leadership liberal literature
    management marketing mathematics mechanical media medical music networking nursing philosophy physics political
    project psychology public relations resource resources science sciences social sociology software studies systems
    teaching technology theatre theology therapy training work writing
    """.split()  # noqa: SIM905
)
_NOISE = re.compile(r"\bCity\b(?:\s*,\s*(?:State\b|[A-Z]\w+))?(?:\s*,\s*(?:USA?|United States|Country|[A-Z]\w+)\b)?")
_STOPS = re.compile(
    r"\t|\s[|·•]\s|\s\(|\bGPA\b|\bc?gpa\b|\b[Ww]ith\b|\b[Mm]inor\b|\b[Gg]raduated?\b|\bCoursework\b|\b[Ff]rom\b|"
    r"[.;](?:\s|$)|\s\d\.\d|\bExpected\b|\bCum Laude\b|\bMagna\b|\bSumma\b|\b(?:at|from) (?=[A-Z])|:\s",
)
_IN = re.compile(r" in (?P<study>[A-Z][\w&/ -]{3,60}?)\s*: (?=[A-Z])")
_LEAD = re.compile(
    r"^[\s:,.;|–—/-]*(?:(?:in|of)\s+(?:the\s+)?|major(?:ing)?\s*(?:in|:)\s*|concentration\s*(?:in|:)\s*)?(?:degree\s+in\s+)?",
    re.I,
)


@dataclass(frozen=True)
class Named:
    """A degree or a school in a line, with its characters; a degree may have a field."""

    kind: str  # "degree" or "school"
    text: str
    start: int
    end: int
    field: str = ""


def unmasked(line: str) -> str:
    """The line with its placeholder places ("City , State") as a gap; every character keeps its place."""
    return _NOISE.sub(lambda found: "\t" + " " * (len(found.group()) - 1), line)


def named(line: str) -> list[Named]:
    """Degrees and schools in the order they stand in; `line` is without dates (they are gaps)."""
    degrees = [found for found in DEGREE.finditer(line) if not _part_of_school(line, found)]
    schools = _schools(line, degrees)
    kept = [
        found for found in degrees if not any(start < found.end() and found.start() < end for start, end in schools)
    ]
    kept = [found for number, found in enumerate(kept) if not (number and _explains(line, kept[number - 1], found))]
    made = [Named("school", _tidy(line[start:end]), start, end, _before(line[:start], kept)) for start, end in schools]
    for found in kept:
        stop = min(
            [start for start, _ in schools if start >= found.end()]
            + [o.start() for o in kept if o.start() > found.start()]
            + [len(line)]
        )
        more = _IN.match(line, found.end(), stop)  # "Diploma in Business Administration : Finance"
        end = more.end("study") if more else found.end()
        made.append(Named("degree", _tidy(line[found.start() : end]), found.start(), end, _field(line[end:stop])))
    return _one_school_each(sorted(made, key=lambda item: item.start))


def _one_school_each(held: list[Named]) -> list[Named]:
    """Without the schools of a university ("Columbia University - School of Law"), which follow it at once."""
    return [
        item for number, item in enumerate(held) if number == 0 or not item.kind == held[number - 1].kind == "school"
    ]


def _before(text: str, degrees: list[re.Match[str]]) -> str:
    """The field of study that stands before a school where no degree does."""
    bare = _tidy(text.split("\t")[0])
    words = bare.split()
    capitals = bool(words) and words[0][0].isupper() and len(words) <= 6 and bool(re.search(r"[^\W\d_]{4}", bare))
    return bare if capitals and not degrees and not re.search(r"[.:;]|\bGPA\b", bare) else ""


def _part_of_school(line: str, found: re.Match[str]) -> bool:
    """ "MA" after a town, "Master's College": letters that are no degree here."""
    state = re.fullmatch(r"MA|MS|MD|AS", found.group()) and re.search(r"[a-z]{2,},\s*$", line[: found.start()])
    return bool(state)


def _explains(line: str, other: re.Match[str], found: re.Match[str]) -> bool:
    """Whether a degree in brackets only spells out the one before it ("M.Com (Master of Commerce)")."""
    return bool(re.fullmatch(r"\s*\(\s*", line[other.end() : found.start()]))


def _schools(line: str, degrees: list[re.Match[str]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    levels = [found.span() for found in degrees if re.search("school|certificate", found.group(), re.I)]
    for key in _SCHOOL_KEY.finditer(line):
        if (spans and key.start() < spans[-1][1]) or any(start <= key.start() < end for start, end in levels):
            continue
        lowest = max([0, *(end for _, end in spans), *(d.end() for d in degrees if d.end() <= key.start())])
        start = _school_start(line, lowest, key.start())
        after = _AFTER.match(line, key.end()) or (
            _BEHIND.match(line, key.end()) if _NAME_BEHIND.match(line, key.start()) else None
        )
        end = after.end() if after else key.end()
        if start == key.start() and not after and not key.group().isupper():
            continue  # the word alone names no school
        spans.append((start, end))
    return spans


def _school_start(line: str, lowest: int, key: int) -> int:
    """Where a school's name begins: capitalised words before the key word, not those of a field of study."""
    gap = max(line.rfind("\t", lowest, key), line.rfind(",", lowest, key), line.rfind(":", lowest, key))
    gap = max(gap, line.rfind("- ", lowest, key), line.rfind("– ", lowest, key), line.rfind("|", lowest, key))
    gap = max(gap, line.rfind("(", lowest, key))
    lowest = max(lowest, gap + 1)
    after_degree = bool(line[:lowest].strip())
    whole = re.match(r"(?i:university)\s+of\b", line[key:])  # "Management University of Ohio"
    start, taken = key, 0
    while taken < 7:
        found = _BEFORE.search(line[lowest:start].rstrip())
        if not found:
            break
        word = found.group().casefold()
        if word in FIELD_WORDS and after_degree and (taken or whole):
            break
        start, taken = lowest + found.start(), taken + 1
        if found.group() == "The":
            break  # a name begins here
    while re.match(r"(?:of|the|at|and|&|for|de|in)\s", line[start:key]):
        start += re.match(r"\w+\s+|&\s+", line[start:key]).end()  # type: ignore[union-attr]
    return start


def _field(after: str) -> str:
    """The field of study from what follows a degree."""
    bracket = re.match(r"\s*\(([A-Z][^()]{3,60})\)", after)
    if bracket and not DEGREE.match(bracket.group(1)):
        return bracket.group(1)
    lead = _LEAD.match(after)
    rest = after[lead.end() :] if lead else after
    stop = _STOPS.search(rest)
    rest = rest[: stop.start()] if stop else rest
    rest = _once(_tidy(re.sub(r"[,\s]+\d{0,2}$", "", re.sub(r"\s+,", ",", rest).strip())))
    words = rest.split()
    named_so = bool(rest) and (rest[0].isupper() or re.match(r"\s*(?::|in\b)", after))
    return rest if named_so and len(words) <= 10 and re.search(r"[^\W\d_]{2}", rest) else ""


def _once(field: str) -> str:
    """A field that is written twice in a row, as once."""
    words = field.split()
    for size in range(1, len(words)):
        tail = words[size : 2 * size]
        if tail and words[: len(tail)] == tail and (size > 1 or len(words) == 2):
            return " ".join(words[:size])
    return field


def _tidy(part: str) -> str:
    return re.sub(r"^[^\w(]+|[\s,:;|(–—/-]+$|(?<=[a-z]{4})\.$", "", " ".join(part.split()))[:200]
