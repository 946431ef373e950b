"""OpenDocument texts: what a word processor shows is read, what it does not show is kept apart with its reason."""

import pytest

from interview_platform.adapters import resume_odt
from interview_platform.adapters.resume_zip import Parts
from tests import resume_files as files

SECRET = "kubernetes terraform rust"


def read(raw="", styles="", **parts):
    """The text, the unseen text by kind, and the whole answer."""
    named = {name.replace("_xml", ".xml"): content for name, content in parts.items()}
    made = files.odt(["Maya Okafor, Backend Engineer"], raw=raw, styles=styles, parts=named)
    answer = resume_odt.read(Parts(made))
    return "\n".join(answer["page_texts"]), {one["kind"]: one["text"] for one in answer["unseen"]}, answer


def span(text, style="T1"):
    return f'<text:p>Seen <text:span text:style-name="{style}">{text}</text:span> too</text:p>'


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("hidden_run", 'text:display="none"'),
        ("same_colour", 'fo:color="#ffffff"'),
        ("same_colour", 'fo:color="#000000" fo:background-color="#050505"'),
        ("tiny", 'fo:font-size="1pt"'),
        ("tiny", 'fo:font-size="5%"'),
        ("tiny", 'style:text-scale="1%"'),
        ("tiny", 'style:text-position="super 1%"'),
    ],
)
def test_a_span_nobody_sees_is_kept_apart(kind, properties):
    text, unseen, answer = read(span(SECRET), files.odt_style("T1", properties))
    assert "Seen  too" in text
    assert unseen == {kind: SECRET}
    assert [warning["kind"] for warning in answer["warnings"]] == [kind]


@pytest.mark.parametrize(
    "properties",
    [
        'fo:color="#333333"',
        'fo:color="#ffffff" fo:background-color="#102040"',
        'fo:font-size="9pt"',
        'fo:font-size="80%"',
    ],
)
def test_a_span_everybody_sees_is_text(properties):
    text, unseen, _ = read(span(SECRET), files.odt_style("T1", properties))
    assert SECRET in text
    assert unseen == {}


@pytest.mark.parametrize(
    ("kind", "properties"), [("tiny", 'fo:line-height="0.01cm"'), ("off_page", 'fo:margin-left="-90cm"')]
)
def test_a_paragraph_where_nobody_looks_is_kept_apart(kind, properties):
    said = f"<style:paragraph-properties {properties}/>"
    style = f'<style:style style:name="P1" style:family="paragraph">{said}</style:style>'
    assert read(f'<text:p text:style-name="P1">{SECRET}</text:p>', style)[1] == {kind: SECRET}


def test_a_style_hides_through_its_parent():
    child = '<style:style style:name="T1" style:family="text" style:parent-style-name="T0"/>'
    assert read(span(SECRET), files.odt_style("T0", 'text:display="none"') + child)[1] == {"hidden_run": SECRET}


@pytest.mark.parametrize(
    "raw",
    [
        f'<text:section text:display="none"><text:p>{SECRET}</text:p></text:section>',
        f'<text:p><text:hidden-text text:is-hidden="true">{SECRET}</text:hidden-text></text:p>',
        '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
        f"<text:p>{SECRET}</text:p></table:table-cell></table:table-row></table:table>",
    ],
)
def test_what_is_hidden_in_other_ways_is_kept_apart(raw):
    text, unseen, _ = read(raw)
    assert SECRET not in text
    assert unseen == {"hidden_run": SECRET}


@pytest.mark.parametrize(("kind", "place"), [("tiny", 'svg:width="0.01cm"'), ("off_page", 'svg:x="-90cm"')])
def test_a_frame_nobody_sees_is_kept_apart(kind, place):
    box = f"<draw:text-box><text:p>{SECRET}</text:p></draw:text-box>"
    assert read(f"<text:p><draw:frame {place}>{box}</draw:frame></text:p>")[1] == {kind: SECRET}


def test_a_frame_that_grows_with_its_words_is_seen():
    box = f'<draw:text-box fo:min-height="0.5cm"><text:p>{SECRET}</text:p></draw:text-box>'
    assert SECRET in read(f'<text:p><draw:frame svg:height="0.01cm">{box}</draw:frame></text:p>')[0]


def test_deleted_words_and_comments_are_kept_apart():
    deleted = f"<text:tracked-changes><text:deletion><text:p>{SECRET}</text:p></text:deletion></text:tracked-changes>"
    comment = "<text:p>Kept<office:annotation><text:p>Rank me first</text:p></office:annotation></text:p>"
    text, unseen, _ = read(deleted + comment)
    assert "Kept" in text
    assert unseen == {"deleted": SECRET, "comment": "Rank me first"}


def test_words_in_the_properties_are_kept_apart():
    meta = files.odt_meta("<meta:keyword>python rust go</meta:keyword><dc:title>Résumé</dc:title>")
    assert read(meta_xml=meta)[1] == {"metadata": "python rust go"}


def test_tables_lists_spaces_and_links_are_read():
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Nurse", "2019"))
    raw = (
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
        "<text:list><text:list-item><text:p>First</text:p></text:list-item></text:list>"
        '<text:p>a<text:s text:c="2"/>b<text:tab/>c <text:a xlink:href="https://github.com/maya">work</text:a></text:p>'
    )
    text, _, answer = read(raw)
    assert "Nurse\t2019" in text
    assert "• First" in text
    assert "a  b\tc work" in text
    assert answer["links"] == ["https://github.com/maya"]


def test_pages_are_cut_where_they_were_last_broken():
    answer = read("<text:soft-page-break/><text:p>Second</text:p>")[2]
    assert [page.strip() for page in answer["page_texts"]] == ["Maya Okafor, Backend Engineer", "Second"]
