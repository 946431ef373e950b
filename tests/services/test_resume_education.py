"""Studies: school, degree and field told apart."""

import pytest

from interview_platform.services.resumes import read_facts


def studies(*lines):
    held = read_facts("Education\n" + "\n".join(lines) + "\n").education
    return [(study.school, study.degree, study.field, study.start, study.end) for study in held]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["BSc Nursing, Keele University\t2011 - 2014"], ("Keele University", "BSc", "Nursing", "2011", "2014")),
        (
            ["Keele University", "B.S. in Computer Science", "Sept 2011 – June 2014"],
            ("Keele University", "B.S.", "Computer Science", "Sept 2011", "June 2014"),
        ),
        (
            ["Bachelor of Science : Business Administration 2011 University of Missouri - City , State"],
            ("University of Missouri", "Bachelor of Science", "Business Administration", "", "2011"),
        ),
        (
            ["2009", "East Pennsboro High School City , State Diploma"],
            ("East Pennsboro High School", "Diploma", "", "", "2009"),
        ),
        (
            ["Strategic Leadership MBA, ROCHESTER INSTITUTE OF TECHNOLOGY"],
            ("ROCHESTER INSTITUTE OF TECHNOLOGY", "MBA", "", "", ""),
        ),
        (
            ["Master of Science - Columbia University - School of Public Affairs"],
            ("Columbia University", "Master of Science", "", "", ""),
        ),
        (["M.Com (Master of Commerce), University of Kerala"], ("University of Kerala", "M.Com", "", "", "")),
        (["Business/Marketing 2012 Harding University"], ("Harding University", "", "Business/Marketing", "", "2012")),
        (
            ["LA MARTINIERE FOR BOYS", "High School Diploma, May 2011"],
            ("LA MARTINIERE FOR BOYS", "High School Diploma", "", "", "May 2011"),
        ),
    ],
)
def test_a_course_of_study_is_read_from_many_layouts(lines, expected):
    assert studies(*lines) == [expected]


def test_two_degrees_of_one_school_share_its_name():
    held = studies("Cornell University", "MEng in Computer Science", "Dec 2014", "BS in Computer Science", "May 2013")
    assert [(school, degree, end) for school, degree, _, _, end in held] == [
        ("Cornell University", "MEng", "Dec 2014"),
        ("Cornell University", "BS", "May 2013"),
    ]


def test_dates_before_their_course_belong_to_it():
    held = studies(
        "2012", "High School Diploma : General Pennsauken High School", "2016", "BA : History Drew University"
    )
    assert [(degree, end) for _, degree, _, _, end in held] == [("High School Diploma", "2012"), ("BA", "2016")]


def test_what_stands_below_a_course_is_no_other_one():
    held = studies("BA : History Drew University 2016", "Dean's List (2012 - 2015)", "Coursework in Latin", "3.8 GPA")
    assert held == [("Drew University", "BA", "History", "", "2016")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Dr.-Ing., Mechanical Engineering\t2007 – 2011", "Universität Stuttgart"],
            ("Universität Stuttgart", "Dr.-Ing.", "Mechanical Engineering", "2007", "2011"),
        ),
        (
            ["Licenciatura in Hotel Management – Escola Superior de Turismo do Estoril (2012 – 2015)"],
            ("Escola Superior de Turismo do Estoril", "Licenciatura", "Hotel Management", "2012", "2015"),
        ),
        (
            ["King's College London", "LL.M., Business Law, 2013 –", "2014"],
            ("King's College London", "LL.M.", "Business Law", "2013", "2014"),
        ),
        (
            ["B.Tech, Computer Science and", "Engineering – NIT Tiruchirappalli", "(2014 – 2018)"],
            ("NIT Tiruchirappalli", "B.Tech", "Computer Science and Engineering", "2014", "2018"),
        ),
        (
            ["BCom Honours, Accounting – University of Pretoria (2009 – 2012)"],
            ("University of Pretoria", "BCom Honours", "Accounting", "2009", "2012"),
        ),
    ],
)
def test_degrees_and_schools_of_other_countries_and_wrapped_lines(lines, expected):
    assert studies(*lines) == [expected]
