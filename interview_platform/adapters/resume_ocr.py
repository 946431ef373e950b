"""Reads pictures of text (a scan, a photo): an extra that is on when rapidocr-onnxruntime is installed.

`pip install rapidocr-onnxruntime` (Apache-2.0, 15 MB, its models ride along; Python below 3.13). It runs in the same
kind of limited process as every other reader (resume_worker), with limits of its own: recognising a page takes
seconds. Lines are put in reading order by their places (resume_layout).
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_platform.adapters.resume_kind import PDF
from interview_platform.adapters.resume_layout import Piece, read_page
from interview_platform.adapters.resume_text import Answer, answered
from interview_platform.errors import ResumeUnreadable

MOST_PAGES = 4
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2_000
_LEAST_SURE = 0.5

Picture = NDArray[np.uint8]
Line = tuple[list[list[float]], str, float]
"""Four corners in pixels, the words, and how sure (0..1)."""
Recognise = Callable[[Picture], list[Line]]

_engine: list[Recognise] = []


def warm_up() -> None:
    """Load the models; one thread, so that the process may be forked."""
    import cv2
    from rapidocr_onnxruntime import RapidOCR

    cv2.setNumThreads(1)
    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    _engine.append(lambda picture: engine(picture, use_cls=False)[0] or [])


def answer_for(content: bytes, seconds: float, ending: str) -> Answer:
    """As resume_text.answer_for."""
    return answered(lambda: recognised(content, seconds, _engine[0]), ending)


def recognised(content: bytes, seconds: float, recognise: Recognise) -> Answer:
    """The text of the first pages, as many as the time is enough for. Raises ResumeUnreadable."""
    begun = time.monotonic()
    texts: list[str] = []
    slowest = 0.0
    media_type, pages, pictures = _pdf_pages(content) if b"%PDF-" in content[:1024] else _picture(content)
    for picture in pictures:
        if texts and time.monotonic() - begun + slowest > seconds:
            break
        started = time.monotonic()
        texts.append(in_order(recognise(picture)))
        slowest = max(slowest, time.monotonic() - started)
    detail = "The words were read from pictures (OCR) and may hold mistakes. Compare them with the original."
    if len(texts) < pages:
        detail = f"Of {pages} pages {len(texts)} were read. {detail}"
    warning = {"kind": "ocr", "detail": detail, "count": len(texts)}
    return {"page_texts": texts, "pages": pages, "media_type": media_type, "warnings": [warning], "checked": True}


def in_order(lines: list[Line]) -> str:
    """Recognised lines as one text, columns one after the other."""
    pieces = []
    for corners, words, sure in lines:
        if float(sure) >= _LEAST_SURE and words.strip():
            xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
            pieces.append(Piece(min(xs), -max(ys), max(xs), -min(ys), words.strip()))
    return read_page(pieces)


def _pdf_pages(content: bytes) -> tuple[str, int, Iterator[Picture]]:
    """The kind of file, how many pages there are, and pictures of the first ones."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ResumeUnreadable("", "damaged") from error

    def drawn() -> Iterator[Picture]:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            scale = min(200 / 72, LONGEST_SIDE / max(*page.get_size(), 1.0))
            yield page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]

    return PDF, len(document), drawn()


def _picture(content: bytes) -> tuple[str, int, Iterator[Picture]]:
    """A photo, its size checked before it is unpacked, turned as its camera was held."""
    from PIL import Image, ImageOps

    try:
        opened: Any = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"))
    except OSError as error:
        raise ResumeUnreadable("", "damaged") from error
    if opened.width * opened.height > MOST_PIXELS:
        raise ResumeUnreadable("", "too_large")
    picture = ImageOps.exif_transpose(opened.convert("RGB"))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return f"image/{opened.format.lower()}", 1, iter([np.asarray(picture)])
