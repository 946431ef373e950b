"""Reads the settings, picks every adapter, builds one Platform. The only place that chooses an edge.

Heavy adapters (models, media) are built at first use, so that signing in does not wait for them. What is switched
off, and why, stands in `Platform.features` for the settings page and the start-up lines.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.adapters.model_store import ModelStore
from interview_platform.errors import ModelMissing, PlatformError
from interview_platform.models import make_engine, session
from interview_platform.ports import AnswerJudge, Blobs, Interviewer, Mailer, RecordTranscriber, Sessions, VoiceReader
from interview_platform.services import notifications, profile_text, recordings
from interview_platform.settings import Settings, settings

if TYPE_CHECKING:
    from interview_platform.adapters.chroma_vectors import ChromaVectors
    from interview_platform.adapters.github import GitHub
    from interview_platform.adapters.linkedin_export import LinkedInExport
    from interview_platform.adapters.resume_parser import SandboxedParser
    from interview_platform.adapters.resume_picture import PdfPictures
    from interview_platform.adapters.sentence_embedder import SentenceEmbedder
    from interview_platform.media.rooms import Rooms
    from interview_platform.workflows.after_answer import AfterAnswer
    from interview_platform.workflows.face_watch import FaceWatch
    from interview_platform.workflows.ingest import Intake

Made = TypeVar("Made")
_log = structlog.get_logger()


@dataclass(frozen=True)
class Feature:
    """One part that can be off: shown on the settings page and at start."""

    name: str
    on: bool
    why: str  # what serves it, or why it is off and the way out


@dataclass
class Platform:
    """Everything the states, the API and the commands need, built from one Settings."""

    settings: Settings
    engine: Engine
    secret: bytes
    blobs: Blobs
    sessions: Sessions
    mailer: Mailer
    store: ModelStore
    off: dict[str, str] = field(default_factory=dict)  # feature → why it could not be built
    background: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "after-interview"))

    @property
    def record_dir(self) -> Path:
        """Where live recordings are written."""
        return self.settings.data_dir / "live"

    def db(self) -> AbstractContextManager[Session]:
        """One unit of work on the database."""
        return session(self.engine)

    @cached_property
    def embeddings(self) -> SentenceEmbedder:
        """Sentence embeddings, on this machine. Raises ModelMissing."""
        from interview_platform.adapters.sentence_embedder import SentenceEmbedder

        return SentenceEmbedder(self.store.path("minilm"))

    @cached_property
    def vectors(self) -> ChromaVectors:
        """Résumés' vectors, kept between starts. Opened at the first use, whose failure ranking works around."""
        from interview_platform.adapters.chroma_vectors import ChromaVectors

        chosen = self.settings
        return ChromaVectors(chosen.data_dir / "vectors", chosen.chroma_host, chosen.chroma_port)

    @cached_property
    def parser(self) -> SandboxedParser:
        """Reads résumé files in a process of its own."""
        from interview_platform.adapters.resume_parser import SandboxedParser

        return SandboxedParser(seconds=self.settings.resume_seconds)

    @cached_property
    def pictures(self) -> PdfPictures:
        """Draws résumés' pages in a process of their own."""
        from interview_platform.adapters.resume_picture import PdfPictures

        return PdfPictures()

    @cached_property
    def intake(self) -> Intake:
        """Reads résumé files and ranks pools, in the background."""
        from interview_platform.workflows.ingest import Intake

        return Intake(
            self.engine, self.blobs, self.parser, lambda: self.embeddings, self.sessions, lambda: self.vectors
        )

    @cached_property
    def github(self) -> GitHub:
        """Profiles of GitHub accounts; its answers are kept for as long as the process lives."""
        from interview_platform.adapters.github import GitHub

        token = self.settings.github_token.get_secret_value()
        return GitHub(profile_text.write, token, self.settings.github_base_url)

    @cached_property
    def linkedin_export(self) -> LinkedInExport:
        """Reads LinkedIn's data export."""
        from interview_platform.adapters.linkedin_export import LinkedInExport

        return LinkedInExport(profile_text.write)

    @property
    def webhook_secret(self) -> bytes:
        """What the organisations' webhook secrets are derived from (services/webhooks.secret_of)."""
        return self.settings.webhook_secret.get_secret_value().encode() or self.secret

    @cached_property
    def _llm(self) -> Any:
        key = self.settings.google_api_key.get_secret_value()
        if not key:
            return None
        from interview_platform.adapters.langchain_llm import chat_model

        return chat_model(self.settings.llm, key, self.settings.google_gemini_base_url)

    @property
    def llm_label(self) -> str:
        """The model's name as shown to people, or empty without one."""
        return self.settings.llm.partition(":")[2] if self.settings.google_api_key.get_secret_value() else ""

    @cached_property
    def interviewer(self) -> Interviewer:
        """Picks follow-ups: the LLM with a key, else the offline interviewer."""
        if self._llm is not None:
            from interview_platform.adapters.langchain_llm import LangChainInterviewer

            return LangChainInterviewer(self._llm, self.llm_label)
        from interview_platform.services.agent.offline_interviewer import OfflineInterviewer

        return OfflineInterviewer(self.embeddings)

    @cached_property
    def judge(self) -> AnswerJudge:
        """Judges points: the LLM with a key, else the offline judge."""
        if self._llm is not None:
            from interview_platform.adapters.langchain_llm import LangChainJudge

            return LangChainJudge(self._llm, self.llm_label)
        from interview_platform.services.scoring.offline_judge import OfflineJudge

        return OfflineJudge(self.embeddings)

    @cached_property
    def after_answer(self) -> AfterAnswer:
        """Work on each answer while the interview goes on."""
        from interview_platform.workflows.after_answer import AfterAnswer

        return AfterAnswer(self.engine, self._record_transcriber(), self._voice_reader())

    @cached_property
    def face_watch(self) -> FaceWatch | None:
        """Looks at sampled pictures, or None when switched off."""
        return self._optional("face measures", self._build_face_watch)

    @cached_property
    def rooms(self) -> Rooms:
        """The live rooms, on a thread of their own. Raises ModelMissing."""
        return _build_rooms(self)

    def _record_transcriber(self) -> RecordTranscriber | None:
        from interview_platform.adapters.whisper import WhisperProcess

        return self._optional("transcript of record", lambda: WhisperProcess(self.store.path("whisper-base")))

    def _voice_reader(self) -> VoiceReader | None:
        from interview_platform.adapters.opensmile_voice import OpensmileVoiceProcess

        if self.settings.voice_analysis == "off":
            self.off["voice measures"] = "Switched off by VOICE_ANALYSIS."
            return None
        return self._optional("voice measures", OpensmileVoiceProcess)

    def _build_face_watch(self) -> FaceWatch:
        from interview_platform.adapters.mediapipe_face import MediapipeFaceProcess
        from interview_platform.workflows.face_watch import FaceWatch

        if self.settings.face_analysis == "off":
            raise SwitchedOff("Switched off by FACE_ANALYSIS.")
        reader = MediapipeFaceProcess(self.store.path("face-landmarker"), self.store.path("hand-landmarker"))
        return FaceWatch(self.engine, reader)

    def _optional(self, name: str, build: Callable[[], Made]) -> Made | None:
        """An adapter the product can do without; a failure is kept to be shown."""
        try:
            return build()
        except (PlatformError, ImportError, OSError) as error:
            self.off[name] = str(error)
            return None

    @property
    def features(self) -> list[Feature]:
        """What is on, by what; what is off, and why."""
        return _features(self)

    def warm(self) -> None:
        """Build what the first interview would wait for, then finish what an earlier process left unfinished."""
        try:
            _ = self.after_answer, self.face_watch, self.rooms, self.interviewer, self.judge
            self.embeddings.embed_query("warm")
            self.recover()
            threading.Thread(target=self.intake.recover, name="intake-recover", daemon=True).start()
        except PlatformError as error:
            _log.warning("not_everything_is_on", why=str(error))

    def finish_interview(self, interview_id: str) -> None:
        """Everything that follows the end of an interview; blocking, never raises."""
        from interview_platform.media.recording import join
        from interview_platform.workflows import after_interview

        self._keep_parts(interview_id)
        after_interview.run(
            self.engine,
            self.blobs,
            self.judge,
            interview_id,
            join=join,
            after_answer=self.after_answer,
            face_watch=self.face_watch,
        )

    def keep_part(self, interview_id: str, part: int, path: Path, offset_seconds: float, seconds: float) -> None:
        """Note a recorded part in the database."""
        with self.db() as db:
            recordings.keep_part(db, interview_id, part, path, offset_seconds, seconds)

    def _keep_parts(self, interview_id: str) -> None:
        """Parts that a killed process wrote but could not note."""
        from interview_platform.media.recording import recorded_parts

        for part in recorded_parts(self.record_dir, interview_id):
            self.keep_part(interview_id, *part)

    def recover(self) -> list[str]:
        """Finish interviews that ended without their report, deliver mails left behind; the interviews it tried."""
        from interview_platform.media.recording import join
        from interview_platform.workflows import after_interview

        for message_id in notifications.recover(self.engine):
            notifications.deliver(self.engine, self.mailer, self.settings.mail_from, message_id)
        for interview_id in after_interview.unfinished(self.engine):
            self._keep_parts(interview_id)
        return after_interview.recover(self.engine, self.blobs, self.judge, join=join)

    def close(self) -> None:
        """Stop rooms and child processes; safe to call twice."""
        for name in ("intake", "rooms", "after_answer", "face_watch", "vectors"):
            built = self.__dict__.pop(name, None)
            if built is not None:
                built.close()
        self.background.shutdown(wait=True)
        self.engine.dispose()


class SwitchedOff(PlatformError):
    """A feature that a setting switches off."""


@lru_cache(maxsize=1)
def platform() -> Platform:
    """The process's platform, built from the environment at first use."""
    return build(settings())


def build(chosen: Settings) -> Platform:
    """A platform from given settings."""
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    secret = secret_key(chosen)
    return Platform(
        settings=chosen,
        engine=make_engine(chosen.database),
        secret=secret,
        blobs=_blobs(chosen, secret),
        sessions=_sessions(chosen),
        mailer=_mailer(chosen),
        store=ModelStore(chosen.cache_dir),
    )


def secret_key(chosen: Settings) -> bytes:
    """The signing key: from settings, else made once and kept readable by its owner only."""
    given = chosen.secret_key.get_secret_value()
    if given:
        return given.encode()
    path = chosen.data_dir / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip().encode()


def _blobs(chosen: Settings, secret: bytes) -> Blobs:
    if chosen.s3_bucket:
        from interview_platform.adapters.s3 import S3Blobs

        return S3Blobs(
            chosen.s3_bucket,
            endpoint_url=chosen.s3_endpoint_url or None,
            region=chosen.s3_region,
            access_key_id=chosen.aws_access_key_id.get_secret_value() or None,
            secret_access_key=chosen.aws_secret_access_key.get_secret_value() or None,
        )
    from interview_platform.adapters.local_files import LocalFiles

    return LocalFiles(chosen.data_dir / "files", secret, chosen.address)


def _sessions(chosen: Settings) -> Sessions:
    if chosen.redis_url:
        from interview_platform.adapters.redis_sessions import RedisSessions

        return RedisSessions(chosen.redis_url)
    from interview_platform.adapters.embedded_sessions import EmbeddedSessions

    return EmbeddedSessions()


def _mailer(chosen: Settings) -> Mailer:
    if chosen.gmail_credentials_file:
        from interview_platform.adapters.gmail import GmailMailer

        return GmailMailer(Path(chosen.gmail_credentials_file), chosen.gmail_sender)
    if chosen.smtp_host:
        from interview_platform.adapters.smtp import SmtpMailer

        return SmtpMailer(
            chosen.smtp_host,
            chosen.smtp_port,
            username=chosen.smtp_username,
            password=chosen.smtp_password.get_secret_value(),
            starttls=chosen.smtp_starttls,
        )
    from interview_platform.adapters.outbox import OutboxMailer

    return OutboxMailer()


def _build_rooms(held: Platform) -> Rooms:
    from interview_platform.adapters.hibari import HibariVoice
    from interview_platform.adapters.moonshine import MoonshineTranscriber
    from interview_platform.adapters.silero import SileroDetector
    from interview_platform.adapters.smart_turn import SmartTurn
    from interview_platform.media.rooms import RoomParts, Rooms
    from interview_platform.services.agent.conversation import Conversation

    store, watch = held.store, held.face_watch
    vad = store.path("silero-vad")
    faces = {"on_face_frame": watch.frame} if watch else {}
    parts = RoomParts(
        speech_detector=lambda: SileroDetector(vad),
        transcriber=MoonshineTranscriber(store.path("moonshine-tiny-en")),
        turn_model=SmartTurn(store.path("smart-turn")),
        voice=HibariVoice(store.path("hibari")),
        conversation=lambda interview_id: Conversation(held.engine, interview_id, held.interviewer),
        record_dir=held.record_dir,
        on_recording=held.keep_part,
        on_answer=held.after_answer.submit,
        on_ended=lambda interview_id: held.background.submit(held.finish_interview, interview_id),
        **faces,
    )
    return Rooms(parts)


def _features(held: Platform) -> list[Feature]:
    """By need: what serves it now. Nothing is built for the answer."""
    chosen, llm = held.settings, held.llm_label
    optional = [
        _measured(held, "transcript of record", ("whisper-base",), "faster-whisper on this machine"),
        _measured(held, "face measures", ("face-landmarker", "hand-landmarker"), "MediaPipe on this machine"),
        _measured(held, "voice measures", (), "openSMILE on this machine"),
    ]
    mail = "kept in the built-in outbox, nothing is sent" if not held.mailer.delivers else held.mailer.name
    return [
        Feature("interviewer", True, llm or "Offline interviewer: question banks and sentence similarity"),
        Feature("judge", True, llm or "Offline judge: sentence similarity on this machine"),
        Feature("e-mail", held.mailer.delivers, mail),
        Feature("files", True, held.blobs.name),
        Feature("sessions", True, held.sessions.name),
        Feature("vectors", True, _vectors_by(chosen)),
        Feature("database", True, "Postgres" if chosen.database.startswith("postgres") else "SQLite on this machine"),
        *optional,
    ]


def _vectors_by(chosen: Settings) -> str:
    return f"Chroma at {chosen.chroma_host}" if chosen.chroma_host else "Chroma on this machine"


def _measured(held: Platform, name: str, weights: tuple[str, ...], by: str) -> Feature:
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
