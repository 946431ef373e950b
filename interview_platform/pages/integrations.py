"""Integrations: every outside service with its state, a test, and how to set it up."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import busy_button
from interview_platform.components.feedback import badge, loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_integrations import IntegrationLine, IntegrationsState

ICONS = (
    "sparkles",
    "mail",
    "calendar-clock",
    "hard-drive",
    "database-zap",
    "waypoints",
    "radio-tower",
    "database",
)


def page() -> rx.Component:
    """The whole page."""
    facts = "Each is optional: without it the product does the work itself. Chosen by environment variables or .env."
    body = rx.el.div(rx.foreach(IntegrationsState.lines, _card), class_name="rows", id="integrations")
    heading = head("Integrations", facts, back=("Settings", routes.SETTINGS))
    return frame("settings", heading, loaded(IntegrationsState, body), narrow=True)


def _card(line: rx.Var[IntegrationLine]) -> rx.Component:
    state = IntegrationsState
    return rx.el.article(
        rx.el.div(
            rx.match(line.icon, *[(name, rx.icon(name, size=18)) for name in ICONS], rx.icon("git-branch", size=18)),
            rx.el.h2(line.title),
            badge(line.state, line.tone),
            rx.cond(
                state.may_test & line.testable,
                busy_button(
                    "Test now",
                    "Testing…",
                    state.testing.contains(line.name),
                    kind="small",
                    on_click=state.test(line.name),
                    id="test-" + line.name,
                    aria_label="Test " + line.title,
                ),
            ),
            class_name="integration-head",
        ),
        rx.el.p(line.gives, class_name="note"),
        rx.el.dl(
            rx.el.dt("Now"),
            rx.el.dd(line.by),
            rx.el.dt("Last success"),
            rx.el.dd(rx.cond(line.ok != "", line.ok, "None yet.")),
            rx.el.dt("Last error"),
            rx.el.dd(rx.cond(line.error != "", line.error, "None.")),
            class_name="integration-facts",
        ),
        rx.el.details(
            rx.el.summary(rx.icon("chevron-right", size=14), "How to set it up"),
            rx.el.ol(rx.foreach(line.steps, lambda step: rx.el.li(step))),
            class_name="more",
        ),
        class_name="integration",
    )
