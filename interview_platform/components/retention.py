"""“How long data are kept” on the settings page: the number, what it does next, jobs of their own, receipts."""

import reflex as rx

from interview_platform.components.controls import button, field, text_input
from interview_platform.components.feedback import badge, notice
from interview_platform.components.layout import section
from interview_platform.states.recruiter_retention import JobDays, ReceiptLine, RetentionState

State = RetentionState


def retention_settings() -> rx.Component:
    """The whole part."""
    return rx.el.div(
        section(
            "How long candidates' data are kept",
            rx.el.div(_number(), _next(), _jobs(), _receipts(), class_name="stack"),
            note="Then they are deleted by themselves, everywhere.",
        ),
        on_mount=State.load,
        id="retention",
    )


def _number() -> rx.Component:
    return rx.el.div(
        field(
            "Days",
            text_input(
                "retention-days",
                State.days,
                State.write,
                inputmode="numeric",
                disabled=~State.may_change,
                look="days-input",
            ),
            name="retention-days",
            wrong=State.wrong,
            hint="They count from the last thing that happened with a candidate: an application, an invitation, the "
            "interview, a decision. Then contact, résumé, recording, transcript and report go. Only a legal hold "
            "stops it.",
        ),
        rx.cond(
            State.may_change,
            rx.el.div(
                button("Save", kind="primary", on_click=State.save, disabled=~State.unsaved, id="save-retention"),
                class_name="line",
            ),
            rx.el.p("An owner of your organisation can change this.", class_name="note"),
        ),
        class_name="stack",
    )


def _next() -> rx.Component:
    return notice(
        "calendar-clock",
        rx.el.b("Next: "),
        State.next,
        rx.cond(
            State.next_days.length() > 0,
            rx.el.dl(
                rx.foreach(State.next_days, lambda pair: rx.fragment(rx.el.dt(pair[0]), rx.el.dd(pair[1]))),
                class_name="facts-grid num",
            ),
        ),
        rx.cond(State.held != "", rx.el.p(State.held, class_name="note")),
    )


def _jobs() -> rx.Component:
    return rx.cond(
        (State.jobs.length() > 0) & State.may_change,
        rx.el.details(
            rx.el.summary(rx.icon("chevron-right", size=14), "Jobs with another number"),
            rx.el.div(rx.foreach(State.jobs, _job), class_name="rows"),
            class_name="more",
        ),
    )


def _job(line: rx.Var[JobDays]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(line.title), class_name="row-words"),
        rx.el.input(
            default_value=line.days,
            placeholder="as above",
            inputmode="numeric",
            aria_label="Days for " + line.title,
            on_blur=lambda text: State.set_job(line.job, text),
            class_name="input days-input",
        ),
        class_name="row",
    )


def _receipts() -> rx.Component:
    return rx.cond(
        State.receipts.length() > 0,
        rx.el.div(rx.el.h3("Deletions"), rx.el.div(rx.foreach(State.receipts, _receipt), class_name="rows")),
    )


def _receipt(line: rx.Var[ReceiptLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(line.when), rx.el.span("Receipt ", line.number, "… ", line.why), class_name="row-words"),
        rx.cond(line.done, badge(line.words, "good"), badge(line.words, "attention")),
        class_name="row",
    )
