"""A job's rubric: what is judged and by what, its versions, and scoring anew what was judged before."""

import reflex as rx

from interview_platform.components.feedback import loaded
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.rubric_editor import rubric_editor, rubric_foot
from interview_platform.components.rubric_rescore import rescore
from interview_platform.components.rubric_side import problems, values, versions, weights
from interview_platform.states.recruiter_rubric import RubricState


def page() -> rx.Component:
    """The whole page."""
    facts = rx.el.span("Version ", RubricState.number, " · what answers are judged by, the same for every candidate")
    body = rx.el.div(
        rx.el.div(rubric_editor(), rubric_foot()),
        rx.el.div(weights(), problems(), values(), rescore(), versions(), class_name="plan-side"),
        class_name="plan",
        id="rubric",
    )
    return frame(
        "jobs",
        head("Rubric", facts, back=(RubricState.title, RubricState.job_href)),
        loaded(RubricState, body),
    )
