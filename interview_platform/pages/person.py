"""One candidate for one job, on the whole screen: why this rank and the facts left, the original right."""

import reflex as rx

from interview_platform.components.candidate_panel import (
    candidate_actions,
    candidate_facts,
    candidate_head,
    candidate_notes,
)
from interview_platform.components.feedback import loaded
from interview_platform.components.import_dialog import import_dialog
from interview_platform.components.interview_list import link_dialog
from interview_platform.components.launch_dialog import launch_dialog
from interview_platform.components.layout import head
from interview_platform.components.layout import page as frame
from interview_platform.components.meeting_list import meetings_section
from interview_platform.components.person import document, duplicates, more_facts, sources
from interview_platform.components.person_rights import person_rights
from interview_platform.components.schedule_dialog import schedule_button, schedule_dialog
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_person import PersonState


def page() -> rx.Component:
    """The whole page."""
    left = rx.el.div(
        duplicates(),
        meetings_section("Meetings", of_one=True),
        candidate_notes(),
        candidate_facts(),
        more_facts(),
        sources(),
        person_rights(),
        class_name="candidate-left",
    )
    body = rx.el.div(left, document(), class_name="candidate-page")
    title = rx.cond(PersonState.ready, CandidateState.name, "Candidate")
    return frame(
        "jobs",
        head(
            title,
            candidate_head(),
            candidate_actions(schedule_button()),
            back=(PersonState.job_title, PersonState.job_href),
        ),
        loaded(PersonState, body, rows=10),
        import_dialog(),
        launch_dialog(),
        link_dialog(),
        schedule_dialog(),
    )
