"""Names of every culture, however they are set."""

import pytest

from interview_platform.services.resumes import read_facts

NAMES = [
    "José María García Márquez",
    "Nguyễn Thị Minh Khai",
    "Mary-Jane O'Neill",
    "Jean-Luc de la Fontaine",
    "Muhammad bin Rashid Al Maktoum",
    "Fatima al-Zahra",
    "Anne van der Berg",
    "Łukasz Wójcik",
    "Дмитрий Иванов",
    "T. S. Eliot",
    "Robert Downey Jr.",
    "Tyrone Baker",
    "Ebony Carpenter",
    "Kim Min-jun",
    "D'Angelo Russell",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "top",
    [
        "{name}\nSenior Accountant\nperson@example.com | +44 20 7946 0018",
        "Curriculum Vitae\n{name}\nLeeds, United Kingdom\nperson@example.com",
        "{name} | Senior Accountant\nperson@example.com",
    ],
)
def test_a_name_is_found_wherever_the_top_has_it(name, top):
    facts = read_facts(top.format(name=name) + "\n\nSkills\nExcel\n")
    assert facts.name == name.replace(" Jr.", "")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("DR. AISHA K. MCDONALD, MD", "Aisha K. McDonald"),
        ("SANJAY GUPTA, CPA", "Sanjay Gupta"),
        ("Yuki Tanaka (she/her)", "Yuki Tanaka"),
        ("JEAN-LUC DE LA FONTAINE", "Jean-Luc de la Fontaine"),
        ("Zoë Kravitz, MSc", "Zoë Kravitz"),
    ],
)
def test_titles_and_letters_are_no_part_of_a_name(written, name):
    assert read_facts(f"{written}\nperson@example.com\n\nSkills\nExcel\n").name == name


@pytest.mark.parametrize(
    "line", ["Pastry Baker", "Head Gardener", "Truck Driver", "Substitute Teacher", "Data Analysis"]
)
def test_an_occupation_is_no_name(line):
    assert read_facts(f"{line}\nx123@example.com\n\nSkills\nExcel\n").name == ""


def test_the_headline_may_stand_beside_the_name():
    assert read_facts("Ann Lee | Senior Accountant\nann@example.com\n").headline == "Senior Accountant"


def test_a_name_without_any_address_is_known_by_a_word_that_is_no_english_one():
    assert read_facts("Pavithra Shetty\n\nSummary\nKeeps books.\n").name == "Pavithra Shetty"
    assert read_facts("Kitchen Porter\n\nSummary\nCleans.\n").name == ""


@pytest.mark.parametrize(
    "top",
    [
        "Maria Jose\nOkafor-Lindt\nUX Researcher\nmlindt@example.com",
        "Maria\nOkafor-\nLindt\nUX Researcher\nm.lindt@example.com",
        "Maria Jose\nOkafor Lindt\nUX Researcher\nmlindt@example.com",
    ],
)
def test_a_name_on_several_lines_is_put_together_where_the_address_repeats_it(top):
    facts = read_facts(top + "\n\nSkills\nFigma\n")
    assert facts.name.endswith("Lindt")
    assert facts.name.startswith("Maria")


def test_a_name_that_stands_below_another_column_is_found_by_the_address():
    text = (
        "Leeds, United Kingdom\nsakura@example.com\n\nSkills\nFigma\n\nSakura Tanaka\n\nGraphic Designer\n\n"
        "Experience\nDesigner, Mill Ltd (2018 - 2020)\n"
    )
    facts = read_facts(text)
    assert (facts.name, facts.headline) == ("Sakura Tanaka", "Graphic Designer")
