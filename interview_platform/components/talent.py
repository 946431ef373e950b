"""The talent pool: search, the best for a job, the table, the dialog that adds people to a job's pool."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.charts import match_bar
from interview_platform.components.controls import (
    busy_button,
    button,
    choice_list,
    dialog,
    dialog_foot,
    field,
    icon_button,
    link_button,
    search_box,
)
from interview_platform.components.feedback import empty, skeleton
from interview_platform.components.tables import cell, head, table
from interview_platform.states.pool_lines import Dot
from interview_platform.states.recruiter_talent import JobLink, TalentLine, TalentState


def talent() -> rx.Component:
    """Everything under the page's head."""
    return rx.cond(
        TalentState.everyone > 0,
        rx.el.div(_tools(), _list(), _pages(), _bulk()),
        rx.el.div(
            empty(
                "users-round",
                "Nobody yet",
                "Everybody whose résumé was read for any job stands here, to be found again for the next one.",
                link_button("Open jobs", routes.JOBS, icon="briefcase"),
            ),
            class_name="rows",
        ),
    )


def _tools() -> rx.Component:
    return rx.el.div(
        rx.cond(
            TalentState.job == "",
            search_box("talent-search", TalentState.search, TalentState.find, "Search people"),
        ),
        choice_list(
            "talent-job",
            TalentState.job,
            TalentState.choices,
            TalentState.pick_job,
            aria_label="Everybody, or the best for a job",
            look="compact pick",
        ),
        rx.cond(
            TalentState.job != "",
            rx.el.span("Those in its pool already are left out. Nobody is told.", class_name="note"),
        ),
        class_name="tools",
    )


def _list() -> rx.Component:
    nobody = rx.cond(
        TalentState.job != "",
        empty(
            "search-x",
            "Nobody else",
            "Everybody whose résumé was read is in this job's pool already.",
            button("Show everybody", on_click=TalentState.pick_job("")),
        ),
        empty(
            "search-x",
            "Nobody matches",
            "Words are looked for in names, e-mail, headlines, files and skills.",
            button("Clear the search", on_click=TalentState.find("")),
        ),
    )
    return rx.cond(
        TalentState.ranking,
        skeleton(8),
        rx.cond(TalentState.lines.length() > 0, _table(), rx.el.div(nobody, class_name="rows")),
    )


def _table() -> rx.Component:
    tick_all = rx.el.input(
        type="checkbox",
        checked=TalentState.all_here,
        aria_label="Choose all on this page",
        on_change=TalentState.choose_page,
        class_name="check",
    )
    heads = [
        rx.el.th(tick_all, scope="col", class_name="tick"),
        head("Person"),
        head(rx.cond(TalentState.job != "", "Requirements", "Skills"), "hide-narrow"),
        head("Considered for", "hide-narrow"),
        head(rx.cond(TalentState.job != "", "Match", "Known since"), "right"),
    ]
    return rx.el.div(table("People this organisation knows", heads, TalentState.lines, _row), id="talent")


def _row(line: rx.Var[TalentLine]) -> rx.Component:
    tick = rx.el.input(
        type="checkbox",
        checked=line.chosen,
        aria_label="Choose " + line.name,
        on_change=TalentState.choose(line.candidate),
        class_name="check",
    )
    name = rx.cond(
        line.href != "",
        rx.el.a(line.name, href=line.href, class_name="cell-link"),
        rx.el.span(line.name, class_name="strong"),
    )
    note = rx.cond(line.note != "", rx.el.span(line.note, class_name="cell-note"))
    last = rx.cond(line.score >= 0, match_bar(line.score, line.steps), line.when)
    return rx.el.tr(
        cell(tick, look="tick"),
        cell(name, note, look="person"),
        cell(_skills(line), look="fill hide-narrow"),
        cell(_jobs(line), look="nowrap hide-narrow"),
        cell(last, look="right nowrap muted"),
        class_name=rx.cond(line.chosen, "chosen", ""),
    )


def _skills(line: rx.Var[TalentLine]) -> rx.Component:
    return rx.el.div(
        rx.foreach(line.dots, _skill),
        rx.cond(line.more > 0, rx.el.span("+", line.more, class_name="note")),
        class_name="needs-dots",
    )


def _skill(dot: rx.Var[Dot]) -> rx.Component:
    return rx.cond(
        dot.look == "plain",
        rx.el.span(dot.skill, class_name="condition solid"),
        rx.el.span(
            dot.skill,
            rx.el.span(": " + dot.said, class_name="hidden-text"),
            title=dot.skill + ": " + dot.said,
            class_name="dot " + dot.look,
        ),
    )


def _jobs(line: rx.Var[TalentLine]) -> rx.Component:
    return rx.fragment(
        rx.foreach(line.jobs, _job),
        rx.cond(line.more_jobs > 0, rx.el.span("+", line.more_jobs, " more", class_name="cell-note")),
    )


def _job(job: rx.Var[JobLink]) -> rx.Component:
    return rx.el.div(
        rx.el.a(job.title, href=job.href, class_name="link"),
        rx.el.span(" · ", job.stage, class_name="note"),
        class_name="considered",
    )


def _pages() -> rx.Component:
    at_start, at_end = TalentState.first <= 1, TalentState.last >= TalentState.total
    return rx.cond(
        TalentState.shown != "",
        rx.el.nav(
            rx.el.span(TalentState.shown, class_name="num", role="status"),
            rx.cond(
                (TalentState.job == "") & ~(at_start & at_end),
                rx.fragment(
                    icon_button("chevrons-left", "First page", disabled=at_start, on_click=TalentState.page("first")),
                    icon_button(
                        "chevron-left", "Earlier page", disabled=at_start, on_click=TalentState.page("earlier")
                    ),
                    icon_button("chevron-right", "Later page", disabled=at_end, on_click=TalentState.page("later")),
                    icon_button("chevrons-right", "Last page", disabled=at_end, on_click=TalentState.page("last")),
                ),
            ),
            aria_label="Pages",
            class_name="pager",
        ),
    )


def _bulk() -> rx.Component:
    return rx.cond(
        TalentState.chosen.length() > 0,
        rx.el.div(
            rx.el.span(TalentState.chosen.length(), " selected", class_name="num strong", role="status"),
            rx.el.span("Esc to clear", class_name="note hide-narrow"),
            rx.el.span(class_name="spring"),
            button("Clear", kind="quiet", on_click=TalentState.clear),
            button(
                "Consider for a job…",
                icon="user-plus",
                kind="primary",
                on_click=TalentState.ask(True),
                id="consider-chosen",
            ),
            class_name="bulk",
        ),
    )


def consider_dialog() -> rx.Component:
    """Asks for the job."""
    number = TalentState.chosen.length()
    title = rx.cond(number == 1, "Consider 1 person for a job", "Consider " + number.to_string() + " people for a job")
    return dialog(
        TalentState.asking,
        TalentState.ask,
        title,
        rx.cond(TalentState.jobs.length() > 0, _which_job(), _no_job()),
    )


def _which_job() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "They are added to the job's pool with their newest résumé and ranked there. Nobody is invited or told.",
            class_name="muted",
        ),
        field(
            "Job",
            choice_list("consider-job", TalentState.target, TalentState.jobs, TalentState.pick_target),
            name="consider-job",
        ),
        rx.el.div(
            rx.foreach(TalentState.names.values(), lambda name: rx.el.div(name, class_name="row")), class_name="rows"
        ),
        dialog_foot(
            button("Not now", kind="quiet", on_click=TalentState.ask(False)),
            busy_button(
                "Add to its pool",
                "Adding",
                TalentState.adding,
                icon="user-plus",
                on_click=TalentState.consider,
                id="consider",
            ),
        ),
    )


def _no_job() -> rx.Component:
    return rx.fragment(
        rx.el.p("There is no open job. Make one first; whom you chose stays chosen.", class_name="muted"),
        dialog_foot(
            button("Not now", kind="quiet", on_click=TalentState.ask(False)),
            link_button("New job", routes.NEW_JOB, icon="plus", kind="primary"),
        ),
    )
