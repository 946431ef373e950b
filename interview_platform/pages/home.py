"""Home: what needs a person, how far the jobs are, what happened lately."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.charts import bars
from interview_platform.components.controls import link_button
from interview_platform.components.feedback import empty, loaded
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.components.meeting_list import meetings_section
from interview_platform.states.recruiter_home import Funnel, HomeState, Need


def page() -> rx.Component:
    """The whole page."""
    new_job = link_button("New job", routes.NEW_JOB, icon="plus", kind="primary")
    body = rx.el.div(
        rx.el.div(
            section("Needs you", _needs()),
            meetings_section("Coming meetings"),
            section("Interviews ended, last 14 days", _chart()),
        ),
        section("Open jobs", _funnels()),
        class_name="home-grid",
    )
    return frame("home", head("Home", "", new_job), loaded(HomeState, body))


def _needs() -> rx.Component:
    return rx.cond(
        HomeState.needs.length() > 0,
        rx.el.div(
            rx.foreach(HomeState.needs, _need),
            rx.cond(
                HomeState.more_needs > 0,
                rx.el.a(
                    HomeState.more_needs, " more in reports and outbox", href=routes.REPORTS, class_name="row link"
                ),
            ),
            class_name="rows",
            id="needs",
        ),
        rx.el.div(
            empty(
                "circle-check",
                "Nothing waits for you",
                "Reports to review, failed e-mails and running interviews appear here, each one click away.",
            ),
            class_name="rows",
        ),
    )


def _need(need: rx.Var[Need]) -> rx.Component:
    icon = rx.match(
        need.kind,
        ("report", rx.icon("file-check", size=18, class_name="attention")),
        ("live", rx.icon("radio", size=18, class_name="info")),
        ("mail", rx.icon("mail-warning", size=18, class_name="danger")),
        ("review", rx.icon("user-search", size=18, class_name="attention")),
        ("contest", rx.icon("ear", size=18, class_name="attention")),
        ("retention", rx.icon("calendar-clock", size=18, class_name="info")),
        rx.icon("triangle-alert", size=18, class_name="danger"),
    )
    return rx.el.a(
        icon,
        rx.el.div(rx.el.b(need.title), rx.el.span(need.text), class_name="row-words"),
        rx.el.span(need.when, class_name="note nowrap"),
        rx.icon("chevron-right", size=16, class_name="muted"),
        href=need.href,
        class_name="row",
    )


def _funnels() -> rx.Component:
    return rx.cond(
        HomeState.funnel.length() > 0,
        rx.el.div(rx.foreach(HomeState.funnel, _funnel), class_name="rows"),
        rx.el.div(
            empty(
                "briefcase",
                "No open job yet",
                "A job says what you look for; candidates, interviews and reports hang on it.",
                link_button("Create the first job", routes.NEW_JOB, icon="plus", kind="primary"),
            ),
            class_name="rows",
        ),
    )


def _funnel(job: rx.Var[Funnel]) -> rx.Component:
    numbers = (
        ("Candidates", job.candidates),
        ("Invited", job.invited),
        ("Interviewed", job.interviewed),
        ("Decided", job.decided),
    )
    return rx.el.a(
        rx.el.div(
            rx.el.b(job.title, class_name="strong"),
            rx.el.div(
                *[rx.el.div(rx.el.span(words), rx.el.b(number)) for words, number in numbers], class_name="funnel"
            ),
            class_name="stack tight spring",
        ),
        href=job.href,
        class_name="row",
    )


def _chart() -> rx.Component:
    return rx.el.div(
        rx.cond(
            HomeState.ended_total > 0,
            rx.fragment(
                bars(HomeState.ended, "interviews", "Interviews"),
                rx.el.p(HomeState.ended_total, " in all, by day (UTC).", class_name="note"),
            ),
            rx.el.p("No interview has ended in these days. The first one starts this chart.", class_name="note"),
        ),
        class_name="chart-box",
    )
