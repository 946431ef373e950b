"""Two voluntary questions at the end of the candidate's way, with why they are asked and who sees what."""

import reflex as rx

from interview_platform.components.candidate_layout import quiet
from interview_platform.states.candidate import CandidateState
from interview_platform.states.demographics import DemographicsState

UNSAID = ("unsaid", "I prefer not to say")
SEX = (("female", "Female"), ("male", "Male"), ("other", "Non-binary or another"), UNSAID)
RACE = (
    ("hispanic", "Hispanic or Latino"),
    ("white", "White"),
    ("black", "Black or African American"),
    ("pacific", "Native Hawaiian or Pacific Islander"),
    ("asian", "Asian"),
    ("native", "Native American or Alaska Native"),
    ("two", "Two or more races"),
    UNSAID,
)


def demographics_form() -> rx.Component:
    """The questions, or that they were answered, or nothing when they are not to be asked."""
    state = DemographicsState
    before = rx.cond(state.given, _given(), rx.cond(state.skipped, _skipped(), _offer()))
    form = rx.cond(state.changing, _questions(), before)
    return rx.el.section(
        rx.cond(state.asked, form),
        on_mount=DemographicsState.load,
        aria_label="Two voluntary questions",
        id="demographics",
    )


def _offer() -> rx.Component:
    state = DemographicsState
    return rx.el.div(
        rx.el.h2("Two voluntary questions", class_name="cand-subtitle"),
        rx.el.p(
            "Would you help to check that these interviews are fair? Both are about you: your sex or gender, and your "
            "race or ethnicity. Skipping changes nothing for you.",
            class_name="cand-note",
        ),
        _why(),
        rx.el.div(
            quiet("Skip", on_click=state.skip, name="demographics-skip"),
            quiet("Answer two questions", on_click=state.change, name="demographics-start"),
            class_name="cand-actions",
        ),
        class_name="cand-voluntary",
    )


def _questions() -> rx.Component:
    state = DemographicsState
    return rx.el.div(
        rx.el.h2("Two voluntary questions", class_name="cand-subtitle"),
        _choices("sex", "Your sex or gender", SEX, state.sex, state.choose_sex),
        _choices("race", "Your race or ethnicity", RACE, state.race, state.choose_race),
        rx.el.div(
            quiet("Not now", on_click=state.skip, name="demographics-not-now"),
            rx.el.button(
                "Keep my answers",
                type="button",
                id="demographics-keep",
                disabled=~state.complete,
                on_click=state.keep,
                class_name="cand-small",
            ),
            class_name="cand-actions",
        ),
        class_name="cand-voluntary",
    )


def _why() -> rx.Component:
    return rx.el.ul(
        _fact("scale", "Why: to see whether any group passes these interviews less often, and to put it right."),
        _fact(
            "lock",
            "Kept apart from your interview, sealed under a key of its own. Nothing that ranks, scores or decides can "
            "read it, and neither can the people who recruit.",
        ),
        _fact(
            "users",
            rx.fragment(
                "Who sees what: auditors and owners at ",
                CandidateState.organisation_name,
                " see totals of at least 5 people, never your answers.",
            ),
        ),
        _fact("trash-2", "You can change or delete your answers here, as long as your link opens."),
        class_name="cand-facts",
    )


def _fact(icon: str, words: str | rx.Component) -> rx.Component:
    return rx.el.li(rx.icon(icon, size=18), rx.el.span(words))


def _choices(
    name: str, legend: str, options: tuple[tuple[str, str], ...], chosen: rx.Var, on_choose: rx.EventHandler
) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(legend),
        *[
            rx.el.label(
                rx.el.input(
                    type="radio",
                    name=f"demographics-{name}",
                    value=key,
                    id=f"demographics-{name}-{key}",
                    checked=chosen == key,
                    on_change=on_choose(key),
                ),
                rx.el.span(words),
                class_name="cand-choice",
            )
            for key, words in options
        ],
        class_name="cand-choices",
    )


def _given() -> rx.Component:
    state = DemographicsState
    return rx.el.div(
        rx.el.h2("Two voluntary questions", class_name="cand-subtitle"),
        rx.el.p(
            rx.icon("circle-check", size=18),
            "Thank you. Your answers are kept apart and sealed; only totals are ever shown.",
            role="status",
            class_name="cand-kept",
        ),
        rx.el.div(
            quiet("Change them", on_click=state.change, name="demographics-change"),
            quiet("Delete them", on_click=state.take_back, name="demographics-delete"),
            class_name="cand-actions",
        ),
        class_name="cand-voluntary",
    )


def _skipped() -> rx.Component:
    return rx.el.p(
        "You skipped two voluntary questions. That changes nothing. ",
        rx.el.button("Answer them after all", type="button", on_click=DemographicsState.change, class_name="cand-link"),
        class_name="cand-note",
        role="status",
    )
