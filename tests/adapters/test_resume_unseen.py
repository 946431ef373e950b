"""Reasons why words of a page are not seen, from places, colours and marks alone."""

import numpy as np
import pytest

from interview_platform.adapters import resume_unseen as unseen
from interview_platform.adapters.resume_pdf_glyphs import Glyphs, Paint, Sheet
from interview_platform.adapters.resume_pdf_parts import Parts
from interview_platform.adapters.resume_pdf_shown import Shown

PLACE = Sheet(600, 800, 0, (0, 0, 600, 800))
BLACK, WHITE = (0, 0, 0, 255), (255, 255, 255, 255)


def glyphs(text, *, x=50.0, y=400.0, size=10.0, wide=5.0, mode=0, colour=BLACK):
    """One line of characters of one object."""
    count = len(text)
    left = x + wide * np.arange(count)
    box = np.stack([left, np.full(count, y - 2), left + wide, np.full(count, y + 8)], axis=1)
    held = [1], [size], [0], [[x, y]], [7], [mode], [colour]
    paint = Paint(*map(np.array, held))
    flags = [np.array([test(letter) for letter in text]) for test in (str.isspace, str.isalnum)]
    return Glyphs(list(text), *flags, np.zeros(count, bool), box, np.zeros(count, np.int64), paint)


def shown(count, painted, *, ground=(255, 255, 255), inked=False):
    marks = np.array(painted) if isinstance(painted, list) else np.full(count, painted)
    return Shown(marks, np.tile(np.array(ground), (count, 1)), np.full(count, inked))


def kinds(line, painted=True, found=None, **looks):
    why = unseen.reasons(line, PLACE, found or Parts(), shown(len(line.text), painted, **looks))
    return {unseen.KINDS[number] for number in why[~line.blank]}


def test_words_that_leave_a_mark_are_seen():
    assert kinds(glyphs("Kubernetes expert")) == {""}


def test_a_word_that_loses_a_thin_letter_is_still_seen():
    assert kinds(glyphs("Kubernetes"), [True] * 7 + [False] * 3) == {""}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (glyphs("Kubernetes", colour=WHITE), "same_colour"),
        (glyphs("Kubernetes", colour=(0, 0, 0, 4)), "transparent"),
        (glyphs("Kubernetes", mode=3), "invisible"),
        (glyphs("Kubernetes"), "covered"),
    ],
)
def test_words_without_a_mark_are_named_after_what_hides_them(line, kind):
    assert kinds(line, False) == {kind}


def test_words_on_a_layer_are_named_after_it():
    assert kinds(glyphs("Kubernetes"), False, Parts(layers={1})) == {"switched_off"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (glyphs("Kubernetes", size=2), "tiny"),
        (glyphs("Kubernetes", wide=0.2), "tiny"),
        (glyphs("Kubernetes", x=700), "off_page"),
        (glyphs("Kubernetes", y=-50), "off_page"),
        (glyphs("Kubernetes", wide=0.0), "mapped"),
    ],
)
def test_words_are_unseen_by_their_size_and_place_whatever_mark_they_leave(line, kind):
    assert kinds(line) <= {kind, "tiny"}
    assert kinds(line) != {""}


def test_text_over_the_picture_of_a_scan_is_told_from_text_beside_it():
    page = Parts(pictures=[(0.0, 0.0, 600.0, 800.0)])
    assert kinds(glyphs("Kubernetes", mode=3), False, page, inked=True) == {"ocr_layer"}
    assert kinds(glyphs("Kubernetes", mode=3), False, page, inked=False) == {"invisible"}


def test_text_over_a_small_picture_is_no_scan():
    page = Parts(pictures=[(0.0, 0.0, 100.0, 100.0)])
    assert kinds(glyphs("Kubernetes", mode=3), False, page, inked=True) == {"invisible"}


def test_without_a_look_at_the_page_only_what_the_layer_itself_tells_is_left_out():
    line = glyphs("Kubernetes", mode=3)
    assert {unseen.KINDS[number] for number in unseen.reasons(line, PLACE, Parts(), None)} == {"invisible"}
    assert set(unseen.reasons(glyphs("Kubernetes"), PLACE, Parts(), None)) == {unseen.SEEN}


def test_unseen_text_is_listed_with_its_spaces_and_counted_without():
    line = glyphs("one two three")
    why = np.where(line.blank, 0, unseen.KINDS.index("covered"))
    assert unseen.entries(line, why, 3) == [{"kind": "covered", "page": 3, "text": "one two three", "count": 11}]


def test_single_marks_are_not_reported():
    assert unseen.entry("covered", 1, "• — 1") is None


def test_long_unseen_text_is_cut_and_counted_in_full():
    entry = unseen.entry("white", 1, "word " * 1000)
    assert (len(entry["text"]), entry["count"]) == (unseen.MOST_TEXT, 4000)


def test_a_line_cut_off_by_a_page_break_is_no_trick():
    cut = {"kind": "covered", "page": 1, "text": "Ran the  ward", "count": 10}
    white = {"kind": "same_colour", "page": 1, "text": "Ran the ward", "count": 10}
    assert unseen.without_cut_lines([cut, white], ["She ran. Ran the ward at night."]) == [white]


def test_warnings_count_each_kind_once():
    held = [{"kind": "tiny", "page": page, "text": "x", "count": 7} for page in (1, 2)]
    assert [(warning["kind"], warning["count"]) for warning in unseen.warnings(held)] == [("tiny", 14)]


@pytest.mark.parametrize(
    ("words", "more"),
    [("email: ", False), ("linkedin: maya-okafor", False), ("Kubernetes Terraform Docker wizard of Leeds", True)],
)
def test_other_words_for_what_is_painted_count_when_they_say_more(words, more):
    assert unseen.says_more(words, "Gardener in Leeds") is more


def test_an_empty_page_has_no_reasons():
    assert len(unseen.reasons(glyphs(""), PLACE, Parts(), None)) == 0
