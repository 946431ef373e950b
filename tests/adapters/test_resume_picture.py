"""Pages as pictures, drawn apart from the product."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from interview_platform.adapters.resume_picture import WIDTH, PdfPictures
from interview_platform.errors import ResumeUnreadable
from tests import resume_files


def test_a_page_is_drawn_as_a_person_sees_it() -> None:
    (page,) = PdfPictures().draw(resume_files.pdf())
    picture = Image.open(io.BytesIO(page))
    assert picture.width == pytest.approx(WIDTH, abs=2)
    darkest, lightest = picture.convert("L").getextrema()
    assert (darkest < 100, lightest) == (True, 255)  # ink on paper


def test_a_damaged_file_is_told_and_stops_nothing() -> None:
    with pytest.raises(ResumeUnreadable, match="Open the original"):
        PdfPictures().draw(b"%PDF-1.7 and nothing more")
