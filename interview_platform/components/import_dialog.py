"""Other sources than a résumé: GitHub, a LinkedIn data export, a table of many candidates."""

import reflex as rx

from interview_platform.components.controls import busy_button, button, dialog, dialog_foot, field, tabs, text_input
from interview_platform.components.feedback import notice, progress
from interview_platform.components.resume_drop import resume_drop
from interview_platform.states.recruiter_import import EXPORT_ENDINGS, TABLE_ENDINGS, ImportState

_KINDS = (("github", "GitHub"), ("linkedin", "LinkedIn"), ("table", "Table"))
_PERSON_KINDS = _KINDS[:2]


def import_dialog() -> rx.Component:
    """The dialog; for one person where it was opened on a candidate's page."""
    state = ImportState
    return dialog(
        state.is_open,
        state.toggle,
        rx.cond(state.application != "", "Add a source", "Import candidates"),
        rx.cond(
            state.application != "",
            tabs(state.kind, _PERSON_KINDS, state.pick),
            tabs(state.kind, _KINDS, state.pick),
        ),
        rx.match(state.kind, ("linkedin", _linkedin()), ("table", _table()), _github()),
        rx.cond(state.working != "", progress(state.percent, state.working)),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        rx.cond(state.said != "", notice("check", state.said, tone="good")),
        rx.cond(
            state.problems.length() > 0,
            rx.el.ul(
                rx.foreach(state.problems, lambda words: rx.el.li(words, class_name="row note")),
                class_name="rows import-problems",
                id="import-problems",
                tab_index=0,
            ),
        ),
        dialog_foot(button("Done", kind="quiet", on_click=state.toggle(False))),
    )


def _github() -> rx.Component:
    state = ImportState
    return rx.el.div(
        field(
            "GitHub user name",
            text_input(
                "github-user", state.user, state.write_user, placeholder="for instance octocat", auto_focus=True
            ),
            name="github-user",
            hint="What is read: languages, own public repositories, merged pull requests, when they were last active. "
            "Never followers, stars or hours of the day.",
        ),
        rx.el.div(
            busy_button(
                "Read from GitHub",
                "Reading…",
                state.working != "",
                icon="download",
                on_click=state.fetch_github,
                id="fetch-github",
            ),
            class_name="line",
        ),
        class_name="stack",
    )


def _linkedin() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Ask the candidate for their own data export (LinkedIn: Settings, Data privacy, Get a copy of your data). "
            "Birth date, address and maiden name in it are dropped at the door. A profile saved as PDF goes with the "
            "résumés.",
            class_name="note",
        ),
        _drop("linkedin-file", EXPORT_ENDINGS, "Choose the ZIP file", "or drop it here"),
        class_name="stack",
    )


def _table() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "CSV or JSON with a row a candidate. Understood columns: name, email, phone, location, headline, skills, "
            "linkedin, github, resume. Age, gender and the like are not taken.",
            class_name="note",
        ),
        _drop("table-file", TABLE_ENDINGS, "Choose the table", "or drop it here"),
        class_name="stack",
    )


def _drop(name: str, endings: tuple[str, ...], title: str, hint: str) -> rx.Component:
    return resume_drop(
        name,
        ImportState.take_files,
        ImportState.sent,
        endings=list(endings),
        limit_bytes=ImportState.limit_bytes,
        taken=ImportState.taken,
        title=title,
        hint=hint,
        icon=rx.icon("upload", size=16),
        on_refused=ImportState.turn_away,
    )
