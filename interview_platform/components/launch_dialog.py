"""The dialog that launches interviews, and shows each one's link when it is done."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    copy_button,
    dialog,
    dialog_foot,
    field,
    text_input,
)
from interview_platform.components.feedback import notice
from interview_platform.states.recruiter_launch import Invitee, LaunchState


def launch_dialog() -> rx.Component:
    """The dialog."""
    number = LaunchState.people.length()
    title = rx.cond(number == 1, "Launch 1 interview", "Launch " + number.to_string() + " interviews")
    return dialog(
        LaunchState.is_open,
        LaunchState.toggle,
        rx.cond(LaunchState.finished, "Interviews launched", title),
        rx.cond(
            LaunchState.finished,
            rx.el.p(
                "Each link is only for its candidate. You can extend or withdraw it at any time.", class_name="muted"
            ),
            _before(),
        ),
        rx.el.div(rx.foreach(LaunchState.people, _person), class_name="rows"),
        rx.cond(
            LaunchState.finished,
            dialog_foot(button("Done", kind="primary", on_click=LaunchState.toggle(False))),
            dialog_foot(
                button("Not now", kind="quiet", on_click=LaunchState.toggle(False)),
                busy_button(
                    title,
                    "Launching " + LaunchState.done.to_string() + " of " + number.to_string(),
                    LaunchState.running,
                    icon="send",
                    on_click=LaunchState.launch,
                    id="launch",
                ),
            ),
        ),
        look="wide",
    )


def _before() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "Each candidate gets a plan of questions and a link of their own by e-mail. An AI interviewer asks; "
            "you read the report and decide.",
            class_name="muted",
        ),
        field(
            "Days the link stays open",
            text_input(
                "launch-days",
                LaunchState.days,
                LaunchState.write_days,
                input_mode="numeric",
                style={"maxWidth": "120px"},
            ),
            name="launch-days",
            wrong=LaunchState.wrong,
        ),
        rx.cond(
            LaunchState.without_address > 0,
            notice(
                "mail-warning",
                LaunchState.without_address,
                " without an e-mail address: you get the link here and send it yourself.",
                tone="attention",
            ),
        ),
    )


def _person(person: rx.Var[Invitee]) -> rx.Component:
    icon = rx.match(
        person.state,
        ("done", rx.icon("circle-check", size=18, class_name="good")),
        ("failed", rx.icon("circle-alert", size=18, class_name="danger")),
        rx.icon("user", size=18, class_name="muted"),
    )
    return rx.el.div(
        icon,
        rx.el.div(
            rx.el.b(person.name),
            rx.el.span(rx.cond(person.said != "", person.said, person.email)),
            rx.cond(person.link != "", rx.el.span(person.link, class_name="mono launched-link")),
            class_name="row-words",
        ),
        rx.cond(person.link != "", copy_button("Copy link", person.link)),
        class_name="row",
    )
