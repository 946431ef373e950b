"""The organisation's talent pool."""

import reflex as rx

from interview_platform.components.feedback import loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.talent import consider_dialog, talent
from interview_platform.states.recruiter_talent import TalentState


def page() -> rx.Component:
    """The whole page."""
    return frame(
        "talent",
        head("Talent pool", TalentState.size),
        loaded(TalentState, talent(), rows=8),
        consider_dialog(),
        on_clear=TalentState.clear,
    )
