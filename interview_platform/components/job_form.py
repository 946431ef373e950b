"""The form of a job: one for a new job's page and for the settings tab of an existing one."""

import reflex as rx

from interview_platform.components.chips import ChipEntry
from interview_platform.components.controls import (
    busy_button,
    button,
    choice_list,
    field,
    icon_button,
    text_area,
    text_input,
)
from interview_platform.components.feedback import notice
from interview_platform.components.job_reading import job_reading, skill_chip, skill_sources
from interview_platform.components.job_wording import wording_check
from interview_platform.components.layout import section
from interview_platform.components.question_flags import question_flags
from interview_platform.states.job_form_lines import CONDITION_KINDS, CompetencyItem, ConditionItem
from interview_platform.states.job_reading import JobReadingState
from interview_platform.states.question_flags import AskedItem
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.words import GROUPS, LEVELS


def job_form(save: str) -> rx.Component:
    """All fields; `save` is the words on the main button."""
    return rx.el.div(
        job_reading(),
        section("The job", _basics()),
        section("Skills", _skills(), note="SmartFilter looks for them in every résumé."),
        section(
            "Conditions",
            _conditions(),
            note="Without them the work cannot be done. Checked apart from the ranking; you decide.",
        ),
        section(
            "Competencies",
            _competencies(),
            action=button("Suggest again", icon="rotate-ccw", kind="small", on_click=_suggest_again()),
            note="What the interview judges, each on levels 1 to 5.",
        ),
        section(
            "Your own questions", _questions(), note="Asked word for word. Their place in the interview is in the plan."
        ),
        _foot(save),
        id="job-form",
    )


def _suggest_again() -> rx.event.EventSpec:
    return JobFormState.suggest_competencies


def _basics() -> rx.Component:
    write = JobFormState.write
    return rx.el.div(
        field(
            "Title",
            text_input(
                "title",
                JobFormState.title,
                lambda text: write("title", text),
                placeholder="Backend Engineer",
                max_length=200,
                aria_invalid=rx.cond(JobFormState.wrong_title != "", "true", "false"),
            ),
            name="title",
            wrong=JobFormState.wrong_title,
            whole=True,
        ),
        field(
            "Description",
            text_area(
                "description",
                JobFormState.description,
                lambda text: write("description", text),
                placeholder="What the person does, with whom, and what good looks like.",
                look=rx.cond(JobFormState.description == "", "", "tall"),
            ),
            name="description",
            hint="SmartFilter compares résumés with it; the interviewer may quote it.",
            whole=True,
        ),
        wording_check(),
        field(
            "Location",
            text_input(
                "location", JobFormState.location, lambda text: write("location", text), placeholder="Berlin or remote"
            ),
            name="location",
        ),
        field(
            "Experience level",
            choice_list("level", JobFormState.level, LEVELS, lambda text: write("level", text)),
            name="level",
        ),
        field(
            "Role family",
            choice_list("family", JobFormState.family, JobFormState.families, lambda text: write("family", text)),
            name="family",
            hint="Chooses the question bank and the suggested competencies.",
            whole=True,
        ),
        class_name="form-grid",
    )


def _skills() -> rx.Component:
    return rx.el.div(
        _skill_field("required", "Required", "Several at once: separate them by commas.", JobFormState.required),
        _skill_field("preferred", "Preferred", "Good to have; they count less.", JobFormState.preferred),
        skill_sources(),
        class_name="stack",
    )


def _skill_field(kind: str, label: str, hint: str, items: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=kind),
        rx.cond(items.length() > 0, rx.el.div(rx.foreach(items, skill_chip(kind)), class_name="chips")),
        ChipEntry.create(
            entry_id=kind,
            placeholder="Type and press Enter",
            on_add=lambda text: JobFormState.add_skill(kind, text),
        ),
        rx.el.span(hint, id=f"{kind}-hint", class_name="hint"),
        class_name="field whole",
    )


def _conditions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            JobFormState.conditions.length() == 0,
            rx.el.p(
                "None. A licence, a place, a language, a permission to work, years of experience.", class_name="note"
            ),
        ),
        rx.foreach(JobFormState.conditions, _condition),
        rx.el.div(button("Add condition", icon="plus", kind="small", on_click=JobFormState.add_condition)),
        class_name="stack tight",
    )


def _condition(item: rx.Var[ConditionItem], index: rx.Var[int]) -> rx.Component:
    def write(name: str):  # type: ignore[no-untyped-def]
        return lambda text: JobFormState.write_condition(index, name, text)

    number = index.to_string()
    return rx.el.div(
        choice_list(
            "condition-kind-" + number, item.kind, CONDITION_KINDS, write("kind"), aria_label="Kind of condition"
        ),
        _bare(item.value, write("value"), "condition-" + number, "What is needed", placeholder="Driving licence"),
        icon_button("trash-2", "Remove " + item.value, on_click=JobFormState.remove_condition(index)),
        rx.cond(item.text != "", rx.el.p("“", item.text, "”", class_name="note whole")),
        class_name="job-condition",
    )


def _competencies() -> rx.Component:
    heads = [rx.el.span(words) for words in ("Competency", "Counts towards", "Weight")]
    return rx.el.div(
        rx.el.div(*heads, aria_hidden="true", class_name="competency competency-heads note hide-narrow"),
        rx.foreach(JobFormState.competencies, _competency),
        rx.el.div(
            button("Add competency", icon="plus", kind="small", on_click=JobFormState.add_competency),
            style={"marginTop": "12px"},
        ),
        rx.cond(
            JobFormState.further.length() > 0,
            rx.el.div(
                rx.el.span("Or from the question bank:", class_name="note"),
                rx.foreach(JobFormState.further, _from_bank),
                class_name="line",
                id="further-competencies",
                style={"marginTop": "12px"},
            ),
        ),
        rx.el.p("An interview asks about the four that weigh most.", class_name="note", style={"marginTop": "12px"}),
    )


def _from_bank(name: rx.Var[str]) -> rx.Component:
    return button(name, icon="plus", kind="small", on_click=JobFormState.take_competency(name))


def _competency(item: rx.Var[CompetencyItem], index: rx.Var[int]) -> rx.Component:
    def write(name: str):  # type: ignore[no-untyped-def]
        return lambda text: JobFormState.write_competency(index, name, text)

    number = index.to_string()
    return rx.el.div(
        _bare(item.name, write("name"), "competency-" + number, "Name of the competency", look="whole-narrow"),
        choice_list("group-" + number, item.group, GROUPS, write("group"), aria_label="Counts towards"),
        _bare(item.weight, write("weight"), "weight-" + number, "Weight", input_mode="decimal"),
        icon_button("trash-2", "Remove " + item.name, on_click=JobFormState.remove_competency(index)),
        rx.el.div(
            _bare(
                item.description, write("description"), "about-" + number, "What it means here", placeholder="In a line"
            ),
            rx.el.details(
                rx.el.summary(rx.icon("chevron-right", size=14), "What each level means"),
                rx.el.div(
                    rx.foreach(item.anchors, lambda text, level: _anchor(index, text, level)), class_name="stack tight"
                ),
                class_name="more",
            ),
            class_name="whole stack tight",
        ),
        class_name="competency",
    )


def _anchor(index: rx.Var[int], text: rx.Var[str], level: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.span("Level ", level + 1, class_name="note nowrap", style={"minWidth": "56px"}),
        _bare(
            text,
            lambda typed: JobFormState.write_anchor(index, level + 1, typed),
            "anchor-" + index.to_string() + "-" + level.to_string(),
            "Meaning of the level",
        ),
        class_name="question-row",
        style={"alignItems": "center"},
    )


def _bare(
    value: rx.Var, on_change: object, name: str | rx.Var, label: str, look: str = "", **props: object
) -> rx.Component:
    """A field whose label is only for screen readers, in a grid with a head of its own."""
    return text_input(name, value, on_change, aria_label=label, title=label, look=look, **props)


def _questions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            JobFormState.questions.length() == 0,
            rx.el.p("None yet. The question bank and the résumé give the rest of the interview.", class_name="note"),
        ),
        rx.foreach(JobFormState.asked, _question),
        rx.el.div(button("Add question", icon="plus", kind="small", on_click=JobFormState.add_question)),
        class_name="stack tight",
    )


def _question(item: rx.Var[AskedItem], index: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            text_area(
                "question-" + index.to_string(),
                item.text,
                lambda typed: JobFormState.write_question(index, typed),
                aria_label="Your own question",
                placeholder="What would you want to know about us before your first day?",
                rows="2",
            ),
            question_flags(item.flags, lambda flag: JobFormState.use_instead(index, flag)),
            class_name="stack tight",
        ),
        icon_button("trash-2", "Remove this question", on_click=JobFormState.remove_question(index)),
        class_name="question-row",
    )


def _foot(save: str) -> rx.Component:
    return rx.el.div(
        busy_button(
            save, "Saving…", JobFormState.saving, on_click=[JobFormState.save, JobReadingState.forget], id="save-job"
        ),
        rx.cond(
            JobFormState.touched,
            rx.fragment(
                button("Discard changes", kind="quiet", on_click=[JobFormState.discard, JobReadingState.forget]),
                rx.el.span("Your input is kept as a draft until you save.", class_name="note"),
            ),
        ),
        rx.cond(JobFormState.wrong != "", notice("circle-alert", JobFormState.wrong, tone="danger", role="alert")),
        class_name="sticky-foot",
    )
