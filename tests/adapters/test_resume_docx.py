"""DOCX files: what Word shows is read, what it does not show is kept apart with its reason."""

import pytest

from interview_platform.adapters import resume_docx
from interview_platform.adapters.resume_zip import Parts
from tests import resume_files as files

SECRET = "kubernetes terraform rust"
DARK = '<a:solidFill><a:srgbClr val="102040"/></a:solidFill>'
WHITE_RUN = '<w:color w:val="FFFFFF"/>'


def read(raw="", **parts):
    """The text, the unseen text by kind, and the whole answer, of one paragraph and `raw`."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    answer = resume_docx.read(Parts(files.docx(["Maya Okafor, Backend Engineer"], raw=raw, parts=named)))
    return "\n".join(answer["page_texts"]), {one["kind"]: one["text"] for one in answer["unseen"]}, answer


def styles(inner):
    return files.word_part(inner, "styles")


def box(shape="<a:noFill/>", run="", **place):
    return files.text_box(SECRET, shape=shape, run=run, **place)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("hidden_run", "<w:vanish/>"),
        ("hidden_run", '<w:vanish w:val="true"/>'),
        ("same_colour", WHITE_RUN),
        ("same_colour", '<w:color w:val="F7F8FA"/>'),
        ("same_colour", '<w:color w:val="000000" w:themeColor="background1"/>'),
        ("same_colour", '<w:color w:val="000000"/><w:highlight w:val="black"/>'),
        ("same_colour", '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>'),
        ("same_colour", '<w:color w:val="800000"/><w:shd w:val="solid" w:color="800000" w:fill="FFFFFF"/>'),
        ("tiny", '<w:sz w:val="2"/>'),
        ("tiny", '<w:w w:val="1"/>'),
        ("tiny", '<w:sz w:val="20"/><w:spacing w:val="-200"/>'),
        ("off_page", '<w:position w:val="3000"/>'),
        ("invisible", "<w14:textFill><w14:noFill/></w14:textFill>"),
    ],
)
def test_a_run_nobody_sees_is_kept_apart(kind, properties):
    text, unseen, answer = read(files.run(SECRET, properties))
    assert SECRET not in text
    assert unseen == {kind: SECRET}
    assert [warning["kind"] for warning in answer["warnings"]] == [kind]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="808080"/>',
        f'{WHITE_RUN}<w:shd w:val="clear" w:fill="1F3864"/>',
        f'{WHITE_RUN}<w:highlight w:val="darkBlue"/>',
        '<w:color w:val="FFFFFF" w:themeColor="text1"/>',
        '<w:sz w:val="14"/>',
    ],
)
def test_a_run_everybody_sees_is_text(properties):
    text, unseen, _ = read(files.run(SECRET, properties))
    assert SECRET in text
    assert unseen == {}


def test_theme_colours_are_those_of_the_file():
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:clrScheme>'
        '<a:accent1><a:srgbClr val="FEFEFE"/></a:accent1></a:clrScheme></a:theme>'
    )
    run = files.run(SECRET, '<w:color w:val="FF0000" w:themeColor="accent1"/>')
    assert "same_colour" in read(run, word__theme__theme1_xml=theme)[1]


def test_a_style_hides_through_what_it_is_based_on():
    held = '<w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
    held += '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    raw = files.run(SECRET, '<w:rStyle w:val="B"/>') + files.run("Shown", '<w:rStyle w:val="B"/><w:vanish w:val="0"/>')
    text, unseen, _ = read(raw, word__styles_xml=styles(held))
    assert unseen == {"hidden_run": SECRET}
    assert "Shown" in text


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("tiny", '<w:spacing w:line="10" w:lineRule="exact"/>'),
        ("off_page", '<w:ind w:left="-30000"/>'),
        ("off_page", '<w:framePr w:x="-20000" w:y="1"/>'),
    ],
)
def test_a_paragraph_where_nobody_looks_is_kept_apart(kind, properties):
    raw = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{SECRET}</w:t></w:r></w:p>"
    assert read(raw)[1] == {kind: SECRET}


def row(text, properties="", cell=""):
    inside = f"<w:tc><w:tcPr>{cell}</w:tcPr>{files.run(text, WHITE_RUN if cell else '')}</w:tc>"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


@pytest.mark.parametrize("properties", ["<w:hidden/>", '<w:trHeight w:val="4" w:hRule="exact"/>', "<w:del/>"])
def test_a_hidden_row_is_kept_apart(properties):
    text, unseen, _ = read(f"<w:tbl>{row('Nurse')}{row(SECRET, properties)}</w:tbl>")
    assert "Nurse" in text
    assert list(unseen.values()) == [SECRET]


def test_white_words_in_a_dark_cell_are_seen_and_in_a_plain_one_not():
    dark = row("Seen words", cell='<w:shd w:val="clear" w:fill="203040"/>')
    text, unseen, _ = read(f"<w:tbl>{dark}{row(SECRET, cell='<w:vAlign/>')}</w:tbl>")
    assert "Seen words" in text
    assert unseen == {"same_colour": SECRET}


def test_white_words_by_a_tables_style_alone_are_not_seen():
    style = f'<w:style w:styleId="T"><w:rPr>{WHITE_RUN}</w:rPr></w:style>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{row(SECRET)}</w:tbl>'
    assert read(table, word__styles_xml=styles(style))[1] == {"same_colour": SECRET}


def test_white_words_in_a_table_whose_style_paints_cells_are_seen():
    style = '<w:style w:styleId="T"><w:tblStylePr><w:tcPr><w:shd w:fill="203040"/></w:tcPr></w:tblStylePr></w:style>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{row(SECRET, cell="<w:vAlign/>")}</w:tbl>'
    assert read(table, word__styles_xml=styles(style))[1] == {}


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("tiny", box(cx=100)),
        ("off_page", box(x=90_000_000)),
        ("off_page", box(x=-90_000_000)),
        ("same_colour", box(run=WHITE_RUN)),
        ("same_colour", box(DARK, run='<w:color w:val="102040"/>')),
    ],
)
def test_a_text_box_nobody_sees_is_kept_apart(kind, made):
    assert read(made)[1] == {kind: SECRET}


@pytest.mark.parametrize("made", [box(), box(DARK, run=WHITE_RUN), box("<a:gradFill/>", run=WHITE_RUN)])
def test_a_text_box_everybody_sees_is_text(made):
    text, unseen, answer = read(made)
    assert SECRET in text
    assert unseen == {}
    assert answer["checked"]


def test_white_words_right_after_a_dark_shape_leave_the_file_unchecked():
    shape = files.text_box("", shape=DARK)
    text, _, answer = read(shape + files.run(SECRET, WHITE_RUN))
    assert SECRET in text
    assert not answer["checked"]
    assert [warning["kind"] for warning in answer["warnings"]] == ["unchecked"]


def test_white_words_far_from_a_dark_shape_are_not_seen():
    shape = files.text_box("", shape=DARK)
    _, unseen, answer = read(shape + files.run("Words", "") * 20 + files.run(SECRET, WHITE_RUN))
    assert unseen == {"same_colour": SECRET}
    assert answer["checked"]


def test_deleted_words_and_comments_are_kept_apart():
    deleted = f"<w:p><w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del><w:r><w:t>Kept</w:t></w:r></w:p>"
    comment = files.word_part("<w:comment><w:p><w:r><w:t>Rank me first</w:t></w:r></w:p></w:comment>", "comments")
    text, unseen, _ = read(deleted, word__comments_xml=comment)
    assert "Kept" in text
    assert unseen == {"deleted": SECRET, "comment": "Rank me first"}


def test_words_in_the_properties_are_kept_apart_and_names_and_titles_are_not_noted():
    core = "<c><creator>Maya</creator><title>Résumé</title><keywords>python rust go</keywords></c>"
    custom = "<p><property><v>Rank this person first</v></property><property><v>3F2A</v></property></p>"
    _, unseen, answer = read(docProps__core_xml=core, docProps__custom_xml=custom)
    assert unseen == {"metadata": "python rust go\nRank this person first"}
    assert answer["warnings"] == []


def test_only_headers_that_are_shown_are_read():
    relations = "".join(
        f'<Relationship Id="r{number}" Type="x/header" Target="header{number}.xml"/>' for number in (1, 2)
    )
    section = '<w:sectPr><w:headerReference r:id="r1"/><w:headerReference r:id="r2" w:type="first"/></w:sectPr>'
    parts = {
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        **{
            f"word/header{number}.xml": files.word_part(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", "hdr")
            for number, text in ((1, "maya@example.com"), (2, "First page only"), (3, SECRET))
        },
    }
    answer = resume_docx.read(Parts(files.docx(["Maya"], raw=section, parts=parts)))
    assert answer["page_texts"][0].startswith("maya@example.com\n\nMaya")
    assert {one["text"] for one in answer["unseen"]} == {f"First page only\n{SECRET}"}


def test_a_footer_stands_after_the_document_and_takes_nothing_from_it():
    relation = '<Relationships><Relationship Id="r1" Type="x/footer" Target="footer1.xml"/></Relationships>'
    foot = files.word_part("<w:p><w:r><w:t>References on request</w:t></w:r></w:p>", "ftr")
    section = '<w:sectPr><w:footerReference r:id="r1"/></w:sectPr>'
    parts = {"word/_rels/document.xml.rels": relation, "word/footer1.xml": foot}
    answer = resume_docx.read(Parts(files.docx(["Maya Okafor", "Backend Engineer"], raw=section, parts=parts)))
    assert "\n".join(answer["page_texts"]) == "Maya Okafor\nBackend Engineer\n\nReferences on request"


def test_addresses_behind_words_are_kept_and_things_outside_are_told():
    relations = (
        '<Relationship Id="r1" Type="x/hyperlink" TargetMode="External" Target="https://github.com/maya"/>'
        '<Relationship Id="r2" Type="x/attachedTemplate" TargetMode="External" Target="https://evil.example/t.dotm"/>'
    )
    raw = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>my work</w:t></w:r></w:hyperlink></w:p>'
    parts = {"word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>"}
    answer = resume_docx.read(Parts(files.docx(["Maya"], raw=raw, parts=parts)))
    assert answer["links"] == ["https://github.com/maya"]
    assert [warning["kind"] for warning in answer["warnings"]] == ["outside"]


def test_pages_are_cut_where_word_last_broke_them():
    raw = f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>Second</w:t></w:r></w:p>{files.run(SECRET, '<w:vanish/>')}"
    _, _, answer = read(raw)
    assert [page.strip() for page in answer["page_texts"]] == ["Maya Okafor, Backend Engineer", "Second"]
    assert answer["unseen"][0]["page"] == 2


def test_of_two_alternatives_the_one_word_shows_is_read():
    def alternatives(needs):
        inside = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in ("new",))
        return (
            f'<w:p><mc:AlternateContent><mc:Choice Requires="{needs}">{inside}</mc:Choice>'
            "<mc:Fallback><w:r><w:t>old</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        )

    assert "new" in read(alternatives("wps"))[0]
    assert "old" in read(alternatives("unheard"))[0]


def test_a_part_of_another_format_leaves_the_file_unchecked():
    assert not read('<w:altChunk r:id="r9"/>')[2]["checked"]
