"""Profiles that LinkedIn saved as PDF, drawn, read by the real parser and by the facts."""

from dataclasses import replace
from datetime import date

import pytest

from interview_platform.adapters.resume_parser import SandboxedParser
from interview_platform.services import linkedin_pdf
from interview_platform.services.resumes import read_facts
from tests.linkedin_files import TWO_PAGES, Profile, Role, linkedin

TODAY = date(2026, 11, 23)
TEXT = """Contact
ann.of.the.long.mailbo
x@example.com
www.linkedin.com/in/ann-
lee-77
(LinkedIn)

Top Skills
Kubernetes
Harbour Dues

Languages
Portuguese (Native or
Bilingual)

Ann Lee
Engineer at Mill

Experience
Mill Ltd
3 years
Engineer
January 2024 - Present (2 years 11 months)
Leeds
Runs things.
Oven Ltd
Baker
2019 - 2020 (1 year)

Page 1 of 1"""


@pytest.fixture(scope="module")
def parser():
    return SandboxedParser(seconds=30, workers=1)


def read(parser, profile):
    parsed = parser.parse("profile.pdf", linkedin(profile))
    return read_facts(parsed.text, parsed.pages, parsed.warnings, parsed.page_starts, today=TODAY)


@pytest.fixture(scope="module")
def facts(parser):
    return read(parser, Profile())


def test_a_profile_is_known_by_its_shape(facts):
    assert facts.source_kind == "linkedin_pdf"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee\nlinkedin.com/in/annlee\n\nContact\nann@example.com\n\nExperience\nCook, Mill Ltd\t2018 - 2020\n",
        "Contact\nann@example.com\n\nTop Skills\nExcel\n\nExperience\nCook, Mill Ltd\t2018 - 2020\nPage 1 of 2\n",
    ],
)
def test_a_resume_that_only_resembles_one_is_read_as_a_resume(text):
    assert not linkedin_pdf.is_one(text)


def test_addresses_that_broke_inside_a_word_are_whole(facts):
    assert facts.emails == (Profile.email,)
    assert facts.links == (Profile.link,)
    assert facts.phones == (Profile.phone,)


def test_name_headline_and_place_stand_in_the_main_column(facts):
    assert (facts.name, facts.headline, facts.location) == (Profile.name, Profile.headline, Profile.place)


def test_several_roles_at_one_company_share_it_and_its_total_is_no_title(facts):
    assert [(job.title, job.company, job.start, job.end, job.months) for job in facts.experience] == [
        ("Head of Patient Services", "Brackenfield Hospital", "March 2015", "Present", 141),
        ("Ward Manager", "Brackenfield Hospital", "June 2009", "February 2015", 69),
        ("Staff Nurse", "Brackenfield Hospital", "December 2005", "May 2009", 42),
        ("Care Assistant", "Thistle & Sons Care Homes Ltd", "2003", "2005", 24),
    ]
    assert facts.experience[0].description.startswith("Lead 140 nurses")


def test_studies_have_school_degree_field_and_years(facts):
    assert [(study.school, study.degree, study.field, study.start, study.end) for study in facts.education] == [
        ("University of York", "Master of Science - MS", "Health Services Management", "2008", "2010"),
        ("Keele University", "Bachelor of Science (BSc)", "Nursing", "1999", "2003"),
    ]


def test_the_sidebar_gives_skills_languages_with_levels_and_certificates(facts):
    assert {"Patient safety", "Triage", "Workforce planning"} <= {skill.name for skill in facts.skills}
    assert [(language.text, language.level) for language in facts.languages] == [
        ("English", "Native or Bilingual"),
        ("Spanish", "Professional Working"),
        ("Welsh", "Elementary"),
    ]
    assert [fact.text for fact in facts.certifications] == list(Profile.sidebar[2][1])


def test_sections_go_on_over_pages(parser):
    facts = read(parser, TWO_PAGES)
    assert (facts.name, facts.headline, facts.location) == (TWO_PAGES.name, TWO_PAGES.headline, TWO_PAGES.place)
    assert [job.company for job in facts.experience] == [name for name, _, _ in TWO_PAGES.companies]
    assert {job.page for job in facts.experience} == set(range(1, facts.pages + 1))
    assert not any("Page" in job.text for job in facts.experience)
    assert [study.school for study in facts.education] == [school for school, _ in TWO_PAGES.education]


def test_a_long_title_and_a_company_after_a_group_are_told_apart(parser):
    roles = (
        Role("Deputy Director of Nursing", "May 2020 - Present (6 years 7 months)", "Leeds"),
        Role("Matron", "May 2018 - April 2020 (2 years)", "Leeds", "Led three wards."),
    )
    companies = (
        ("Fern Trust", "8 years 7 months", roles),
        ("Oak Clinic", "", (Role("Nurse", "May 2014 - April 2018 (4 years)"),)),
    )
    facts = read(parser, replace(Profile(), companies=companies))
    assert [(job.title, job.company) for job in facts.experience] == [
        ("Deputy Director of Nursing", "Fern Trust"),
        ("Matron", "Fern Trust"),
        ("Nurse", "Oak Clinic"),
    ]


def test_text_without_blank_lines_between_companies_is_read_too():
    facts = read_facts(TEXT, 1, today=TODAY)
    assert facts.emails == ("ann.of.the.long.mailbox@example.com",)
    assert facts.links == ("www.linkedin.com/in/ann-lee-77",)
    assert (facts.name, facts.headline) == ("Ann Lee", "Engineer at Mill")
    assert [(language.text, language.level) for language in facts.languages] == [("Portuguese", "Native or Bilingual")]
    assert [(job.title, job.company) for job in facts.experience] == [("Engineer", "Mill Ltd"), ("Baker", "Oven Ltd")]
    assert {"Kubernetes", "Harbour Dues"} <= {skill.name for skill in facts.skills}


def test_a_heading_that_wraps_and_letters_behind_the_name_are_told():
    text = (
        "Coordonnées\nann.lee@example.com\nwww.linkedin.com/in/ann-lee-77\n(LinkedIn)\n\nPrincipales\ncompétences\n"
        "Kubernetes\n\nAnn Lee,\nPMP\nEngineer at Mill\nLeeds, England, United Kingdom\n\n"
        "Expérience\nMill Ltd\nEngineer\nJanuary 2024 - Present (2 years 11 months)\n\nFormation\nKeele University\n"
    )
    facts = read_facts(text, today=TODAY)
    assert (facts.source_kind, facts.name, facts.headline) == ("linkedin_pdf", "Ann Lee", "Engineer at Mill")
    assert "Kubernetes" in [skill.name for skill in facts.skills]
    assert len(facts.experience) == 1
