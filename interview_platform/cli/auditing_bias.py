"""`audit-bias`: selection rates, scoring rates and impact ratios of a file of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from interview_platform.errors import BadInput

if TYPE_CHECKING:
    from interview_platform.services.fairness_file import Sample
    from interview_platform.services.fairness_rates import Category, Table


def audit(file: Path, as_json: bool, keep_small: bool, least: int) -> None:
    """Print the tables of every stage and question in the file. Raises BadInput."""
    from interview_platform.services import fairness_file, fairness_words

    if not file.is_file():
        raise BadInput(f"There is no file {file}. Nothing was counted.")
    samples = fairness_file.read(file.read_bytes())
    if as_json:
        parts = [_as_json(sample, keep_small, least) for sample in samples]
        about = {"method": list(fairness_words.METHOD), "notice": fairness_words.NOT_ADVICE}
        typer.echo(json.dumps({"file": file.name, "samples": parts, **about}, indent=2, ensure_ascii=False))
        return
    for sample in samples:
        for line in _lines(sample, keep_small, least):
            typer.echo(line)
    for line in (*fairness_words.METHOD, fairness_words.NOT_ADVICE):
        typer.echo(f"- {line}")


def _tables(sample: Sample, keep_small: bool, least: int) -> Iterator[Table]:
    from interview_platform.services import fairness_cells, fairness_rates

    for measure in sample.measures:
        people = sample.people
        if least > 1:
            yield from fairness_cells.tables(people, measure, least)
        else:
            yield from fairness_rates.tables(people, measure, not keep_small)


def _as_json(sample: Sample, keep_small: bool, least: int) -> dict[str, object]:
    from interview_platform.services import fairness_export

    return {
        "stage": sample.stage or None,
        "question": sample.question or None,
        "people": len(sample.people),
        "tables": fairness_export.tables_as_json(_tables(sample, keep_small, least)),
    }


def _lines(sample: Sample, keep_small: bool, least: int) -> Iterator[str]:
    title = " · ".join(part for part in (sample.stage, sample.question) if part) or "All"
    yield f"== {title}: {len(sample.people)} people =="
    for table in _tables(sample, keep_small, least):
        yield ""
        yield from _table(table)
    yield ""


def _table(table: Table) -> Iterator[str]:
    from interview_platform.services import fairness_words as words

    median = f", median {table.median:g}" if table.median is not None else ""
    yield (
        f"{words.BY[table.by]} · {words.MEASURES[table.measure]}{median} · {table.counted} people, "
        f"{table.unknown} of an unknown category, {table.without} without an outcome"
    )
    width = max((len(one.name) for one in table.categories), default=10)
    heads = f"{'n':>6}  {'hits':>6}  {'rate':>6}  {'95%':>13}  {'ratio':>6}  {'95%':>12}  {'p':>6}"
    yield f"  {'Category':<{width}}  {heads}"
    for one in table.categories:
        yield f"  {one.name:<{width}}  {_figures(one)}"
    for one in table.flagged:
        yield f"  ! {one.name}: {words.meaning(one, table)} {words.NEXT[one.verdict]}"


def _figures(one: Category) -> str:
    from interview_platform.services.fairness_rates import HIDDEN, percent, printed
    from interview_platform.services.fairness_words import VERDICTS

    said = VERDICTS[one.verdict]
    if one.verdict == HIDDEN or one.rate_interval is None:
        return said
    around = f"{percent(one.rate_interval.low)}–{percent(one.rate_interval.high)}"
    ratio = one.ratio_interval
    near = f"{printed(ratio.low, 2)}–{printed(ratio.high, 2) if ratio.high < 1000 else '∞'}" if ratio else ""
    return (
        f"{one.n:>6}  {one.hits:>6}  {percent(one.rate):>6}  {around:>13}  "
        f"{printed(one.ratio, 3):>6}  {near:>12}  {printed(one.p, 3):>6}  {said}"
    )
