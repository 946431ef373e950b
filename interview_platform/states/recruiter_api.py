"""Other systems: their keys, the webhooks they are told by, and what was sent to them."""

import asyncio
import json
from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import PlatformError
from interview_platform.models import ApiToken, Webhook, WebhookDelivery
from interview_platform.services import api_tokens, outgoing
from interview_platform.services.access import OWNERS
from interview_platform.services.outgoing_events import EVENTS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment
from interview_platform.wiring import platform

DELIVERIES = {
    "waiting": ("Waiting", ""),
    "sending": ("Being sent", "info"),
    "delivered": ("Delivered", "good"),
    "failed": ("Failed", "danger"),
    "unknown": ("Not known", "attention"),
}
"""Status → words and a badge's tone."""
_SHOWN = 50


@dataclass
class KeyLine:
    """A key on the page. `hint`: how it begins."""

    key: str
    name: str
    hint: str
    scope: str
    made: str
    used: str
    revoked: str


@dataclass
class HookLine:
    """A receiver on the page."""

    key: str
    url: str
    events: str
    on: bool
    failing: bool
    why_off: str
    ok: str


@dataclass
class DeliveryLine:
    """One event that was or is to be sent. `again`: whether a person may send it again."""

    key: str
    event: str
    url: str
    message_id: str
    state: str
    tone: str
    tries: str
    said: str
    at: str
    body: str
    again: bool


class OtherSystemsState(RecruiterState):
    """The page."""

    ready: bool = False
    problem: str = ""
    owner: bool = False
    keys: list[KeyLine] = []
    hooks: list[HookLine] = []
    deliveries: list[DeliveryLine] = []
    making: str = ""  # which dialog is open: key | hook
    name: str = ""
    scope: str = "read"
    url: str = ""
    events: list[str] = list(EVENTS)
    wrong: str = ""
    shown: str = ""  # a new key or secret, once
    shown_for: str = ""
    asked: str = ""  # what is being asked about: "key:<id>" | "hook:<id>"
    asked_name: str = ""

    @recruiter_event
    def load(self):
        """Read the page; what was shown once is gone."""
        self.making, self.shown, self.shown_for, self.asked, self.wrong = "", "", "", "", ""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def refresh(self):
        """Read the page again, with what is shown on it."""
        self._read()

    @recruiter_event
    def begin(self, what: str):
        """Open the dialog for a new key or webhook; empty closes it."""
        self.making = what if what in ("key", "hook") else ""
        self.name, self.url, self.scope, self.wrong, self.events = "", "", "read", "", list(EVENTS)

    @recruiter_event
    def write_name(self, text: str):
        """The system's name was typed."""
        self.name, self.wrong = text[:80], ""

    @recruiter_event
    def pick_scope(self, scope: str):
        """What the key may do."""
        self.scope = scope if scope in api_tokens.SCOPES else self.scope

    @recruiter_event
    def write_url(self, text: str):
        """The receiver's address was typed."""
        self.url, self.wrong = text[: outgoing.LONGEST_URL + 1], ""

    @recruiter_event
    def pick_event(self, name: str):
        """Choose an event, or not."""
        held = set(self.events) ^ {name}
        self.events, self.wrong = [one for one in EVENTS if one in held], ""

    @recruiter_event
    def make_key(self):
        """Make the key and show it, once."""
        try:
            with platform().db() as db:
                row, key = api_tokens.create(db, self._actor(), self.name, self.scope)
        except PlatformError as error:
            self.wrong = str(error)
            return
        self.making, self.shown, self.shown_for = "", key, f"Key of {row.name}"
        self._read()

    @recruiter_event
    def make_hook(self):
        """Make the webhook and show its secret, once."""
        held = platform()
        try:
            with held.db() as db:
                actor, local = self._actor(), held.settings.outgoing_local
                made = outgoing.create(db, actor, held.secret, self.url, self.events, local)
        except PlatformError as error:
            self.wrong = str(error)
            return
        self.making, self.shown, self.shown_for = "", made.secret, f"Signing secret for {made.webhook.url}"
        self._read()

    @recruiter_event
    def put_away(self):
        """The key or secret was kept elsewhere."""
        self.shown = self.shown_for = ""

    @recruiter_event
    def ask(self, what: str, name: str):
        """Ask before something ends; an empty `what` closes the question."""
        self.asked, self.asked_name = what, name

    @recruiter_event
    def end(self):
        """Revoke the key, or remove the webhook, that the question is about."""
        kind, _, key = self.asked.partition(":")
        self.asked = ""
        with platform().db() as db:
            if kind == "key":
                api_tokens.revoke(db, self._actor(), key)
            else:
                outgoing.remove(db, self._actor(), key)
        self._read()
        return rx.toast.success("Revoked. It opens nothing any more." if kind == "key" else "Removed, with its log.")

    @recruiter_event
    def switch(self, key: str, on: bool):
        """Switch a webhook on or off."""
        with platform().db() as db:
            outgoing.switch(db, self._actor(), key, on)
        platform().outgoing.wake()
        self._read()

    @recruiter_event(background=True)
    async def test(self, key: str):
        """Send a message that is only a test, and say what came of it."""
        held = platform()
        async with self:
            actor = self._actor()
        with held.db() as db:
            row = outgoing.test(db, actor, key)
        await asyncio.to_thread(held.outgoing.send, row.id)
        with held.db() as db:
            sent = db.get_one(WebhookDelivery, row.id)
        async with self:
            self._read()
        yield rx.toast.success("It arrived.") if sent.status == "delivered" else rx.toast.error(sent.error)

    @recruiter_event
    def again(self, key: str):
        """Send a delivery again, under the same message id."""
        held = platform()
        with held.db() as db:
            outgoing.again(db, self._actor(), key)
        held.outgoing.wake()
        self._read()
        return rx.toast.success("It is sent again now.")

    def _read(self) -> None:
        actor = self._actor()
        self.owner = actor.role in OWNERS
        if not self.owner:
            self.keys, self.hooks, self.deliveries = [], [], []
            return
        with platform().db() as db:
            keys, hooks = api_tokens.listing(db, actor), outgoing.listing(db, actor)
            sent = outgoing.log(db, actor, _SHOWN)
        self.keys, self.hooks = [_key(row) for row in keys], [_hook(row) for row in hooks]
        urls = {row.id: row.url for row in hooks}
        self.deliveries = [_delivery(row, urls.get(row.webhook_id, "")) for row in sent]


def _key(row: ApiToken) -> KeyLine:
    return KeyLine(
        row.id,
        row.name,
        f"{row.hint}…",
        api_tokens.SCOPES[row.scope],
        moment(row.created_at),
        moment(row.last_used_at) if row.last_used_at else "",
        moment(row.revoked_at) if row.revoked_at else "",
    )


def _hook(row: Webhook) -> HookLine:
    failing = row.status == "on" and row.failing_since is not None
    ok = moment(row.ok_at) if row.ok_at else ""
    return HookLine(row.id, row.url, ", ".join(row.events), row.status == "on", failing, row.why_off, ok)


def _delivery(row: WebhookDelivery, url: str) -> DeliveryLine:
    state, tone = DELIVERIES[row.status]
    if row.status == "waiting" and row.attempts:
        state, tone = "Tried again later", "attention"
    next_try = f"{row.error} Next try: {moment(row.next_at)}." if row.error and row.status == "waiting" else row.error
    return DeliveryLine(
        row.id,
        row.event,
        url,
        f"msg_{row.id}",
        state,
        tone,
        "1 try" if row.attempts == 1 else f"{row.attempts} tries",
        next_try or (f"Answered {row.answered}." if row.answered else ""),
        moment(row.created_at),
        json.dumps(json.loads(row.body), indent=2),
        row.status in ("failed", "unknown"),
    )
