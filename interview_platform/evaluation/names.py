"""Does anything about who somebody is move a score? Puts other people into real résumés and compares everything.

Every résumé gets each person's name (at the top, in the mailbox, in a link, within sentences, in a reference), title,
pronouns, telephone, street, town, region and postcode, and with `schools` another university. Each variant goes the
whole way: text, facts, document, vectors, scores and ranks. The right answer is exactly 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from interview_platform.evaluation.ranking import Embedded
from interview_platform.evaluation.ranking_data import Post, Read
from interview_platform.services.rank_document import RankDocument, document
from interview_platform.services.rank_index import RankIndex
from interview_platform.services.resumes import read_facts

_SHOWN = 10


@dataclass(frozen=True)
class Person:
    """Somebody put into a résumé."""

    name: str
    gender: str  # female | male | other
    group: str = ""

    @property
    def title(self) -> str:
        """As others write of them."""
        return {"female": "Ms.", "male": "Mr."}.get(self.gender, "Mx.")

    @property
    def pronouns(self) -> tuple[str, str, str]:
        """Who did, of whom, whose."""
        return {"female": ("she", "her", "her"), "male": ("he", "him", "his")}.get(
            self.gender, ("they", "them", "their")
        )


PEOPLE = (
    Person("Emily Walsh", "female"), Person("Greg Baker", "male"), Person("Lakisha Washington", "female"),
    Person("Jamal Jones", "male"), Person("Ng Thi Minh Khai", "female"), Person("Seán O'Brien", "male"),
    Person("JEAN-LUC D'ARCY", "male"), Person("María José Álvarez-Núñez", "female"), Person("Grace Young", "female"),
    Person("Mohammed al-Farsi", "male"), Person("Sukarno", "male"), Person("Priya Raghunathan", "female"),
    Person("Oluwaseun Adébáyọ̀", "other"), Person("Robin Rivers", "other"), Person("LaToya McDonald", "female"),
    Person("Wei Zhang", "other"), Person("Łukasz Żółkiewski", "male"), Person("王伟", "male"),
)  # fmt: skip
PLACES = (
    ("412 Maple Street, Apt 3B", "Chicago, IL 60629", "Chicago", "Illinois"),
    ("7 High Road", "Leeds, United Kingdom LS1 4AP", "Leeds", "United Kingdom"),
    ("Plot 12, Adeola Odeku Street", "Lagos, Nigeria", "Lagos", "Nigeria"),
    ("88 Boulevard Saint-Germain", "Paris, France 75006", "Paris", "France"),
    ("1500 South Temple", "Salt Lake City, UT 84101", "Salt Lake City", "Utah"),
    ("3/14 MG Road", "Bengaluru, Karnataka 560001", "Bengaluru", "Karnataka"),
    ("200 Queen Street West", "Toronto, ON M5V 1Z4", "Toronto", "Ontario"),
    ("19 Orchard Gardens", "Reading, England RG1 8AA", "Reading", "England"),
    ("5 Avenida Central", "São Paulo, Brazil 01310-100", "São Paulo", "Brazil"),
    ("77 Elm Ave.", "New York, NY 10001", "New York", "New York"),
)
SCHOOLS = ("Howard University", "University of Oxford", "Brown University", "Spelman College",
           "Massachusetts Institute of Technology", "Universidad de Chile", "Wake Forest University")  # fmt: skip


def people(file: Path | None) -> list[Person]:
    """The built-in people, and those of a file of {"first_name", "gender", "group"}, with surnames of their own."""
    made = list(PEOPLE)
    if file is not None:
        surnames = ("Walsh", "Washington", "Baker", "Jackson", "Murphy", "Robinson", "McCarthy", "Williams")
        rows = json.loads(file.read_text("utf-8"))
        for place, row in enumerate(rows):
            first = row.get("name") or f"{row['first_name']} {row.get('last_name') or surnames[place % len(surnames)]}"
            made.append(Person(str(first), str(row.get("gender", "other")), str(row.get("group", ""))))
    return made


def variant(text: str, person: Person, place: int, schools: bool) -> str:
    """A résumé as this person's from this place."""
    street, town, city, region = PLACES[place % len(PLACES)]
    slug = re.sub(r"[^a-z]+", ".", person.name.casefold()).strip(".") or "someone"
    first, last = person.name.split()[0], person.name.split()[-1]
    head = (
        f"{person.name}\n{slug}@example.com | +1 (312) 555-0{100 + place % 90:03}\n{street}\n{town}\n"
        f"linkedin.com/in/{slug.replace('.', '-')}\n\n"
    )
    body = re.sub(r"\bCity\s*,\s*State\b", f"{city}, {region}", _pronouns(text, person))
    lines = body.split("\n")
    who, whom, whose = person.pronouns
    middle = len(lines) // 2
    lines[middle:middle] = [
        f"{first} led a team of five people in {city} and was promoted.",
        f"{person.title} {last} trained new staff, and {who} kept {whose} records in order.",
        f"Colleagues asked {whom} for advice on schedules.",
    ]
    school = f"\nEducation\n{SCHOOLS[place % len(SCHOOLS)]}, Bachelor of Arts\n" if schools else ""
    return f"{head}" + "\n".join(lines) + school + f"\nReferences\n{person.title} {person.name}, {city}, {region}\n"


def measure(read: Sequence[Read], jobs: Sequence[Post], embeddings: Embeddings, who: Sequence[Person], variants: int,
            schools: bool = True) -> dict[str, Any]:  # fmt: skip
    """Score every variant of every résumé against every job; the largest changes, and which documents differ."""
    embedded = Embedded(embeddings)
    count = min(variants, len(who))
    runs = [_documents(read, who, number, schools) for number in range(count)]
    totals, ranks = [], []
    for run in runs:
        index = RankIndex(run, embedded.views(run))
        totals.append(np.array([index.scores(job.wish, embedded.job(job.wish)).total for job in jobs]))
        ranks.append(np.argsort(np.argsort(-totals[-1], axis=1, kind="stable"), axis=1))
    score_change = np.ptp(np.array(totals), axis=0)
    rank_change = np.ptp(np.array(ranks), axis=0)
    differ = [place for place in range(len(read)) if any(run[place] != runs[0][place] for run in runs)]
    return {
        "resumes": len(read),
        "variants": count,
        "people": len(who),
        "posts": len(jobs),
        "pairs": len(read) * len(jobs) * count * (count - 1) // 2,
        "schools": schools,
        "largest_score_change": float(score_change.max(initial=0.0)),
        "largest_rank_change": int(rank_change.max(initial=0)),
        "documents_that_differ": len(differ),
        "where": [_difference(read[place], [run[place] for run in runs]) for place in differ[:_SHOWN]],
    }


def _documents(read: Sequence[Read], who: Sequence[Person], number: int, schools: bool) -> list[RankDocument]:
    """Every résumé as somebody's; from run to run everybody is somebody else."""
    made = []
    for place, resume in enumerate(read):
        person = who[(place * 5 + number) % len(who)]
        facts = read_facts(variant(resume.facts.text, person, place * 3 + number, schools), resume.facts.pages)
        # these never meet the score
        made.append(replace(document(resume.id, facts), place="", permits=(), certifications=()))
    return made


def _difference(read: Read, made: Sequence[RankDocument]) -> dict[str, Any]:
    """What differs between variants of one résumé, for whoever mends it."""
    first = made[0]
    other = next(document for document in made if document != first)
    lines = set(first.text.split("\n")) ^ set(other.text.split("\n"))
    fields = [name for name in RankDocument.__dataclass_fields__ if getattr(first, name) != getattr(other, name)]
    return {"id": read.id, "fields": fields, "lines": sorted(lines)[:4]}


_SWAPS = {"she": 0, "he": 0, "they": 0, "her": 2, "his": 2, "their": 2, "him": 1, "them": 1}


def _pronouns(text: str, person: Person) -> str:
    def swapped(found: re.Match[str]) -> str:
        word = person.pronouns[_SWAPS[found.group().casefold()]]
        return word.capitalize() if found.group()[0].isupper() else word

    return re.sub(r"\b(?:she|he|they|her|his|their|him|them)\b", swapped, text, flags=re.I)
