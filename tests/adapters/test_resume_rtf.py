"""RTF files: what a word processor shows is read, what it does not show is kept apart with its reason."""

import pytest

from interview_platform.adapters import resume_rtf
from interview_platform.errors import ResumeUnreadable
from tests import resume_files as files

SECRET = "kubernetes terraform rust"


def read(body, **options):
    """The text, the unseen text by kind, and the whole answer."""
    answer = resume_rtf.read(files.rtf(r"Maya Okafor\par " + body, **options))
    return "\f".join(answer["page_texts"]), {one["kind"]: one["text"] for one in answer["unseen"]}, answer


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("hidden_run", r"\v"),
        ("same_colour", r"\cf1"),
        ("same_colour", r"\cf2\highlight2"),
        ("same_colour", r"\cf3"),
        ("tiny", r"\fs2"),
        ("tiny", r"\charscalex1"),
        ("tiny", r"\sl-10"),
        ("tiny", r"\up3000"),
        ("deleted", r"\deleted"),
        ("comment", r"\*\annotation"),
        ("metadata", r"\info{\keywords"),
    ],
)
def test_words_nobody_sees_are_kept_apart(kind, words):
    close = "}}" if words.count("{") else "}"
    text, unseen, _ = read(rf"{{{words} {SECRET}{close}Seen again", colours=r"\red250\green252\blue250;")
    assert SECRET not in text
    assert "Seen again" in text
    assert unseen == {kind: SECRET}


@pytest.mark.parametrize("words", [r"\v0", r"\cf2", r"\cf1\highlight2", r"\fs16", r"\cf1\cbpat2"])
def test_words_everybody_sees_are_text(words):
    text, unseen, _ = read(rf"{{{words} {SECRET}}}")
    assert SECRET in text
    assert unseen == {}


@pytest.mark.parametrize("back", [r"\v0 ", r"\plain "])
def test_hiding_ends_where_it_is_switched_off(back):
    text, unseen, _ = read(rf"\v {SECRET}{back}Seen again")
    assert "Seen again" in text
    assert unseen == {"hidden_run": SECRET}


def test_characters_come_in_every_spelling():
    body = r"Caf\'e9 \u8212?dash \u-10179?\u-8704? {\f1\'cf\'f0\'e8} a\~b{\uc2\u233ab}c \{x\}\line next"
    made = files.rtf(body).replace(rb"{\f0 Arial;}", rb"{\f0 Arial;}{\f1\fnil\fcharset204 Arial;}")
    assert resume_rtf.read(made)["page_texts"] == ["Café —dash \U0001f600 При a\u00a0béc {x}\nnext"]


def test_tables_pages_fields_and_boxes_are_read():
    body = (
        r"\trowd\cellx9 Nurse\cell 2019\cell\row {\field{\*\fldinst HYPERLINK "
        '"https://github.com/maya"}'
        r"{\fldrslt my work}}\page Second {\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt Boxed}}{\shprslt Boxed}}"
    )
    text, _, answer = read(body)
    assert text == "Maya Okafor\nNurse\t2019\nmy work\fSecond Boxed"
    assert answer["links"] == ["https://github.com/maya"]


def test_pictures_and_objects_are_no_text():
    text, _, _ = read(r"{\pict\pngblip 89504e47}{\object{\*\objdata 0105}{\result Shown}}{\*\unheard of}End")
    assert text.endswith("End")
    assert not {"89504e47", "0105", "of"} & set(text.split())


def test_a_binary_piece_is_stepped_over():
    made = files.rtf("Maya @@ Okafor").replace(b"@@", rb"{\pict\bin5 " + b"}{}}\\" + b"}")
    assert resume_rtf.read(made)["page_texts"] == ["Maya  Okafor"]


def test_groups_nested_without_end_are_damaged():
    with pytest.raises(ResumeUnreadable) as caught:
        resume_rtf.read(b"{\\rtf1 " + b"{" * 5_000)
    assert caught.value.reason == "damaged"
