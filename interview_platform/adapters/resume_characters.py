"""Characters as a person sees them: what is invisible goes, what only looks like a letter becomes that letter.

Zero-width and direction characters, tags (a whole alphabet nobody sees), soft hyphens inside words, letters of another
script inside a Latin word, mathematical and full-width letters: read as what is seen, counted, and told. A whole word
in another script is a word of that script and stays. Runs only inside the limited process (resume_text).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from typing import Any

from interview_platform.adapters.resume_homoglyphs import as_seen

_JOINING = "\u0600-\u07ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"  # scripts that need joiners to be written right
_JOINER = re.compile(f"(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])")
_ZERO_WIDTH = re.compile(
    "[\u180e\u200b-\u200d\u2060-\u2064\ufeff\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0100-\U000e01ef]"
)
_IN_WORD = re.compile(f"(?<=[A-Za-z]){_ZERO_WIDTH.pattern}+(?=[A-Za-z])")
_LONG_RUN = re.compile(f"{_ZERO_WIDTH.pattern}{{16,}}")  # a message in ones and noughts
_MANY = 100
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_REVERSED = re.compile("\u202e([^\u202c\n]*)\u202c?")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_STYLED = re.compile("[\U0001d400-\U0001d7ff\u24b6-\u24e9]")
_FULL_WIDTH = re.compile("[\uff21-\uff3a\uff41-\uff5a]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CUT_APART = re.compile("(?:[^\\W\\d_]{1,2}\u00ad){2,}[^\\W\\d_]+")
_NOT_SHOWN = ("Cc", "Cf", "Cs", "Co", "Cn")
_PILED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")

_DETAILS = {
    "zero_width": "{} zero-width characters were left out.",
    "direction": "{} characters that turn the direction of writing were left out; the text is read as it is shown.",
    "tag_characters": "{} characters of an invisible alphabet were left out.",
    "homoglyphs": "{} words held letters of another script that look like ordinary ones: {}.",
    "soft_hyphens": "{} words were cut apart by invisible hyphens and put together again: {}.",
    "styled_letters": "{} letters were written with mathematical or other ornamental characters and read as plain.",
}
_LEAST = {
    "zero_width": 1,
    "direction": 1,
    "tag_characters": 1,
    "homoglyphs": 1,
    "soft_hyphens": 1,
    "styled_letters": 10,
}


class Characters:
    """Tidies pages and remembers what was odd in them. `painted` text was read off a page (PDF), not typed."""

    def __init__(self, painted: bool) -> None:
        self._painted = painted
        self._counts: Counter[str] = Counter()
        self._samples: dict[tuple[str, int], list[str]] = {}

    def tidy(self, text: str, page: int) -> str:
        """One page's text in one form of every character, without invisible ones and icons."""
        text = repaired(text).replace("\r\n", "\n").replace("\r", "\n")
        text = self._without_tags(text, page)
        text = self._in_seen_order(text, page)
        text = self._without_zero_width(text, page)
        text = self._without_soft_hyphens(text, page)
        text = unicodedata.normalize("NFKC", self._plain_letters(text))
        text = _PILED.sub(r"\1", re.sub(r"\(cid:\d+\)", "", text))
        text = text.translate(
            {ord(odd): None for odd in set(text) if odd not in "\n\t\u200c\u200d" and not _shown(odd)}
        )
        text = re.sub(r"-?[\u2010\u2011]+-?", "-", text)  # every kind of hyphen is one
        return _spaced(self._as_seen(text, page))

    def unseen(self) -> list[dict[str, Any]]:
        """{"kind", "page", "text", "count"}: the words in which something was found."""
        return [
            {"kind": kind, "page": page, "text": "; ".join(samples)[:2_000], "count": len(samples)}
            for (kind, page), samples in self._samples.items()
            if self._counts[kind] >= _LEAST[kind]
        ]

    def warnings(self) -> list[dict[str, Any]]:
        """{"kind", "detail", "count"} for what no honest file holds."""
        found = []
        for kind, count in sorted(self._counts.items()):
            if count >= _LEAST[kind]:
                words = [word for (one, _), some in self._samples.items() if one == kind for word in some]
                detail = _DETAILS[kind].format(count, ", ".join(words[:5]))
                found.append({"kind": kind, "detail": detail, "count": count})
        return found

    def _note(self, kind: str, page: int, count: int, *samples: str) -> None:
        self._counts[kind] += count
        held = self._samples.setdefault((kind, page), [])
        held.extend(sample for sample in samples if sample and len(held) < 200)

    def _without_tags(self, text: str, page: int) -> str:
        text = _FLAG.sub("", text)
        for run in _TAGS.findall(text):
            said = "".join(chr(ord(character) - 0xE0000) for character in run)
            self._note("tag_characters", page, len(run), "".join(filter(str.isprintable, said)))
        return _TAGS.sub("", text)

    def _in_seen_order(self, text: str, page: int) -> str:
        """What an override writes backwards is read as it is shown; other marks of direction only go."""
        if self._painted or _RIGHT_TO_LEFT.search(text):
            return _DIRECTION.sub("", text)
        for turned in _REVERSED.finditer(text):
            self._note("direction", page, 1, _DIRECTION.sub("", turned.group(1))[::-1].strip())
        text = _REVERSED.sub(lambda turned: turned.group(1)[::-1], text)
        return _DIRECTION.sub("", text)

    def _without_zero_width(self, text: str, page: int) -> str:
        if not _ZERO_WIDTH.search(text):
            return text
        text = _JOINER.sub(lambda joiner: {"\u200c": "\ue0fc", "\u200d": "\ue0fd"}[joiner.group()], text)
        count = len(_ZERO_WIDTH.findall(text))
        words = [_ZERO_WIDTH.sub("", word) for word in text.split() if _IN_WORD.search(word)]
        if len(words) >= 3 or count >= _MANY or _LONG_RUN.search(text):  # web pages leave a few where lines may break
            self._note("zero_width", page, count, *words)
        text = _ZERO_WIDTH.sub("", text)
        return text.replace("\ue0fc", "\u200c").replace("\ue0fd", "\u200d")

    def _without_soft_hyphens(self, text: str, page: int) -> str:
        """Typed, a soft hyphen shows only where a line breaks; painted on a page, it is a hyphen."""
        if self._painted:
            return re.sub("-?\u00ad+-?", "-", text)
        words = [word.replace("\u00ad", "") for word in _CUT_APART.findall(text)]
        if words:
            self._note("soft_hyphens", page, len(words), *words)
        return re.sub("\u00ad+(?!\n)", "", text).replace("\u00ad\n", "-\n")

    def _plain_letters(self, text: str) -> str:
        """Counts ornamental letters; NFKC makes them plain."""
        count = len(_STYLED.findall(text)) + (0 if _CJK.search(text) else len(_FULL_WIDTH.findall(text)))
        if count and not self._painted:  # formulas on a printed page are set in them
            self._counts["styled_letters"] += count
        return text

    def _as_seen(self, text: str, page: int) -> str:
        text, changed = as_seen(text)
        for word, plain in changed:
            self._note("homoglyphs", page, 1, f"'{word}' read as '{plain}'")
        return text


def _shown(character: str) -> bool:
    return " " <= character < "\u007f" or unicodedata.category(character) not in _NOT_SHOWN


def _spaced(text: str) -> str:
    text = re.sub("[ \u2028\u2029]+", " ", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def repaired(text: str) -> str:
    """UTF-8 that a program once read as Windows text ("â€¢" for "•") made right again."""

    def right(found: re.Match[str]) -> str:
        with suppress(UnicodeError):
            return found.group().encode("cp1252").decode("utf-8")
        return found.group()

    text = re.sub("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]{1,3}", right, text)
    return re.sub("\u00c2(?=\\s|$)|\u00ef\u00bc", " ", text)  # what is left when the second half was lost
