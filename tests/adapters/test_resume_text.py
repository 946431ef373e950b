"""From a file's bytes to one text: pages joined, their places kept, what is odd told."""

import itertools

import pytest

from interview_platform.adapters.resume_text import answer_for
from tests import resume_files as files

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def read(content, ending=""):
    answer = answer_for(content, 5.0, ending)
    assert answer["ok"], answer
    return answer


def test_pages_are_joined_by_a_blank_line_and_where_each_begins_is_told():
    raw = BREAK + files.run("Second page, Backend Engineer", "") + BREAK + files.run("Third page", "")
    answer = read(files.docx(["Maya Okafor"], raw=raw))
    starts = answer["page_starts"]
    pages = [answer["text"][a:b].strip() for a, b in itertools.pairwise([*starts, None])]
    assert pages == ["Maya Okafor", "Second page, Backend Engineer", "Third page"]
    assert answer["pages"] == 3


def test_a_page_without_text_keeps_its_place():
    answer = read(files.docx(["Maya Okafor, Backend Engineer"], raw=BREAK + BREAK + files.run("Third", "")))
    assert [answer["text"][start:] for start in answer["page_starts"]][2] == "Third"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Moved the ledger â€“ twice", "Moved the ledger – twice"),
        ("Uniﬁed of\ufb01ce\u2011wide tools", "Unified office-wide tools"),
        ("Icons \ue0b0\uf0e0 go", "Icons go"),
    ],
)
def test_characters_have_one_form(text, seen):
    assert seen in read(f"Maya Okafor, Backend Engineer\n{text}".encode())["text"]


def test_an_ending_that_tells_the_truth_is_not_remarked_on():
    content = files.docx(["Maya Okafor, Backend Engineer"])
    assert read(content, ".docx")["warnings"] == []
    assert read(content, ".pdf")["warnings"][0]["detail"] == (
        "This file is called .pdf but is a Word document; it was read as that."
    )


def test_unseen_text_holds_nothing_a_database_refuses():
    hidden = files.rtf(r"Maya Okafor, Backend Engineer, Leeds\par{\v hidden \u0?\u-10179?word\u8203?}")
    (entry,) = read(hidden)["unseen"]
    assert entry["text"].isprintable()
    assert entry["text"].startswith("hidden")


def test_a_text_far_longer_than_a_resume_is_refused():
    assert answer_for(b"Maya Okafor " * 40_000, 5.0, "") == {"ok": False, "reason": "too_long"}
