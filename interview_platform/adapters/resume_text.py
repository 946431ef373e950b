"""Text of one résumé file, in a process of its own: `python -m interview_platform.adapters.resume_text SECONDS MB`.

The file comes on stdin, one JSON object goes to stdout: {"ok": true, "text", "pages", "media_type", "warnings"} or
{"ok": false, "reason"}. The process takes its own limits first (memory, processor time, no files written, no
sockets, no other programs), so that a file made to break a parser breaks only this process. The kind is told by
the bytes, never by the file's name. Only what the kind needs is imported: starting costs as much as the reading.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from contextlib import suppress
from typing import Any

from interview_platform.errors import ResumeUnreadable

MOST_BYTES = 15_000_000
MOST_CHARACTERS = 200_000
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TXT = "text/plain"
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_LEAST_LETTERS = 25


def main(arguments: list[str]) -> int:
    """Read stdin, print the result."""
    seconds, megabytes = float(arguments[0]), int(arguments[1])
    _take_limits(seconds, megabytes)
    answer = answer_for(sys.stdin.buffer.read(MOST_BYTES + 1), seconds)
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def answer_for(content: bytes, seconds: float) -> dict[str, Any]:
    """What is printed for a file; never raises for what the file holds."""
    try:
        return {"ok": True, **_tidied(_read(content, seconds))}
    except ResumeUnreadable as error:
        return {"ok": False, "reason": error.reason}
    except MemoryError:
        return {"ok": False, "reason": "too_large"}
    except Exception:  # a parser's surprise: the file is to blame
        return {"ok": False, "reason": "damaged"}


def _read(content: bytes, seconds: float) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise ResumeUnreadable("", "too_large")
    if not content.strip():
        raise ResumeUnreadable("", "empty")
    if b"%PDF-" in content[:1024]:
        from interview_platform.adapters import resume_pdf

        return {**resume_pdf.read(content, seconds), "media_type": PDF}
    if content[:4] == b"PK\x03\x04":
        from interview_platform.adapters import resume_docx

        return {**resume_docx.read(content), "media_type": DOCX}
    return {"text": _plain(content), "pages": 0, "warnings": [], "media_type": TXT}


def _plain(content: bytes) -> str:
    """A text file's text; anything that only looks like one is the wrong kind."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"{", b"[{", b"\xd0\xcf\x11\xe0", b"\x89png", b"\xff\xd8\xff")):
        raise ResumeUnreadable("", "wrong_kind")
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        raise ResumeUnreadable("", "wrong_kind")
    odd = sum(unicodedata.category(character) == "Cc" and character not in "\t\n\r\f\v" for character in text)
    if odd > len(text) / 200:
        raise ResumeUnreadable("", "wrong_kind")
    return text


def _tidied(result: dict[str, Any]) -> dict[str, Any]:
    """One form of every character, no invisible ones, no icons; and something to read, or the reason why not."""
    text = result["text"]
    invisible = len(_ZERO_WIDTH.findall(text))
    text = unicodedata.normalize("NFKC", _repaired(_ZERO_WIDTH.sub("", text))).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        character
        for character in re.sub(r"\(cid:\d+\)", "", text)
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")
    )
    text = re.sub(r"-?[\u00ad\u2010\u2011]+-?", "-", text)  # every kind of hyphen is one
    text = re.sub(r"[ \u2028\u2029]+", " ", text)
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()
    if len(text) > MOST_CHARACTERS:
        raise ResumeUnreadable("", "too_long")
    if len(re.findall(r"[^\W\d_]", text)) < _LEAST_LETTERS:
        raise ResumeUnreadable("", "empty")
    warnings = list(result["warnings"])
    if invisible > 20:
        detail = f"{invisible} zero-width or direction characters were left out."
        warnings.append({"kind": "zero_width", "detail": detail, "count": invisible})
    return {**result, "text": text, "warnings": warnings}


def _repaired(text: str) -> str:
    """UTF-8 that a program once read as Windows text ("â€¢" for "•") made right again."""

    def right(found: re.Match[str]) -> str:
        with suppress(UnicodeError):
            return found.group().encode("cp1252").decode("utf-8")
        return found.group()

    text = re.sub("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]{1,3}", right, text)
    return re.sub("\u00c2(?=\\s|$)|\u00ef\u00bc", " ", text)  # what is left when the second half was lost


def _take_limits(seconds: float, megabytes: int) -> None:
    """Give up what reading does not need; what the system does not support is left to the parent's clock."""
    sys.addaudithook(_refuse)
    sys.setrecursionlimit(2_000)
    with suppress(ImportError):
        import resource

        wanted = {
            resource.RLIMIT_AS: megabytes * 1_000_000,
            resource.RLIMIT_CPU: int(seconds) + 1,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CORE: 0,
        }
        for kind, most in wanted.items():
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    """Audit hook: no sockets, no other programs."""
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "pty.")):
        raise PermissionError("a résumé needs no network and no other program")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
