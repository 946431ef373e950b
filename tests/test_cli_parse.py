"""`python -m interview_platform parse`: one line of JSON a file, whatever the file is."""

import json

import pytest
from typer.testing import CliRunner

from interview_platform import cli
from interview_platform.cli import parsing
from interview_platform.errors import ResumeUnreadable
from interview_platform.ports import ParsedFile
from tests import resume_files

KEYS = {
    "file",
    "ok",
    "error",
    "name",
    "emails",
    "phones",
    "links",
    "location",
    "headline",
    "skills",
    "experience",
    "education",
    "certifications",
    "languages",
    "text_chars",
    "pages",
    "warnings",
    "ms",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    held = tmp_path_factory.mktemp("resumes")
    (held / "deeper").mkdir()
    (held / "a.pdf").write_bytes(resume_files.pdf())
    (held / "b.pdf").write_bytes(b"%PDF-1.7 and then nothing that a reader could follow")
    (held / "deeper" / "c.txt").write_text(resume_files.TEXT, "utf-8")
    (held / ".hidden").write_text("not a résumé")
    return held


@pytest.fixture(scope="module")
def printed(folder):
    done = CliRunner().invoke(cli.app, ["parse", str(folder), str(folder / "none.pdf"), "--json"])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_each_file_of_a_folder_has_its_line_in_order(printed, folder):
    _, entries = printed
    assert [entry["file"] for entry in entries] == [
        str(folder / "a.pdf"),
        str(folder / "b.pdf"),
        str(folder / "deeper" / "c.txt"),
        str(folder / "none.pdf"),
    ]
    assert [entry["ok"] for entry in entries] == [True, False, True, False]


def test_every_line_has_every_key_and_only_failures_have_an_error(printed):
    for entry in printed[1]:
        assert set(entry) >= KEYS
        assert bool(entry["error"]) is not entry["ok"]


def test_one_file_that_cannot_be_read_ends_with_code_1(printed):
    assert printed[0] == 1


def test_dates_are_normal_and_every_item_has_its_place(printed):
    entry = printed[1][0]
    first = entry["experience"][0]
    assert (first["title"], first["company"], first["start"], first["end"]) == (
        "Senior Backend Engineer",
        "Harbour Payments Ltd",
        "2021-03",
        "present",
    )
    assert first["months"] > 60
    assert first["description"].startswith("•")
    assert (
        entry["education"][0] | {"school": "University of Leeds", "degree": "BSc", "start": "2014"}
        == entry["education"][0]
    )
    for item in (*entry["skills"], *entry["experience"], *entry["education"]):
        assert item["page"] == 1
        assert 0 <= item["start_char"] < item["end_char"] <= entry["text_chars"]


def test_an_error_nobody_foresaw_ends_neither_the_others_nor_in_a_traceback(tmp_path):
    class Broken:
        def parse(self, filename, content):
            if filename == "bad.txt":
                raise RuntimeError("unforeseen")
            if filename == "scan.txt":
                raise ResumeUnreadable("A scan.", "scanned")
            return ParsedFile(text=resume_files.TEXT, pages=1, media_type="text/plain")

    paths = [tmp_path / name for name in ("bad.txt", "good.txt", "scan.txt")]
    for path in paths:
        path.write_text("x")
    entries = list(parsing.entries(Broken(), paths))
    assert [entry["ok"] for entry in entries] == [False, True, False]
    assert "RuntimeError" in entries[0]["error"]
    assert (entries[2]["error"], entries[2]["reason"]) == ("A scan.", "scanned")


def test_without_json_a_person_reads_it(folder):
    done = CliRunner().invoke(cli.app, ["parse", str(folder / "deeper")])
    assert done.exit_code == 0
    assert "Maya Okafor" in done.stdout
    assert "Harbour Payments Ltd" in done.stdout
