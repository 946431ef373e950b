"""PDFs written by hand that hide words from a reader, each trick with an honest twin that looks alike to a program."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Sequence

LINES = (
    "Maya Okafor",
    "Backend Engineer in Leeds",
    "maya.okafor@example.com",
    "Moved the ledger from MySQL to PostgreSQL without stopping payments.",
    "Built the retry queue in Python and failed payouts fell by forty percent.",
)
"""What every file shows."""
WORDS = "kubernetes terraform wizard"
"""What the tricks hide and their twins show."""

_FONT = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"


def pdf(
    content: str,
    *,
    resources: str = "",
    page: str = "",
    catalog: str = "",
    trailer: str = "",
    objects: Sequence[bytes] = (),
    box: str = "0 0 595 842",
) -> bytes:
    """One page. `objects` are numbered from 10 and may be referred to from anywhere."""
    held = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R "
        f"/Resources << {_FONT} {resources} >> {page} >>".encode(),
        4: stream(content.encode("latin-1")),
        **{10 + number: value for number, value in enumerate(objects)},
    }
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, value in held.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += f"trailer\n<< /Size {max(held) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def stream(content: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, entries = zlib.compress(content), f"{entries} /Filter /FlateDecode"
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def text(words: str, x: float = 50, y: float = 300, size: float = 11, before: str = "", operators: str = "") -> str:
    """Words at a place; `before` are operators outside the text object, `operators` inside it."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"q {before} BT {operators} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET Q\n"


def body() -> str:
    """LINES, in black."""
    return "".join(text(line, y=780 - 18 * number) for number, line in enumerate(LINES))


def _picture(shade: int, wide: int = 8, high: int = 8) -> bytes:
    entries = f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return stream(bytes([shade]) * (wide * high), entries)


def _placed(name: str, x: float, y: float, wide: float, high: float) -> str:
    return f"q {wide} 0 0 {high} {x} {y} cm /{name} Do Q\n"


_WHITE_BOX = "q 1 g 40 290 400 30 re f Q\n"
_BAND = "q 0.1 0.1 0.3 rg 40 290 400 30 re f Q\n"
_STATES = (
    "/ExtGState << /Clear << /ca 0 /CA 0 >> /Faint << /ca 0.03 >> /Half << /ca 0.6 >> "
    "/Masked << /SMask << /Type /Mask /S /Luminosity /G 10 0 R >> >> >>"
)
_DARKNESS = stream(
    b"0 g 0 0 600 850 re f",
    "/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Group << /S /Transparency /CS /DeviceGray >>",
)
_SPACES = (
    "/ColorSpace << /Icc [/ICCBased 10 0 R] /Spot [/Separation /Ink /DeviceCMYK "
    "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>] >>"
)
_PROFILE = stream(b"not a profile", "/N 3 /Alternate /DeviceRGB")


def _layer(on: bool) -> dict[str, object]:
    state = "ON" if on else "OFF"
    return {
        "resources": "/Properties << /L1 10 0 R >>",
        "catalog": f"/OCProperties << /OCGs [10 0 R] /D << /Order [10 0 R] /{state} [10 0 R] >> >>",
        "objects": [b"<< /Type /OCG /Name (Layer) >>"],
    }


def _annotation(entries: str) -> dict[str, object]:
    look = stream(
        f"q 0 g BT /F1 11 Tf 2 5 Td ({WORDS}) Tj ET Q".encode(),
        f"/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << {_FONT} >>",
    )
    note = f"<< /Type /Annot /Rect [50 300 350 320] /Contents ({WORDS}) {entries} >>"
    return {"page": "/Annots [10 0 R]", "objects": [note.encode(), look]}


def mapped_font(read_as: str = WORDS) -> dict[str, object]:
    """A font F2 whose letter A is read as other characters."""
    words = read_as.encode("utf-16-be").hex()
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <{words}> endbfchar endcmap end end"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 11 0 R >>"
    return {
        "page": f"/Resources << {_FONT[:-3]} /F2 10 0 R >> >>",
        "objects": [font.encode(), stream(table.encode())],
    }


def _misnamed_font() -> dict[str, object]:
    """A font whose every small letter is read as the one thirteen places on."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    turned = zip(letters, _turned(letters), strict=True)
    pairs = "".join(f"<{ord(code):02x}> <{ord(read):04x}> " for code, read in turned)
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <00> <FF> endcodespacerange 26 beginbfchar {pairs} endbfchar endcmap end end"
    )
    return {**mapped_font(), "objects": [mapped_font()["objects"][0], stream(table.encode())]}  # type: ignore[index]


def _turned(words: str) -> str:
    return codecs.encode(words, "rot13")


def hidden(how: str) -> bytes:
    """LINES to be seen and WORDS that nobody sees; `how` is one of TRICKS."""
    content, entries = TRICKS[how]
    return pdf(body() + content, **entries)  # type: ignore[arg-type]


def honest(how: str) -> bytes:
    """LINES and WORDS, both to be seen; `how` is one of TWINS."""
    content, entries = TWINS[how]
    return pdf(body() + content, **entries)  # type: ignore[arg-type]


TRICKS: dict[str, tuple[str, dict[str, object]]] = {
    "white": (text(WORDS, before="1 g"), {}),
    "nearly white": (text(WORDS, before="0.96 g"), {}),
    "nearly white and large": (text(WORDS, size=26, before="0.95 0.95 0.94 rg"), {}),
    "pale yellow": (text(WORDS, before="1 1 0.9 rg"), {}),
    "white in print colours": (text(WORDS, before="0 0 0 0 k"), {}),
    "white by a colour profile": (
        text(WORDS, before="/Icc cs 1 1 1 scn"),
        {"resources": _SPACES, "objects": [_PROFILE]},
    ),
    "an ink that is not laid on": (
        text(WORDS, before="/Spot cs 0 scn"),
        {"resources": _SPACES, "objects": [_PROFILE]},
    ),
    "the colour of a dark band": (_BAND + text(WORDS, before="0.12 0.12 0.32 rg"), {}),
    "black on black": ("q 0 g 40 290 400 30 re f Q\n" + text(WORDS), {}),
    "white on a white picture": (
        _placed("Im", 40, 290, 400, 30) + text(WORDS, before="1 g"),
        {"resources": "/XObject << /Im 10 0 R >>", "objects": [_picture(255)]},
    ),
    "fully transparent": (text(WORDS, before="/Clear gs"), {"resources": _STATES, "objects": [_DARKNESS]}),
    "nearly transparent": (text(WORDS, before="/Faint gs"), {"resources": _STATES, "objects": [_DARKNESS]}),
    "masked out": (text(WORDS, before="/Masked gs"), {"resources": _STATES, "objects": [_DARKNESS]}),
    "one point high": (text(WORDS, size=1), {}),
    "scaled down": (text(WORDS, x=500, y=3000, before="0.1 0 0 0.1 0 0 cm"), {}),
    "pressed together": (text(WORDS, operators="1 Tz"), {}),
    "below the page": (text(WORDS, y=-200), {}),
    "beyond the crop": (text(WORDS, y=30), {"page": "/CropBox [0 60 595 842]"}),
    "clipped away": (text(WORDS, before="10 10 20 20 re W n"), {}),
    "invisible": (text(WORDS, operators="3 Tr"), {}),
    "only a clip": (text(WORDS, operators="7 Tr"), {}),
    "under a white shape": (text(WORDS) + _WHITE_BOX, {}),
    "under a dark shape": (text(WORDS) + _BAND, {}),
    "under a picture": (
        text(WORDS) + _placed("Im", 40, 290, 400, 30),
        {"resources": "/XObject << /Im 10 0 R >>", "objects": [_picture(255)]},
    ),
    "on a layer that is off": ("/OC /L1 BDC\n" + text(WORDS) + "EMC\n", _layer(on=False)),
    "white behind seen words": (text(WORDS, y=726, before="1 g") + text(LINES[3], y=726), {}),
    "covered behind seen words": (text(WORDS) + _WHITE_BOX + text("Gardener and cook of forty"), {}),
    "white between two lines": (text(WORDS, y=753, before="1 g"), {}),
    "white just over seen words": (text(LINES[3], y=300) + text(WORDS, y=300, before="1 g"), {}),
    "white half over seen words": (text(LINES[3], y=300) + text(WORDS, y=305, before="1 g"), {}),
    "white behind many white words": (
        "".join(text(words, y=720, before="1 g") for words in (*LINES, *LINES, WORDS)) + text(LINES[4], y=720),
        {},
    ),
    "a hidden note": ("", _annotation("/Subtype /FreeText /F 2 /AP << /N 11 0 R >>")),
    "a note to be opened": ("", _annotation("/Subtype /Text /F 0")),
    "a hidden field": (
        "",
        _annotation(f"/Subtype /Widget /FT /Tx /T (x) /V ({WORDS} again) /F 2 /AP << /N 11 0 R >>"),
    ),
    "other words for what is painted": (
        f"/Span << /ActualText ({WORDS} and many more) >> BDC\n" + text("Gardener") + "EMC\n",
        {},
    ),
    "one letter read as a sentence": (text("A").replace("/F1", "/F2"), mapped_font()),
    "letters that show others": (text(_turned(WORDS)).replace("/F1", "/F2"), _misnamed_font()),
    "the file's keywords": (
        "",
        {"trailer": "/Info 10 0 R", "objects": [b"<< /Keywords (%s) >>" % (b"kubernetes terraform wizard, " * 6)]},
    ),
    "words to a machine in the title": (
        "",
        {"trailer": "/Info 10 0 R", "objects": [b"<< /Title (kubernetes terraform wizard, the ideal candidate) >>"]},
    ),
    "the file's description": (
        "",
        {
            "catalog": "/Metadata 10 0 R",
            "objects": [
                stream(
                    (
                        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description><dc:description><rdf:Alt>"
                        f"<rdf:li xml:lang='x-default'>{(WORDS + ' ') * 6}</rdf:li></rdf:Alt></dc:description>"
                        "</rdf:Description></rdf:RDF></x:xmpmeta>"
                    ).encode(),
                    "/Type /Metadata /Subtype /XML",
                )
            ],
        },
    ),
}
"""Content and further entries, by what is done."""

TWINS: dict[str, tuple[str, dict[str, object]]] = {
    "white on a dark band": (_BAND + text(WORDS, before="1 g"), {}),
    "light grey": (text(WORDS, before="0.72 g"), {}),
    "light grey and small": (text(WORDS, size=6, before="0.6 g"), {}),
    "a small footer": (text(WORDS, y=30, size=6), {}),
    "in print colours": (text(WORDS, before="0.8 0.3 0 0.1 k"), {}),
    "by a colour profile": (
        text(WORDS, before="/Icc cs 0.2 0.4 0.1 scn"),
        {"resources": _SPACES, "objects": [_PROFILE]},
    ),
    "an ink that is laid on": (text(WORDS, before="/Spot cs 1 scn"), {"resources": _SPACES, "objects": [_PROFILE]}),
    "white on a dark picture": (
        _placed("Im", 40, 290, 400, 30) + text(WORDS, before="1 g"),
        {"resources": "/XObject << /Im 10 0 R >>", "objects": [_picture(40)]},
    ),
    "half transparent": (text(WORDS, before="/Half gs"), {"resources": _STATES, "objects": [_DARKNESS]}),
    "scaled up": (text(WORDS, x=5, y=30, size=1, before="10 0 0 10 0 0 cm"), {}),
    "narrow": (text(WORDS, operators="70 Tz"), {}),
    "inside a clip": (text(WORDS, before="40 290 400 40 re W n"), {}),
    "inside the crop": (text(WORDS, y=90), {"page": "/CropBox [0 60 595 842]"}),
    "outlined": (text(WORDS, size=14, before="1 g 0 G", operators="2 Tr"), {}),
    "with a white outline": (text(WORDS, size=14, before="0 g 1 G 0.3 w", operators="2 Tr"), {}),
    "with a white halo": (text(WORDS, before="1 g 1 G 2 w", operators="2 Tr") + text(WORDS), {}),
    "white on a dark band beside seen words": (_BAND + text(WORDS, before="1 g") + text("Gardener", x=240), {}),
    "only outlined": (text(WORDS, size=20, operators="1 Tr"), {}),
    "over a white shape": (_WHITE_BOX + text(WORDS), {}),
    "on a layer that is on": ("/OC /L1 BDC\n" + text(WORDS) + "EMC\n", _layer(on=True)),
    "with a shadow": (text(WORDS, x=51, y=299, before="0.7 g") + text(WORDS), {}),
    "painted twice for boldness": (text(WORDS) + text(WORDS, x=50.3), {}),
    "a note that is shown": ("", _annotation("/Subtype /FreeText /F 4 /AP << /N 11 0 R >>")),
    "a field that is filled in": (
        "",
        _annotation(f"/Subtype /Widget /FT /Tx /T (x) /V ({WORDS}) /F 4 /AP << /N 11 0 R >>"),
    ),
    "a field without a look of its own": ("", _annotation(f"/Subtype /Widget /FT /Tx /T (x) /V ({WORDS}) /F 4")),
    "on a page that is turned": (text(WORDS), {"page": "/Rotate 90"}),
    "on a page that is upside down": (text(WORDS), {"page": "/Rotate 180"}),
    "on a page twice the size": (
        text(WORDS, size=16),
        {"box": "0 0 1190 1684"},
    ),
    "a title": (text(WORDS), {"trailer": "/Info 10 0 R", "objects": [b"<< /Title (Resume of Maya Okafor 2024) >>"]}),
    "an icon's name": (
        f"/Span << /ActualText (email: ) >> BDC\n{text('@', x=30)}EMC\n" + text(WORDS),
        {},
    ),
}
"""Content and further entries, by what is done."""


def scanned(words: str = WORDS, *, elsewhere: bool = False) -> bytes:
    """A picture of a page with an invisible text layer over what the picture shows, as scanners write it."""
    wide, high = 595, 842
    rows = bytearray(b"\xff" * (wide * high))
    for number, line in enumerate(LINES):
        top = high - (780 - 18 * number) - 8
        for y in range(top, top + 8):
            for x in range(50, 50 + 5 * len(line)):
                rows[y * wide + x] = 0 if x % 3 == 0 else 255
    entries = f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8"
    layer = "".join(text(line, y=780 - 18 * number, operators="3 Tr") for number, line in enumerate(LINES))
    content = _placed("Im", 0, 0, wide, high) + layer + (text(words, operators="3 Tr") if elsewhere else "")
    return pdf(
        content,
        resources="/XObject << /Im 10 0 R >>",
        objects=[stream(bytes(rows), entries, packed=True)],
    )
