"""A meeting behind a candidate's link: pick a time, change it, cancel it."""

import reflex as rx

from interview_platform import routes
from interview_platform.components import meeting_page as parts
from interview_platform.components.meeting_frame import closed, opening, shell
from interview_platform.states.meeting import MeetingState


def register(app: rx.App) -> None:
    """Add the page."""
    app.add_page(page, route=routes.MEETING, title="Your meeting", on_load=MeetingState.load)


def page() -> rx.Component:
    """The screen that fits how the meeting stands."""
    steps = rx.match(
        MeetingState.step,
        ("closed", closed()),
        ("pick", parts.picking()),
        ("booked", parts.booked()),
        ("cancelled", parts.cancelled()),
        ("off", parts.called_off()),
        opening(),
    )
    return shell(rx.el.div(steps, class_name="cand-steps"))
