"""How well candidates' questions are answered: from the right source, and not at all where none answers.

A file holds one JSON object a line: question, answerable, source, and where it is known the sentence that answers
(`stands`). A line without a question sets what the next ones stand on: job, company, material (texts); a line with both
has them for itself alone. docs/questions.md says what counts as what.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from interview_platform.errors import BadInput
from interview_platform.evaluation import question_outcomes
from interview_platform.evaluation.question_outcomes import right as right
from interview_platform.models import Job, Material, Organisation
from interview_platform.ports import Grounded
from interview_platform.services import seed
from interview_platform.services.agent import answering, asking, bank, passages
from interview_platform.services.agent.answer_finder import Finder
from interview_platform.services.agent.answer_options import Weigher
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library

SETS = Path(__file__).resolve().parent / "question_sets"
VALUES = "We say what went wrong and what we changed.\nWe leave things easier for the next person."


@dataclass(frozen=True)
class Context:
    """What the questions of a file stand on."""

    job: Job
    company: Organisation
    materials: tuple[Material, ...] = ()

    @property
    def pieces(self) -> dict[str, list[Piece]]:
        """By scope."""
        return {
            "job:1": passages.of_job(self.job),
            "company:1": passages.of_company(self.company),
            "material:1": [piece for row in self.materials for piece in passages.of_material(row)],
        }


@dataclass(frozen=True)
class Asked:
    """One line of a file."""

    question: str
    answerable: bool
    source: str
    context: Context
    stands: str = ""  # the sentence that answers


def shipped() -> Context:
    """The demo's job and company page."""
    page = bank.RAG_DATA / "demo" / "company.md"
    draft = seed.JOB
    return Context(
        _job({**vars(draft), "id": "demo"}),
        Organisation(id="demo", name="Northwind Clinics", about=page.read_text(encoding="utf-8"), values=VALUES),
    )


def context(base: Context, about: dict[str, Any], jobs: dict[str, Job] | None = None) -> Context:
    """The base with what a line sets: job (text, fields or an id of `jobs`), company, material."""
    made = base
    if about.get("job"):
        given = about["job"]
        known = (jobs or {}).get(given) if isinstance(given, str) else None
        nobody = Organisation(id="1", name="")
        made = replace(made, job=known or _job(given), company=nobody, materials=())
    if about.get("company"):
        given = about["company"]
        fields = given if isinstance(given, dict) else {"about": given}
        text = str(fields.get("about") or fields.get("text") or fields.get("description") or "")
        values = fields.get("values") or ""
        values = "\n".join(values) if isinstance(values, list) else str(values)
        made = replace(
            made, company=Organisation(id="1", name=str(fields.get("name") or _named(text)), about=text, values=values)
        )
    if about.get("material"):
        given = about["material"]
        rows = given if isinstance(given, list) else [given]
        made = replace(made, materials=tuple(_material(row, place) for place, row in enumerate(rows)))
    return made


def _named(page: str) -> str:
    """The employer's name where only its page is given: the capitalised words that the page begins with."""
    found = re.match(
        r"(?:#+ *)?(?:About )?((?:[A-Z][\w'’&.-]*)(?: (?:[A-Z][\w'’&.-]*|of|and|&))*)(?= [a-z])", page.strip()
    )
    name = found.group(1) if found else ""
    return "" if name.lower() in {"we", "our", "the", "at", "a", "an", "you", "in"} else name.removeprefix("The ")


def _job(given: Any) -> Job:
    fields = given if isinstance(given, dict) else {"description": str(given)}
    skills = {name: [str(s) for s in fields.get(name) or ()] for name in ("required_skills", "preferred_skills")}
    return Job(
        id=str(fields.get("id") or "1"),
        organisation_id="1",
        title=str(fields.get("title") or ""),
        description=str(fields.get("description") or fields.get("text") or ""),
        location=str(fields.get("location") or ""),
        level=str(fields.get("level") or "mid"),
        **skills,
    )


def _material(given: Any, place: int) -> Material:
    fields = given if isinstance(given, dict) else {"text": str(given)}
    title = str(fields.get("title") or "From the hiring team")
    return Material(id=str(place), organisation_id="1", series_id=str(place), title=title, text=str(fields["text"]))


def read(path: Path, base: Context, jobs: dict[str, Job] | None = None) -> Iterator[Asked]:
    """The questions of a file. Raises BadInput."""
    now = base
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadInput(f"{path.name}, line {number} is not JSON: {error}") from error
        if not isinstance(row, dict):
            raise BadInput(f"{path.name}, line {number} is not a JSON object.")
        if not row.get("question"):
            now = context(base, row, jobs)
            continue
        if not isinstance(row.get("answerable"), bool):
            raise BadInput(f"{path.name}, line {number} does not say whether it is answerable (true or false).")
        source, stands = str(row.get("source") or ""), str(row.get("stands") or "")
        yield Asked(str(row["question"]), row["answerable"], source, context(now, row, jobs), stands)


def given(jobs: Sequence[Path], company: Path | None, materials: Sequence[Path]) -> tuple[Context, dict[str, Job]]:
    """The context of files, and the jobs by id; without files the shipped one. The first job is the one asked about."""
    found = jobs_of(jobs)
    about: dict[str, Any] = {"job": next(iter(found), "")} if found else {}
    if company is not None:
        about["company"] = company.read_text(encoding="utf-8")
    if materials:
        about["material"] = [{"title": path.stem, "text": path.read_text(encoding="utf-8")} for path in materials]
    return context(shipped(), about, found), found


def jobs_of(paths: Sequence[Path]) -> dict[str, Job]:
    """Jobs by id: JSON objects a line (title, description, …), or one text a file."""
    found: dict[str, Job] = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if path.suffix in {".jsonl", ".json"}:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
            made = [_job({**row, "id": row.get("id") or f"{path.stem}-{n}"}) for n, row in enumerate(rows, start=1)]
        else:
            made = [_job({"id": path.stem, "description": text})]
        found |= {job.id: job for job in made}
    return found


def measure(asked: Sequence[Asked], embeddings: Embeddings, reader: Weigher | None = None) -> dict[str, Any]:
    """Counts, rates, the outcomes apart, and every question that went wrong."""
    library = Library(embeddings)
    library.put(answering.FAQ, passages.of_faqs(bank.faqs(), asking.wordings()))
    finder = Finder(library, reader)
    given: list[Grounded] = []
    before: Context | None = None
    for one in asked:
        if one.context is not before:
            for scope, pieces in one.context.pieces.items():
                library.put(scope, pieces)
            before = one.context
        names = (one.context.job.title, one.context.company.name)
        given.append(answering.reply(finder, one.question, (answering.FAQ, *one.context.pieces), names))
    return question_outcomes.report(asked, given)
