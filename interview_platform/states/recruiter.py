"""What every recruiter's page needs: who is signed in, and for whom."""

import reflex as rx

from interview_platform.services import accounts
from interview_platform.states.guard import Guarded, recruiter_event
from interview_platform.wiring import platform

AUDITORS = ("owner", "auditor")
"""Who is shown the way to the fairness page; the page itself asks services/demographics."""
DRAFT_SECONDS = 7 * 86_400
"""How long what somebody typed and did not save is kept."""


class RecruiterState(Guarded, rx.State):
    """Base of the recruiter's states. Public vars reach the browser: names only, no ids of others."""

    user_name: str = ""
    user_email: str = ""
    organisation_name: str = ""
    audits: bool = False  # owner or auditor: sees the totals of the fairness page

    @recruiter_event
    def enter(self):
        """First on_load of every recruiter's page: no session, no page."""
        with platform().db() as db:
            user, organisation = accounts.user_and_organisation(db, self._actor())
        if self.user_email not in ("", user.email):
            self.reset()  # the same tab, another person: nothing of the first stays
        self.user_name, self.user_email, self.organisation_name = user.name, user.email, organisation.name
        self.audits = user.role in AUDITORS
