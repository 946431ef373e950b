"""Text of an RTF as a person sees it, and apart from it what nobody sees. Runs only in the limited process.

A tokenizer of its own: the libraries that read RTF drop what tells hidden text (`\\v`, colours, sizes). Control words
that are not known are skipped, as the format asks; so are embedded objects and pictures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.adapters import resume_colour as colours
from interview_platform.adapters.resume_found import TRUNCATED, Found
from interview_platform.adapters.resume_kind import RTF
from interview_platform.adapters.resume_rtf_words import (
    METADATA,
    SETS_ASIDE,
    SHOWN_THOUGH_STARRED,
    SKIPPED,
    SPOKEN,
    SYMBOLS,
    colour_table,
    font_encodings,
    known,
)
from interview_platform.errors import ResumeUnreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)"
)
_ADDRESS = re.compile(r'HYPERLINK\s+"((?:https?://|mailto:)[^"]{1,500})"')
_MOST_DEPTH = 500
_MOST_TEXT = 600_000
_TINY_HALF_POINTS = 6
_FARTHEST_RAISED = 400  # half-points
_TINY_TWIPS = 50
_FARTHEST_TWIPS = 31_680


def read(content: bytes) -> dict[str, Any]:
    """The shape of resume_text. Raises ResumeUnreadable."""
    reader = _Reader(content)
    reader.run()
    cut = reader.open_groups > 0 and not content.rstrip(b"\r\n\x00 ").endswith(b"}")
    text = "".join(reader.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")  # halves joined
    return {
        "page_texts": [re.sub(r"\t+\n", "\n", page) for page in text.split("\f")],
        "media_type": RTF,
        "pages": 0,
        "warnings": [*reader.found.warnings(), *([TRUNCATED] if cut else [])],
        "unseen": reader.found.unseen(),
        "checked": True,
        "links": reader.links,
    }


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and may change until it closes."""

    skip: bool = False
    aside: str = ""  # the kind of text set aside here, "" for text of the page
    hidden: bool = False
    deleted: bool = False
    colour: int = 0
    behind: int = 0  # of the run
    shade: int = 0  # of the paragraph or cell
    size: int = 24
    scale: int = 100
    flat: bool = False  # lines of no height, or words beside the page
    after_unicode: int = 1
    font: int = 0


class _Reader:
    """Reads tokens one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._state = _State()
        self._stack: list[_State] = []
        self._starred = False
        self._fresh = True  # a group has just opened: its first word may name a destination
        self._to_skip = 0
        self._spoken = 0
        self._bytes = bytearray()
        self._unseen: list[str] = []
        self._why = ""
        self._encoding = "cp1252"
        self._fonts = dict(font_encodings(content))
        self._colours = colour_table(content)
        self.found = Found()
        self.pieces: list[str] = []
        self.links: list[str] = re.findall(
            r'HYPERLINK\s+"((?:https?://|mailto:)[^"]{1,500})"', content.decode("latin-1")
        )
        self.open_groups = 0

    def run(self) -> None:
        """All tokens; what is open at the end is closed."""
        place, content = 0, self._content
        while place < len(content):
            token = _TOKEN.match(content, place)
            if token is None:
                place += 1
                continue
            place = token.end()
            word, number, code, symbol, brace, text = token.groups()
            if word == b"bin":
                place += min(max(int(number or 0), 0), len(content))
            elif brace:
                self._brace(brace)
            elif word:
                self._word(word.decode(), None if number is None else int(number))
            elif code:
                self._byte(bytes([int(code, 16)]))
            elif symbol:
                self._symbol(symbol.decode("latin-1"))
            elif text:
                self._byte(text)
        self._flush()
        self._hand_over()

    # --- tokens ------------------------------------------------------------------------------------------------

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._to_skip = 0
        if brace == b"{":
            if len(self._stack) >= _MOST_DEPTH:
                raise ResumeUnreadable("", "damaged")
            self._stack.append(self._state)
            self._fresh = True
        elif self._stack:
            self._state = self._stack.pop()
        self.open_groups = len(self._stack)
        self._starred = False

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in SYMBOLS:
            self._say(SYMBOLS[symbol])
        self._fresh = self._fresh and symbol == "*"

    def _byte(self, content: bytes) -> None:
        self._fresh = False
        if self._to_skip:
            used = min(self._to_skip, len(content))
            self._to_skip -= used
            content = content[used:]
        if content and not self._state.skip:
            self._bytes += content

    def _word(self, word: str, number: int | None) -> None:
        fresh, self._fresh = self._fresh, False
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            return self._unicode(number)
        if fresh and self._destination(word, starred):
            return None
        if word in SPOKEN:
            return self._say(SPOKEN[word])
        self._flush()
        self._state = self._changed(word, 1 if number is None else number)
        return None

    def _destination(self, word: str, starred: bool) -> bool:
        """Whether a group begins here whose text is not the page's."""
        if word in SETS_ASIDE and (starred or word != "deleted"):
            self._state = replace(self._state, aside=SETS_ASIDE[word])
            return True
        if word in ("listtext", "pntext"):  # the bullet or number, for readers that cannot count
            self._say("• ")
            self._state = replace(self._state, skip=True)
            return True
        if word in SKIPPED or (starred and word not in SHOWN_THOUGH_STARRED):
            self._state = replace(self._state, skip=True)
            return True
        return False

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number % 65_536
        self._to_skip = self._state.after_unicode
        self._say(chr(code))

    def _changed(self, word: str, number: int) -> _State:
        """The state after a control word."""
        state = self._state
        if word == "plain":
            return replace(state, hidden=False, deleted=False, colour=0, behind=0, size=24, scale=100, font=0)
        if word == "pard":
            return replace(state, shade=0, flat=False)
        if word == "trowd":
            return replace(state, flat=False)
        if word in ("v", "deleted"):
            change: dict[str, Any] = {"hidden" if word == "v" else "deleted": number != 0}
            return replace(state, **change)
        plain = {"cf": "colour", "fs": "size", "charscalex": "scale", "uc": "after_unicode", "f": "font"}
        plain |= {"cb": "behind", "highlight": "behind", "chcbpat": "behind", "cbpat": "shade", "clcbpat": "shade"}
        if word in plain:
            change = {plain[word]: max(0, min(number, 65_535))}
            return replace(state, **change)
        if word == "ansicpg":
            self._encoding = known(f"cp{number}")
        elif word == "mac":
            self._encoding = "mac_roman"
        elif word in ("up", "dn"):
            return replace(state, flat=abs(number) > _FARTHEST_RAISED)
        elif word in ("sl", "trrh", "li", "posx"):
            exactly_no_height = word in ("sl", "trrh") and -_TINY_TWIPS < number < 0
            return replace(state, flat=state.flat or exactly_no_height or abs(number) > _FARTHEST_TWIPS)
        return state

    # --- text --------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._state.font, self._encoding)
            text = self._bytes.decode(encoding, "replace").replace("\ufffd", "")
            self._bytes.clear()
            self._speak(text)

    def _say(self, text: str) -> None:
        self._flush()
        if not self._state.skip:
            self._speak(text)

    def _speak(self, text: str) -> None:
        self._spoken += len(text)
        if self._spoken > _MOST_TEXT:
            raise ResumeUnreadable("", "too_long")
        why = self._reason() if text.strip() else self._why
        if why != self._why:
            self._hand_over()
            self._why = why
        (self._unseen if why else self.pieces).append(text)

    def _hand_over(self) -> None:
        text = "".join(self._unseen)
        self._unseen.clear()
        if self._why != "title" or len(text) > 100:
            self.found.add(METADATA.get(self._why, self._why).replace("title", "metadata"), text + "\n")

    def _reason(self) -> str:
        """Why nobody sees text in this state, or ""."""
        state = self._state
        if state.aside:
            return state.aside
        if state.deleted:
            return "deleted"
        if state.hidden:
            return "hidden_run"
        if state.flat or state.size <= _TINY_HALF_POINTS or state.scale <= 15:
            return "tiny"
        colour = self._colours.get(state.colour)
        behind = self._colours.get(state.behind) or self._colours.get(state.shade) or colours.WHITE
        return "same_colour" if colour is not None and colours.alike(colour, behind) else ""
