"""Interviews as a table, and the dialog about one link."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    copy_button,
    dialog,
    dialog_foot,
    link_button,
    text_input,
)
from interview_platform.components.feedback import badge, notice
from interview_platform.components.tables import cell, head, named, table
from interview_platform.states.interview_lines import InterviewLine
from interview_platform.states.recruiter_interviews import LinkState


def interview_table(lines: rx.Var[list[InterviewLine]], with_job: bool) -> rx.Component:
    """The table; `with_job` names the job under each candidate."""
    heads = [
        head("Candidate"),
        head("Status"),
        head("Questions", "right hide-narrow"),
        head("Link open until", "hide-narrow"),
        head("Last", "right hide-narrow"),
        head(rx.el.span("Actions", class_name="hidden-text")),
    ]
    return table("Interviews", heads, lines, lambda line: _row(line, with_job))


def _row(line: rx.Var[InterviewLine], with_job: bool) -> rx.Component:
    who = named(line.name, line.job, rx.cond(line.report != "", line.report, line.job_href))
    if not with_job:
        who = named(line.name, line.email, rx.cond(line.report != "", line.report, line.job_href))
    action = rx.cond(
        line.report != "",
        link_button("Report", line.report, icon="file-text", kind="small"),
        button("Link", icon="link", kind="small", on_click=LinkState.show(line.invite)),
    )
    return rx.el.tr(
        cell(who, look="fill"),
        cell(badge(line.status, line.tone)),
        cell(rx.cond(line.questions > 0, line.questions.to_string(), "–"), look="right hide-narrow"),
        cell(rx.cond(line.manageable, line.until, "–"), look="nowrap hide-narrow muted"),
        cell(line.when, look="right nowrap muted hide-narrow"),
        cell(action, look="right nowrap"),
    )


def link_dialog() -> rx.Component:
    """Copy, send again, extend, withdraw."""
    return dialog(
        LinkState.is_open,
        LinkState.toggle,
        "Interview link of " + LinkState.name,
        rx.cond(LinkState.said != "", notice("info", LinkState.said)),
        rx.cond(
            LinkState.usable,
            rx.fragment(
                rx.el.p("Open until ", LinkState.until, ". Only for this candidate.", class_name="muted"),
                rx.el.div(LinkState.link, class_name="letter mono", id="interview-link"),
                rx.el.div(
                    copy_button("Copy link", LinkState.link, kind="primary"),
                    busy_button(
                        "Send again", "Sending…", LinkState.busy, icon="mail", kind="", on_click=LinkState.resend
                    ),
                    class_name="line",
                ),
            ),
            rx.el.p(
                rx.cond(
                    LinkState.withdrawn,
                    "This link was withdrawn. It does not open any more.",
                    "This link ended on " + LinkState.until + ". Extend it, and the same link opens again.",
                ),
                class_name="muted",
            ),
        ),
        rx.cond(~LinkState.withdrawn, _longer()),
        dialog_foot(
            rx.cond(~LinkState.withdrawn, _withdraw()),
            button("Close", on_click=LinkState.toggle(False)),
        ),
    )


def _longer() -> rx.Component:
    return rx.el.div(
        rx.el.label("Keep it open for", html_for="extend-days"),
        text_input(
            "extend-days",
            LinkState.days,
            LinkState.write_days,
            input_mode="numeric",
            look="compact",
            style={"width": "72px"},
        ),
        rx.el.span("more days"),
        button("Extend", kind="small", on_click=LinkState.extend),
        class_name="line",
    )


def _withdraw() -> rx.Component:
    sure = rx.fragment(
        rx.el.span("The candidate can no longer open it.", class_name="note"),
        button("Keep", kind="quiet", on_click=LinkState.ask),
        button("Withdraw now", icon="link-2-off", kind="danger", on_click=LinkState.revoke, id="revoke"),
    )
    first = button("Withdraw link", icon="link-2-off", kind="quiet danger", on_click=LinkState.ask)
    return rx.el.div(rx.cond(LinkState.asking, sure, first), class_name="line spring nowrap")
