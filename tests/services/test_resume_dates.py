"""What dates look like, and how long something lasted."""

from datetime import date

import pytest

from interview_platform.services import resume_dates

TODAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("line", "start", "end", "months"),
    [
        ("March 2021 - Present", "2021-03", "present", 65),
        ("05/2014 – 04/2015", "2014-05", "2015-04", 12),
        ("Sept 1997 to June 1999", "1997-09", "1999-06", 22),
        ("2010 - 2012", "2010", "2012", 24),
        ("Jan ’15 until Mar ’16", "2015-01", "2016-03", 15),
        ("01/15 - 03/17", "2015-01", "2017-03", 27),
        ("June - August 2014", "2014-06", "2014-08", 3),
        ("2019-03 — 2020-05", "2019-03", "2020-05", 15),
        ("March 5, 2015 through April 7, 2016", "2015-03", "2016-04", 14),
        ("Oktober 2018 – heute", "2018-10", "present", 94),
    ],
)
def test_a_stretch_of_time_is_read_in_many_spellings(line, start, end, months):
    found = resume_dates.DATES.search(line)
    assert found is not None
    written = resume_dates.written(found)
    assert tuple(map(resume_dates.normal, written)) == (start, end)
    assert resume_dates.months(*written, TODAY) == months


@pytest.mark.parametrize("line", ["Market 2014", "call 555 2019 2020", "version 3.2", "Maytag 2010 - sales"])
def test_what_only_resembles_a_stretch_is_none(line):
    assert resume_dates.DATES.search(line) is None


def test_one_date_alone_has_no_length():
    assert resume_dates.months("2012", "", TODAY) == 0


def test_what_overlaps_counts_once():
    spans = [
        resume_dates.span("Jan 2010", "Dec 2012", TODAY),
        resume_dates.span("June 2011", "May 2014", TODAY),
        resume_dates.span("2020", "2021", TODAY),
        None,
    ]
    assert resume_dates.total(spans) == 53 + 12


def test_nothing_lasts_beyond_today():
    assert resume_dates.months("January 2026", "December 2030", TODAY) == 7


def test_dates_on_three_lines_become_one_line_of_the_same_length():
    text = "October 2011\nto\nAugust 2015\nCompany"
    assert resume_dates.joined_lines(text) == "October 2011 to August 2015\nCompany"
