"""What is on and what serves it; what is off, why, and the way out. For the settings page and the start-up lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from interview_platform.adapters import probes
from interview_platform.adapters.model_store import ModelStore
from interview_platform.errors import ModelMissing
from interview_platform.media import ice_check
from interview_platform.media.ice import Ice
from interview_platform.ports import Blobs, Mailer, Sessions
from interview_platform.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from interview_platform.adapters.calendly import Calendly

OFFLINE_INTERVIEWER = "Offline interviewer: question banks and sentence similarity"
OFFLINE_JUDGE = "Offline judge: sentence similarity on this machine"
LANGUAGE_MODEL = "language model"
GEMINI_RECORD = "transcript corrected by Gemini"


@dataclass(frozen=True)
class Feature:
    """One part that can be off: shown on the settings page and at start."""

    name: str
    on: bool
    why: str  # what serves it, or why it is off and the way out


class Held(Protocol):
    """What of the platform is looked at."""

    settings: Settings
    blobs: Blobs
    sessions: Sessions
    mailer: Mailer
    store: ModelStore
    off: dict[str, str]
    engine: Engine

    @property
    def calendly(self) -> Calendly | None:
        """Calendly's account, or None."""

    @property
    def llm_label(self) -> str:
        """The model's name as shown to people, or empty without one."""


@dataclass(frozen=True)
class Connection:
    """An outside service as it is set up here: whether it is, by what, and a harmless call that proves it."""

    name: str  # services/integrations.NAMES
    on: bool
    by: str
    probe: Callable[[], str] | None  # None where nothing is set up that could answer


def connections(held: Held, ice: Ice, model: Callable[[], BaseChatModel | None]) -> list[Connection]:
    """Every outside service. Nothing is called for the answer. `model` makes the language model to be tried."""
    chosen, engine = held.settings, held.engine
    token = chosen.github_token.get_secret_value()
    relay = ", ".join(ice.turn)
    model_at, calendly = _language_model(held), held.calendly
    return [
        Connection("llm", model_at.on, model_at.why, (lambda: probes.language_model(model())) if model_at.on else None),
        Connection("mail", held.mailer.delivers, _mail_by(held), lambda: probes.mail(held.mailer)),
        Connection(
            "calendly",
            calendly is not None,
            chosen.calendly_base_url,
            (lambda: probes.calendly(calendly)) if calendly else None,
        ),
        Connection("files", bool(chosen.s3_bucket), held.blobs.name, lambda: probes.files(held.blobs)),
        Connection("sessions", bool(chosen.redis_url), held.sessions.name, lambda: probes.sessions(held.sessions)),
        Connection(
            "vectors",
            bool(chosen.chroma_host),
            _vectors_by(chosen),
            (lambda: probes.vectors(chosen.chroma_host, chosen.chroma_port)) if chosen.chroma_host else None,
        ),
        Connection(
            "github",
            bool(token),
            chosen.github_base_url,
            lambda: probes.github(chosen.github_base_url, token),
        ),
        Connection("turn", bool(relay and ice.secret), relay, (lambda: ice_check.check(ice)) if relay else None),
        Connection("database", engine.dialect.name != "sqlite", _database_by(chosen), lambda: probes.database(engine)),
    ]


def _mail_by(held: Held) -> str:
    return held.mailer.name if held.mailer.delivers else "kept in the built-in outbox, nothing is sent"


def _database_by(chosen: Settings) -> str:
    return "Postgres" if chosen.database.startswith("postgres") else "SQLite on this machine"


def listing(held: Held) -> list[Feature]:
    """By need: what serves it now. Nothing is built for the answer."""
    chosen = held.settings
    optional = [
        _measured(held, "transcript of record", ("whisper-base",), _record_by(held)),
        _measured(held, "face measures", ("face-landmarker", "hand-landmarker"), "MediaPipe on this machine"),
        _measured(held, "voice measures", (), "openSMILE on this machine"),
    ]
    return [
        Feature("interviewer", True, _interviewer_by(held)),
        Feature("voice", True, _voice_by(chosen)),
        Feature("judge", True, (chosen.llm_use == "decisions" and held.llm_label) or OFFLINE_JUDGE),
        _language_model(held),
        Feature("e-mail", held.mailer.delivers, _mail_by(held)),
        Feature("files", True, held.blobs.name),
        Feature("sessions", True, held.sessions.name),
        Feature("vectors", True, _vectors_by(chosen)),
        Feature("database", True, _database_by(chosen)),
        *optional,
    ]


def _interviewer_by(held: Held) -> str:
    label = held.llm_label
    if not label:
        return OFFLINE_INTERVIEWER
    if held.settings.llm_use == "wording":
        return f"Offline interviewer; {label} words its follow-ups"
    return f"{label}; the offline interviewer takes the turn when it fails or is late"


def _voice_by(chosen: Settings) -> str:
    if chosen.speaks_by_gemini:
        return f"{chosen.voice_label} by Google; hibari on this machine where it fails or is late"
    missing = " (VOICE=gemini needs GOOGLE_API_KEY)" if chosen.voice == "gemini" else ""
    return f"hibari on this machine{missing}"


def _record_by(held: Held) -> str:
    chosen, local = held.settings, "faster-whisper on this machine"
    if chosen.transcriber != "gemini":
        return local
    if not chosen.hears_by_gemini:
        return f"{local} (TRANSCRIBER=gemini needs GOOGLE_API_KEY)"
    return f"{local}, {held.off.get(GEMINI_RECORD) or f'corrected by {chosen.gemini_record_model} by Google'}"


def sent_outside(held: Held) -> list[str]:
    """What of an interview leaves this installation, in a candidate's words; nothing where all works here."""
    chosen, sent = held.settings, []
    if held.llm_label:
        sent.append(f"the words of my answers go to {held.llm_label} ({chosen.llm_provider})")
    if chosen.hears_by_gemini:
        sent.append(f"the sound of my answers goes to {chosen.gemini_record_model} (Google) to be written down")
    if chosen.speaks_by_gemini:
        sent.append("what the AI says to me is voiced by Google")
    return sent


def _language_model(held: Held) -> Feature:
    """The model itself, and where what candidates say is sent."""
    chosen = held.settings
    if LANGUAGE_MODEL in held.off:
        return Feature(LANGUAGE_MODEL, False, held.off[LANGUAGE_MODEL])
    if not held.llm_label:
        return Feature(
            LANGUAGE_MODEL,
            False,
            "None is set up, and none is needed. GOOGLE_API_KEY or LLM and LLM_BASE_URL bring one.",
        )
    where = f"at {chosen.llm_address}" if chosen.llm_address else f"by {chosen.llm_provider}"
    return Feature(LANGUAGE_MODEL, True, f"{held.llm_label} {where}")


def _vectors_by(chosen: Settings) -> str:
    return f"Chroma at {chosen.chroma_host}" if chosen.chroma_host else "Chroma on this machine"


def _measured(held: Held, name: str, weights: tuple[str, ...], by: str) -> Feature:
    switch = {"face measures": held.settings.face_analysis, "voice measures": held.settings.voice_analysis}
    if switch.get(name) == "off":
        return Feature(name, False, f"Switched off by {name.split()[0].upper()}_ANALYSIS.")
    if name in held.off:
        return Feature(name, False, held.off[name])
    try:
        for weight in weights:
            held.store.path(weight)
    except ModelMissing as error:
        return Feature(name, False, str(error))
    return Feature(name, True, by)
