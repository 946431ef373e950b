"""Reading untrusted résumé files: what a person sees comes out, everything else is named and left alone."""

import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview_platform.adapters.resume_parser import MESSAGES, SandboxedParser
from interview_platform.errors import ResumeUnreadable
from tests import resume_files as files


@pytest.fixture(scope="module")
def parser():
    made = SandboxedParser(seconds=10, workers=1)
    yield made
    made.close()


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


def test_plain_text_is_read_whatever_the_file_is_called_and_that_is_told(parser):
    read = parser.parse("resume.pdf", files.TEXT.encode())
    assert read.media_type == "text/plain"
    assert [warning["kind"] for warning in read.warnings] == ["mislabelled"]


def test_every_kind_of_file_gives_the_same_lines(parser):
    lines = ["Maya Okafor", "Backend Engineer in Leeds", "Moved the ledger to PostgreSQL."]
    made = [files.docx(lines), files.odt(lines), files.rtf("".join(rf"{line}\par " for line in lines))]
    assert {parser.parse("file", content).text for content in [*made, "\n".join(lines).encode()]} == {"\n".join(lines)}


def test_a_protected_file_is_named_as_such(parser):
    assert reason(parser, files.pdf(password="secret")) == "encrypted"


def test_a_scan_is_named_as_such(parser):
    assert reason(parser, files.scan()) == "scanned"


@pytest.mark.parametrize("content", [b"", b"  \n ", files.pdf("Page 1")])
def test_a_file_without_text_is_named_as_such(parser, content):
    assert reason(parser, content) == "empty"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(400)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\n1 0 obj <<", "truncated"),
        (files.docx(["Maya Okafor"])[:-60], "truncated"),
        (PNG, "picture"),
        (b"PK\x03\x04" + bytes(50), "truncated"),
        (b"\xff\xd8\xff\xe0" + bytes(400), "picture"),
        (b"<svg xmlns='x'><text>Maya</text></svg>", "picture"),
        (b"<!DOCTYPE html><html><p>Maya Okafor, Backend Engineer</html>", "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "html"),
        (b"<?xml version='1.0'?><data>Maya Okafor, Backend Engineer</data>", "xml"),
        (b'{"name": "Maya Okafor", "title": "Backend Engineer"}', "xml"),
        (bytes(range(256)) * 40, "wrong_kind"),
        (b"\x7fELF" + bytes(400), "program"),
        (b"{\\rtf1 Maya}", "empty"),
        (OLE + "WordDocument".encode("utf-16-le"), "old_word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "old_office"),
        (files.zipped({"xl/workbook.xml": "<workbook/>"}), "spreadsheet"),
        (files.zipped({"ppt/presentation.xml": "<p/>"}), "slides"),
        (files.zipped({"Index/Document.iwa": "x", "preview.jpg": "x"}), "pages"),
        (files.zipped({"maya.docx": "x", "ben.docx": "x"}), "archive"),
        (
            files.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
            "spreadsheet",
        ),
        (files.odt(["Maya"], parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "encrypted"),
        (files.pdf() + files.zipped({"a.txt": "b"}), "polyglot"),
        (PNG + files.pdf(), "polyglot"),
        (b"<html><!--" + files.pdf(), "polyglot"),
        (files.TEXT.encode() + files.zipped({"a.txt": "b"}), "polyglot"),
    ],
)
def test_what_cannot_be_read_is_named_for_what_it_is(parser, content, why):
    assert reason(parser, content) == why


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(pages=3).partition(b"startxref")[0],
        files.rtf("Maya Okafor, Backend Engineer in Leeds")[:-1],
    ],
)
def test_a_file_that_ends_too_early_is_read_as_far_as_it_goes_and_that_is_told(parser, content):
    read = parser.parse("maya", content)
    assert "Maya Okafor" in read.text
    assert "truncated" in {warning["kind"] for warning in read.warnings}


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
    parser = SandboxedParser(seconds=0.001, workers=1)
    assert reason(parser, files.pdf(pages=30)) == "too_slow"
    parser.close()


def test_a_zip_whose_parts_share_their_bytes_is_not_unpacked(parser):
    content = files.zipped({"word/document.xml": "x" * 90, "word/other.xml": "y" * 90})
    first, second = (place.start() for place in re.finditer(b"PK\x01\x02", content))
    shared = bytearray(content)
    shared[second + 42 : second + 46] = shared[first + 42 : first + 46]  # both begin at the first one's bytes
    assert reason(parser, bytes(shared)) == "zip_bomb"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_two_parts_of_one_name_is_not_opened(parser):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for text in ("Shown", "Hidden"):
            archive.writestr(
                "word/document.xml", files.word_part(f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>")
            )
    assert reason(parser, held.getvalue()) == "damaged"


def test_an_odt_that_declares_entities_is_refused(parser):
    bad = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert reason(parser, files.odt(["Maya Okafor"], parts={"styles.xml": bad})) == "unsafe"


def outcome(parser, content):
    """ "read", or the reason why not."""
    try:
        return "read" if parser.parse("bent", content).text else "nothing"
    except ResumeUnreadable as error:
        return error.reason


WHOLE = {
    "pdf": files.pdf(),
    "docx": files.docx(files.TEXT.split("\n"), raw=files.text_box("In a box")),
    "odt": files.odt(files.TEXT.split("\n")),
    "rtf": files.rtf(files.TEXT.replace("\n", r"\par ").replace("•", "-")),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_every_mutation_of_a_file_is_read_or_given_a_reason(parser, kind, data):
    bent = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 30))):
        place = data.draw(st.integers(0, len(bent) - 1))
        bent[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(bent)))
    moved = bytes(bent[cut:] + bent[:cut]) if data.draw(st.booleans()) else bytes(bent)
    assert outcome(parser, moved) in {"read", *MESSAGES}
