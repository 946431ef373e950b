"""How well candidates' questions are answered: from the right source, and not at all where none answers.

A file holds one JSON object a line: question, answerable, source. A line without a question sets what the next ones
stand on: job, company, material (texts); a line with both has them for itself alone.
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
from interview_platform.models import Job, Material, Organisation
from interview_platform.ports import Grounded
from interview_platform.services import seed
from interview_platform.services.agent import answering, asking, bank, passages
from interview_platform.services.agent.answerability import Finder
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library

SETS = Path(__file__).resolve().parent / "question_sets"
ANSWERED, DECLINED = 0.95, 1.0
"""The goals: shares of the answerable and of the unanswerable questions."""
VALUES = "We say what went wrong and what we changed.\nWe leave things easier for the next person."
_FILES = {
    path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ").strip()
    for path in sorted((bank.RAG_DATA / "faq").glob("*.md"))
}


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
        yield Asked(str(row["question"]), row["answerable"], str(row.get("source") or ""), context(now, row, jobs))


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


def measure(asked: Sequence[Asked], embeddings: Embeddings) -> dict[str, Any]:
    """Counts, rates and every question that went wrong."""
    library = Library(embeddings)
    library.put(answering.FAQ, passages.of_faqs(bank.faqs(), asking.wordings()))
    finder = Finder(library)
    wrong: list[dict[str, Any]] = []
    before: Context | None = None
    for one in asked:
        if one.context is not before:
            for scope, pieces in one.context.pieces.items():
                library.put(scope, pieces)
            before = one.context
        names = (one.context.job.title, one.context.company.name)
        given = answering.reply(finder, one.question, (answering.FAQ, *one.context.pieces), names)
        if not right(one, given):
            wrong.append(_wrong(one, given))
    return _report(asked, wrong)


def _report(asked: Sequence[Asked], wrong: list[dict[str, Any]]) -> dict[str, Any]:
    answerable = sum(one.answerable for one in asked)
    others = len(asked) - answerable
    answered = answerable - sum(row["answerable"] for row in wrong)
    declined = others - sum(not row["answerable"] for row in wrong)
    rates = {
        "answered_right": round(answered / answerable, 4) if answerable else 1.0,
        "declined_right": round(declined / others, 4) if others else 1.0,
    }
    return {
        "questions": len(asked),
        "answerable": answerable,
        "answered_right": answered,
        "unanswerable": others,
        "declined_right": declined,
        "rates": rates,
        "as_wanted": rates["answered_right"] >= ANSWERED and rates["declined_right"] >= DECLINED,
        "wrong": wrong,
    }


def right(one: Asked, given: Grounded) -> bool:
    """Whether it was declined as it should be, or answered from the named source (any of several, if any is named)."""
    if not one.answerable:
        return not given.text
    wanted = [name for name in re.split(r"\s*[|,]\s*", one.source) if name]
    return bool(given.text) and (not wanted or any(_is_from(name, given) for name in wanted))


def _is_from(name: str, given: Grounded) -> bool:
    """A kind ("job"), a FAQ's file or topic ("faq:privacy", "privacy.md"), a title, or the FAQ's own question."""
    flat = _flat(name)
    for passage in given.passages:
        kinds = {passage.source, "job description" if passage.source == "job" else "", "company page"}
        if flat in {_flat(kind) for kind in kinds if kind != "company page" or passage.source == "company"}:
            return True
        if passage.source == "company" and flat in {"organisation", "organization", "about", "employer"}:
            return True
        if passage.source == "faq" and _is_entry(flat, passage.title, passage.text):
            return True
        if passage.source == "material" and (flat.startswith("material") or _flat(passage.title) in flat):
            return True
        if flat.startswith(f"{passage.source} ") and passage.source != "faq":
            return True
    return False


def _is_entry(flat: str, topic: str, answer: str) -> bool:
    bare = flat.removeprefix("rag data ").removeprefix("faqs ").removeprefix("faq ").removesuffix(" md").strip()
    stem = next((stem for stem, named in _FILES.items() if named == topic), "")
    if bare in {"", "faq", "faqs", stem, _flat(topic)}:
        return True
    entries = [entry for entry in bank.faqs() if entry.topic == topic and entry.answer == answer]
    wordings = {_flat(words) for entry in entries for words in (entry.question, *entry.also)}
    return any(words and (words == bare or bare.endswith(words)) for words in wordings)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


def _wrong(one: Asked, given: Grounded) -> dict[str, Any]:
    return {
        "question": one.question,
        "answerable": one.answerable,
        "source": one.source,
        "said": given.text,
        "from": [passage.id for passage in given.passages] if given.text else [],
        "reason": given.reason,
    }
