"""Pages and characters stay right although the text changes."""

from interview_platform.services.resume_pages import Edit, edited, page_of, where
from interview_platform.services.resumes import read_facts

PAGES = [
    "Ann Lee\nDate of birth: 4 May 1990\nann@example.com | Leeds, United Kingdom\n\nExperience\n"
    "Site Nurse, Keele Hospital\tMay 2019 - Present\n• Ran the tri-\nage desk.\nPage 1 of 2\n\n",
    "Ward Clerk, York Clinic\tMay 2015 - April 2019\n• Kept the records.\n\n"
    "Certifications\nBasic Life Support\n\nLanguages\nFrench (fluent)\n",
]


def read():
    return read_facts("".join(PAGES), 2, (), (0, len(PAGES[0])))


def test_marks_move_with_the_text_around_them():
    text, marks = edited("one two three", (0, 4, 6, 8), [Edit(0, 3, "1"), Edit(4, 7, "")])
    assert (text, marks) == ("1  three", (0, 2, 2, 3))


def test_a_page_begins_where_its_first_words_stand_after_lines_were_dropped():
    facts = read()
    assert "1990" not in facts.text
    assert "Page 1" not in facts.text
    assert facts.text[facts.page_starts[1] :].startswith("Ward Clerk")


def test_every_fact_says_its_page():
    facts = read()
    assert [job.page for job in facts.experience] == [1, 2]
    assert {fact.name: fact.page for fact in facts.skills}["Triage"] == 1
    assert [fact.page for fact in (*facts.certifications, *facts.languages)] == [2, 2]
    assert [facts.evidence[kind][0] for kind in ("name", "email", "location")] == [1, 1, 1]


def test_every_place_holds_the_words_it_stands_for():
    facts = read()
    for kind, (_, start, end) in facts.evidence.items():
        assert facts.text[start:end].casefold() == getattr(facts, kind).casefold()
    for fact in (*facts.certifications, *facts.languages):
        assert facts.text[fact.start : fact.end] == fact.text
    for item in (*facts.experience, *facts.education):
        assert facts.text[slice(*item.span)].strip()


def test_pages_count_from_one():
    assert [page_of(place, (0, 10, 20)) for place in (0, 9, 10, 25)] == [1, 1, 2, 3]
    assert page_of(5, ()) == 1


def test_words_are_found_over_a_line_end_and_in_another_case():
    assert where("I am MAYA\nOKAFOR", "Maya Okafor") == (5, 16)
    assert where("nobody", "Maya") is None
