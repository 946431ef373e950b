"""The company page: what the interviewer may say about the employer, the values, and the employer's own texts."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button, field, text_area
from interview_platform.components.feedback import loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.components.material import material
from interview_platform.states.recruiter_company import CompanyState


def page() -> rx.Component:
    """The whole page."""
    facts = "What the interviewer may tell candidates about you. It says nothing beyond it."
    return frame(
        "settings",
        head("Company page", facts, back=("Settings", routes.SETTINGS)),
        loaded(CompanyState, _body()),
        material("More texts", "About the employer, for all jobs. Texts about one job stand under that job.", True),
        narrow=True,
    )


def _body() -> rx.Component:
    state = CompanyState
    return rx.el.div(
        section(
            "About you",
            rx.cond(
                state.previewing,
                rx.html(state.shown, class_name="letter company-preview"),
                _about(),
            ),
            action=rx.cond(
                state.about != "",
                button(rx.cond(state.previewing, "Write", "Preview"), kind="small", on_click=state.preview),
                button("Start from a template", icon="file-text", kind="small", on_click=state.use_template),
            ),
        ),
        section("Values", _values(), note="The only base of “cultural fit”. Without values it is not assessed."),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        rx.el.div(
            button("Save", kind="primary", on_click=state.save, disabled=~state.unsaved, id="save-company"),
            rx.cond(
                state.unsaved,
                rx.fragment(
                    button("Discard changes", kind="quiet", on_click=state.discard),
                    rx.el.span("Not saved yet.", class_name="note"),
                ),
            ),
            class_name="sticky-foot",
        ),
    )


def _about() -> rx.Component:
    state = CompanyState
    return rx.el.div(
        field(
            "Text (Markdown: # for a heading)",
            text_area("company-about", state.about, lambda typed: state.write("about", typed), look="tall"),
            name="company-about",
            hint="A heading above each subject: what you do, the team, how you work, what you offer, how you hire.",
        ),
        rx.cond(
            state.open_places > 0,
            notice(
                "info",
                rx.cond(
                    state.open_places == 1,
                    "One place in brackets is not filled in. ",
                    state.open_places.to_string() + " places in brackets are not filled in. ",
                ),
                "They are left out when you save.",
            ),
        ),
        class_name="stack tight",
    )


def _values() -> rx.Component:
    state = CompanyState
    return field(
        "One value per line",
        text_area("company-values", state.values_text, lambda typed: state.write("values_text", typed)),
        name="company-values",
        hint="The first one that is short enough to be said is asked about in every interview.",
    )
