"""A report behind a link: for a reader who was not there, or for the candidate in plain words."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.feedback import skeleton
from interview_platform.components.report_people import banner
from interview_platform.components.shared_report import plain, whole
from interview_platform.states.shared import SharedState


def register(app: rx.App) -> None:
    """Add the page."""
    app.add_page(page, route=routes.SHARED, title="A report · Interview Platform", on_load=SharedState.load)


def page() -> rx.Component:
    """The whole page."""
    state = SharedState
    body = rx.fragment(
        rx.el.header(
            rx.el.p(state.organisation, class_name="note"),
            rx.el.h1(state.name),
            rx.el.p(state.facts, class_name="facts"),
            class_name="head shared-head",
        ),
        rx.foreach(state.banners, banner),
        rx.cond(state.plain, plain(), whole()),
        rx.el.p("Read only, open until ", state.until, ".", class_name="note apart"),
    )
    gone = rx.el.div(
        rx.icon("link-2-off", size=28),
        rx.el.h1("This link does not open"),
        rx.el.p(state.problem),
        role="alert",
        class_name="empty",
    )
    return rx.el.main(
        rx.cond(state.problem != "", gone, rx.cond(state.ready, body, skeleton(8))), id="main", class_name="shared-page"
    )
