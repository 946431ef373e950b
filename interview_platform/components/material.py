"""Texts the interviewer answers candidates from: list, dialog, history, and a question to try them with."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    choice_list,
    dialog,
    dialog_foot,
    field,
    text_area,
    text_input,
)
from interview_platform.components.feedback import badge, empty, loaded, notice, progress
from interview_platform.components.layout import section
from interview_platform.components.resume_drop import resume_drop
from interview_platform.states.recruiter_material import MaterialState, PastLine, SourceLine, TextLine

ENDINGS = [".pdf", ".docx", ".txt", ".md", ".markdown"]


def material(title: str, note: str, of_company: bool = False) -> rx.Component:
    """The whole part; `of_company`: the texts of the employer, tried on one of the jobs."""
    return rx.fragment(
        loaded(
            MaterialState,
            rx.el.div(_texts(title, note), _try(of_company), class_name="material"),
            rows=3,
        ),
        _dialog(),
    )


def _texts(title: str, note: str) -> rx.Component:
    state = MaterialState
    return section(
        title,
        rx.el.p(note, class_name="note", style={"marginBottom": "12px"}),
        _drop(),
        rx.cond(
            state.lines.length() > 0,
            rx.el.div(rx.foreach(state.lines, _text), class_name="rows"),
            rx.el.div(
                empty(
                    "book-open",
                    "No texts yet",
                    "A handbook, a list of benefits, answers to what candidates often ask: what is written here can be "
                    "answered, what is not is passed on to you.",
                ),
                class_name="rows",
            ),
        ),
        action=button("Write a text", icon="plus", kind="small", on_click=state.open_new, id="add-text"),
    )


def _drop() -> rx.Component:
    state = MaterialState
    return rx.fragment(
        resume_drop(
            "material",
            state.take_files,
            state.sent,
            endings=ENDINGS,
            limit_bytes=state.limit_bytes,
            taken=state.taken,
            moved=state.percent,
            folders=False,
            title="Drop files here",
            hint="PDF, Word (.docx), Markdown or text. The same file again becomes its next version.",
            icon=rx.icon("upload", size=18),
            on_refused=state.turn_away,
        ),
        rx.cond(state.working != "", progress(state.percent, state.working)),
        rx.foreach(state.problems, lambda text: notice("circle-alert", text, tone="danger", role="alert")),
    )


def _text(one: rx.Var[TextLine]) -> rx.Component:
    state = MaterialState
    sure = rx.fragment(
        button("Keep", kind="quiet small", on_click=state.ask("")),
        button("Remove now", kind="small danger", on_click=state.remove(one.series)),
    )
    usual = rx.fragment(
        button("Change", icon="pencil", kind="small", on_click=state.open(one.series)),
        button("Versions", kind="quiet small", on_click=state.show_past(one.series)),
        button("Remove", kind="quiet small", on_click=state.ask(one.series)),
    )
    return rx.el.div(
        rx.el.div(
            rx.el.div(rx.el.b(one.title), rx.el.span(one.facts), class_name="row-words"),
            rx.el.div(rx.cond(state.asking == one.series, sure, usual), class_name="line"),
            class_name="material-line",
        ),
        rx.cond(state.past_of == one.series, rx.el.div(rx.foreach(state.past, _past), class_name="material-past")),
        class_name="material-text",
    )


def _past(one: rx.Var[PastLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "Version ", one.version, " · ", one.title, " · ", one.facts),
        rx.el.div(one.text, class_name="letter resume-text"),
        rx.el.div(
            button("Answer from this version again", kind="small", on_click=MaterialState.put_back(one.version)),
            style={"marginTop": "8px"},
        ),
        class_name="more",
    )


def _dialog() -> rx.Component:
    state = MaterialState
    return dialog(
        state.is_open,
        state.toggle,
        rx.cond(state.series != "", "Change this text", "A text to answer from"),
        field(
            "Title",
            text_input("material-title", state.title, lambda typed: state.write("title", typed), max_length=120),
            name="material-title",
            hint="Candidates hear it as the source: “It says in the Benefits overview that …”",
        ),
        field(
            "Text",
            text_area("material-text", state.text, lambda typed: state.write("text", typed), look="tall"),
            name="material-text",
            hint="Plain sentences, a heading (# …) above each subject. A heading that is a question works best.",
        ),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Cancel", kind="quiet", on_click=state.toggle(False)),
            button("Save", kind="primary", on_click=state.save, id="save-text"),
        ),
        look="wide",
    )


def _try(of_company: bool) -> rx.Component:
    state = MaterialState
    job = (
        choice_list("try-job", state.try_job, state.jobs, state.pick_job, aria_label="Job asked about", look="compact")
        if of_company
        else rx.fragment()
    )
    return section(
        "Try a question",
        rx.el.p(
            "Ask as a candidate would: this is what the interviewer would say, and where it stands.", class_name="note"
        ),
        rx.el.div(
            job,
            text_input(
                "try-question",
                state.question,
                state.write_question,
                aria_label="A candidate’s question",
                placeholder="How many days of holiday are there?",
            ),
            busy_button("Ask", "Looking…", state.trying, kind="", on_click=state.try_it, id="try-it"),
            class_name="material-try",
        ),
        rx.cond(state.answer != "", _answered()),
        rx.cond((state.answer == "") & (state.reason != ""), _passed_on()),
        rx.cond(
            state.sources.length() > 0, rx.el.div(rx.foreach(state.sources, _source), class_name="material-sources")
        ),
    )


def _answered() -> rx.Component:
    return notice(
        "message-circle",
        rx.el.p(MaterialState.answer),
        rx.cond(MaterialState.reason != "", rx.el.p(MaterialState.reason, class_name="note")),
        tone="good",
    )


def _passed_on() -> rx.Component:
    return notice(
        "forward",
        rx.el.p(
            "The interviewer would not answer this. It would say that it passes the question on, and you find it "
            "under Interviews."
        ),
        rx.el.p(MaterialState.reason, class_name="note"),
        tone="attention",
    )


def _source(one: rx.Var[SourceLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), one.title, " ", badge(one.fit)),
        rx.el.div(one.text, class_name="letter"),
        class_name="more",
    )
