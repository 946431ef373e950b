"""LinkedIn "Save to PDF" look-alikes, drawn by reportlab: the sidebar at x = 22, the main column at x = 224.

Sizes and order are those of the real ones: 13 pt sidebar headings over 10.5 pt items that wrap, addresses even inside
a word; name 26 pt, headline and place 12 pt, section headings 15.8 pt; a company in 12 pt, its roles in 11.5 pt over
10.5 pt dates, place and description; "Page 1 of 2" at the foot. Everything in them is made up.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_FONT, _BOLD = "Helvetica", "Helvetica-Bold"
_PAGE = (612, 792)
_TOP, _BOTTOM = 740, 50
_SIDEBAR, _SIDEBAR_WIDTH = 22, 160
_MAIN, _MAIN_WIDTH = 224, 365


@dataclass(frozen=True)
class Role:
    """One role at a company; `dates` as LinkedIn writes them ("May 2019 - Present (5 years 6 months)")."""

    title: str
    dates: str
    place: str = ""
    description: str = ""


@dataclass(frozen=True)
class Profile:
    """What a profile says. `sidebar` holds headings with their items; `total` is given where roles are several."""

    name: str = "Amina Castellanos-Wright"
    headline: str = "Head of Patient Services at Brackenfield Hospital | Speaker on safer night shifts and calmer wards"
    place: str = "Greater Leeds Area, United Kingdom"
    email: str = "amina.castellanoswright@postoffice.example.org"
    phone: str = "+44 113 496 0018"
    link: str = "www.linkedin.com/in/amina-castellanos-wright-93b1"
    sidebar: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Top Skills", ("Patient Safety", "Triage", "Workforce Planning")),
        ("Languages", ("English (Native or Bilingual)", "Spanish (Professional Working)", "Welsh (Elementary)")),
        (
            "Certifications",
            (
                "Advanced Life Support Provider",
                "Prince2 Foundation",
                "Quality Improvement in Health and Social Care Organisations",
            ),
        ),
        ("Honors-Awards", ("Ward of the Year 2016",)),
    )
    summary: str = (
        "I run patient services for a hospital of nine hundred beds. My teams cut waiting in the emergency department "
        "by a third without adding staff, and I write about how we did it."
    )
    companies: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
        (
            "Brackenfield Hospital",
            "21 years 3 months",
            (
                Role(
                    "Head of Patient Services",
                    "March 2015 - Present (11 years 9 months)",
                    "Leeds, England, United Kingdom",
                    "Lead 140 nurses and clerks in four wards. Introduced triage by senior nurses.",
                ),
                Role(
                    "Ward Manager",
                    "June 2009 - February 2015 (5 years 9 months)",
                    "Leeds, United Kingdom",
                    "Ran rosters, budgets and infection control for a ward of thirty beds.",
                ),
                Role("Staff Nurse", "December 2005 - May 2009 (3 years 6 months)"),
            ),
        ),
        (
            "Thistle & Sons Care Homes Ltd",
            "",
            (Role("Care Assistant", "2003 - 2005 (2 years)", "York", "Personal care for residents."),),
        ),
    )
    education: tuple[tuple[str, str], ...] = (
        ("University of York", "Master of Science - MS, Health Services Management · (2008 - 2010)"),
        ("Keele University", "Bachelor of Science (BSc), Nursing · (1999 - 2003)"),
    )
    extra: tuple[str, ...] = field(default=())


TWO_PAGES = Profile(
    name="Oluwaseun de la Cruz",
    headline="Data Engineer",
    place="Lagos, Nigeria",
    email="oluwaseun.de.la.cruz@averylongmailboxname.example.com",
    phone="",
    link="www.linkedin.com/in/oluwaseun-de-la-cruz",
    sidebar=(
        ("Top Skills", ("Apache Spark", "Python", "Airflow")),
        ("Languages", ("Yoruba (Native or Bilingual)", "English (Full Professional)")),
        ("Certifications", ("Professional Data Engineer",)),
        ("Publications", ("Counting late trains in streams",)),
    ),
    companies=tuple(
        (
            f"Quarry Street Analytics {number}",
            "",
            (
                Role(
                    "Data Engineer",
                    f"January {2004 + number} - December {2004 + number} (1 year)",
                    "Lagos",
                    "Built pipelines in Spark and Airflow that other teams rely on. " * 6,
                ),
            ),
        )
        for number in range(12, 0, -1)
    ),
    education=(
        ("University of Lagos", "Bachelor of Science, Computer Science · (1999 - 2003)"),
        ("Queen's College", ""),
    ),
)
"""A profile whose experience runs over three pages."""


def linkedin(profile: Profile) -> bytes:
    """The profile as "Save to PDF" would write it."""
    columns = (_Column(_SIDEBAR, _SIDEBAR_WIDTH), _Column(_MAIN, _MAIN_WIDTH))
    _sidebar(columns[0], profile)
    _main(columns[1], profile)
    count = max(len(column.pages) for column in columns)
    draw = Canvas(io.BytesIO(), pagesize=_PAGE)
    draw.setTitle("Resume")
    draw.setAuthor("LinkedIn")
    for number in range(count):
        for column in columns:
            for x, y, font, size, text in column.pages[number] if number < len(column.pages) else ():
                draw.setFont(font, size)
                draw.drawString(x, y, text)
        draw.setFont(_FONT, 9)
        draw.drawString(_MAIN + 140, 28, f"Page {number + 1} of {count}")
        draw.showPage()
    draw.save()
    return draw._filename.getvalue()


class _Column:
    """Lines set from the top, on as many pages as they need."""

    def __init__(self, x: float, width: float) -> None:
        self.x, self.width = x, width
        self.y = float(_TOP)
        self.pages: list[list[tuple[float, float, str, float, str]]] = [[]]

    def add(self, text: str, size: float, *, font: str = _FONT, before: float = 0.0, split: bool = False) -> None:
        self.y -= before
        for line in _wrapped(text, font, size, self.width, split):
            if self.y < _BOTTOM + size:
                self.pages.append([])
                self.y = float(_TOP)
            self.y -= size * 1.3
            self.pages[-1].append((self.x, self.y, font, size, line))


def _wrapped(text: str, font: str, size: float, width: float, split: bool) -> list[str]:
    """Lines no wider than the column; `split` breaks inside a word, as LinkedIn does with addresses."""
    made = [""]
    for word in text.split() if not split else list(text):
        longer = f"{made[-1]}{'' if split or not made[-1] else ' '}{word}"
        if made[-1] and stringWidth(longer, font, size) > width:
            made.append(word)
        else:
            made[-1] = longer
    return [line for line in made if line]


def _sidebar(column: _Column, profile: Profile) -> None:
    column.add("Contact", 13, font=_BOLD)
    if profile.phone:
        column.add(f"{profile.phone} (Mobile)", 10.5, before=4)
    column.add(profile.email, 10.5, before=4, split=True)
    column.add(profile.link, 11, before=4, split=True)
    column.add("(LinkedIn)", 10.5)
    for extra in profile.extra:
        column.add(extra, 11, before=4, split=True)
        column.add("(Company)", 10.5)
    for heading, items in profile.sidebar:
        column.add(heading, 13, font=_BOLD, before=16)
        for item in items:
            column.add(item, 10.5, before=4)


def _main(column: _Column, profile: Profile) -> None:
    column.add(profile.name, 26)
    column.add(profile.headline, 12, before=4)
    column.add(profile.place, 12, before=2)
    if profile.summary:
        column.add("Summary", 15.8, before=16)
        column.add(profile.summary, 12, before=6)
    column.add("Experience", 15.8, before=18)
    for company, total, roles in profile.companies:
        column.add(company, 12, before=12)
        if total:
            column.add(total, 10.5)
        for role in roles:
            column.add(role.title, 11.5, before=6)
            column.add(role.dates, 10.5)
            if role.place:
                column.add(role.place, 10.5)
            if role.description:
                column.add(role.description, 10.5, before=4)
    column.add("Education", 15.8, before=18)
    for school, detail in profile.education:
        column.add(school, 12, before=10)
        if detail:
            column.add(detail, 10.5)
