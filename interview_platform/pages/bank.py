"""The question banks, open to every recruiter: what may be asked, and what a good answer shows."""

import reflex as rx

from interview_platform.components.bank import filters, questions
from interview_platform.components.feedback import loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_bank import BankState


def page() -> rx.Component:
    """The whole page."""
    return frame(
        "questions",
        head("Question banks", BankState.size),
        loaded(BankState, rx.el.div(filters(), questions()), rows=10),
        on_clear=BankState.clear,
    )
