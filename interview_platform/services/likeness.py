"""What two candidates have in common that makes them look like one person.

Texts are compared by sketches: 128 least hashes of a text's runs of four words (MinHash). Two sketches agree in about
the share of runs that the texts have in common. A sketch is kept with the source it was made of; those of an
organisation are held in memory, so that a new résumé is compared with a hundred thousand in milliseconds.
"""

from __future__ import annotations

import base64
import re
import threading
import unicodedata
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any
from weakref import WeakKeyDictionary
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from interview_platform.models import Candidate, Resume
from interview_platform.services.text import WORD

SAME_TEXT = 0.8
"""From this share of common runs of words on, two texts are offered as one person's."""
MOST_ALIKE = 10
"""More are not offered at once: an agency's number or a template is shared by hundreds."""
SIZE = 128
_RUN = 4
_FEWEST_RUNS = 60  # a shorter text is alike by chance
_PRIME = np.uint64(4294967311)
_PHONE_DIGITS = 9  # without country code and leading zero
_SEPARATORS = " -().+/"
_MOST_NAMESAKES = 50
_MOST_WORDS = 5
_SELDOM_ACCENTED = "bdfghjklmpqrtvwx0123456789"
_LEGAL = frozenset("inc incorporated llc ltd limited gmbh corp corporation co company plc ag sa bv group the".split())  # noqa: SIM905

Row = NDArray[np.uint16]
_seeds = Random(20240611)  # noqa: S311 - any fixed numbers do, but sketches that are stored must stay comparable
_FACTORS = np.array([_seeds.getrandbits(31) | 1 for _ in range(SIZE)], dtype=np.uint64)
_SHIFTS = np.array([_seeds.getrandbits(31) for _ in range(SIZE)], dtype=np.uint64)


def reasons(db: Session, person: Candidate) -> dict[str, list[str]]:
    """By candidate of the same organisation: why it may be this person, in words for people."""
    found: dict[str, list[str]] = {}
    namesakes = []
    for other in db.exec(_likely(person)):
        if person.email and other.email and mailbox(other.email) == mailbox(person.email):
            found.setdefault(other.id, []).append("same e-mail address")
        if person.phone and other.phone and digits(other.phone) == digits(person.phone):
            found.setdefault(other.id, []).append("same telephone number")
        if same_name(person.name, other.name):
            namesakes.append(other)
    for other_id, why in _of_namesakes(db, person, namesakes):
        found.setdefault(other_id, []).append(why)
    for other_id, share in _same_text(db, person).items():
        found.setdefault(other_id, []).append(f"nearly the same text ({share:.0%})")
    return dict(sorted(found.items(), key=lambda one: -len(one[1]))[:MOST_ALIKE])


def mailbox(email: str) -> str:
    """An address as it is compared: lower case, without a +tag."""
    name, _, domain = email.casefold().partition("@")
    return f"{name.split('+')[0]}@{domain}"


def digits(phone: str) -> str:
    """A telephone number as it is compared: its last digits; "" for what is too short to be one."""
    held = re.sub(r"\D", "", phone)
    return held[-_PHONE_DIGITS:] if len(held) >= _PHONE_DIGITS else ""


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: two words in common, none that contradict."""
    first, second = _name_words(one), _name_words(other)
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= 2 and shorter <= longer


def company_key(name: str) -> str:
    """An employer's name as it is compared: folded, without its legal form."""
    return " ".join(word for word in plain(name).split() if word not in _LEGAL)


def sketch(text: str) -> str:
    """A text's sketch, to be kept; "" for a text too short to be told from others."""
    words = [word.casefold() for word in WORD.findall(text)]
    runs = {crc32(" ".join(words[place : place + _RUN]).encode()) for place in range(len(words) - _RUN + 1)}
    if len(runs) < _FEWEST_RUNS:
        return ""
    hashed = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    least = ((hashed[:, None] * _FACTORS + _SHIFTS) % _PRIME).min(axis=0)
    return base64.b64encode((least & np.uint64(0xFFFF)).astype("<u2").tobytes()).decode()


# --- who is looked at ------------------------------------------------------------------------------------------


def _likely(person: Candidate) -> Any:
    """Living candidates of the organisation with something of this one's e-mail, phone or name: to be looked at."""
    tests: list[ColumnElement[bool]] = []
    if person.email:
        name, _, domain = mailbox(person.email).partition("@")
        email = func.lower(Candidate.email)
        tests += [email == f"{name}@{domain}", email.like(f"{_literal(name)}+%@{_literal(domain)}", escape="\\")]
    if digits(person.phone):
        tests.append(_bare(Candidate.phone).like(f"%{digits(person.phone)}"))
    words = [col(Candidate.name).ilike(f"%{_wild(word)}%") for word in sorted(_name_words(person.name))[:_MOST_WORDS]]
    tests += [and_(one, other) for one, other in combinations(words, 2)]
    columns: Any = (Candidate.id, Candidate.name, Candidate.email, Candidate.phone, Candidate.links)
    return select(*columns).where(
        Candidate.organisation_id == person.organisation_id,
        col(Candidate.merged_into).is_(None),
        Candidate.id != person.id,
        or_(*tests) if tests else col(Candidate.id).is_(None),
    )


def _bare(column: Any) -> Any:
    for separator in _SEPARATORS:
        column = func.replace(column, separator, "")
    return column


def _wild(word: str) -> str:
    """A pattern for a word of a name that also finds it with accents, which the database does not fold."""
    return "".join(letter if letter in _SELDOM_ACCENTED else "_" for letter in word)


def _literal(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _of_namesakes(db: Session, person: Candidate, namesakes: list[Any]) -> list[tuple[str, str]]:
    """Those of the same name who share a link or an employer."""
    if not namesakes:
        return []
    links = set(map(_link_key, person.links))
    held = _employers(db, [person.id, *(other.id for other in namesakes[:_MOST_NAMESAKES])])
    made = []
    for other in namesakes[:_MOST_NAMESAKES]:
        if links & set(map(_link_key, other.links)):
            made.append((other.id, "same name and link"))
        elif held.get(person.id, set()) & held.get(other.id, set()):
            made.append((other.id, "same name and employer"))
    return made


def _employers(db: Session, candidate_ids: list[str]) -> dict[str, set[str]]:
    query = select(Resume.candidate_id, Resume.facts).where(
        col(Resume.candidate_id).in_(candidate_ids), Resume.status == "parsed"
    )
    made: dict[str, set[str]] = {}
    for owner, facts in db.exec(query):
        named = (company_key(str(item.get("company", ""))) for item in (facts or {}).get("experience", ()))
        made.setdefault(str(owner), set()).update(filter(None, named))
    return made


def _link_key(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.|[a-z]{2}\.(?=linkedin))?", "", link.casefold()).rstrip("/")


def _name_words(name: str) -> set[str]:
    return {word for word in plain(name).split() if len(word) > 1}


def plain(text: str) -> str:
    """Words as they are compared: folded, without accents and punctuation."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"\W+", " ", "".join(kept for kept in bare if not unicodedata.combining(kept))).strip()


# --- texts -----------------------------------------------------------------------------------------------------


@dataclass
class _Held:
    """The sketches of one organisation: row `number` of `rows` is `ids[number]`'s."""

    known: set[str] = field(default_factory=set)  # every read source, also those without a sketch
    ids: list[str] = field(default_factory=list)
    rows: Row = field(default_factory=lambda: np.empty((256, SIZE), np.uint16))

    def add(self, resume_id: str, kept: str | None) -> None:
        """One source's sketch."""
        if resume_id in self.known:
            return
        self.known.add(resume_id)
        if kept:
            if len(self.ids) == len(self.rows):
                self.rows = np.concatenate([self.rows, np.empty_like(self.rows)])
            self.rows[len(self.ids)] = _read(kept)
            self.ids.append(resume_id)

    def like(self, kept: str) -> dict[str, float]:
        """The sources whose text is nearly this one's, each with the share in common."""
        shares = (self.rows[: len(self.ids)] == _read(kept)).mean(axis=1)
        return {self.ids[place]: float(shares[place]) for place in np.flatnonzero(shares >= SAME_TEXT)}


_memory: WeakKeyDictionary[Any, dict[str, _Held]] = WeakKeyDictionary()
_lock = threading.Lock()


def _read(kept: str) -> Row:
    return np.frombuffer(base64.b64decode(kept), "<u2").astype(np.uint16)


def _same_text(db: Session, person: Candidate) -> dict[str, float]:
    """By candidate: how much of a text the two have in common, where that is nearly all."""
    read = [Resume.organisation_id == person.organisation_id, Resume.status == "parsed"]
    kept = col(Resume.facts)["sketch"].as_string()
    own = {
        row_id: held
        for row_id, held in db.exec(select(Resume.id, kept).where(Resume.candidate_id == person.id, *read))
        if held
    }  # type: ignore[call-overload]
    if not own:
        return {}
    with _lock:
        held = _of(db, person.organisation_id, read, kept, own)
        alike: dict[str, float] = {}
        for one in own.values():
            for row_id, share in held.like(one).items():
                alike[row_id] = max(share, alike.get(row_id, 0.0))
    return _owners(db, person, {row_id: share for row_id, share in alike.items() if row_id not in own})


def _of(db: Session, organisation_id: str, read: list[Any], kept: Any, own: dict[str, str]) -> _Held:
    """The organisation's sketches as the database has them now; only what is new is loaded."""
    every = _memory.setdefault(db.get_bind(), {})
    held = every.setdefault(organisation_id, _Held())
    for row_id, one in own.items():
        held.add(row_id, one)
    if db.exec(select(func.count()).select_from(Resume).where(*read)).one() == len(held.known):
        return held
    there = set(db.exec(select(Resume.id).where(*read)))
    if held.known - there:  # something was taken away: begin anew
        held = every[organisation_id] = _Held()
    if len(there) - len(held.known) > 500:
        rows = list(db.exec(select(Resume.id, kept).where(*read)))
    else:
        rows = list(db.exec(select(Resume.id, kept).where(col(Resume.id).in_(there - held.known))))
    for row_id, one in rows:
        held.add(row_id, one)
    return held


def _owners(db: Session, person: Candidate, alike: dict[str, float]) -> dict[str, float]:
    if not alike:
        return {}
    query = select(Resume.id, Resume.candidate_id).join(Candidate, col(Candidate.id) == Resume.candidate_id)
    found: dict[str, float] = {}
    for row_id, owner in db.exec(
        query.where(col(Resume.id).in_(list(alike)[:500]), col(Candidate.merged_into).is_(None))
    ):
        if owner != person.id:
            found[str(owner)] = max(alike[row_id], found.get(str(owner), 0.0))
    return found
