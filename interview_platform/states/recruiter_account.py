"""One's own account: the password, the second factor, where one is signed in."""

from dataclasses import dataclass
from http.cookies import SimpleCookie

import reflex as rx

from interview_platform.errors import PlatformError
from interview_platform.services import accounts, second_factors, sign_ins
from interview_platform.services.sign_ins import Place
from interview_platform.states.guard import COOKIE, recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import ROLES, moment
from interview_platform.wiring import platform


@dataclass
class PlaceLine:
    """One session as it is listed."""

    key: str
    device: str
    since: str
    seen: str
    here: bool


class AccountState(RecruiterState):
    """What the account page shows. Passwords and codes come in as a form and are kept in no var."""

    ready: bool = False
    problem: str = ""
    role: str = ""
    places: list[PlaceLine] = []
    factor_on: bool = False
    codes_left: int = 0
    setting_up: bool = False
    typed_secret: str = ""  # only while the set-up is open
    picture: str = ""
    new_codes: list[str] = []  # shown once
    turning_off: bool = False
    wrong_old: str = ""
    wrong_code: str = ""
    wrong_off: str = ""
    changed: int = 0  # how often the password form was used up: it is empty again

    @recruiter_event
    def load(self):
        """Who one is and where one is signed in; what was open is closed."""
        self.setting_up = self.turning_off = False
        self.typed_secret = self.picture = self.wrong_old = self.wrong_code = self.wrong_off = ""
        self.new_codes = []
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def change_password(self, form: dict):
        """A new password, with the old one; every other session ends."""
        self.wrong_old, held = "", platform()
        old, new, again = (str(form.get(name, "")) for name in ("old", "new", "again"))
        if new != again:
            self.wrong_old = "The two new passwords are not the same. Nothing was changed."
            return None
        try:
            with held.db() as db:
                ended = accounts.change_password(db, held.sessions, self._actor(), old, new, self._session_id())
        except PlatformError as error:
            self.wrong_old = str(error)
            return None
        self.changed += 1
        self._read()
        others = "" if not ended else f" {ended} other session{'s' if ended > 1 else ''} ended."
        return rx.toast.success(f"Your password is changed.{others}")

    @recruiter_event
    def set_up(self):
        """Show a new secret for an app."""
        held = platform()
        with held.db() as db:
            self.typed_secret, self.picture = second_factors.begin(db, self._actor(), held.secret)
        self.typed_secret = " ".join(self.typed_secret[at : at + 4] for at in range(0, len(self.typed_secret), 4))
        self.setting_up, self.new_codes, self.wrong_code = True, [], ""

    @recruiter_event
    def confirm(self, form: dict):
        """The first code: the second factor is in use, and recovery codes are shown once."""
        held, self.wrong_code = platform(), ""
        try:
            with held.db() as db:
                codes = second_factors.confirm(
                    db, held.sessions, self._actor(), held.secret, str(form.get("code", ""))[:40]
                )
        except PlatformError as error:
            self.wrong_code = str(error)
            return
        self.new_codes = [second_factors.shown(code) for code in codes]
        self.setting_up, self.typed_secret, self.picture = False, "", ""
        self._read()

    @recruiter_event
    def stop(self):
        """Close what is open: the set-up, the recovery codes, the question."""
        self.setting_up = self.turning_off = False
        self.typed_secret = self.picture = self.wrong_code = self.wrong_off = ""
        self.new_codes = []

    @recruiter_event
    def ask_off(self):
        """Ask for the password before the second factor goes."""
        self.turning_off, self.wrong_off = True, ""

    @recruiter_event
    def turn_off(self, form: dict):
        """No second factor any more."""
        held, self.wrong_off = platform(), ""
        try:
            with held.db() as db:
                accounts.confirm_password(db, held.sessions, self._actor(), str(form.get("password", "")))
                second_factors.remove(db, self._actor())
        except PlatformError as error:
            self.wrong_off = str(error)
            return None
        self.turning_off = False
        self._read()
        return rx.toast.success("The second factor is off.")

    @recruiter_event
    def sign_out_there(self, key: str):
        """End one other session."""
        held = platform()
        with held.db() as db:
            sign_ins.end_place(db, held.sessions, self._actor(), key)
        self._read()
        return rx.toast.success("Signed out there.")

    @recruiter_event
    def sign_out_elsewhere(self):
        """End every session but this one."""
        held, actor = platform(), self._actor()
        with held.db() as db:
            ended = sign_ins.end_all(db, held.sessions, actor.user_id or "", but=self._session_id())
        self._read()
        return rx.toast.success(f"{ended} session{'' if ended == 1 else 's'} ended.")

    def _read(self) -> None:
        held, actor = platform(), self._actor()
        with held.db() as db:
            factor = second_factors.in_use(db, actor.user_id or "")
            self.places = [_line(place) for place in sign_ins.places(db, actor, self._session_id())]
        self.role = ROLES.get(actor.role, actor.role)
        self.factor_on, self.codes_left = factor is not None, second_factors.left(factor) if factor else 0

    def _session_id(self) -> str:
        jar: SimpleCookie = SimpleCookie(self.router.headers.cookie or "")
        return jar[COOKIE].value if COOKIE in jar else ""


def _line(place: Place) -> PlaceLine:
    return PlaceLine(place.id, place.device, moment(place.created_at), moment(place.seen_at), place.here)
