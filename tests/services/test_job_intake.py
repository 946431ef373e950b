"""What is read from a job post: title, skills asked for and wished for, level, place, conditions; and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.services import job_conditions, job_intake, job_licences, job_places
from interview_platform.services.job_conditions import Condition
from interview_platform.services.job_lines import clauses

ADVERT = """Senior Backend Engineer (m/f/d)
Location: Manchester, United Kingdom

About us
We have been building payment services since 1998 and are proud of 25 years of experience.

What you'll do
- Run payment services in Python
- Mentor colleagues

Requirements
- 6+ years of experience with Python and Django
- Proven knowledge of event sourcing and payment gateways
- Clean driving licence
- Fluent in German, both written and spoken
- You must have the right to work in the UK
- Full-time on-site role in Manchester

Nice to have
- Kubernetes
- PMP certification
- Spanish is a plus

Benefits
- Free Salesforce training and a French cooking class
- 30 days of holiday
"""


def skills(rows: tuple[job_intake.Wanted, ...]) -> list[str]:
    return [row.skill for row in rows]


def values(text: str, kind: str) -> list[str]:
    return [held.value for held in job_intake.read(text).conditions if held.kind == kind]


def asking(*items: str) -> str:
    return "Clerk\n\nRequirements:\n" + "".join(f"- {item}\n" for item in items)


@pytest.fixture(scope="module")
def read() -> job_intake.JobReading:
    return job_intake.read(ADVERT)


def test_an_advert_fills_the_form(read):
    assert (read.title, read.level, read.family) == ("Senior Backend Engineer", "senior", "backend")
    assert read.location == "Manchester, United Kingdom"


def test_what_is_asked_for_and_what_is_wished_for_are_kept_apart(read):
    assert {"Python", "Django", "Event sourcing", "Payment gateways"} <= set(skills(read.required))
    assert {"Kubernetes", "PMP", "Spanish"} <= set(skills(read.preferred))
    assert not set(skills(read.required)) & set(skills(read.preferred))


def test_what_the_employer_offers_is_not_asked_for(read):
    assert not {"Salesforce", "French", "Cooking"} & set(skills((*read.required, *read.preferred)))


def test_hard_conditions_are_found_each_with_its_sentence(read):
    found = {(held.kind, held.value): held.text for held in read.conditions}
    assert found == {
        ("years", "6"): "6+ years of experience with Python and Django",
        ("work_permit", "United Kingdom"): "You must have the right to work in the UK",
        ("location", "Manchester, United Kingdom"): "Full-time on-site role in Manchester",
        ("licence", "Driving licence"): "Clean driving licence",
        ("language", "German"): "Fluent in German, both written and spoken",
    }


def test_every_skill_and_condition_points_at_its_own_words(read):
    for row in (*read.required, *read.preferred, *read.conditions):
        words = ADVERT[row.start : row.end]
        assert words
        assert " ".join(words.split()) in row.text


def test_a_preferred_qualification_among_the_required_is_preferred():
    read = job_intake.read(asking("Python", "OSHA 30 preferred", "Docker is a plus"))
    assert skills(read.required) == ["Python"]
    assert skills(read.preferred) == ["OSHA 30", "Docker"]


def test_half_a_sentence_may_ask_and_the_other_half_wish():
    read = job_intake.read("Analyst\n\nNice to have\n- Excel required; SQL preferred\n")
    assert (skills(read.required), skills(read.preferred)) == (["Excel"], ["SQL"])


def test_without_headings_the_sentences_that_ask_are_read():
    read = job_intake.read("We are looking for a Line Cook to join us. You must have experience with baking.")
    assert read.title == "Line Cook"
    assert "Baking" in skills(read.required)


def test_a_list_under_an_unusual_heading_is_read_by_what_it_says():
    post = "IT Lead\n\nYour story\n* 4 years of experience in support\n* Experience with Jira and Kubernetes\n"
    read = job_intake.read(post)
    assert skills(read.required) == ["Jira", "Kubernetes"]
    assert values(post, "years") == ["4"]


def test_few_skills_asked_for_are_made_up_with_those_of_the_duties_as_preferred():
    read = job_intake.read("Chef\n\nResponsibilities\n- Menu development and food safety\n")
    assert read.required == ()
    assert set(skills(read.preferred)) == {"Menu development", "Food safety"}


def test_a_long_list_is_cut_to_what_a_person_can_judge():
    many = [f"Experience with {name}ing machines" for name in ("mill", "turn", "drill", "grind", "saw", "plan", "bor")]
    read = job_intake.read(asking(*many, *[f"Knowledge of {name} pumps" for name in "abcdefghij"]))
    assert len(read.required) <= 12


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Sr. Financial Analyst", "Sr. Financial Analyst"),
        ("Consultant - Strategy (Remote)", "Consultant - Strategy"),
        ("We're hiring: Staff Nurse!", "Staff Nurse"),
        ("Job Title: Warehouse Operative", "Warehouse Operative"),
        ("Private Banker - New York", "Private Banker"),
        ("Data Engineer (all genders) - Req #4711", "Data Engineer"),
        ("Join our growing family!\nApparel Designer", "Apparel Designer"),
    ],
)
def test_the_title_is_the_role_and_nothing_else(first, title):
    assert job_intake.read(f"{first}\n\nAbout the job\nYou work with us on good things.").title == title


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("Junior Designer", "", "junior"),
        ("Executive Chef", "", "senior"),
        ("Account Executive", "", "mid"),
        ("Engineer", "- 8 years of experience in tunnels", "senior"),
        ("Engineer", "- 2+ years of experience in tunnels", "mid"),
        ("Clerk", "No experience needed: we train you.", "junior"),
        ("Managing Consultant", "This is a mid-to-senior level position.", "mid"),
    ],
)
def test_the_level_is_the_titles_else_the_texts(title, text, level):
    assert job_intake.read(f"{title}\n\nRequirements\n{text}\n").level == level


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Ward nurse", "nursing"),
        ("Healthcare Consultant", "general"),
        ("Sales Manager", "sales"),
        ("Roofer", "general"),
    ],
)
def test_the_question_bank_follows_the_work_not_the_field(title, family):
    assert job_intake.read(f"{title}\n\nWe need you.").family == family


@pytest.mark.parametrize(
    ("item", "licence"),
    [
        ("BLS or CPR/AED certification required", ["BLS or CPR/AED"]),
        ("Series 7, 66 licences", ["Series 7", "Series 66"]),
        ("Current Special Education teaching certification", ["Special Education teaching certification"]),
        ("Must obtain an active Top Secret security clearance", ["Security clearance"]),
        ("Bachelor's degree in engineering", ["Bachelor's degree"]),
        ("Bachelor's degree or equivalent experience", []),
        ("PE", ["Professional engineer"]),
    ],
)
def test_licences_certificates_and_degrees_are_conditions(item, licence):
    assert values(asking(item), "licence") == licence


@pytest.mark.parametrize(
    ("item", "years"),
    [
        ("Minimum of five years in sales", ["5"]),
        ("3 - 5 years of experience as a chef", ["3"]),
        ("5 years of experience, or 2 with a master's degree", ["5"]),
        ("You are at least 18 years old", []),
        ("A two-year contract", []),
    ],
)
def test_the_years_asked_for_are_of_experience(item, years):
    assert values(asking(item), "years") == years


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Must be authorized to work in the United States", ["United States"]),
        ("We do not offer visa sponsorship", ["Permission to work"]),
        ("We offer visa sponsorship and relocation", []),
    ],
)
def test_permission_to_work_is_a_condition_unless_the_employer_helps(text, country):
    assert values(asking(text), "work_permit") == country


def test_a_cuisine_is_not_a_language():
    assert values(asking("A true appreciation for French cuisine"), "language") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nurse\nLocation: Tampa-Florida\n", "Tampa, Florida"),
        ("Analyst, based in San Mateo, California, near the bay.", "San Mateo, California"),
        ("Consultant (Remote)\nHeadquartered in London.", "Remote"),
        ("Designer\nYou work from the Boston office.", "Boston"),
        ("Designer\nWe are headquartered in Oslo, Norway.", ""),
        ("Planner\nKnowledge of RS Means, MS Project and MD or JD, MD degrees", ""),
    ],
)
def test_the_place_is_the_roles_not_the_headquarters(text, place):
    assert job_places.location(text, clauses(text)) == place


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text):
    read = job_intake.read(text)
    assert len(read.required) <= 12
    assert len(read.preferred) <= 10


@pytest.mark.parametrize(
    ("line", "value", "held"),
    [
        ("RN, State of Ohio", "Registered nurse", True),
        ("B.S., Economics", "Bachelor's degree", True),
        ("Master of Science in Biology", "Bachelor's degree", True),
        ("High School Diploma", "Bachelor's degree", False),
        ("CPR certified", "BLS or CPR/AED", True),
        ("Series 7 and 63", "Series 63", True),
        ("Series 7", "Series 63", False),
        ("Full UK driving license", "Driving licence", True),
        ("Group fitness certifications", "Group Fitness Certification", True),
        ("Forklift operator", "Forklift licence", False),
    ],
)
def test_a_paper_is_known_again_in_a_resume_under_its_other_names(line, value, held):
    assert job_licences.says(line, value) is held


def test_typed_conditions_are_tidied():
    kept = job_conditions.checked(
        (Condition("licence", "  Forklift  licence "), Condition("licence", "forklift licence"))
    )
    assert [held.value for held in kept] == ["Forklift licence"]


PARAGRAPH = (
    "Maintenance Electrician\n\nWe keep our lines in Burton running. Must have: 18th Edition, fault finding on PLCs "
    "and variable speed drives. Experience with pneumatics is desirable. Native English is needed, and Welsh would be "
    "a bonus. A driving licence is not needed."
)


def test_a_dense_paragraph_says_what_is_required_and_what_is_wished() -> None:
    found = job_intake.read(PARAGRAPH)
    wished = [PARAGRAPH[held.start : held.end] for held in found.preferred]
    assert "pneumatics" in wished
    assert "Troubleshooting" in [held.skill for held in found.required]
    kinds = [(held.kind, held.value) for held in found.conditions]
    assert (job_conditions.LICENCE, "18th Edition") in kinds
    assert (job_conditions.LANGUAGE, "English") in kinds
    assert (job_conditions.LANGUAGE, "Welsh") not in kinds
    assert not any("riving" in value for _, value in kinds)


@pytest.mark.parametrize(
    ("post", "place"),
    [
        ("Driver\n\nYou are based at our Wakefield depot.", "Wakefield"),
        ("Accountant\n\nYou report to the director in our Swindon head office.", "Swindon"),
        ("Teacher of Physics\nBeaufort Academy, Plymouth - from January", "Plymouth"),
        ("Gas Engineer wanted - Thanet area\n\nYou need Gas Safe.", "Thanet"),
        ("Nurse\nFull Time, Permanent\n\nYou nurse people.", ""),
    ],
)
def test_a_place_that_the_post_calls_its_own_need_not_be_a_known_town(post: str, place: str) -> None:
    assert job_intake.read(post).location == place


def test_tachograph_and_dangerous_goods_papers_are_licences() -> None:
    found = job_intake.read("Driver\n\nYou must have a digital tachograph card, and ADR would be an advantage.")
    assert [held.value for held in found.conditions] == ["Tachograph card"]
    assert "ADR certificate" in [held.skill for held in found.preferred]
