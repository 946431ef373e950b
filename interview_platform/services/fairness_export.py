"""What leaves the workbench: lines for an auditor as CSV or JSON, and the public summary as one page of HTML.

Each holds what the page shows and nothing finer: totals, with small categories hidden.
"""

from __future__ import annotations

import csv
import html
import io
import json
import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from interview_platform.services import fairness_words as words
from interview_platform.services.fairness_rates import HIDDEN, Category, Table, percent, printed
from interview_platform.services.fairness_report import Part, Workbench
from interview_platform.services.spreadsheets import cell

_COLUMNS = (
    "part", "measure", "by", "category", "people", "hits", "rate", "rate_low", "rate_high", "impact_ratio",
    "ratio_low", "ratio_high", "p_fisher", "p_holm", "share", "flag", "meaning",
)  # fmt: skip
_DIGITS = 6
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1e25}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-variant-numeric:tabular-nums}"
    "th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d5d9e0}"
    "td.n,th.n{text-align:right}caption{text-align:left;font-weight:600;padding:.4rem 0}"
    ".note{color:#4a5262}div.wide{overflow-x:auto}"
)


def parts_of(held: Workbench) -> list[Part]:
    """Every part, in the order of the page."""
    more = [held.accommodation] if held.accommodation else []
    return [*held.stages, *held.questions, *held.quarters, *more]


def as_csv(held: Workbench) -> str:
    """One line per category, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    for part in parts_of(held):
        for table in part.tables:
            for one in table.categories:
                line = {"part": part.title, **of_table(table), **line_of(one, table)}
                writer.writerow({name: cell(line.get(name)) for name in _COLUMNS})
    return out.getvalue()


def as_json(held: Workbench) -> str:
    """Everything with the method, for a program."""
    about = {
        "what": "Selection rates, scoring rates and impact ratios (6 RCNY § 5-301), totals only",
        "organisation": held.organisation,
        "job": held.job or None,
        "made": held.made.isoformat(),
        "in_use_since": held.since.isoformat() if held.since else None,
        "assessed": held.assessed,
        "finished": held.finished,
        "known_at_least": held.answered,
        "method": list(words.METHOD),
        "notice": words.NOT_ADVICE,
    }
    parts = [
        {"key": one.key, "title": one.title, "counted": one.about, "known_at_least": one.known,
         "note": one.note or None, "tables": tables_as_json(one.tables)}
        for one in parts_of(held)
    ]  # fmt: skip
    return json.dumps({**about, "parts": parts}, indent=2, ensure_ascii=False)


def tables_as_json(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Tables as JSON values: shares and ratios as numbers, None where there is none."""
    return [
        {
            **of_table(one),
            "counted": one.counted,
            "unknown": one.unknown,
            "unknown_includes_hidden": any(line.verdict == HIDDEN for line in one.categories),
            "without_outcome": one.without,
            "median": one.median,
            "categories": [line_of(line, one) for line in one.categories],
        }
        for one in tables
    ]


def of_table(table: Table) -> dict[str, Any]:
    """What the lines of a table have in common."""
    return {"by": table.by, "measure": table.measure}


def line_of(one: Category, table: Table) -> dict[str, Any]:
    """One category as plain values."""
    shown = one.verdict != HIDDEN
    around, ratio = one.rate_interval, one.ratio_interval
    return {
        "category": one.name,
        "people": one.n if shown else None,
        "hits": one.hits if shown else None,
        "rate": _number(one.rate),
        "rate_low": _number(around.low if around else None),
        "rate_high": _number(around.high if around else None),
        "impact_ratio": _number(one.ratio),
        "ratio_low": _number(ratio.low if ratio else None),
        "ratio_high": _number(ratio.high if ratio else None),
        "p_fisher": _number(one.p),
        "p_holm": _number(one.p_holm),
        "share": _number(one.share) if shown else None,
        "flag": one.verdict,
        "meaning": words.meaning(one, table),
    }


def summary(held: Workbench, audited: date, source: str) -> str:
    """The summary of results that § 5-303 asks an employer to publish, as one page without scripts.

    `audited`: the date of the audit; `source`: where the data come from, in a sentence.
    """
    facts = (
        ("Employer", held.organisation),
        ("Job", held.job or "All jobs"),
        ("Date of this calculation", _day(audited)),
        ("In use since (distribution date)", _day(held.since) if held.since else "Not in use yet"),
        ("Source of the data", source),
        ("People assessed", f"{held.assessed}, of whom {held.finished} finished an interview"),
    )
    shown = [one for one in held.stages if one.tables]
    body = "".join(_part(one) for one in shown) or "<p>Too few people with a known category to publish any rate.</p>"
    method = "".join(f"<li>{_safe(line)}</li>" for line in words.METHOD)
    listed = "".join(f"<tr><th scope='row'>{_safe(name)}</th><td>{_safe(value)}</td></tr>" for name, value in facts)
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>Bias audit figures: {_safe(held.organisation)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Bias audit figures</h1><p class='note'><strong>{_safe(words.NOT_ADVICE)}</strong></p>"
        f"<table>{listed}</table>{body}<h2>How it was counted</h2><ul>{method}</ul></body></html>"
    )


def _part(part: Part) -> str:
    note = f"<p class='note'>{_safe(part.note)}</p>" if part.note else ""
    return f"<h2>{_safe(part.title)}</h2><p>{_safe(part.about)}.</p>{note}" + "".join(map(_table, part.tables))


def _table(table: Table) -> str:
    rate = "Selection rate" if table.measure == "selection" else "Scoring rate"
    heads = ("Category", "People", rate, "Impact ratio", "")
    head = "".join(f"<th scope='col'{' class=n' if 0 < at < 4 else ''}>{name}</th>" for at, name in enumerate(heads))
    lines = "".join(_line(one) for one in table.categories if one.verdict != HIDDEN)
    return (
        f"<div class='wide'><table><caption>{_safe(words.BY[table.by])}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div><p class='note'>Assessed and in no rate: "
        f"{_safe(words.unknown(table))}. {_safe(words.too_small(table))}</p>"
    )


def _line(one: Category) -> str:
    values = (str(one.n), percent(one.rate), printed(one.ratio, 2) or "–")
    cells = "".join(f"<td class='n'>{value}</td>" for value in values)
    return f"<tr><th scope='row'>{_safe(one.name)}</th>{cells}<td>{_safe(words.VERDICTS[one.verdict])}</td></tr>"


def _number(value: float | None) -> float | None:
    """Rounded; None also for infinity, which JSON has no word for."""
    return None if value is None or not math.isfinite(value) else round(value, _DIGITS)


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _safe(text: str) -> str:
    return html.escape(text, quote=True)


def flagged(parts: Sequence[Part]) -> list[tuple[Part, Table, Category]]:
    """Every flag of all parts, the firmest first."""
    rank = {"adverse": 0, "different": 1, "low": 2}
    found = [(part, table, one) for part in parts for table in part.tables for one in table.flagged]
    return sorted(found, key=lambda held: (rank[held[2].verdict], held[2].ratio or 0.0))
