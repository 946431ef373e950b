"""Reading untrusted résumé files: what a person sees comes out, everything else is named and left alone."""

import io
import random
import zipfile

import pytest

from interview_platform.adapters.resume_parser import MESSAGES, SandboxedParser
from interview_platform.errors import ResumeUnreadable
from tests import resume_files as files


@pytest.fixture(scope="module")
def parser():
    return SandboxedParser(seconds=10)


def reason(parser, content):
    with pytest.raises(ResumeUnreadable) as caught:
        parser.parse("file", content)
    assert str(caught.value) == MESSAGES[caught.value.reason]
    return caught.value.reason


def test_a_pdf_gives_its_lines_with_what_stands_at_the_right_edge_in_its_row(parser):
    read = parser.parse("maya.pdf", files.pdf())
    assert "Senior Backend Engineer, Harbour Payments Ltd\tMarch 2021 - Present" in read.text
    assert (read.pages, read.media_type, read.warnings) == (1, "application/pdf", ())


def test_two_columns_are_read_one_after_the_other(parser):
    left = [f"Line {number} of what she did at work, which is long" for number in range(12)]
    right = [f"Skill number {number}" for number in range(11)]
    text = parser.parse("maya.pdf", files.two_columns(left, right)).text
    assert text.startswith("Maya Okafor")
    assert "\n".join(left) in text
    assert "\n".join(right) in text


@pytest.mark.parametrize("how", ["white", "tiny", "off_page", "invisible"])
def test_words_nobody_sees_are_left_out_and_counted(parser, how):
    read = parser.parse("maya.pdf", files.with_hidden("kubernetes terraform expert", how))
    assert "terraform" not in read.text
    assert "PostgreSQL" in read.text
    assert sum(int(warning["count"]) for warning in read.warnings) >= 20


def test_white_words_on_a_dark_bar_are_seen(parser):
    read = parser.parse("maya.pdf", files.white_on_dark("Maya Okafor, Backend Engineer in Leeds"))
    assert "Backend Engineer" in read.text
    assert read.warnings == ()


def test_a_docx_gives_paragraphs_tables_and_no_hidden_runs(parser):
    table = "<w:tbl><w:tr>{}{}</w:tr></w:tbl>".format(
        *(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("Nurse, Ward 4", "2019 - 2024"))
    )
    hidden = files.run("terraform", "<w:vanish/>") + files.run("kubernetes", '<w:color w:val="FFFFFF"/>')
    read = parser.parse("a.docx", files.docx(["Ada Candidate", "ada.candidate@example.com"], raw=table + hidden))
    assert "Nurse, Ward 4\t2019 - 2024" in read.text
    assert "terraform" not in read.text
    assert {warning["kind"] for warning in read.warnings} == {"hidden_run", "same_colour"}


def test_a_table_inside_a_table_and_a_text_box_are_read_once(parser):
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Inner cell text</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p/>{inner}</w:tc></w:tr></w:tbl>"
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed text here</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = f"<m:AlternateContent xmlns:m='{mc}'><m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback>"
    raw = f"{outer}<w:p><w:r>{choice}</m:AlternateContent></w:r></w:p>"
    text = parser.parse("a.docx", files.docx(["Ada Candidate"], raw=raw)).text
    assert (text.count("Inner cell text"), text.count("Boxed text here")) == (1, 1)


def test_plain_text_is_read_whatever_the_file_is_called(parser):
    assert parser.parse("resume.pdf", files.TEXT.encode()).media_type == "text/plain"


def test_a_protected_file_is_named_as_such(parser):
    assert reason(parser, files.pdf(password="secret")) == "encrypted"


def test_a_scan_is_named_as_such(parser):
    assert reason(parser, files.scan()) == "scanned"


@pytest.mark.parametrize("content", [b"", b"  \n ", files.pdf("Page 1")])
def test_a_file_without_text_is_named_as_such(parser, content):
    assert reason(parser, content) == "empty"


def test_a_cut_off_pdf_is_named_as_damaged(parser):
    assert reason(parser, b"%PDF-1.7\n1 0 obj <<") == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(400),
        b"<svg xmlns='x'><text>Maya</text></svg>",
        bytes(range(256)) * 40,
        b"{\\rtf1 Maya}",
    ],
)
def test_what_is_no_resume_file_is_named_as_such(parser, content):
    assert reason(parser, content) == "wrong_kind"


def test_a_zip_that_is_no_docx_is_named_as_such(parser):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert reason(parser, held.getvalue()) == "wrong_kind"


def test_a_zip_bomb_is_not_unpacked(parser):
    assert reason(parser, files.zip_bomb()) == "zip_bomb"


def test_a_docx_that_declares_entities_is_refused(parser):
    bad = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><styles>&e;</styles>'
    assert reason(parser, files.docx(["Maya Okafor"], parts={"word/styles.xml": bad})) == "unsafe"


def test_too_many_pages_are_refused(parser):
    assert reason(parser, files.pdf("Maya Okafor, Backend Engineer in Leeds", pages=41)) == "too_many_pages"


def test_a_file_that_is_too_large_is_refused_unread(parser):
    assert reason(parser, b"x" * 15_000_001) == "too_large"


def test_a_parser_that_runs_out_of_time_is_stopped():
    assert reason(SandboxedParser(seconds=0.02), files.pdf()) == "too_slow"


def test_a_parser_that_runs_out_of_memory_leaves_an_error_and_nothing_else():
    assert reason(SandboxedParser(seconds=10, memory_mb=1), files.pdf()) in ("too_large", "damaged")


def outcome(parser, content):
    """ "read", or the reason why not."""
    try:
        return "read" if parser.parse("bent", content).text else "nothing"
    except ResumeUnreadable as error:
        return error.reason


def test_every_mutation_of_a_file_is_read_or_given_a_reason(parser):
    chance = random.Random(7)
    for content in (files.pdf(), files.docx(files.TEXT.split("\n"))):
        for _ in range(6):
            bent = bytearray(content)
            for _ in range(chance.randint(1, 40)):
                bent[chance.randrange(len(bent))] = chance.randrange(256)
            assert outcome(parser, bytes(bent)) in {"read", *MESSAGES}
