"""Invented candidates for measured interviews: who they are, which job they applied for, and what they say when.

A persona is a YAML (or JSON) file. Only what it says is needed; everything else has a default:

    name: Terse nurse                 # else the file's name
    style: terse                      # for people
    job: ward-nurse                   # a file in the folder's jobs/, a role family, a title, or the job itself:
                                      #   {title, family, level, description, location, skills, competencies,
                                      #    custom_questions, employer, about, values}
    resume: |                         # optional
    answers:
    - for: getting worse              # regular expression on what the agent asks, or the question's id
      say: Her breathing was fast.    # what is said; a list is said one after the other, one a question
      covers: [Says which sign was noticed]   # optional labels: the points this shows; [] for none
    - say: Nothing special.           # without `for`: the next one for any question
    asides:                           # said once instead of an answer; the question is then still open
    - {for: dignity, say: Could you repeat that?}
    - {after: 2, say: Is there parking?}       # once two questions were answered
    default: That is all I can say.   # when nothing else is left

A plain list of lines, or files with `say:`, `lines:`, `replies:` only, work too. `[skip]`, `[repeat]`, `[moment]` and
`[end]` press the room's buttons; an empty line is silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from interview_platform.errors import BadInput

SHIPPED = Path(__file__).parent / "personas"
NOTHING_LEFT = "That is all I can say about it."
NO_QUESTION = "No, thank you."
"""Said when the agent asks whether there is a question and the persona has none."""
_SAY = ("say", "text", "answer", "reply", "response", "line", "content", "utterance", "candidate")
_FOR = ("for", "match", "when", "question", "to", "if", "ask", "on", "prompt", "id", "question_id", "agent")
_ANSWERS = ("answers", "replies", "responses", "lines", "script", "says", "utterances", "turns", "say", "text")
_COVERS = ("covers", "points", "shows", "covered")
_ASIDES = ("asides", "interjections", "interruptions")


@dataclass(frozen=True)
class Line:
    """One thing to say; `covers` is None where nobody labelled it."""

    say: str
    when: re.Pattern[str] | None = None
    covers: tuple[str, ...] | None = None
    after: int | None = None  # asides: once so many questions were answered


@dataclass(frozen=True)
class Persona:
    """One invented candidate."""

    name: str
    style: str = ""
    job: Mapping[str, Any] = field(default_factory=dict)
    person: str = "Sam Candidate"
    resume: str = ""
    answers: tuple[Line, ...] = ()
    asides: tuple[Line, ...] = ()
    defaults: tuple[Line, ...] = ()


@dataclass
class Speaker:
    """Chooses what a persona says next; nothing is said twice except the last default."""

    persona: Persona
    used: list[Line] = field(default_factory=list)
    answered: int = 0

    def reply(self, asked: str, ids: Sequence[str] = (), invited: bool = False) -> Line:
        """An aside whose time has come, the answer written for this question, a free one, then the defaults.

        `invited`: the agent asks whether the candidate has a question.
        """
        aside = next((line for line in self._left(self.persona.asides) if self._is_due(line, asked, ids)), None)
        if aside is not None:
            self.used.append(aside)
            return aside
        left = self._left(self.persona.answers)
        fitting = [line for line in left if line.when and _fits(line.when, asked, ids)]
        free = [line for line in left if line.when is None]
        defaults = self._left(self.persona.defaults) or list(self.persona.defaults[-1:])
        if invited and not fitting:
            return Line(NO_QUESTION, covers=())
        chosen = (fitting or free or defaults or [Line(NOTHING_LEFT, covers=())])[0]
        self.used.append(chosen)
        self.answered += 1
        return chosen

    def _left(self, lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if not any(line is used for used in self.used)]

    def _is_due(self, line: Line, asked: str, ids: Sequence[str]) -> bool:
        if line.when is not None and not _fits(line.when, asked, ids):
            return False
        return line.after is None or self.answered >= line.after


def _fits(when: re.Pattern[str], asked: str, ids: Sequence[str]) -> bool:
    return bool(when.search(asked)) or any(when.search(known) for known in ids if known)


# --- reading ---------------------------------------------------------------------------------------------------


def read(folder: Path | None = None) -> list[Persona]:
    """Every persona of a folder (or one file), by file name; the shipped ones by default. Raises BadInput."""
    folder = folder or SHIPPED
    if not folder.exists():
        raise BadInput(f"There is no folder of personas at {folder}.")
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    files = [path for path in paths if path.suffix in {".yaml", ".yml", ".json"} and path.parent.name != "jobs"]
    found = [persona for path in files for persona in _of_file(path)]
    if not found:
        raise BadInput(f"No persona was found in {folder}. A persona is a YAML file; see evaluation/personas.py.")
    return found


def _of_file(path: Path) -> Iterator[Persona]:
    """The personas of one file: one, or a list of them. Raises BadInput that names the file."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(content, Mapping) and isinstance(content.get("personas"), list):
            content = content["personas"]
        if isinstance(content, list) and all(isinstance(item, Mapping) and _first(item, _ANSWERS) for item in content):
            several = any("answers" in item or "name" in item for item in content)
        else:
            several = False
        for number, item in enumerate(content if several else [content], start=1):
            yield _persona(f"{path.stem}-{number}" if several else path.stem, item, path.parent)
    except (yaml.YAMLError, TypeError, AttributeError, ValueError, re.error) as error:
        raise BadInput(f"The persona {path} cannot be used: {error}. See evaluation/personas.py.") from error


def _persona(name: str, content: Any, folder: Path) -> Persona:
    if not isinstance(content, Mapping):
        return Persona(name, answers=tuple(_lines(content)))
    person = content.get("candidate")
    person = person if isinstance(person, Mapping) else {"name": person or "Sam Candidate"}
    fallback = _first(content, ("default", "defaults", "otherwise", "fallback"))
    return Persona(
        name=name,
        style=str(content.get("style") or content.get("title") or content.get("name") or name),
        job=_job(content, folder),
        person=str(person.get("name") or "Sam Candidate"),
        resume=str(content.get("resume") or person.get("resume") or ""),
        answers=tuple(_lines(_first(content, _ANSWERS))),
        asides=tuple(_asides(_first(content, _ASIDES))),
        defaults=tuple(_lines(fallback)),
    )


def _job(content: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
    """The job's own mapping; a name is looked up in jobs/ beside the file, then taken for a family or a title."""
    job = content.get("job") or content.get("family") or content.get("role_family") or {}
    if isinstance(job, str):
        stored = next(
            (p for p in (folder / "jobs" / f"{job}.yaml", SHIPPED / "jobs" / f"{job}.yaml") if p.is_file()), None
        )
        job = yaml.safe_load(stored.read_text(encoding="utf-8")) if stored else {"title": job, "family": job}
    made = dict(job)
    for key in ("family", "level", "custom_questions"):
        if key in content and key not in made:
            made[key] = content[key]
    return made


def _lines(content: Any) -> Iterator[Line]:
    """Lines of a text, a list, or a mapping {question: answer}."""
    if content is None:
        return
    if isinstance(content, Mapping) and not _first(content, _SAY):
        for asked, said in content.items():
            yield from _lines({"for": asked, "say": said})
        return
    for item in content if isinstance(content, list) else [content]:
        yield from _line(item)


def _line(item: Any) -> Iterator[Line]:
    if not isinstance(item, Mapping):
        yield Line(_tidy(item))
        return
    when, covers = _first(item, _FOR), _first(item, _COVERS)
    covers = [covers] if isinstance(covers, str) else covers
    after = item.get("after")
    said = _first(item, _SAY)
    for text in said if isinstance(said, list) else [said]:
        yield Line(
            _tidy(text),
            _pattern(when) if when else None,
            None
            if covers is None
            else tuple(str(point) for point in ([covers] if isinstance(covers, str) else covers)),
            int(str(after)) if str(after).isdigit() else None,
        )


def _asides(content: Any) -> Iterator[Line]:
    """Asides without a place of their own come after one, two, … answered questions."""
    for number, line in enumerate(_lines(content), start=1):
        yield line if line.when or line.after is not None else Line(line.say, None, line.covers, number)


def _pattern(when: Any) -> re.Pattern[str]:
    """A regular expression; what is none is looked for as it stands, white space apart."""
    text = " ".join(str(item) for item in when) if isinstance(when, list) else str(when)
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error:
        return re.compile(re.escape(text), re.IGNORECASE)


def _first(content: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The value of the first of these keys that is there (None when none is)."""
    return next((content[name] for name in names if content.get(name) is not None), None)


def _tidy(text: Any) -> str:
    return " ".join(str(text if text is not None else "").split())
