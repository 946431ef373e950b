"""Formulas in whatever is exported for a spreadsheet."""

from __future__ import annotations

import ast
import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from interview_platform.services import audit_search, spreadsheets
from interview_platform.settings import PROJECT

FORMULAS = (
    "=1+1", "=cmd|' /C calc'!A0", "+1+cmd|'x'!A", "-2+3+cmd|'x'!A", "@SUM(1+1)*cmd|'x'!A", "\t=1", "\r=1", "\n=1",
    " =1",
    "\u00a0=1", "\u200b=1", "\ufeff=1", "\u2028=1", "\u202e=1", "＝1+1", "＋1", "－1", "＠x", "|calc", " \t \u200b@x",
    "\x00=1",
    '=HYPERLINK("https://evil.example","x")', "=IMPORTXML(A1)", '"=1"\n=2', "==1", "=\u0000",
)  # fmt: skip
UNSEEN = "\u200b\u2060\ufeff\u00a0\u3000 \t\r\n\x00\u202e"


def test_no_formula_is_one_any_more() -> None:
    read = [next(csv.reader(io.StringIO(audit_search._csv([{"a": one}]).split("\n", 1)[1], newline="")), [""])[0]
            for one in FORMULAS if "\n" not in one and "\r" not in one and "\0" not in one]  # fmt: skip
    open_ = [one for one in FORMULAS if one[:1] != '"' and not str(spreadsheets.cell(one)).startswith("'")]
    print(f"\n{len(FORMULAS)} formulas, {len(open_)} left open")
    assert open_ == []
    assert all(cell.startswith(("'", '"')) for cell in read)


@given(st.text(UNSEEN, max_size=5), st.sampled_from("=+-@＝＋－＠|"), st.text(max_size=20))
def test_nothing_unseen_before_it_hides_a_formula(before: str, sign: str, after: str) -> None:
    assert spreadsheets.cell(before + sign + after) == "'" + before + sign + after


@given(st.one_of(st.integers(), st.floats(allow_nan=False), st.none(), st.booleans()))
def test_numbers_stay_numbers(value: object) -> None:
    assert spreadsheets.cell(value) is value


def test_every_table_that_is_written_for_a_spreadsheet_goes_through_this() -> None:
    writing, guarded = set(), set()
    for path in (PROJECT / "interview_platform").rglob("*.py"):
        if "writerow" not in path.read_text():
            continue
        named = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        if {"writerow", "writerows"} & named:
            writing.add(path.name)
            if "services.spreadsheets import cell" in path.read_text():
                guarded.add(path.name)
    assert writing == guarded
    assert len(writing) >= 2
