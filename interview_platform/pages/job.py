"""One job: pool, plan, material, interviews, settings."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.candidate_panel import candidate_panel
from interview_platform.components.controls import button, link_button, tabs
from interview_platform.components.feedback import badge, empty, loaded
from interview_platform.components.import_dialog import import_dialog
from interview_platform.components.interview_list import interview_table, link_dialog
from interview_platform.components.job_form import job_form
from interview_platform.components.launch_dialog import launch_dialog
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.components.material import material
from interview_platform.components.plan import plan_tab
from interview_platform.components.pool import pool
from interview_platform.states.recruiter_import import ImportState
from interview_platform.states.recruiter_job import JobState, PlanCompetency
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_pool import PoolState

TABS = (
    ("pool", "Pool"),
    ("plan", "Plan"),
    ("material", "Material"),
    ("interviews", "Interviews"),
    ("settings", "Settings"),
)


def page() -> rx.Component:
    """The whole page."""
    status = rx.cond(JobState.status == "closed", badge("Closed"), badge("Open", "good"))
    title = rx.cond(JobState.ready, JobState.title, "Job")
    facts = rx.el.span(JobState.facts, " ", rx.cond(JobState.ready, status))
    body = rx.el.div(
        tabs(JobState.tab, TABS, JobState.pick_tab),
        rx.match(
            JobState.tab,
            ("plan", plan_tab(_judged())),
            ("material", _material()),
            ("interviews", _interviews()),
            ("settings", _settings()),
            pool(),
        ),
    )
    return frame(
        "jobs",
        head(
            title,
            facts,
            button("Import", icon="download", on_click=ImportState.show, id="import"),
            back=("Jobs", routes.JOBS),
        ),
        loaded(JobState, body),
        candidate_panel(),
        launch_dialog(),
        link_dialog(),
        import_dialog(),
        on_clear=PoolState.clear,
    )


def _judged() -> rx.Component:
    return section(
        "What every interview looks for",
        rx.cond(
            JobState.competencies.length() > 0,
            rx.el.div(rx.foreach(JobState.competencies, _competency), class_name="rows"),
            empty(
                "list-checks",
                "No competencies yet",
                "Without them an interview has nothing to judge. Add some under settings.",
                button("Open settings", on_click=JobState.pick_tab("settings")),
            ),
        ),
        action=link_button("Rubric", JobState.rubric, icon="list-checks", kind="small", id="rubric-link"),
        note="Levels 1 to 5, and the points behind them.",
    )


def _material() -> rx.Component:
    return material(
        "Texts about this job",
        "Candidates ask questions, too. The interviewer answers from the job, the company page, these texts and the "
        "questions candidates ask everywhere; it names its source, and passes on what none of them says.",
    )


def _competency(item: rx.Var[PlanCompetency]) -> rx.Component:
    anchors = rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "What each level means"),
        rx.el.dl(
            rx.foreach(item.anchors, lambda pair: rx.fragment(rx.el.dt("Level ", pair[0]), rx.el.dd(pair[1]))),
            class_name="facts-grid",
        ),
        class_name="more",
    )
    return rx.el.div(
        rx.el.div(
            rx.el.b(item.name),
            rx.el.span(item.description),
            rx.cond(item.anchors.length() > 0, anchors),
            class_name="row-words",
        ),
        rx.el.div(
            rx.el.div(item.group, class_name="note"),
            rx.el.div("weight ", item.weight, " (", item.share, "%)", class_name="note num"),
            style={"textAlign": "right"},
        ),
        class_name="row",
    )


def _interviews() -> rx.Component:
    return rx.cond(
        JobState.interviews.length() > 0,
        interview_table(JobState.interviews, with_job=False),
        rx.el.div(
            empty(
                "video",
                "No interviews yet",
                "Tick candidates in the pool and launch: each gets a link of their own.",
                button("Open the pool", on_click=JobState.pick_tab("pool")),
            ),
            class_name="rows",
        ),
    )


def _settings() -> rx.Component:
    closed = JobState.status == "closed"
    return rx.el.div(
        loaded(JobFormState, job_form("Save job")),
        section(
            rx.cond(closed, "Open this job again", "Close this job"),
            rx.el.p(
                rx.cond(
                    closed,
                    "New interviews can be launched again.",
                    "No more interviews can be launched; those under way go on. Nothing is deleted.",
                ),
                class_name="note",
            ),
            rx.el.div(
                button(rx.cond(closed, "Open job", "Close job"), kind="small", on_click=JobState.switch_status),
                style={"marginTop": "12px"},
            ),
        ),
        class_name="content-inner narrow",
        style={"margin": "0"},
    )
