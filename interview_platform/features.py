"""What is on and what serves it; what is off, why, and the way out. For the settings page and the start-up lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from interview_platform.adapters.model_store import ModelStore
from interview_platform.errors import ModelMissing
from interview_platform.ports import Blobs, Mailer, Sessions
from interview_platform.settings import Settings

OFFLINE_INTERVIEWER = "Offline interviewer: question banks and sentence similarity"
OFFLINE_JUDGE = "Offline judge: sentence similarity on this machine"
LANGUAGE_MODEL = "language model"


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

    @property
    def llm_label(self) -> str:
        """The model's name as shown to people, or empty without one."""


def listing(held: Held) -> list[Feature]:
    """By need: what serves it now. Nothing is built for the answer."""
    chosen = held.settings
    optional = [
        _measured(held, "transcript of record", ("whisper-base",), "faster-whisper on this machine"),
        _measured(held, "face measures", ("face-landmarker", "hand-landmarker"), "MediaPipe on this machine"),
        _measured(held, "voice measures", (), "openSMILE on this machine"),
    ]
    mail = "kept in the built-in outbox, nothing is sent" if not held.mailer.delivers else held.mailer.name
    return [
        Feature("interviewer", True, _interviewer_by(held)),
        Feature("judge", True, (chosen.llm_use == "decisions" and held.llm_label) or OFFLINE_JUDGE),
        _language_model(held),
        Feature("e-mail", held.mailer.delivers, mail),
        Feature("files", True, held.blobs.name),
        Feature("sessions", True, held.sessions.name),
        Feature("vectors", True, _vectors_by(chosen)),
        Feature("database", True, "Postgres" if chosen.database.startswith("postgres") else "SQLite on this machine"),
        *optional,
    ]


def _interviewer_by(held: Held) -> str:
    label = held.llm_label
    if not label:
        return OFFLINE_INTERVIEWER
    if held.settings.llm_use == "wording":
        return f"Offline interviewer; {label} words its follow-ups"
    return f"{label}; the offline interviewer takes the turn when it fails or is late"


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
