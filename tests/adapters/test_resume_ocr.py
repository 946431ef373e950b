"""Pictures of text: read by the extra where it is installed, named as unreadable where it is not."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from interview_platform.adapters import resume_ocr
from interview_platform.adapters.resume_parser import MESSAGES, SandboxedParser
from interview_platform.errors import ResumeUnreadable
from tests import resume_files as files

HERE = "tests.adapters.test_resume_ocr"


def line(text, left, top, sure=0.9):
    corners = [[left, top], [left + 12 * len(text), top], [left + 12 * len(text), top + 20], [left, top + 20]]
    return corners, text, sure


def warm_up() -> None:
    """As a reader's module: nothing to load."""


def answer_for(content: bytes, seconds: float, ending: str) -> resume_ocr.Answer:
    """As a reader's module: the picture of one who is easy to read."""
    found = [line("Maya Okafor, Backend Engineer", 10, 10)] if content.startswith(b"%PDF") else []
    return resume_ocr.answered(lambda: resume_ocr.recognised(content, seconds, lambda _: found), ending)


@pytest.fixture(scope="module")
def parser():
    made = SandboxedParser(workers=1, ocr_reader=HERE)
    yield made
    made.close()


def test_a_scan_is_read_where_pictures_can_be_and_that_is_told(parser):
    read = parser.parse("scan.pdf", files.scan())
    assert read.text == "Maya Okafor, Backend Engineer"
    assert [warning["kind"] for warning in read.warnings] == ["ocr"]


def test_a_picture_in_which_no_words_are_found_is_named_as_such(parser):
    held = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(held, "PNG")
    with pytest.raises(ResumeUnreadable) as caught:
        parser.parse("photo.png", held.getvalue())
    assert (caught.value.reason, str(caught.value)) == ("unread_scan", MESSAGES["unread_scan"])


def test_recognised_lines_are_put_in_reading_order_and_guesses_left_out():
    lines = [
        line("Backend Engineer", 10, 60),
        line("Leeds", 700, 60),
        line("Maya Okafor", 10, 10),
        line("~~", 9, 99, 0.2),
    ]
    assert resume_ocr.in_order(lines).split() == ["Maya", "Okafor", "Backend", "Engineer", "Leeds"]


def test_only_as_many_pages_are_read_as_there_is_time_for():
    content = files.pdf(pages=3)
    found = resume_ocr.recognised(content, 0.0, lambda _: [line("Maya Okafor", 10, 10)])
    assert (len(found["page_texts"]), found["pages"]) == (1, 3)
    assert found["warnings"][0]["detail"].startswith("Of 3 pages 1 were read.")


def test_a_picture_of_monstrous_size_is_not_unpacked():
    held = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(held, "PNG")
    with pytest.raises(ResumeUnreadable) as caught:
        resume_ocr.recognised(held.getvalue(), 5.0, lambda _: [])
    assert caught.value.reason == "too_large"
