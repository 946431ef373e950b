"""What ranking may see: the same text whoever it is of, wherever they live, and with its work left whole."""

import pytest

from interview_platform.services.rank_blind import blind
from interview_platform.services.rank_document import document
from interview_platform.services.resumes import read_facts

RESUME = """{name}
{mail} | {phone} | {links}
{street}
{town}

Summary
Registered Nurse with ten years on surgical wards. {First} led a team of five in {city}, and {who} wrote {whose} notes.

Experience
Charge Nurse, Harbour Hospital, {town}    2016 - Present
• Looked after patients before and after surgery.
• {title} {last} trained new staff in wound care.

Education
Bachelor of Science in Nursing, {school}, 2012

References
{title} {name}, {city}
"""
PEOPLE = {
    "plain": ("Emily Walsh", "she", "her", "Ms.", "Chicago", "Chicago, IL 60629", "Howard University"),
    "apostrophe": (
        "Seán O'Brien",
        "he",
        "his",
        "Mr.",
        "Salt Lake City",
        "Salt Lake City, UT 84101",
        "Brown University",
    ),
    "hyphen": ("Jean-Luc D'Arcy", "he", "his", "Dr.", "Paris", "Paris, France 75006", "University of Oxford"),
    "capitals": (
        "LAKISHA WASHINGTON",
        "she",
        "her",
        "Ms.",
        "Leeds",
        "Leeds, United Kingdom LS1 4AP",
        "Spelman College",
    ),
    "words": ("Grace Young", "they", "their", "Mx.", "Reading", "Reading, England RG1 8AA", "Wake Forest University"),
    "trade": ("Greg Baker", "he", "his", "Mr.", "New York", "New York, NY 10001", "University of Lagos"),
    "one word": ("Sukarno", "he", "his", "Mr.", "Lagos", "Lagos, Nigeria", "Universidad de Chile"),
    "four words": (
        "Ng Thi Minh Khai",
        "she",
        "her",
        "Ms.",
        "Bengaluru",
        "Bengaluru, Karnataka 560001",
        "Rice University",
    ),
    "a language": ("Mohammed al-Farsi", "he", "his", "Mr.", "Toronto", "Toronto, ON M5V 1Z4", "McGill University"),
    "other letters": ("王伟", "they", "their", "Mx.", "São Paulo", "São Paulo, Brazil 01310-100", "Cornell University"),
}


def written(name, who, whose, title, city, town, school):
    slug = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha()) or "someone"
    return RESUME.format(
        name=name, First=name.split()[0], last=name.split()[-1], who=who, whose=whose, title=title, city=city,
        town=town, school=school, mail=f"{slug}@example.com", phone="+1 (312) 555-0187",
        links=f"linkedin.com/in/{slug}", street=f"{len(name)} Maple Street, Apt 3B",
    )  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in PEOPLE if kind != "plain"])
def test_whoever_it_is_of_the_document_is_the_same(kind):
    first, other = (document("x", read_facts(written(*PEOPLE[each]))) for each in ("plain", kind))
    assert (other.text, other.views, other.skills, other.roles) == (first.text, first.views, first.skills, first.roles)


def test_the_work_stays_and_the_person_goes():
    text = blind(written(*PEOPLE["plain"])).text
    assert "Registered Nurse with ten years on surgical wards." in text
    assert "Looked after patients before and after surgery." in text
    for gone in ("Emily", "Walsh", "emilywalsh", "example.com", "555", "Maple", "Chicago", "60629", "Howard", " she "):
        assert gone not in text


def test_a_trade_that_is_also_a_name_stays_where_it_is_a_trade():
    assert "Head Baker" in blind("Emily Walsh\nemily.walsh@example.com\n\nExperience\nHead Baker 2019 - Present").text


def test_schools_stay_where_the_organisation_wants_them():
    line = "Education\nBachelor of Arts, Brown University"
    assert "Brown" not in blind(line).text
    assert "Brown University" in blind(line, schools=False).text


@pytest.mark.parametrize("pair", [("waitress", "waiter"), ("chairman", "chairwoman"), ("salesman", "saleswoman")])
def test_gendered_words_for_work_are_one(pair):
    assert blind(f"Worked as {pair[0]} for years.").text == blind(f"Worked as {pair[1]} for years.").text


@pytest.mark.parametrize(
    "line", ["Age: 35", "Date of birth: 3 May 1980", "Nationality: Nigerian", "Marital status: single"]
)
def test_age_birth_and_nationality_go(line):
    assert (
        blind(f"Nurse on a ward\n{line}\nLooked after patients.").text
        == blind("Nurse on a ward\nLooked after patients.").text
    )


def test_every_kept_word_leads_back_to_the_original():
    text = written(*PEOPLE["apostrophe"])
    seen = blind(text)
    start = seen.text.index("trained new staff")
    first, last = seen.original(start, start + len("trained new staff"))
    assert text[first:last] == "trained new staff"


def test_years_do_not_reach_the_document():
    made = document("x", read_facts(written(*PEOPLE["plain"])))
    assert "2016" not in made.text + "".join(made.views)
    assert made.months > 12


@pytest.mark.parametrize(
    "line", ["@marissamayer", "github: mmayer", "Telegram: @mmayer | Skype: marissa.mayer", "MARISSA MAYER", "KIM DAS"]
)
def test_handles_and_names_in_capitals_go(line):
    assert blind(f"{line}\nHead of a search team\n").text == "Head of a search team"


def test_an_abbreviation_beside_an_employer_stays():
    assert "SAP" in blind("Experience\nSAP Consultant at ACCENTURE\n").text


def test_an_address_more_at_the_top_changes_nothing_below():
    body = "\n".join([*["Cooked for guests"] * 13, "YouTube 007", "Plated banquets"])
    longer = "12 Baker Street 4\nPlot 3 Reading Central 9\n" + body
    assert blind(longer).text == blind(body).text


@pytest.mark.parametrize("name", ["Maya Okafor", "Ada Lovett", "JIRA PATEL", "Java Smith"])
def test_a_name_that_is_also_a_skill_falls_where_it_is_the_name_and_stays_where_it_is_the_skill(name):
    written = "{}\n{}@example.com\n\nEngineer\nModelled props in Maya.\n{} led three people.\nSkills: Ada, Jira, Java"
    other = blind(written.format("Emily Walsh", "emily", "Emily Walsh"), "Emily Walsh").text
    assert blind(written.format(name, name.split()[0].lower(), name), name).text == other
    assert "props in Maya" in other
    assert "Ada, Jira, Java" in other


def test_a_heading_of_ordinary_words_that_was_read_as_a_name_stays():
    text = "SPECIAL INVESTIGATIVE UNIT I\nSpecial Investigative Unit I\nLooked into claims"
    assert "investigative unit" in blind(text, "Special Investigative Unit I").text.casefold()


def test_a_skill_with_a_digit_does_not_bring_back_what_goes_whole():
    text = "Ada Lund\nb2b@example.com\nSold B2B software.\nKnew D3.js well.\n"
    start = text.index("Knew")
    made = blind(text, "Ada Lund", without=[(start, len(text))]).text
    assert made == "Sold B2B software."


def test_a_second_persons_name_above_an_address_falls_whoever_is_taken_for_the_person():
    text = "{}\n{}@example.com\n\nLeo Leopard\n5 High Road\nlleopard@example.com\n\nLeopard kept the records.\n"
    made = {blind(text.format(name, mail), name).text for name, mail in (("Emily Walsh", "emily"), ("王伟", "someone"))}
    made.add(blind(text.format("王伟", "someone"), "Leo Leopard").text)
    assert made == {"Leopard kept the records."}  # one ordinary word by itself stays, for everybody


def test_a_shop_address_does_not_take_the_trade_out():
    text = "Emily Walsh\nemily@example.com\n\nExperience\nSales Manager\nShop, sales@example.com\nSales grew.\n"
    assert blind(text, "Emily Walsh").text.casefold().count("sales") == 2
