"""Text of one résumé file as a person sees it. Runs only in the process forked for the file (resume_worker).

The kind is told by the bytes (resume_kind); each kind has its reader, which returns {"page_texts", "media_type",
"warnings", "unseen", "checked", "links", "pages"}. Here the pages are tidied (resume_characters) and joined, and where
each begins is noted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from typing import Any

from interview_platform.adapters import resume_kind as kinds
from interview_platform.adapters.resume_characters import Characters
from interview_platform.adapters.resume_found import TRUNCATED
from interview_platform.errors import ResumeUnreadable

MOST_BYTES = 15_000_000
MOST_CHARACTERS = 200_000
MOST_LINKS = 100
LONGEST_UNSEEN = 2_000
_LEAST_LETTERS = 25

Answer = dict[str, Any]


def warm_up() -> None:
    """Import and try the readers, so that no file pays for it."""
    import pypdfium2.raw  # noqa: F401 - loaded here, used by the PDF reader's second try

    from interview_platform.adapters import resume_samples

    for content in resume_samples.files():
        answer_for(content, 5.0, "")


def answer_for(content: bytes, seconds: float, ending: str) -> Answer:
    """The answer for a file whose name has this ending; never raises for what the file holds."""
    return answered(lambda: _read(content, seconds), ending)


def answered(read: Callable[[], Answer], ending: str) -> Answer:
    """What a reader found, tidied, or the reason why there is nothing."""
    try:
        return {"ok": True, **_tidied(read(), ending)}
    except ResumeUnreadable as error:
        return {"ok": False, "reason": error.reason}
    except MemoryError:
        return {"ok": False, "reason": "too_large"}
    except Exception:  # a parser's surprise: the file is to blame
        return {"ok": False, "reason": "damaged"}


def _read(content: bytes, seconds: float) -> Answer:
    if len(content) > MOST_BYTES:
        raise ResumeUnreadable("", "too_large")
    if not content.strip():
        raise ResumeUnreadable("", "empty")
    kind = kinds.kind_of(content)
    if kind == kinds.PDF:
        return _pdf(content, seconds)
    if kind == "zip":
        return _zipped(content)
    if kind == kinds.RTF:
        from interview_platform.adapters import resume_rtf

        return resume_rtf.read(content)
    return {"page_texts": [_plain(content)], "media_type": kinds.TXT, "pages": 0}


def _pdf(content: bytes, seconds: float) -> Answer:
    from interview_platform.adapters import resume_pdf

    whole = b"%%EOF" in content
    try:
        result = resume_pdf.read(content, seconds)
    except ResumeUnreadable as error:
        if error.reason == "damaged" and not whole:
            raise ResumeUnreadable("", "truncated") from error
        raise
    if not whole:
        result = {**result, "warnings": [*result["warnings"], TRUNCATED]}
    return {**result, "media_type": kinds.PDF}


def _zipped(content: bytes) -> Answer:
    """A DOCX or ODT; any other archive is named for what it is."""
    from interview_platform.adapters import resume_docx, resume_odt
    from interview_platform.adapters.resume_zip import Parts

    parts = Parts(content)
    if resume_docx.main_part(parts):
        return resume_docx.read(parts)
    if "content.xml" in parts.names:
        return resume_odt.read(parts)
    raise ResumeUnreadable("", _archive_kind(parts.names))


def _archive_kind(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "spreadsheet"
    if any(name.startswith("ppt/") for name in names):
        return "slides"
    if any(name.lower().endswith(".iwa") for name in names) or "index.apxl" in names:
        return "pages"
    return "archive"


def _plain(content: bytes) -> str:
    """A text file's text; anything that only looks like one is the wrong kind."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        raise ResumeUnreadable("", "wrong_kind")
    if len(text) > 2 * MOST_CHARACTERS:
        raise ResumeUnreadable("", "too_long")
    odd = sum(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f\v" for character in text)
    if odd > len(text) / 200:
        raise ResumeUnreadable("", "wrong_kind")
    return text


def _tidied(result: Answer, ending: str) -> Answer:
    """Pages tidied and joined; and something to read, or the reason why not."""
    pages = result["page_texts"]
    if sum(map(len, pages)) > 2 * MOST_CHARACTERS:
        raise ResumeUnreadable("", "too_long")
    characters = Characters(painted=kinds.painted(result["media_type"]))
    text, starts = _joined([characters.tidy(page, number) for number, page in enumerate(pages, 1)])
    if len(text) > MOST_CHARACTERS:
        raise ResumeUnreadable("", "too_long")
    if sum(1 for _ in islice(re.finditer(r"[^\W\d_]", text), _LEAST_LETTERS)) < _LEAST_LETTERS:
        raise ResumeUnreadable("", "empty")
    label = kinds.mislabelled(ending, result["media_type"])
    named = [{"kind": "mislabelled", "detail": label, "count": 1}] if label else []
    return {
        "text": text,
        "pages": result.get("pages", len(pages)),
        "page_starts": starts,
        "media_type": result["media_type"],
        "warnings": [*result.get("warnings", ()), *characters.warnings(), *named],
        "unseen": [*map(_storable, result.get("unseen", ())), *characters.unseen()],
        "checked": bool(result.get("checked", True)),
        "links": list(dict.fromkeys(filter(str.isprintable, result.get("links", ()))))[:MOST_LINKS],
    }


def _storable(entry: Answer) -> Answer:
    """Unseen text as a database takes it: no control characters, no halves of characters."""
    kept = (character for character in str(entry["text"]) if character in "\n\t" or character.isprintable())
    return {**entry, "text": "".join(kept)[:LONGEST_UNSEEN]}


def _joined(pages: list[str]) -> tuple[str, list[int]]:
    """The pages with a blank line between them, and where each begins."""
    text, starts = "", []
    for page in pages:
        if text and page:
            text += "\n\n"
        starts.append(len(text))
        text += page
    return text, starts
