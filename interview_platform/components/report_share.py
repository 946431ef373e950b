"""Links to a report, downloads, and what the candidate is told; and the settings of all of it."""

import reflex as rx

from interview_platform.components.controls import (
    button,
    choice_list,
    copy_button,
    dialog,
    dialog_foot,
    field,
    switch,
    text_area,
)
from interview_platform.components.feedback import badge
from interview_platform.components.layout import section
from interview_platform.states.candidate_feedback import CandidateFeedbackState
from interview_platform.states.recruiter_report_rules import COVERAGES, FEEDBACK, ReportRulesState
from interview_platform.states.recruiter_share import AUDIENCES, DAYS, LinkLine, ShareState


def share_dialog() -> rx.Component:
    """New links, those there are, and files."""
    state = ShareState
    return dialog(
        state.is_open,
        state.toggle,
        "Share this report",
        rx.el.div(
            button("PDF", icon="file-down", kind="small", on_click=state.download_pdf, id="pdf"),
            button("JSON", icon="braces", kind="small", on_click=state.download_json, id="json"),
            rx.el.span("The seal is checked and printed on every copy.", class_name="note"),
            class_name="line",
        ),
        field(
            "Who opens the link",
            choice_list("share-audience", state.audience, AUDIENCES, state.pick_audience),
            name="share-audience",
            hint="Read only. Without contact, notes and recording.",
        ),
        field(
            "For how long",
            choice_list("share-days", state.days, DAYS, state.pick_days),
            name="share-days",
            wrong=state.wrong,
        ),
        button("Make a link", icon="link", on_click=state.make, id="make-link"),
        rx.el.div(rx.foreach(state.links, _link), class_name="rows"),
        dialog_foot(button("Done", kind="quiet", on_click=state.toggle(False))),
    )


def _link(line: rx.Var[LinkLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(line.words), rx.el.span(line.state), class_name="row-words"),
        rx.cond(
            line.on,
            rx.el.div(
                copy_button("Copy", line.href),
                button("Withdraw", kind="quiet small", on_click=ShareState.withdraw(line.key)),
                class_name="line",
            ),
        ),
        class_name="row",
    )


def candidate_words() -> rx.Component:
    """What the candidate is told: to be read, changed, shown or not."""
    state = ShareState
    label = rx.match(
        state.feedback_status,
        ("shown", badge("The candidate sees it", "good")),
        ("withheld", badge("Not shown")),
        badge("Waits for you", "attention"),
    )
    return rx.cond(
        state.feedback_status != "",
        section(
            "Feedback to the candidate",
            field(
                "No score, no promise; strengths are the candidate’s own verified words",
                text_area("candidate-words", state.feedback_text, state.write_feedback, look="tall"),
                name="candidate-words",
                wrong=state.feedback_wrong,
            ),
            rx.el.div(
                button("Show it to the candidate", icon="send", kind="small", on_click=state.approve_feedback),
                button("Do not show it", kind="quiet small", on_click=state.withhold_feedback),
                class_name="line",
            ),
            action=label,
        ),
    )


def report_rules() -> rx.Component:
    """The organisation's settings of reports."""
    state = ReportRulesState
    return section(
        "Reports",
        rx.el.div(
            field(
                "A recommendation needs at least",
                choice_list("enough-coverage", state.coverage, COVERAGES, state.pick_coverage),
                name="enough-coverage",
                hint="Below it a report says what was assessed and recommends nothing. For reports from now on.",
            ),
            field(
                "Candidates read feedback",
                choice_list("candidate-feedback", state.feedback, FEEDBACK, state.pick_feedback),
                name="candidate-feedback",
                hint="A few kind, specific words on the page where the interview was. Never a score or a promise.",
            ),
            switch(
                "candidate-levels",
                state.levels,
                state.flip_levels,
                "Levels in the candidate’s version",
                "A shared plain-language report says in words how much the answers showed.",
            ),
            class_name="stack",
        ),
        note="A person decides, whatever they say.",
    )


def candidate_feedback() -> rx.Component:
    """On the candidate's last page: the feedback, when there is any."""
    state = CandidateFeedbackState
    return rx.el.div(
        rx.cond(
            state.lines.length() > 0,
            rx.el.div(
                rx.el.h2("Feedback on your interview", class_name="cand-subtitle"),
                rx.foreach(state.lines, lambda line: rx.el.p(line)),
                class_name="cand-feedback",
                id="candidate-feedback",
            ),
        ),
        on_mount=state.load,
    )
