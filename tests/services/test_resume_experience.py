"""Positions in the orders people write them in."""

from datetime import date

import pytest

from interview_platform.services.resumes import read_facts

TODAY = date(2026, 7, 15)


def jobs(text):
    held = read_facts(text, today=TODAY).experience
    return [(job.title, job.company, job.start, job.end) for job in held]


@pytest.mark.parametrize(
    "header",
    [
        "Site Nurse — Keele Hospital — May 2019 – June 2021",
        "Site Nurse | Keele Hospital | May 2019 – June 2021",
        "Keele Hospital, Stoke, UK\tMay 2019 – June 2021\nSite Nurse",
        "Site Nurse\tMay 2019 – June 2021\nKeele Hospital\tStoke, UK",
        "Site Nurse\nKeele Hospital\nMay 2019\nto\nJune 2021",
        "May 2019 – June 2021\tSite Nurse\n\tKeele Hospital",
        "Site Nurse, Keele Hospital (May 2019 – June 2021)",
        "Site Nurse at Keele Hospital\nMay 2019 – June 2021 · Stoke, United Kingdom",
    ],
)
def test_title_employer_and_dates_are_told_apart_in_every_order(header):
    ((title, company, start, end),) = jobs(f"Work History\n{header}\n• Ran the triage desk.\n")
    assert (title, company, start, end) == ("Site Nurse", "Keele Hospital", "May 2019", "June 2021")


def test_several_roles_at_one_company_share_its_name():
    text = (
        "Experience\nHarbour Payments Ltd\tLeeds, UK\nLead Engineer\tJan 2020 - Present\n• Led four people.\n"
        "Software Engineer\tMar 2016 - Dec 2019\n• Built the ledger.\n"
    )
    assert [job[:2] for job in jobs(text)] == [
        ("Lead Engineer", "Harbour Payments Ltd"),
        ("Software Engineer", "Harbour Payments Ltd"),
    ]


def test_a_masked_employer_is_left_empty_and_its_line_is_not_a_title():
    text = (
        "Experience\nGift Wrapper and Cashier\nJuly 2014 to Current Company Name ï¼​ City , State\n"
        "Wrapped presents and kept the till.\n"
    )
    assert jobs(text) == [("Gift Wrapper and Cashier", "", "July 2014", "Current")]


def test_the_end_of_a_sentence_is_no_header():
    text = (
        "Experience\nCook, Mill Ltd\t2018 - 2020\nRan the pass of a busy kitchen with two hundred covers and "
        "wrote all\n"
        "of the Menus\nBaker, Oven Ltd\t2015 - 2018\nBaked.\n"
    )
    assert [job[:2] for job in jobs(text)] == [("Cook", "Mill Ltd"), ("Baker", "Oven Ltd")]


def test_the_same_job_told_twice_counts_once():
    block = "Cook, Mill Ltd\t2018 - 2020\nCooked.\n\n"
    assert len(jobs(f"Experience\n{block}Work History\n{block}")) == 1


def test_what_was_done_stands_apart_from_title_employer_and_dates():
    facts = read_facts("Experience\nCook\nMill Ltd\n2018 - 2020\n• Cooked for\n  ninety.\n", today=TODAY)
    assert facts.experience[0].description == "• Cooked for\n  ninety."


def test_months_of_overlapping_jobs_count_once_in_the_total():
    text = "Experience\nCook, Mill Ltd\tJan 2018 - Dec 2020\n\nBaker, Oven Ltd\tJan 2020 - Present\n"
    facts = read_facts(text, today=TODAY)
    assert [job.months for job in facts.experience] == [36, 79]
    assert facts.months == 103


def test_jobs_are_found_without_a_heading():
    assert jobs("Ann Lee\nann@example.com\n\nPastry Cook, Mill Bakery\t2018 - 2020\nBaked.\n")[0][0] == "Pastry Cook"


@pytest.mark.parametrize(
    "lines",
    [
        "05.2019 – 06.2021\n\nSite Nurse\nKeele Hospital, Stoke\n• Ran the triage desk.",
        "Site Nurse\nKeele Hospital | Stoke | 05/2019 – 06/2021\n• Ran the triage desk.",
        "Site Nurse\t05/2019 – 06/2021\nKeele Hospital, Stoke\nRan the triage desk.",
        "Site Nurse\t05/2019 – 06/2021\nmKeele, Stoke\nRan the triage desk.",
    ],
)
def test_a_town_is_neither_the_work_nor_part_of_the_employer(lines):
    held = read_facts(f"Work History\n{lines}\n", today=TODAY).experience
    assert [(job.title, job.company.replace("mKeele", "Keele Hospital")) for job in held] == [
        ("Site Nurse", "Keele Hospital")
    ]
    assert "Ran the triage desk." in held[0].description


def test_an_employer_keeps_a_town_that_is_its_name():
    assert jobs("Experience\nTutor, University of California, Berkeley (2018 - 2020)\n")[0][1].endswith("Berkeley")


def test_roles_under_an_employer_with_its_town_do_not_take_what_was_done_for_a_name():
    text = (
        "Experience\nHarbour Works, Hull\nShift Leader\tJan 2020 - Present\nBerth planning for three quays\n"
        "Crane Operator\tMar 2016 - Dec 2019\nYard operations and safety talks\nFen Docks, Boston\n"
        "Clerk\tMay 2012 - Feb 2016\nGate documents\n"
    )
    assert [job[:2] for job in jobs(text)] == [
        ("Shift Leader", "Harbour Works"),
        ("Crane Operator", "Harbour Works"),
        ("Clerk", "Fen Docks"),
    ]


@pytest.mark.parametrize("heading", ["LEGAL EXPERIENCE", "Kitchen Experience", "Where I have worked", "Career Path"])
def test_work_is_found_under_headings_of_every_field(heading):
    assert jobs(f"{heading}\nClerk, Keele Ltd (2018 - 2020)\n") == [("Clerk", "Keele Ltd", "2018", "2020")]


def test_where_the_employer_is_covered_a_department_stays_with_the_title():
    text = "Experience\nMarch 2014 to May 2016\nDirector, Vendor Services Company Name City , State\nRan the desk.\n"
    assert jobs(text) == [("Director, Vendor Services", "", "March 2014", "May 2016")]


def test_the_account_of_the_work_on_the_header_line_is_no_employer():
    text = (
        "Experience\n05/2014 to 06/2016\nTechnical Trainer Company Name City , State Responsibilities Develop classes "
        "for customers; develop training\n"
    )
    assert jobs(text) == [("Technical Trainer", "", "05/2014", "06/2016")]
