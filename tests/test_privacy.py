"""The data map is whole: every table, every kind of stored file, in the code and on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from sqlmodel import SQLModel

from interview_platform.models import session
from interview_platform.services import data_map, export_fields, invites
from tests import builders, planted

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "privacy.md").read_text()
_KEY = re.compile(r'f"([a-z]+/)\{(?:\w+\.)?organisation_id\}')


def prefixes() -> set[str]:
    """How keys of stored files begin, wherever the product makes one."""
    made = set()
    for folder in ("services", "workflows"):
        for file in (ROOT / "interview_platform" / folder).rglob("*.py"):
            made |= set(_KEY.findall(file.read_text()))
    return made


def test_every_table_is_in_the_data_map() -> None:
    assert {entry.place for entry in data_map.TABLES} == set(SQLModel.metadata.tables)


def test_every_kind_of_stored_file_is_in_the_data_map() -> None:
    assert prefixes() == {entry.place for entry in data_map.BLOBS}


def test_the_page_says_the_same_line_by_line() -> None:
    for entry in (*data_map.TABLES, *data_map.BLOBS, *data_map.ELSEWHERE):
        line = f"| `{entry.place}` | {entry.what} | {entry.why} | {entry.who} | {entry.goes} |"
        assert line in PAGE, line


def test_the_page_names_no_place_that_is_not_there() -> None:
    named = set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE))
    assert named == {entry.place for entry in (*data_map.TABLES, *data_map.BLOBS, *data_map.ELSEWHERE)}


def test_every_personal_table_says_what_of_it_a_candidate_gets() -> None:
    personal = {entry.place for entry in data_map.TABLES if entry.personal}
    assert personal == {table.name for table in planted.tables()}
    assert personal == set(export_fields.OWN) | set(export_fields.LEFT_OUT)


def test_columns_that_a_copy_names_exist() -> None:
    for table, columns in export_fields.OWN.items():
        assert set(columns) <= set(SQLModel.metadata.tables[table].columns.keys()), table


def test_the_page_names_the_version_of_the_consent() -> None:
    assert f"now {invites.CONSENT_VERSION}:" in PAGE


def test_a_logged_fault_says_nothing_of_the_values_it_met(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = planted.MARK
    try:
        with session(builders.engine(tmp_path)) as db:
            db.execute(text("insert into nowhere values (:said)"), {"said": said})
    except Exception:
        structlog.get_logger().exception("fault", interview_id="an id")
    written = capsys.readouterr().out
    assert "OperationalError" in written or "ProgrammingError" in written
    assert "an id" in written
    assert said not in written
