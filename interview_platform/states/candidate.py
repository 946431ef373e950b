"""The candidate's way through one interview: welcome, consent, check, room, end. Live talk goes past this state.

Only what the candidate may read stands in the vars. Where she is follows from the database at every load, so a
closed tab, a second device or a restarted server all come back to the right step.
"""

import math

import reflex as rx
import structlog
from sqlmodel import Session, select

from interview_platform import routes
from interview_platform.errors import (
    BadInput,
    ConsentMissing,
    InviteErased,
    InviteExpired,
    InviteRevoked,
    InviteUsed,
    PlatformError,
)
from interview_platform.models import Question, Turn, User
from interview_platform.services import accommodations, interview_clock, invites
from interview_platform.services.invites import Invited
from interview_platform.states import consent_words
from interview_platform.states.guard import Guarded, candidate_event
from interview_platform.wiring import platform

STEPS = ("welcome", "consent", "check", "room")
_MINUTES_AROUND = 3  # for the check, the greeting and the goodbye
PROBLEMS = frozenset(
    {"microphone", "camera", "insecure", "nocalls", "network", "connection", "refused", "elsewhere", "lobby", "writing"}
)
_CLOSED_TITLES = {
    InviteErased: "Your data were deleted",
    InviteExpired: "This link has expired",
    InviteRevoked: "This link was withdrawn",
}
PACE_SECONDS = 90 * 24 * 3600  # as long as a link may stay open
_log = structlog.get_logger()


class CandidateState(Guarded, rx.State):
    """What one candidate sees of one interview."""

    step: str = "opening"  # opening | closed | one of STEPS | end
    closed_title: str = ""
    closed_text: str = ""
    own_open: bool = False  # a closed link that still opens the candidate's own data, or the receipt of their deletion
    first_name: str = ""
    practice: bool = False  # a person of the organisation tries it on herself
    organisation_name: str = ""
    job_title: str = ""
    contact_name: str = ""
    contact_email: str = ""
    minutes: int = 0
    questions: int = 0
    returning: bool = False
    consent_items: list[dict[str, str]] = []
    ticked: dict[str, bool] = {}
    offer_url: str = ""
    events_url: str = ""
    closing: str = ""
    ended_by_people: bool = False  # somebody of the organisation ended it
    elapsed: int = 0  # seconds of the interview that were held before this page was loaded
    more_time: bool = False  # the interviewer waits longer

    @rx.var
    def step_number(self) -> int:
        """1 to 4 on the way, 0 off it."""
        return STEPS.index(self.step) + 1 if self.step in STEPS else 0

    @rx.var
    def may_agree(self) -> bool:
        """Whether every required box is ticked."""
        needed = [item["name"] for item in self.consent_items if item["required"]]
        return bool(needed) and all(self.ticked.get(name) for name in needed)

    @candidate_event
    def load(self):
        """Open the link: who invites, for what, and where this candidate is."""
        invited = self._invited()
        if invited.interview is None:
            invites.require_live(invited)  # says that it is not prepared yet
        in_room = self.step == "room" and self.offer_url == routes.offer(self._invite_token())
        with platform().db() as db:
            self._describe(db, invited)
        self._place(invited)
        if in_room and self.step == "check":
            self.step = "room"  # the page only lost its socket for a moment: the talk goes on

    @candidate_event
    def begin(self):
        """From the welcome to the consent."""
        invited = self._invited()
        self._place(invited)
        if self.step == "welcome":
            self.step = "consent"

    @candidate_event
    def back(self):
        """From the consent to the welcome."""
        self._place(self._invited())

    @candidate_event
    def tick(self, name: str, on: bool):
        """One box of the consent."""
        if name in {item["name"] for item in self.consent_items}:
            self.ticked = {**self.ticked, name: bool(on)}

    @candidate_event
    def agree(self):
        """Store the consent with the words that were on the page."""
        invited = self._invited()
        asked = self._asked(invited)
        given = {item.name: bool(self.ticked.get(item.name)) for item in asked}
        if not all(given[item.name] for item in asked if item.required):
            raise BadInput("Please tick the two boxes marked “needed” to go on, or ask for another way below.")
        with platform().db() as db:
            invites.give_consent(db, invited, given, consent_words.text(asked))
        self.step = "check"

    @candidate_event
    def enter_room(self):
        """Camera and microphone are ready: open the room."""
        invited = self._invited()
        if not invited.consented:
            self._place(invited)
            raise ConsentMissing("Please read and agree first; then the interview can start.")
        self._place(invited)
        if self.step == "check":
            self.step = "room"

    @candidate_event
    def leave_room(self, closing: str):
        """The room says the interview is over; the database is asked whether it is."""
        invited = self._invited()
        if invited.interview is not None and invited.interview.status not in invites.OVER:
            self.step = "check"
            self.returning = True
            return
        with platform().db() as db:
            self.closing = _closing(db, invited) or str(closing)[:1000]
        self.step = "end"
        self.ended_by_people = invited.interview is not None and invited.interview.ended_by == "recruiter"

    @candidate_event
    def give_more_time(self, on: bool):
        """Before or within the interview: the interviewer waits longer. Kept for this interview, shown to nobody."""
        invited = self._invited()
        if invited.interview is not None:
            key = _pace_key(invited.interview.id)
            platform().sessions.put(key, {"more_time": bool(on)}, PACE_SECONDS)
        self.more_time = bool(on)

    @candidate_event
    def note_problem(self, kind: str):
        """Something kept the candidate from going on; known kinds are counted in the log, without her words."""
        invited = self._invited()
        if kind in PROBLEMS:
            _log.info("candidate_problem", kind=kind, invite=invited.invite.id)
        if kind == "refused":
            self._place(invited)

    def _describe(self, db: Session, invited: Invited) -> None:
        self.practice = invited.interview is not None and invited.interview.practice
        name = invited.candidate.name.removeprefix("Practice (") if self.practice else invited.candidate.name
        self.first_name = name.split(" ")[0].rstrip(")")
        self.organisation_name = invited.organisation.name
        self.job_title = invited.job.title
        host = db.get(User, invited.invite.created_by) if invited.invite.created_by else None
        self.contact_name = host.name if host else ""
        self.contact_email = host.email if host else ""
        self.questions = len(invited.interview.plan) if invited.interview else 0
        self.minutes = _minutes(db, invited)
        self.consent_items = [
            {"name": i.name, "required": "yes" if i.required else "", "label": i.label, "detail": i.detail}
            for i in self._asked(invited)
        ]
        self.ticked = {}
        self.offer_url = routes.offer(self._invite_token())
        self.events_url = routes.events(self._invite_token())
        self.closing = _closing(db, invited)
        if invited.interview is not None:
            self.elapsed = interview_clock.elapsed(db, invited.interview)
            self.more_time = _more_time(db, invited.interview.id)

    def _place(self, invited: Invited) -> None:
        """The step that follows from what is stored."""
        interview = invited.interview
        self.returning = interview is not None and interview.started_at is not None
        if interview is not None and interview.status in invites.OVER:
            self.step = "end"
            self.ended_by_people = interview.ended_by == "recruiter"
        else:
            self.step = "check" if invited.consented else "welcome"

    def _asked(self, invited: Invited) -> list[consent_words.ConsentItem]:
        employer, chosen = invited.organisation, platform().settings
        return consent_words.items(
            employer.name,
            employer.face_analysis and chosen.face_analysis == "on",
            employer.voice_analysis and chosen.voice_analysis == "on",
            platform().sent_outside,
        )

    def _refused(self, error: PlatformError) -> bool:
        """A link that does not open gets its own page, not a toast."""
        if isinstance(error, InviteUsed):
            self.step = "end"
        else:
            self.step = "closed"
            self.closed_title = _CLOSED_TITLES.get(type(error), "This link does not open")
            self.closed_text = str(error)
            self.own_open = isinstance(error, InviteErased | InviteExpired)
        return True


def _minutes(db: Session, invited: Invited) -> int:
    """How long it takes, from the plan, up to the next five minutes."""
    plan = list(invited.interview.plan) if invited.interview else []
    rows = [db.get(Question, question_id) for question_id in plan]
    spoken = sum(row.minutes for row in rows if row)
    return max(10, 5 * math.ceil((spoken + _MINUTES_AROUND) / 5))


def _pace_key(interview_id: str) -> str:
    return f"pace:{interview_id}"


def _more_time(db: Session, interview_id: str) -> bool:
    """As last chosen with the button; before that, whether she asked for it in words."""
    chosen = platform().sessions.get(_pace_key(interview_id))
    return bool(chosen["more_time"]) if chosen else accommodations.more_time(db, interview_id)


def _closing(db: Session, invited: Invited) -> str:
    """The interviewer's last words, once said."""
    if invited.interview is None:
        return ""
    query = select(Turn).where(Turn.interview_id == invited.interview.id, Turn.kind == "closing")
    row = db.exec(query).first()
    return row.text if row else ""
