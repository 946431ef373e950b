"""The sign-in page."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.feedback import notice
from interview_platform.components.native_form import native_form
from interview_platform.states.sign_in import SignInState


def page() -> rx.Component:
    """E-mail, password, and why the last try failed."""
    return rx.el.main(
        rx.el.div(
            rx.el.span(rx.icon("messages-square", size=18), aria_hidden="true", class_name="side-mark"),
            rx.el.h1("Sign in"),
            rx.el.p("Interviews that a person decides on.", class_name="muted"),
            native_form(
                rx.cond(
                    SignInState.reason != "", notice("circle-alert", SignInState.reason, tone="danger", role="alert")
                ),
                _field("email", "E-mail address", "email", "username"),
                _field("password", "Password", "password", "current-password"),
                rx.el.input(type="hidden", name="next", value=SignInState.target, read_only=True),
                rx.el.button("Sign in", type="submit", id="sign-in", class_name="btn primary wide"),
                custom_attrs={"action": routes.API_SIGN_IN, "method": "post"},
            ),
            class_name="gate-box",
        ),
        class_name="gate",
    )


def _field(name: str, label: str, kind: str, complete: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.input(id=name, name=name, type=kind, auto_complete=complete, required=True, class_name="input"),
        class_name="field",
    )
