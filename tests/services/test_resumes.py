"""Facts from a résumé's text, each with the place that shows it."""

import pytest

from interview_platform.services.resumes import ResumeFacts, nameless, read_facts, without_person
from tests.resume_files import TEXT


@pytest.fixture(scope="module")
def facts():
    return read_facts(TEXT, pages=1)


def test_who_it_is_and_how_to_reach_her(facts):
    assert (facts.name, facts.email, facts.phone) == ("Maya Okafor", "maya.okafor@example.com", "+44 20 7946 0018")
    assert (facts.location, facts.headline) == ("Leeds, United Kingdom", "Backend Engineer")
    assert facts.links == ("github.com/mokafor",)


def test_positions_with_title_employer_and_dates(facts):
    assert [(job.title, job.company, job.start, job.end) for job in facts.experience] == [
        ("Senior Backend Engineer", "Harbour Payments Ltd", "March 2021", "Present"),
        ("Backend Engineer", "Fern Software Ltd", "June 2017", "February 2021"),
    ]
    first = facts.experience[0]
    assert facts.text[first.span[0] : first.span[1]] == first.text
    assert "retry queue" in first.text
    assert "k8s" not in first.text


@pytest.mark.parametrize(
    "lines",
    [
        "Site Nurse\nKeele Hospital\nMay 2019 - Present\n• Ran triage.",
        "Keele Hospital\nSite Nurse\tMay 2019 - Present\n• Ran triage.",
        "May 2019 - Present\nSite Nurse, Keele Hospital\n• Ran triage.",
        "KEELE HOSPITAL | Site Nurse\nMay 2019 - Present | Stoke, UK\n• Ran triage.",
        "Site Nurse at Keele Hospital (May 2019 – Present)\nRan triage.",
    ],
)
def test_a_position_is_read_from_many_layouts(lines):
    (job,) = read_facts(f"Experience\n{lines}\n").experience
    assert (job.title, job.company.casefold(), job.start, job.end) == (
        "Site Nurse",
        "keele hospital",
        "May 2019",
        "Present",
    )


def test_studies_with_school_degree_and_dates(facts):
    (study,) = facts.education
    assert (study.school, study.degree, study.field, study.start, study.end) == (
        "University of Leeds",
        "BSc",
        "Computer Science",
        "2014",
        "2017",
    )


def test_a_skill_is_shown_by_a_sentence_about_work_rather_than_by_a_list(facts):
    shown = {fact.name: fact for fact in facts.skills}
    assert shown["Python"].sentence == "Built the retry queue in Python; failed payouts fell by 40%."
    assert shown["Kubernetes"].sentence == "Ran a dozen services on k8s and wrote their alerts."
    assert shown["Docker"].sentence == "Python, PostgreSQL, Docker, Go"


def test_every_span_holds_the_words_it_stands_for(facts):
    for fact in facts.skills:
        assert " ".join(facts.text[fact.start : fact.end].split()) == fact.sentence


@pytest.mark.parametrize(
    "line",
    [
        "Date of birth: 4 May 1990",
        "DOB: 04/05/1990",
        "Marital status: married",
        "Nationality: Ghanaian",
        "Gender - female",
    ],
)
def test_what_must_not_be_kept_is_dropped_at_the_door(line):
    facts = read_facts(f"Maya Okafor\n{line}\nmaya@example.com\n\nSkills\nPython")
    assert line.split(" ")[-1] not in facts.text


def test_of_an_address_only_the_town_is_kept():
    facts = read_facts("Leo Leopard\n555 La Verne Way, La Verne, CA 91750\nleo@example.com\n\nSkills\nExcel, Word")
    assert facts.location == "La Verne, CA"
    assert "555" not in facts.text
    assert "91750" not in facts.text


def test_nothing_is_guessed_where_nothing_is_said():
    facts = read_facts("STAFF ACCOUNTANT\nSummary\nKeeps books.\n")
    assert (facts.name, facts.email, facts.phone, facts.links) == ("", "", "", ())
    assert facts.headline == "STAFF ACCOUNTANT"


def test_dates_are_no_telephone_number():
    assert read_facts("Experience\nClerk\t03/1998 - 07/2002\nFiled 2012 - 2015 records.").phone == ""


def test_facts_survive_storage(facts):
    assert ResumeFacts.from_json(facts.as_json(), facts.text) == facts


def test_ranking_does_not_see_who_it_is(facts):
    seen = without_person(facts)
    assert "retry queue" in seen
    for personal in ("Maya", "Okafor", "example.com", "7946", "Leeds, United", "mokafor"):
        assert personal not in seen


def test_a_name_that_is_also_a_trade_does_not_take_the_trade_out():
    facts = read_facts("Ann Baker\nann@example.com\n\nExperience\nPastry Baker, Mill Ltd\t2019 - 2021\nAnn baked.")
    assert "Pastry Baker" in nameless(facts.text, facts)


def test_skills_in_a_name_or_an_address_do_not_count():
    facts = read_facts("Ruby Swift\nruby@python.org | github.com/ruby\n\nSkills\nFigma\n")
    assert [fact.name for fact in facts.skills] == ["Figma"]


@pytest.mark.parametrize(
    "line",
    [
        "Kraków, Poland, +48 601 555 014, kasia@example.com",
        "Kraków, Poland +48 601 555 014 kasia@example.com",
        "Kraków, Poland · kasia@example.com",
    ],
)
def test_a_place_is_found_beside_the_telephone_number_and_the_address(line):
    assert read_facts(f"Kasia Nowak\n{line}\n\nSkills\nExcel\n").location == "Kraków, Poland"


def test_a_place_is_found_around_contact_details_that_stand_further_down():
    text = "Kasia Nowak\nBiologist\n\nAbout\nLikes cells.\n\nEducation\nBSc\n\nKraków, Poland\nkasia@example.com\n"
    assert read_facts(text).location == "Kraków, Poland"


def test_a_number_of_one_digit_is_no_telephone_number():
    assert read_facts("Kasia Nowak\n000-00-0000\nkasia@example.com\n").phones == ()


def test_no_half_of_a_compound_name_reaches_ranking():
    text = "Oluwaseun\nAdebayo-\nClarke\nNurse\nseun.adebayo@example.com\n\nSkills\nTriage\n"
    facts = read_facts(text)
    assert facts.name == "Oluwaseun Adebayo-Clarke"
    assert not any(word in without_person(facts) for word in ("Oluwaseun", "Adebayo", "Clarke"))
