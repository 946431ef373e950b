"""The name a résumé is of: how names are shaped, in whatever culture. Pure."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from interview_platform.services import skills as vocabulary
from interview_platform.services.rank_lexicon import lexicon
from interview_platform.services.resume_private import PLACE
from interview_platform.services.resume_sections import heading
from interview_platform.services.resume_titles import has_title_word

_NAME_LINES = 8
_PARTICLES = frozenset(
    """
    de da do das dos du des van von der den del della di bin binti ibn al el la le e y i ben bat ter ten zu zur af av
    abu st st. san santa mac mc o' d' ap
    """.split()  # noqa: SIM905
)
_BEFORE = re.compile(
    r"^(?:(?:dr|mr|mrs|ms|mx|miss|prof|professor|sir|dame|rev|hon|eng|ing|capt|sgt)\b\.?\s+)+(?=\S)", re.I
)
_AFTER = re.compile(
    r"(?:,?\s*(?:\b(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|mba|m\.?sc|b\.?sc|b\.?a|m\.?a|m\.?s|rn|bsn|msn|cpa|pmp|esq|phr|sphr|shrm-s?cp|"
    r"cfa|pe|p\.e|lpn|cna|dds|do|jd|ll\.?m|ll\.?b|edd|dnp|np|aprn|fnp-?c?|lcsw|ma|ms|rd|cissp|acca|ca|csm|mph|m\.?ed|eit|"
    r"leed ap|aia|cfp|cma|cia|csp|chef|mrics|frcs|meng|beng)\b\.?|\((?:she|he|they|her|him|them|ze|hers|"
    r"his|theirs|[/ ])+\)))+$",
    re.I,
)
_PARTS = re.compile(r"\t|\s*[|·•]\s*|\s{3,}|\s[–—-]\s|,\s(?=(?:[A-Z][\w.]*\s)*(?:RN|CPA|PhD|MBA|MD|PMP|MSc|BSc|Esq)\b)")
_WORD = re.compile(r"[^\W\d_][^\W\d_.'’`-]*\.?(?:[-'’`.][^\W\d_]+\.?)*|\([^\W\d_]+\)|[“\"][^\W\d_]+[”\"]")
_NOT_NAMES = frozenset(
    """
    resume résumé cv curriculum vitae profile summary objective confidential page contact your name here address email
    e-mail mail phone mobile tel telephone street avenue road city state university college school inc llc ltd company
    experience education skills references portfolio linkedin github website updated last january february march july
    september october november december north south east west united states kingdom republic present the and
    for with of in to professional
    """.split()  # noqa: SIM905
)
_TRADE_NAMES = frozenset(
    """
    archer baker barber bishop brewer butcher butler carpenter carter chandler cook cooper dean draper driver dyer
    farmer fisher fletcher forester gardener glover hunter judge king major marshal marshall mason miller painter page
    parson pastor porter potter priest sadler sales sawyer sergeant shepherd singer skinner slater smith spicer steward
    tailor taylor teacher thatcher turner tyler walker warden weaver webster wheeler
    """.split()  # noqa: SIM905
)
_RANKS = frozenset(
    """
    senior junior lead head chief executive assistant associate deputy general staff master apprentice trainee student
    sous pastry line prep night day house school truck bus taxi delivery retail store private personal certified
    licensed registered freelance professional experienced interim regional national area field shift site kitchen
    grill fry short order stone brick tree master landscape portrait wall auto car street opera jazz lounge church youth
    youth associate art music math science english substitute primary elementary secondary preschool kindergarten yoga
    high dance drama french spanish team assistant university
    """.split()  # noqa: SIM905
)
_MOST_NAMES = 5


def name_of(head: str, reachable: bool, mailbox: str = "") -> str:
    """The person's name: capitalised words near the top, most surely those that her e-mail address repeats.

    Without any contact details the top is a headline rather than a name, unless it is labelled as one or holds a
    word that is no English one.
    """
    mailbox = plain(mailbox.split("@")[0])
    shaped: list[str] = []
    for line in head.split("\n")[:_NAME_LINES]:
        labelled = re.match(r"\s*(?:full )?name\s*[:–-]\s*(.+)", line, re.I)
        parts = [_stripped(part) for part in _PARTS.split(labelled.group(1) if labelled else line)]
        named = [part for part in parts if _has_shape(part)]
        if named and labelled:
            return cased(named[0])
        shaped.extend(named)
    if not reachable:
        first = _stripped(next((line for line in head.split("\n") if line.strip()), ""))
        return first if first in shaped and _sure(first) else ""
    shaped = [_whole(part, head, mailbox) for part in shaped] + _two_lines(head, mailbox)
    repeated = [part for part in shaped if any(len(word) > 2 and plain(word) in mailbox for word in part.split())]
    likely = [part for part in shaped if not _says_work(part)]
    return cased(next(iter(repeated + likely), "")) or _spaced(head)


def _whole(part: str, head: str, mailbox: str) -> str:
    """A name that goes on in the next line, alone there: the e-mail address repeats what stands in it."""
    held = [line.strip() for line in head.split("\n")[:_NAME_LINES]]
    if part not in held[:-1] or len(part.split()) >= _MOST_NAMES:
        return part
    if held[1] == part and _begins_name(held[0]) and any(_is_name_word(word, mailbox) for word in part.split()):
        return f"{held[0]} {part}"
    rest = held[held.index(part) + 1]
    return f"{part} {rest}" if _is_name_word(rest, mailbox) else part


def _begins_name(line: str) -> bool:
    """Whether a line could be the first half of a name that goes on below."""
    words = line.split()
    shaped = 1 <= len(words) <= 2 and all(_WORD.fullmatch(word) and word[0].isupper() for word in words)
    return shaped and not heading(line) and not _says_work(line) and words[0].casefold() not in _NOT_NAMES


def _two_lines(head: str, mailbox: str) -> list[str]:
    """A name written one word a line, the first two lines of the top that hold nothing else."""
    whole = re.sub(r"-\n\s*(?=[A-Z])", "-", head)  # "Adebayo-" / "Clarke"
    held = [line.strip() for line in whole.split("\n")[:_NAME_LINES] if line.strip()]
    pairs = [f"{one} {other}" for one, other in pairwise(held[:4]) if len(one.split()) == len(other.split()) == 1]
    return [pair for pair in pairs if _has_shape(pair) and any(_is_name_word(word, mailbox) for word in pair.split())]


def _is_name_word(word: str, mailbox: str) -> bool:
    """Whether a lone capitalised word stands in the mailbox, as a whole or by the last letters of its compound."""
    shaped = bool(_WORD.fullmatch(word)) and word[0].isupper() and not heading(word) and not _says_work(word)
    parts = [plain(part) for part in re.split(r"[-’']", word)]
    return shaped and word.casefold() not in _NOT_NAMES and any(len(part) > 2 and part in mailbox for part in parts)


def _sure(part: str) -> bool:
    """Whether capitalised words are a name although no address follows: one is no English word, none names work."""
    held = lexicon()
    words = [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", part)]
    strange = [word for word in words if word not in held.words]
    return bool(strange) and len(words) <= 4 and not part.isupper() and not _says_work(part)


def cased(name: str) -> str:
    """A name as it is written in a letter: capitals only where they belong."""
    bare = " ".join(name.split())
    if not (bare.isupper() or bare.islower()):
        return bare
    words = [_cased(word) for word in bare.split()]
    return " ".join([words[0], *(word.lower() if word.casefold() in _PARTICLES else word for word in words[1:])])


def same_name(part: str, name: str) -> bool:
    """Whether a line only says the name, however it is written."""
    return bool(name) and plain(_stripped(part)) == plain(name)


def looks_like_name(part: str) -> bool:
    """Whether a line could be a person's name and is no occupation."""
    return _has_shape(_stripped(part)) and not _says_work(_stripped(part))


def plain(text: str) -> str:
    """Lower-case ASCII letters only, as mailboxes have them."""
    text = text.replace("ø", "o").replace("ß", "ss").replace("ł", "l").replace("Ł", "L").replace("đ", "d")
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", text).casefold())


def _stripped(part: str) -> str:
    """Without titles before and letters after."""
    bare = part.strip(" ,;:–—-")
    bare = _BEFORE.sub("", bare)
    return _AFTER.sub("", bare).strip(" ,;:–—-") if " " in bare else bare


def _has_shape(part: str) -> bool:
    words = part.replace(",", " ").split()
    if not 2 <= len(words) <= _MOST_NAMES or len(part) > 60 or heading(part) or part.count(",") > 1:
        return False
    if any(word.casefold().strip(".") in _NOT_NAMES for word in words) or (PLACE.fullmatch(part) and "," in part):
        return False
    if all(len(word.strip(".")) <= 1 for word in words):
        return False
    return all(_WORD.fullmatch(word) and _begins(word) for word in words) and sum(len(word) > 1 for word in words) > 0


def _begins(word: str) -> bool:
    """Names begin with capitals, except particles and scripts without capitals; "d'Angelo", "al-Amin"."""
    return (
        word[0].isupper()
        or not word[0].isascii()
        or word in _PARTICLES
        or bool(re.match(r"(?:d|l|al|el|o)['’-]\w", word))
        or word[0] in '(“"'
    )


def _says_work(part: str) -> bool:
    """Whether capitalised words name an occupation or a field of work: then they are more likely a headline."""
    words = [word.strip(".,").casefold() for word in part.split()]
    if words[-1] in _TRADE_NAMES and not _RANKS.intersection(words[:-1]) and not has_title_word(" ".join(words[:-1])):
        return bool(vocabulary.mentions(" ".join(part.split()[:-1])))  # "Tyrone Baker", but not "Pastry Baker"
    found = vocabulary.mentions(part)
    return has_title_word(part) or any(" " in part[mention.start : mention.end] for mention in found)


def _spaced(head: str) -> str:
    """A name set with a space between its letters ("J A N E   D O E")."""
    for line in head.split("\n")[:3]:
        if re.fullmatch(
            r"\s*(?:[^\W\d_] ){2,}[^\W\d_](?:\s{2,}|\t)(?:[^\W\d_] )+[^\W\d_](?:(?:\s{2,}|"
            r"\t)(?:[^\W\d_] )+[^\W\d_])?\s*",
            line,
        ):
            return cased(" ".join(word.replace(" ", "") for word in re.split(r"\s{2,}|\t", line.strip())))
    return ""


def _cased(word: str) -> str:
    made = re.sub(r"[^\W\d_]+", lambda found: found.group().capitalize(), word)
    made = re.sub(r"\bMc([a-z])", lambda found: "Mc" + found.group(1).upper(), made)
    return re.sub(r"\b(Ii|Iii|Iv)\b", lambda found: found.group().upper(), made)
