"""Reading order from boxes alone."""

from interview_platform.adapters.resume_layout import Piece, read_page


def piece(x, y, text, width=None):
    return Piece(x, y, x + (width or 5 * len(text)), y + 10, text)


def test_a_date_at_the_right_edge_stays_in_its_row():
    rows = [piece(50, 700 - 40 * n, f"Engineer at company {n}") for n in range(6)]
    dates = [piece(480, 700 - 40 * n, f"20{10 + n} - 20{11 + n}") for n in range(6)]
    assert "Engineer at company 2\t2012 - 2013" in read_page([*dates, *rows]).split("\n")


def test_a_sidebar_is_read_apart_from_the_main_column():
    main = [piece(50, 700 - 14 * n, f"Sentence {n} about the work that was done there") for n in range(10)]
    side = [piece(400, 707 - 19 * n, f"Side item number {n}") for n in range(8)]
    read = read_page([part for pair in zip(main, side, strict=False) for part in pair] + main[8:])
    assert read.index("Side item number 0") > read.index("Sentence 9")


def test_a_line_across_the_page_parts_what_is_above_from_what_is_below():
    head = piece(50, 780, "A headline right across the whole page from left to right", 500)
    left = [piece(50, 740 - 14 * n, f"Left {n} and more words so that it is a column") for n in range(5)]
    right = [piece(330, 743 - 17 * n, f"Right {n} and more words here too") for n in range(5)]
    foot = piece(50, 600, "A closing line right across the whole page from left to right", 500)
    read = read_page([*right, foot, *left, head])
    assert [read.index(text) for text in ("A headline", "Left 4", "Right 0", "A closing")] == sorted(
        read.index(text) for text in ("A headline", "Left 4", "Right 0", "A closing")
    )


def test_an_empty_page_reads_as_nothing():
    assert read_page([]) == ""


def test_the_little_in_a_sidebar_is_read_apart_from_a_full_column():
    side = [piece(22, 740, "Contact"), piece(22, 722, "www.linkedin.com/in/maya-okafor")]
    main = [piece(224, 748 - 15 * n, f"Sentence {n} about the work that was done") for n in range(10)]
    read = read_page([*main, *side])
    assert read.split("\n")[:2] == ["Contact", "www.linkedin.com/in/maya-okafor"]


def test_years_in_the_margin_stay_in_the_rows_they_date():
    years = [piece(50, 700 - 60 * n, f"20{10 + n} - 20{11 + n}") for n in range(3)]
    work = [piece(150, 700 - 15 * n, f"Line {n} of what was done in those years") for n in range(12)]
    assert "2011 - 2012\tLine 4 of what was done in those years" in read_page([*work, *years]).split("\n")


def test_headings_set_out_to_the_left_stay_above_what_they_head():
    tops = [760 - 120 * block for block in range(4)]
    heads = [piece(50, top, f"Head {block}") for block, top in enumerate(tops)]
    lines = [piece(110, top - 18 * n, f"Block {block} line {n}") for block, top in enumerate(tops) for n in range(1, 6)]
    read = read_page([*heads, *lines]).split()
    assert " ".join(read).index("Head 1") > " ".join(read).index("Block 0 line 5")


def test_a_sidebar_of_short_items_is_a_column_though_its_lines_meet_those_beside_it():
    items = [
        "Contact",
        "Leeds, UK",
        "ann@example.com",
        "0161 555 0107",
        "Skills",
        "Triage",
        "Wound care",
        "Safeguarding",
    ]
    side = [piece(14, 700 - 14 * n, text) for n, text in enumerate(items)]
    main = [piece(221, 700 - 14 * n, f"Sentence {n} about the work that was done there") for n in range(12)]
    read = read_page([part for pair in zip(side, main, strict=False) for part in pair] + main[8:])
    assert read.index("Safeguarding") < read.index("Sentence 0")


def test_headings_set_out_to_the_left_stay_with_their_text():
    labels = [piece(50, 700 - 20 * n, text) for n, text in enumerate(["Skills", "Languages", "Education", "Interests"])]
    texts = [piece(200, 700 - 20 * n, f"What is said in row {n} of the table") for n in range(4)]
    assert "Languages\tWhat is said in row 1 of the table" in read_page([*labels, *texts])
