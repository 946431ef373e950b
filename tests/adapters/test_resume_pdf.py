"""What a person sees in a PDF is read; what only the text layer holds is kept apart, with the words themselves."""

import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from interview_platform.adapters import resume_pdf
from interview_platform.errors import ResumeUnreadable
from interview_platform.evaluation import hidden_files
from tests import hidden_files as files


def read(content):
    return resume_pdf.read(content, 20)


def shown(result):
    return " ".join(" ".join(result["page_texts"]).split())


def kinds(result):
    return {entry["kind"] for entry in result["unseen"]}


@pytest.mark.parametrize("how", files.TRICKS)
def test_words_that_nobody_sees_are_kept_apart_and_shown_to_the_recruiter(how):
    result = read(files.hidden(how))
    assert "terraform" not in shown(result)
    assert files.WORDS in " ".join(entry["text"] for entry in result["unseen"])
    assert {warning["kind"] for warning in result["warnings"]} == kinds(result)
    assert result["checked"]


@pytest.mark.parametrize("how", files.TRICKS)
def test_hiding_words_takes_none_of_the_seen_ones_away(how):
    text = shown(read(files.hidden(how)))
    assert [line for line in files.LINES if line not in text] == []


@pytest.mark.parametrize("how", files.TWINS)
def test_words_that_people_do_see_are_read_and_raise_no_alarm(how):
    result = read(files.honest(how))
    assert [line for line in (*files.LINES, files.WORDS) if line not in shown(result)] == []
    assert (result["unseen"], result["warnings"], result["checked"]) == ([], [], True)


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("white", "same_colour"),
        ("one point high", "tiny"),
        ("below the page", "off_page"),
        ("invisible", "invisible"),
        ("fully transparent", "transparent"),
        ("on a layer that is off", "switched_off"),
        ("under a picture", "covered"),
        ("clipped away", "covered"),
        ("a hidden note", "annotation"),
        ("other words for what is painted", "actual_text"),
        ("one letter read as a sentence", "mapped"),
        ("letters that show others", "misnamed"),
        ("the file's description", "metadata"),
    ],
)
def test_the_recruiter_is_told_how_words_were_hidden(how, kind):
    assert kinds(read(files.hidden(how))) == {kind}


def test_unseen_words_carry_their_page_and_how_many_characters_they_are():
    entry = read(files.hidden("white"))["unseen"][0]
    assert (entry["page"], entry["text"], entry["count"]) == (1, files.WORDS, len(files.WORDS.replace(" ", "")))


def test_a_scan_with_a_text_layer_is_read_and_marked_as_not_checked():
    result = read(files.scanned())
    assert files.LINES[3] in shown(result)
    assert not result["checked"]
    assert [warning["kind"] for warning in result["warnings"]] == ["ocr_layer"]


def test_invisible_words_beside_what_a_scan_shows_are_left_out():
    result = read(files.scanned(elsewhere=True))
    assert "terraform" not in shown(result)
    assert kinds(result) == {"invisible"}


def test_a_page_that_cannot_be_painted_in_time_is_never_called_clean():
    result = resume_pdf._by_pdfium(files.hidden("under a picture"), until=0.0)
    assert files.LINES[0] in shown(result)
    assert (result["checked"], [warning["kind"] for warning in result["warnings"]]) == (False, ["unchecked"])


def test_a_picture_too_large_to_unpack_leaves_its_page_unchecked():
    picture = b"/Type /XObject /Subtype /Image /Width 9000 /Height 9000 /ColorSpace /DeviceGray /BitsPerComponent 8"
    held = files.stream(b"x", picture.decode())
    resources = "/XObject << /Im 10 0 R >>"
    result = read(files.pdf(files.body() + "q 9 0 0 9 9 9 cm /Im Do Q\n", resources=resources, objects=[held]))
    assert (result["checked"], files.LINES[0] in shown(result)) == (False, True)


def test_a_page_that_is_all_in_a_font_that_shows_other_letters_is_read_unchecked():
    content, entries = files.TRICKS["letters that show others"]
    result = read(files.pdf(content * 3, **entries))
    assert (result["checked"], files.WORDS in shown(result)) == (False, True)


def test_links_are_given_with_the_text():
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://github.com/mokafor) >> >>"
    result = read(files.pdf(files.body(), page="/Annots [10 0 R]", objects=[link]))
    assert result["links"] == ["https://github.com/mokafor"]


def test_headers_footers_and_page_numbers_are_dropped_but_not_the_name_atop():
    body = "\n".join(f"Sentence {line} about what was done there" for line in range(20))
    result = read(written([f"Maya Okafor - Curriculum\nPart {n}\n{body}{GAP}Page {n} of 3" for n in range(1, 4)]))
    assert [text.count("Curriculum") for text in result["page_texts"]] == [1, 0, 0]
    assert "of 3" not in shown(result)


GAP = "\n" * 30


def written(texts):
    """One page a text."""
    held = io.BytesIO()
    draw = Canvas(held, pagesize=(595, 842))
    for text in texts:
        for number, line in enumerate(text.split("\n")):
            draw.drawString(50, 800 - 15 * number, line)
        draw.showPage()
    draw.save()
    return held.getvalue()


def test_writing_up_the_side_is_read_apart_from_the_lines():
    side = "q BT /F1 11 Tf 0 1 -1 0 30 300 Tm (Spoken languages) Tj ET Q\n"
    texts = read(files.pdf(files.body() + side))["page_texts"]
    assert texts[0].endswith("Spoken languages")
    assert [line for line in files.LINES if line not in texts[0]] == []


def test_a_heading_with_white_between_its_letters_is_one_word():
    spaced = "q BT 6 Tc /F1 12 Tf 50 400 Td (EXPERIENCE) Tj ET Q\n"
    assert "EXPERIENCE" in shown(read(files.pdf(files.body() + spaced)))


def test_signs_beyond_the_first_plane_do_not_shift_the_letters_after_them():
    content = files.text("A").replace("/F1", "/F2") + files.text(files.WORDS, y=280)
    result = read(files.pdf(files.body() + content, **files.mapped_font("\U0001f4de")))
    assert files.WORDS in shown(result)


def test_a_heading_with_a_shadow_is_read_once():
    assert shown(read(files.honest("with a shadow"))).count(files.WORDS) == 1


def test_spaces_painted_one_by_one_part_the_words():
    words = "Use of machines"
    letters = "".join(
        f"BT /F1 11 Tf {50 + 0.95 * stringWidth(words[:n], 'Helvetica', 11):.1f} 500 Td ({letter}) Tj ET\n"
        for n, letter in enumerate(words)
    )
    assert "Use of machines" in shown(read(files.pdf(files.body() + letters)))


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4 nothing here", files.pdf("", box="0 0 0 0")])
def test_a_pdf_without_anything_in_it_is_given_a_reason(content):
    with pytest.raises(ResumeUnreadable) as caught:
        read(content)
    assert caught.value.reason in {"damaged", "empty"}


SEEDS = [files.hidden("on a layer that is off"), files.honest("a field that is filled in"), files.scanned()]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=30),
    cut=st.floats(0.2, 1),
)
def test_every_mutation_of_a_file_is_read_or_given_a_reason(seed, changes, cut):
    bent = bytearray(seed[: int(len(seed) * cut)])
    for place, value in changes:
        bent[int(place * len(bent))] = value
    assert outcome(bytes(bent))


def outcome(content):
    """What was read, or the reason why nothing was."""
    try:
        return resume_pdf.read(content, 10)
    except ResumeUnreadable as error:
        return error.reason


HIDDEN = ("planning", "reporting", "budget", "team-oriented", "must", "audit", "Kubernetes", "invoices", "leadership",
          "and", "the", "of", "with", "years", "experience", "payroll", "forecasts", "clear", "quick")  # fmt: skip
TOLD = ("books", "plants", "ledger", "reports", "closed", "quarter", "suppliers", "prices", "stock", "margins", "tax",
        "returns", "audits", "software", "teams", "training", "meetings", "clients", "branch", "growth")  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_a_line_covered_beneath_short_and_long_ones_leaves_no_word(seed):
    drawn = random.Random(seed)
    told = "\n".join(
        " ".join(drawn.choice(TOLD) for _ in range(drawn.choice([1, 1, 2, 3, 9, 12, 14]))) for _ in range(58)
    )
    under = " ".join(drawn.choice(HIDDEN) for _ in range(230))
    assert shown(read(hidden_files.pdf(told, under, "covered"))) == shown(read(hidden_files.pdf(told)))


def test_covered_words_do_not_pass_for_the_letters_written_over_them():
    under = (
        "Python, SQL, Spark, Airflow, dbt, Kafka, Snowflake, Tableau, AWS, Docker. Ten years as senior data engineer "
        "with a perfect record in all of it and much more besides."
    )
    line = "Looked after patients before and after surgery and wrote the plans of their care with the ward"
    words = line.split()
    told = "\n".join(" ".join(words[row % 7 :] + words[: 3 * row % 11]) for row in range(40))
    result = read(hidden_files.pdf(told, under, "covered"))
    assert kinds(result) == {"covered"}
    assert shown(result) == shown(read(hidden_files.pdf(told)))
