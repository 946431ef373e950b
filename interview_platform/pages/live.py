"""The live monitor: every interview that goes on now."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.feedback import loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.live_monitor import monitor
from interview_platform.states.recruiter_live import MonitorState


def page() -> rx.Component:
    """The whole page."""
    title = head("Live", "Interviews that go on now.", back=("Interviews", routes.INTERVIEWS))
    return frame("interviews", title, loaded(MonitorState, monitor()))
