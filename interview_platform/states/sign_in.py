"""What the pages before signing in say. They have no handlers: each is a native form (api_accounts.py).

Only words of ours are shown, whatever the link says: the address carries a sentence of ours or it is not shown.
"""

from urllib.parse import quote

import reflex as rx

from interview_platform import routes
from interview_platform.errors import NotFound, NotSignedIn
from interview_platform.services import accounts, resets, second_factors, single_sign_on, team
from interview_platform.states.guard import Guarded, reader_event
from interview_platform.states.words import ROLES
from interview_platform.wiring import platform

_TOO_MANY = "Too many tries. Wait 15 minutes and try again."
_KNOWN = (
    accounts.WRONG,
    accounts.HALF_OVER,
    second_factors.WRONG,
    resets.GONE,
    single_sign_on.OVER,
    single_sign_on.NOBODY,
    single_sign_on.DOWN,
    single_sign_on.REFUSED,
    team.GONE,
    f"The password needs at least {accounts.SHORTEST} characters.",
    f"The password may have at most {accounts.LONGEST} characters.",
    "Somebody already signs in with this e-mail address.",
    "Type your name as colleagues shall see it.",
)
_DONE = {"reset": "Your password is changed, and every older session has ended. Sign in with the new one."}


class SignInState(rx.State):
    """Reads the address."""

    @rx.var
    def reason(self) -> str:
        """Why the last try failed, or "" before the first."""
        said = self._asked("error")
        if not said or said in _KNOWN:
            return said
        return _TOO_MANY if said.startswith("Too many") else accounts.WRONG

    @rx.var
    def done(self) -> str:
        """What went well before."""
        return _DONE.get(self._asked("done"), "")

    @rx.var
    def sent(self) -> str:
        """What whoever forgot a password is told: the same for every address."""
        if not self._asked("sent"):
            return ""
        return resets.ASKED

    @rx.var
    def target(self) -> str:
        """The page that was asked for."""
        return self._asked("next")

    @rx.var
    def single_sign_on(self) -> str:
        """What the button of the organisation's own sign-in names; "" where it is off."""
        return platform().settings.single_sign_on

    @rx.var
    def sso_address(self) -> str:
        """Where that button leads."""
        return f"{routes.API_SSO}?next={quote(self._asked('next'), safe='')}"

    def _asked(self, name: str) -> str:
        return str(self.router.url.query_parameters.get(name, ""))


class LetterLinkState(Guarded, rx.State):
    """What a link in a letter opens: a new password, or a place in a team."""

    ready: bool = False
    problem: str = ""
    token: str = ""
    email: str = ""
    organisation: str = ""
    role: str = ""
    mails: bool = True

    @reader_event
    def load_reset(self):
        """Whether the link still changes a password, and whose."""
        held = platform()
        self.reset()
        try:
            with held.db() as db:
                user = resets.user_behind(db, held.secret, self._in_path("token"))
        except NotSignedIn as error:
            self.problem = str(error)
            return
        self.token, self.email, self.ready = self._in_path("token"), user.email, True

    @reader_event
    def load_join(self):
        """What the link invites to."""
        held = platform()
        self.reset()
        try:
            with held.db() as db:
                row, organisation = team.opened(db, held.secret, self._in_path("token"))
        except NotFound as error:
            self.problem = str(error)
            return
        self.token, self.email, self.ready = self._in_path("token"), row.email, True
        self.organisation, self.role = organisation.name, ROLES.get(row.role, row.role)

    @reader_event
    def load_forgot(self):
        """Whether this installation sends letters."""
        self.mails = platform().mailer.delivers
