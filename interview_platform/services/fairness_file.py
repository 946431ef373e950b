"""Reads people and outcomes from a CSV file of one's own. Columns: sex, race_ethnicity, selected and/or score; stage
and question where there are several. Everything wrong with a file is told at once, by line.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interview_platform.errors import BadInput
from interview_platform.services.fairness_rates import SCORING, SELECTION, Person
from interview_platform.services.fairness_words import RACES, SEXES

MOST_LINES = 1_000_000
_MOST_TOLD = 8
_NEEDED = ("sex", "race_ethnicity")
_KNOWN = (*_NEEDED, "selected", "score", "stage", "question")
_NAMES = {"gender": "sex", "race": "race_ethnicity", "ethnicity": "race_ethnicity", "race/ethnicity": "race_ethnicity"}
_YES = frozenset({"1", "yes", "y", "true", "t", "selected", "pass", "passed", "hired", "advanced"})
_NO = frozenset({"0", "no", "n", "false", "f", "not selected", "rejected", "fail", "failed"})
_UNKNOWN = frozenset(
    {"", "unknown", "n/a", "na", "none", "null", "-", "?", "undisclosed", "not disclosed", "prefer not to say",
     "unsaid", "decline", "declined", "decline to state", "decline to answer", "not specified", "missing"}
)  # fmt: skip
_SEXES = {"f": "female", "woman": "female", "women": "female", "m": "male", "man": "male", "men": "male",
          "nonbinary": "other", "non binary": "other", "x": "other", "another": "other"}  # fmt: skip
_RACES = {
    "hispanic": "hispanic", "latino": "hispanic", "latina": "hispanic", "latinx": "hispanic", "white": "white",
    "caucasian": "white", "black": "black", "african american": "black", "asian": "asian",
    "native hawaiian": "pacific", "pacific islander": "pacific", "native american": "native",
    "american indian": "native", "alaska native": "native", "two or more": "two", "multiracial": "two", "mixed": "two",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """People of one stage and question, and which measures their columns allow."""

    stage: str
    question: str
    people: tuple[Person, ...]
    measures: tuple[str, ...]  # SELECTION and/or SCORING


def read(raw: bytes) -> list[Sample]:
    """The file's samples, in the order of their first lines. Raises BadInput with everything that is wrong."""
    rows, columns = _rows(_text(raw))
    measures = _measures(columns)
    found: dict[tuple[str, str], list[Person]] = {}
    wrong: list[str] = []
    for line, row in rows:
        try:
            person = _person(row)
        except ValueError as error:
            wrong.append(f"line {line}: {error}")
            continue
        found.setdefault((row.get("stage", ""), row.get("question", "")), []).append(person)
    if wrong:
        more = f" … and {len(wrong) - _MOST_TOLD} more" if len(wrong) > _MOST_TOLD else ""
        raise BadInput(f"Nothing was counted, because {'; '.join(wrong[:_MOST_TOLD])}{more}.")
    if not found:
        raise BadInput("The file has a head but no people below it. Nothing was counted.")
    return [Sample(*key, tuple(people), _with_outcome(people, measures)) for key, people in found.items()]


def _with_outcome(people: Sequence[Person], measures: tuple[str, ...]) -> tuple[str, ...]:
    """The measures somebody of this sample has a value for; all, where nobody has any."""
    has = {
        SELECTION: any(one.selected is not None for one in people),
        SCORING: any(one.score is not None for one in people),
    }
    return tuple(one for one in measures if has[one]) or measures


def _text(raw: bytes) -> str:
    for kind in ("utf-8-sig", "utf-16") if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return raw.decode(kind)
        except UnicodeDecodeError:
            continue
    raise BadInput("The file is not text in UTF-8. Save it as “CSV UTF-8” and try again.")


def _rows(text: str) -> tuple[list[tuple[int, dict[str, str]]], tuple[str, ...]]:
    """(line number, cells by column), and the columns. Separators: comma, semicolon or tab, whichever the head has."""
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        columns = _columns(next(reader, []))
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, _row(columns, cells, reader.line_num)))
            if len(rows) > MOST_LINES:
                raise BadInput(f"The file has more than {MOST_LINES:,} lines. Split it and try again.")
    except csv.Error as error:
        raise BadInput(f"The file cannot be read as CSV at line {reader.line_num}: {error}.") from error
    return rows, columns


def _row(columns: Sequence[str], cells: Sequence[str], line: int) -> dict[str, str]:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise BadInput(f"Line {line} has {len(cells)} cells, the head has {len(columns)}. Nothing was counted.")
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}


def _columns(head: Iterable[str]) -> tuple[str, ...]:
    named = [re.sub(r"[\s-]+", "_", cell.strip().casefold()) for cell in head]
    named = [_NAMES.get(name.replace("_", " "), _NAMES.get(name, name)) for name in named]
    missing = [name for name in _NEEDED if name not in named]
    if missing or not {"selected", "score"} & set(named):
        lacks = [*missing, *(["selected or score"] if not {"selected", "score"} & set(named) else [])]
        raise BadInput(
            f"The first line must name the columns. Missing: {', '.join(lacks)}. "
            f"Found: {', '.join(name for name in named if name) or 'nothing'}. Nothing was counted."
        )
    twice = sorted({name for name in named if name in _KNOWN and named.count(name) > 1})
    if twice:
        raise BadInput(f"The first line names {', '.join(twice)} more than once. Nothing was counted.")
    return tuple(named)


def _measures(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(measure for name, measure in (("selected", SELECTION), ("score", SCORING)) if name in columns)


def _person(row: Mapping[str, str]) -> Person:
    return Person(
        _category(row.get("sex", ""), SEXES, _SEXES),
        _category(row.get("race_ethnicity", ""), RACES, _RACES),
        _yes(row.get("selected", "")),
        _number(row.get("score", "")),
    )


def _category(said: str, names: Mapping[str, str], others: Mapping[str, str]) -> str:
    """The rule's own name for a category; another name is kept as it stands, so that any scheme can be audited."""
    plain = re.sub(r"\(.*?\)", "", said).strip().casefold()
    plain = re.sub(r"[\s_-]+", " ", plain).strip()
    if plain in _UNKNOWN:
        return ""
    for key, name in names.items():
        if plain in (key, name.casefold().replace("-", " ")):
            return name
    held = re.split(r" or |/|, ", plain)
    found = {others[part] for part in (plain, *held) if part in others}
    return names[found.pop()] if len(found) == 1 else said.strip()


def _yes(said: str) -> bool | None:
    plain = said.casefold()
    if plain in _UNKNOWN:
        return None
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ValueError(f"selected is “{said[:30]}”, not yes or no")


def _number(said: str) -> float | None:
    if said.casefold() in _UNKNOWN:
        return None
    try:
        value = float(said.rstrip("%").replace(",", "."))
    except ValueError:
        raise ValueError(f"score is “{said[:30]}”, not a number") from None
    if not math.isfinite(value):
        raise ValueError(f"score is “{said[:30]}”, not a number")
    return value
