"""Fairness: rates and impact ratios by stage, question and quarter, for owners and auditors. Totals only."""

import reflex as rx

from interview_platform.components.controls import button, choice_list, tabs
from interview_platform.components.fairness import course, flag_line, maybe_line, part
from interview_platform.components.feedback import empty, loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.states.fairness import FairnessState

_VIEWS = (
    ("stages", "By stage"),
    ("questions", "By question"),
    ("time", "Over time"),
    ("adjustments", "Adjustments"),
)
_BY = (("sex", "Sex"), ("race_ethnicity", "Race and ethnicity"), ("intersection", "Both together"))
_LAW = (
    "Counted as New York City’s Local Law 144 and the federal four-fifths rule count. Not legal advice, and not the "
    "audit by an independent auditor that the law asks for."
)


def page() -> rx.Component:
    """The whole page."""
    state = FairnessState
    actions = [
        button("CSV", icon="file-down", on_click=state.export_csv, id="fairness-csv"),
        button("JSON", icon="file-down", on_click=state.export_json, id="fairness-json"),
        button("Public summary", icon="file-text", on_click=state.export_summary, id="fairness-summary"),
    ]
    shown = [rx.cond(state.enough, rx.fragment(*actions))]
    return frame("fairness", head("Fairness", state.facts, *shown), loaded(state, _body()))


def _body() -> rx.Component:
    state = FairnessState
    return rx.fragment(
        notice("info", _LAW),
        rx.cond(state.enough, _workbench(), _empty()),
        rx.cond(~state.enough, rx.el.div(rx.foreach(state.accommodation, part))),
    )


def _empty() -> rx.Component:
    return empty(
        "scale",
        "Nothing to show yet",
        "After the interview, candidates may say their sex and their race or ethnicity. From 10 answers on, this page "
        "shows rates and impact ratios, as totals. Nobody sees a single answer. Have data already? Run "
        "“python -m interview_platform audit-bias FILE.csv” on them; docs/fairness.md has an example.",
    )


def _workbench() -> rx.Component:
    state = FairnessState
    return rx.fragment(
        rx.el.div(
            choice_list("fairness-job", state.job, state.jobs, state.choose_job, aria_label="Job", look="compact"),
            rx.cond(
                state.view != "adjustments",
                choice_list("fairness-by", state.by, _BY, state.choose_by, aria_label="Compare by", look="compact"),
            ),
            class_name="tools fair-tools",
        ),
        section("To look at", _flags(), note="The firmest first. A flag is a question, not a verdict."),
        tabs(state.view, _VIEWS, state.choose_view),
        rx.match(
            state.view,
            ("questions", _questions()),
            ("time", _time()),
            ("adjustments", rx.foreach(state.accommodation, part)),
            rx.foreach(state.stages, part),
        ),
    )


def _flags() -> rx.Component:
    state = FairnessState
    return rx.el.div(
        rx.cond(
            state.flags.length() > 0,
            rx.el.ul(rx.foreach(state.flags, flag_line), class_name="fair-flags"),
            rx.el.p(
                "Nothing shown differs from the highest rate by more than chance can explain. Categories with too few "
                "people are not covered by this.",
                class_name="note",
            ),
        ),
        rx.cond(state.maybe.length() > 0, _maybe()),
        class_name="stack",
    )


def _maybe() -> rx.Component:
    state = FairnessState
    return rx.el.details(
        rx.el.summary("Below four fifths, but may be chance: ", state.maybe.length()),
        rx.el.p(
            "Not proof of anything: the numbers are small enough for chance, and with so many comparisons some fall "
            "below four fifths in any case. Look again when more people have answered, and read the questions now.",
            class_name="note",
        ),
        rx.el.ul(rx.foreach(state.maybe, maybe_line)),
        class_name="fair-maybe",
    )


def _questions() -> rx.Component:
    state = FairnessState
    return rx.cond(
        state.job == "",
        empty("list-checks", "Choose a job", "Questions belong to a job: choose one above."),
        rx.cond(
            state.questions.length() > 0,
            rx.foreach(state.questions, part),
            empty("list-checks", "No report yet", "Questions are compared once interviews of this job have reports."),
        ),
    )


def _time() -> rx.Component:
    state = FairnessState
    return rx.cond(
        state.quarters.length() > 0,
        rx.fragment(
            rx.cond(state.course.length() > 1, course(state.course)),
            rx.foreach(state.quarters, part),
        ),
        empty("calendar", "No quarter yet", "A quarter is shown from 10 people with a known category on."),
    )
