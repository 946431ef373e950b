"""RTF's control words and tables: what stands for a character, what begins text beside the page. For resume_rtf."""

from __future__ import annotations

import codecs
import re

from interview_platform.adapters.resume_colour import Colour

SPOKEN = {
    "par": "\n",
    "sect": "\n",
    "line": "\n",
    "row": "\n",
    "nestrow": "\n",
    "tab": "\t",
    "cell": "\t",
    "nestcell": "\t",
    "page": "\f",
    "emdash": "\u2014",
    "endash": "\u2013",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "rtlmark": "\u200f",
    "ltrmark": "\u200e",
}
SYMBOLS = {
    "~": "\u00a0",
    "-": "\u00ad",
    "_": "\u2011",
    "\\": "\\",
    "{": "{",
    "}": "}",
    "\n": "\n",
    "\r": "\n",
    "\t": "\t",
}
_NOT_OF_THE_PAGE = """
    fonttbl colortbl stylesheet pict object objdata fldinst nonshppict filetbl listtable listoverridetable revtbl
    rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl mmathPr bkmkstart bkmkend
    shprslt template author operator company manager creatim revtim printim buptim atnid atnauthor
    atndate atnref atrfstart atrfend datafield private sp do xe tc txe rxe pgdsctbl panose falt fname wgrffmtfilter
"""
SKIPPED = frozenset(_NOT_OF_THE_PAGE.split())
METADATA = {"subject": "metadata", "keywords": "metadata", "doccomm": "metadata", "category": "metadata"}
SETS_ASIDE = {**METADATA, "annotation": "comment", "title": "title", "userprops": "metadata"}
SETS_ASIDE |= {"docvar": "metadata", "deleted": "deleted"}
SHOWN_THOUGH_STARRED = frozenset({"shppict", "shpinst", "shptxt", "fldrslt"})
_CODE_PAGES = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253"}
_CODE_PAGES |= {162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874"}
_CODE_PAGES |= {238: "cp1250"}


def colour_table(content: bytes) -> dict[int, Colour]:
    """Colours by number; an empty entry is the reader's own choice and is left out."""
    table = re.search(rb"\{\\colortbl([^{}]*)\}", content[:500_000])
    found: dict[int, Colour] = {}
    for number, entry in enumerate(table.group(1).split(b";") if table else ()):
        parts = [re.search(rb"\\%s(\d{1,3})" % name, entry) for name in (b"red", b"green", b"blue")]
        values = [min(int(part.group(1)), 255) for part in parts if part is not None]
        if len(values) == 3:
            found[number] = (values[0], values[1], values[2])
    return found


def font_encodings(content: bytes) -> list[tuple[int, str]]:
    """Fonts whose bytes are in another code page than the document's."""
    entries = re.findall(rb"\\f(\d{1,5})\b[^;{}]{0,200}?\\fcharset(\d{1,3})", content[:500_000])
    return [(int(font), _CODE_PAGES[int(kind)]) for font, kind in entries if int(kind) in _CODE_PAGES and int(kind) > 1]


def known(encoding: str) -> str:
    """An encoding's own name; Windows' Latin one for what nobody knows."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
