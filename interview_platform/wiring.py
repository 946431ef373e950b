"""Reads the settings, picks every adapter, builds one Platform. The only place that chooses an edge.

Heavy adapters (models, media) are built at first use, so that signing in does not wait for them. What is switched
off, and why, stands in `Platform.features` for the settings page and the start-up lines.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from interview_platform.adapters.model_store import ModelStore
from interview_platform.errors import PlatformError
from interview_platform.features import (
    GEMINI_RECORD,
    LANGUAGE_MODEL,
    Connection,
    Feature,
    connections,
    listing,
    sent_outside,
)
from interview_platform.models import make_engine, session
from interview_platform.ports import (
    AnswerJudge,
    Blobs,
    DurableWork,
    IdentityProvider,
    Interviewer,
    Mailer,
    RecordTranscriber,
    Reranker,
    Sessions,
    Steps,
    Transcriber,
    TurnModel,
    Voice,
    VoiceReader,
)
from interview_platform.services import (
    accommodations,
    audit_chain,
    integrations,
    notifications,
    page_left,
    pasted,
    profile_text,
    recordings,
)
from interview_platform.services.demographics_vault import Vault, vault_of
from interview_platform.services.scoring import structure
from interview_platform.settings import Settings, settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from interview_platform.adapters.calendly import Calendly
    from interview_platform.adapters.chroma_passages import ChromaPassages
    from interview_platform.adapters.chroma_vectors import ChromaVectors
    from interview_platform.adapters.github import GitHub
    from interview_platform.adapters.linkedin_export import LinkedInExport
    from interview_platform.adapters.own_calendar import OwnCalendar
    from interview_platform.adapters.resume_parser import SandboxedParser
    from interview_platform.adapters.resume_picture import PdfPictures
    from interview_platform.adapters.sealed_files import RangedBlobs
    from interview_platform.adapters.sentence_embedder import SentenceEmbedder
    from interview_platform.media.ice import Ice
    from interview_platform.media.rooms import Rooms
    from interview_platform.services.agent.answering import Sources
    from interview_platform.services.agent.conversation import Conversation
    from interview_platform.services.agent.intents_nearest import NearestReader
    from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
    from interview_platform.workflows.after_answer import AfterAnswer
    from interview_platform.workflows.face_watch import FaceWatch
    from interview_platform.workflows.ingest import Intake
    from interview_platform.workflows.meeting_desk import MeetingDesk
    from interview_platform.workflows.outgoing import Outgoing
    from interview_platform.workflows.part_uploads import PartUploads
    from interview_platform.workflows.reminders import Reminders
    from interview_platform.workflows.rescore import Rescoring
    from interview_platform.workflows.upkeep import Upkeep

RETURNING_WITHIN_SECONDS = 120.0
"""A recording that was written to so lately belongs to somebody who is coming back now …"""
RETURNING_SECONDS = 6.0
"""… and the heavy models wait for them at most this long."""
WARMING = "We had a problem with it last year. I looked at what had changed, I repaired it, and it worked again."
"""Said by nobody: what the judge reads before the first answer, so that it is loaded and knows the rubric."""
DURABLE_WORK = "durable work"
GREETING_SECONDS = 1.0
"""From a call's beginning to its first words, about."""

Made = TypeVar("Made")
_log = structlog.get_logger()


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
    def identity_provider(self) -> IdentityProvider | None:
        """The organisation's own sign-in; None where it is off."""
        from interview_platform.adapters.oidc import OidcProvider

        chosen = self.settings
        if not chosen.single_sign_on:
            return None
        return OidcProvider(chosen.oidc_issuer, chosen.oidc_client_id, chosen.oidc_client_secret.get_secret_value())

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
    def calendly(self) -> Calendly | None:
        """Calendly's account; None without a token."""
        from interview_platform.adapters.calendly import Calendly

        token = self.settings.calendly_token.get_secret_value()
        address, told = self.settings.calendly_base_url, partial(integrations.note_use, self.engine, "calendly")
        return Calendly(token, address, told=told) if token else None

    @cached_property
    def own_calendar(self) -> OwnCalendar:
        """People's own hours."""
        from interview_platform.adapters.own_calendar import OwnCalendar

        return OwnCalendar(self.engine)

    @cached_property
    def meetings(self) -> MeetingDesk:
        """Fixes, moves and calls off follow-up meetings."""
        from interview_platform.workflows.meeting_desk import MeetingDesk, letters_by

        calendars = {one.name: one for one in (self.own_calendar, self.calendly) if one is not None}
        letters = letters_by(self.settings.address, self.secret, self.settings.mail_from)
        return MeetingDesk(self.engine, self.mailer, letters, calendars)

    @cached_property
    def reminders(self) -> Reminders:
        """Reminds of meetings, from its start on."""
        from interview_platform.workflows.reminders import Reminders

        return Reminders(self.meetings, self.own_calendar.tidy)

    @cached_property
    def outgoing(self) -> Outgoing:
        """Tells other systems what happened, from its start on."""
        from interview_platform.adapters.webhook_sender import HttpsWebhookSender
        from interview_platform.workflows.outgoing import Outgoing

        mail = partial(notifications.deliver, self.engine, self.mailer, self.settings.mail_from)
        return Outgoing(self.engine, self.secret, HttpsWebhookSender(self.settings.outgoing_local), mail)

    @cached_property
    def linkedin_export(self) -> LinkedInExport:
        """Reads LinkedIn's data export."""
        from interview_platform.adapters.linkedin_export import LinkedInExport

        return LinkedInExport(profile_text.write)

    @cached_property
    def vault(self) -> Vault:
        """The key to voluntary demographics; only the candidate's form, the audit's page and deletion may use it."""
        return vault_of(self.settings.demographics_key.get_secret_value(), self.settings.data_dir)

    @property
    def webhook_secret(self) -> bytes:
        """What the organisations' webhook secrets are derived from (services/webhooks.secret_of)."""
        return self.settings.webhook_secret.get_secret_value().encode() or self.secret

    def _chat_model(self, **given: Any) -> BaseChatModel | None:
        """The chosen language model, or None: nothing is set up, or why not stands in `off`."""
        from interview_platform.adapters.langchain_chat import chat_model

        chosen = self.settings
        if not chosen.llm_label:
            return None
        made = {"options": chosen.llm_options, **given}
        return self._optional(
            LANGUAGE_MODEL, lambda: chat_model(chosen.llm, chosen.llm_key, chosen.llm_address, **made)
        )

    @cached_property
    def _deciding_llm(self) -> BaseChatModel | None:
        """A language model that may judge; None without one, and where it only words follow-ups."""
        return self._chat_model() if self.settings.llm_use == "decisions" else None

    @property
    def sent_outside(self) -> list[str]:
        """What of an interview leaves this installation, in a candidate's words."""
        return sent_outside(self)

    @property
    def llm_label(self) -> str:
        """The model's name as shown to people, or empty without one."""
        return "" if LANGUAGE_MODEL in self.off else self.settings.llm_label

    @cached_property
    def interviewer(self) -> Interviewer:
        """Decides each turn: a language model with the offline interviewer behind it, or that one alone."""
        seconds = self.settings.llm_turn_seconds
        model = self._chat_model(timeout_seconds=seconds, attempts=1, temperature=0, quick=True)  # it retries itself
        return self.offline if model is None else _with_model(self, self.offline, model)

    @cached_property
    def offline(self) -> OfflineInterviewer:
        """The interviewer that needs no language model."""
        from interview_platform.services.agent.offline_interviewer import OfflineInterviewer

        return OfflineInterviewer(self.embeddings)

    def conversation(self, interview_id: str) -> Conversation:
        """An interview's conversation. What its questions need is computed while the greeting is spoken."""
        from interview_platform.adapters.later import LaterAnswerer
        from interview_platform.services.agent.conversation import Conversation

        preparing = threading.Timer(GREETING_SECONDS, self._prepare, [interview_id])  # first the call, then the models
        preparing.name, preparing.daemon = "prepare-interview", True
        preparing.start()
        answerer = LaterAnswerer(lambda: self.answerer)
        return Conversation(self.engine, interview_id, self.interviewer, answerer, self.reader)

    def _prepare(self, interview_id: str) -> None:
        from interview_platform.services.agent import records

        try:
            with self.db() as db:
                plan = records.place(db, records.interview(db, interview_id)).plan
                asked = [(row.text, [(entry["point"], entry["follow_up"]) for entry in row.points]) for row in plan]
            if "rooms" in self.__dict__:
                self.rooms.speak_ahead(text for text, _ in asked)
            self.offline.remember(asked)
            self.reader.prepare()
            self._warm_judge([(text, [point for point, _ in wanted]) for text, wanted in asked])
        except PlatformError as error:
            _log.warning("interview_not_prepared", interview_id=interview_id, why=str(error))

    def _warm_judge(self, asked: list[tuple[str, list[str]]]) -> None:
        """Load the judge, and let it read the rubric, while the interview begins: its end waits for the report."""
        if self.judge.name == "offline":  # a language model is there or not, and is paid by the word
            for question, points in asked:
                self.judge.judge(question, [*points, *structure.POINTS], WARMING)

    @cached_property
    def passages(self) -> ChromaPassages:
        """Vectors of what the agent may quote, kept between starts."""
        from interview_platform.adapters.chroma_passages import ChromaPassages

        chosen = self.settings
        return ChromaPassages(self.embeddings, chosen.data_dir / "passages", chosen.chroma_host, chosen.chroma_port)

    @cached_property
    def answerer(self) -> Sources:
        """Answers candidates' questions from FAQs, the job, the company page and the recruiter's material."""
        from interview_platform.adapters.answer_reader import AnswerReader
        from interview_platform.services.agent.answering import Sources

        return Sources(self.engine, self.embeddings, self.passages, self.vectors, AnswerReader(self.embeddings))

    @cached_property
    def reader(self) -> NearestReader:
        """Looks again at short utterances that the rules take for answers."""
        from interview_platform.services.agent.intents_nearest import NearestReader

        return NearestReader(self.embeddings, kept=self.settings.data_dir / "utterances")

    @cached_property
    def judge(self) -> AnswerJudge:
        """Judges points: a language model that may decide, else the offline judge."""
        if self._deciding_llm is not None:
            from interview_platform.adapters.langchain_judge import LangChainJudge

            return LangChainJudge(self._deciding_llm, self.llm_label)
        from interview_platform.services.scoring.offline_judge import OfflineJudge

        return OfflineJudge(self.embeddings)

    @cached_property
    def report_judge(self) -> AnswerJudge:
        """The judge of reports: the offline one does not judge the same words twice (scoring/remembered)."""
        if self.judge.name != "offline":
            return self.judge
        from interview_platform.services.scoring.remembered import RememberingJudge, VerdictStore

        return RememberingJudge(self.judge, VerdictStore(self.settings.data_dir / "verdicts.db"))

    @cached_property
    def rescoring(self) -> Rescoring:
        """Scores a job's interviews anew, in the background."""
        from interview_platform.workflows.rescore import Rescoring

        def busy() -> bool:
            return bool("rooms" in self.__dict__ and self.rooms.live())

        return Rescoring(self.engine, lambda: self.report_judge, self.secret, busy, lambda: self.work)

    @cached_property
    def work(self) -> DurableWork:
        """Work that goes on where it was after its process died; by this process once it is started."""
        from interview_platform.adapters.dbos_work import DbosWork
        from interview_platform.workflows import kinds

        return DbosWork(self.settings.work_database, kinds.of(self))

    @cached_property
    def upkeep(self) -> Upkeep:
        """Deletions, retention and copies of people's data, in the background."""
        from interview_platform.workflows import upkeep

        return upkeep.of(self)

    @cached_property
    def reranker(self) -> Reranker | None:
        """Looks again at the first of a ranking; None without a language model that may decide."""
        from interview_platform.adapters.langchain_reranker import LangChainReranker

        model = self._deciding_llm
        return LangChainReranker(model, self.llm_label) if model is not None else None

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
    def voice(self) -> Voice:
        """What the interviewer speaks with. Raises ModelMissing."""
        from interview_platform.adapters.hibari import HibariVoice

        local, chosen = HibariVoice(self.store.path("hibari")), self.settings
        if not chosen.speaks_by_gemini:
            return local
        from interview_platform.adapters.gemini_voice import GeminiVoice

        key, address = chosen.google_api_key.get_secret_value(), chosen.google_gemini_base_url
        return GeminiVoice(local, key, address, chosen.gemini_voice_model, chosen.gemini_voice)

    @cached_property
    def rooms(self) -> Rooms:
        """The live rooms, on a thread of their own. Raises ModelMissing."""
        return _build_rooms(self)

    @cached_property
    def uploads(self) -> PartUploads:
        """Stores recordings while they are made."""
        from interview_platform.workflows.part_uploads import PartUploads

        uploads = PartUploads(self.engine, self.blobs, self.record_dir)
        uploads.start()
        return uploads

    def _record_transcriber(self) -> RecordTranscriber | None:
        from interview_platform.adapters.whisper import WhisperProcess

        local = self._optional("transcript of record", lambda: WhisperProcess(self.store.path("whisper-base")))
        if local is None or not self.settings.hears_by_gemini:
            return local
        from interview_platform.adapters.langchain_chat import chat_model
        from interview_platform.adapters.langchain_record import LangChainRecord

        chosen = self.settings
        named, key = f"google_genai:{chosen.gemini_record_model}", chosen.google_api_key.get_secret_value()
        model = self._optional(GEMINI_RECORD, lambda: chat_model(named, key, chosen.google_gemini_base_url))
        return local if model is None else LangChainRecord(local, model, chosen.gemini_record_model)

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
        return listing(self)

    @property
    def connections(self) -> list[Connection]:
        """Outside services, each with a call that proves it."""
        return connections(self, ice_of(self.settings), lambda: self._chat_model(timeout_seconds=15, attempts=1))

    def warm(self) -> None:
        """Build what the first interview would wait for, then finish what an earlier process left unfinished.

        The rooms and what their conversations are made of come first: whoever was in an interview when the process
        died is let in before the sentence model, which takes all the time that a start takes, is loaded.
        """
        try:
            _ = self.rooms, self.interviewer, self.reader
            self._let_back_in()
            _ = self.after_answer, self.face_watch, self.judge, self.answerer
            self.embeddings.embed_query("warm")
            self._start_work()
            self.recover()
            self.rescoring.recover()
            self.answerer.warm()
        except PlatformError as error:
            _log.warning("not_everything_is_on", why=str(error))
        finally:  # none of these needs any model; ranking says by itself what it lacks
            self._start_work()
            self.reminders.start()
            self.outgoing.start()
            self.upkeep.start()
            threading.Thread(target=self.intake.recover, name="intake-recover", daemon=True).start()

    def _start_work(self) -> None:
        """Without it, work is done in the background of this process, and begun anew at the next start."""
        self._optional(DURABLE_WORK, lambda: self.work.start())

    def _let_back_in(self) -> None:
        """Leave the processor, for a moment, to the calls that come back after a crash."""
        from interview_platform.media.recording import written_lately

        begun = written_lately(self.record_dir, RETURNING_WITHIN_SECONDS)
        until = time.monotonic() + RETURNING_SECONDS
        while begun and time.monotonic() < until:
            begun -= set(self.rooms.live())
            time.sleep(0.1 if begun else GREETING_SECONDS)

    def finish_interview(self, interview_id: str) -> None:
        """Have done what follows the end of an interview; never raises. Blocking where durable work is not there."""
        from interview_platform.workflows import kinds

        kinds.interview_ended(self, interview_id)

    def follow_up(self, interview_id: str, steps: Steps | None = None) -> bool:
        """Everything that follows the end of an interview; blocking, never raises. Whether all of it worked."""
        from interview_platform.media.recording import join
        from interview_platform.workflows import after_interview

        whole = self._keep_parts(interview_id)
        return after_interview.run(
            self.engine,
            self.blobs,
            lambda: self.report_judge,
            interview_id,
            join=join,
            key=self.secret,
            after_answer=self.after_answer,
            face_watch=self.face_watch,
            uploads=self.uploads if whole else None,
            steps=steps,
        )

    def keep_part(self, interview_id: str, part: int, path: Path, offset_seconds: float, seconds: float) -> None:
        """Note a recorded part in the database."""
        with self.db() as db:
            recordings.keep_part(db, interview_id, part, path, offset_seconds, seconds)

    def vocabulary(self, interview_id: str) -> Callable[[str], str]:
        """Puts the words of an interview's trade right in what was heard."""
        from interview_platform.services import vocabulary_terms

        with self.db() as db:
            return vocabulary_terms.of_interview(db, interview_id).text

    def note_paste(self, interview_id: str, characters: int) -> None:
        """Note that part of a typed answer was pasted: an event in the audit log, no measure."""
        with self.db() as db:
            pasted.note(db, interview_id, characters)

    def note_left(self, interview_id: str, seconds: float) -> None:
        """Note that another tab or window was in front: an event in the audit log, no measure."""
        with self.db() as db:
            page_left.note(db, interview_id, seconds)

    def asked_for_time(self, interview_id: str) -> bool:
        """Whether the candidate asked for more time: the room waits longer from the start."""
        with self.db() as db:
            return accommodations.more_time(db, interview_id)

    def _keep_parts(self, interview_id: str) -> bool:
        """Parts that a killed process wrote but could not note, or a lost machine; False when storage was not there
        to be asked."""
        from interview_platform.media.recording import recorded_parts

        try:
            self.uploads.restore(interview_id)
            restored = True
        except PlatformError as error:
            _log.warning("parts_not_looked_for", interview_id=interview_id, why=str(error))
            restored = False
        for part in recorded_parts(self.record_dir, interview_id):
            self.keep_part(interview_id, *part)
        return restored

    def recover(self) -> list[str]:
        """Finish interviews that ended without their report, deliver mails left behind; the interviews it tried."""
        from interview_platform.workflows import after_interview, kinds

        for message_id in notifications.recover(self.engine):
            notifications.deliver(self.engine, self.mailer, self.settings.mail_from, message_id)
        return after_interview.recover(self.engine, partial(kinds.interview_ended, self, at_start=True))

    def close(self) -> None:
        """Stop rooms and child processes; safe to call twice."""
        for name in (
            "reminders",
            "outgoing",
            "calendly",
            "upkeep",
            "rooms",
            "work",
            "rescoring",
            "intake",
            "uploads",
            "after_answer",
            "face_watch",
            "interviewer",
            "passages",
            "vectors",
        ):
            built = self.__dict__.pop(name, None)
            if hasattr(built, "close"):
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
    engine = make_engine(chosen.database)
    audit_chain.hold_key(engine, secret)
    return Platform(
        settings=chosen,
        engine=engine,
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
    from interview_platform.adapters.sealed_files import SealedFiles, key_ring

    store = _store(chosen, secret)
    ring = key_ring(chosen.files_key.get_secret_value(), chosen.data_dir, chosen.encrypt_files)
    return SealedFiles(store, ring, secret, chosen.address, chosen.encrypt_files) if ring else store


def _store(chosen: Settings, secret: bytes) -> RangedBlobs:
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

    return EmbeddedSessions(chosen.data_dir / "sessions.db")


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


def _with_model(held: Platform, offline: Interviewer, model: BaseChatModel) -> Interviewer:
    """A language model within its time, the offline interviewer behind it."""
    from interview_platform.adapters.langchain_chat import Price
    from interview_platform.adapters.langchain_interviewer import LangChainInterviewer, LangChainWording
    from interview_platform.services.agent.engines import WithFallback
    from interview_platform.services.agent.rewording import Rewording

    chosen, label = held.settings, held.llm_label
    set_price = chosen.llm_prices.get(label)
    price = Price(**set_price.model_dump()) if set_price else None
    seconds = chosen.llm_turn_seconds
    if chosen.llm_use == "wording":
        worder = LangChainWording(model, label, price, seconds)
        return WithFallback(Rewording(offline, worder, held.embeddings), offline, seconds)
    return WithFallback(LangChainInterviewer(model, label, price, seconds), offline, seconds)


def _build_rooms(held: Platform) -> Rooms:
    """Ready for calls at once; the models follow in the order in which a call needs them."""
    from interview_platform.adapters.hibari import HibariVoice
    from interview_platform.adapters.later import Later, LaterTranscriber, LaterTurnModel, LaterVoice, load_in_order
    from interview_platform.adapters.moonshine import MoonshineTranscriber
    from interview_platform.adapters.silero import SileroDetector
    from interview_platform.adapters.smart_turn import SmartTurn
    from interview_platform.media.rooms import RoomParts, Rooms

    store, watch = held.store, held.face_watch
    vad, ears, turns = store.path("silero-vad"), store.path("moonshine-tiny-en"), store.path("smart-turn")
    store.path("hibari")  # says now what is missing
    voice, words = Later[Voice](lambda: held.voice), Later[Transcriber](lambda: MoonshineTranscriber(ears))
    ends = Later[TurnModel](lambda: SmartTurn(turns))
    load_in_order(voice, words, ends)
    faces = {"on_face_frame": watch.frame} if watch else {}
    nod = HibariVoice.nod if held.settings.nods_aloud else ""
    parts = RoomParts(
        speech_detector=lambda: SileroDetector(vad),
        transcriber=LaterTranscriber(words, MoonshineTranscriber.name),
        turn_model=LaterTurnModel(ends),
        voice=LaterVoice(voice, held.settings.voice_label or HibariVoice.name, HibariVoice.rate, nod),
        conversation=held.conversation,
        record_dir=held.record_dir,
        before_recording=held.uploads.restore,
        on_recording=held.keep_part,
        on_answer=held.after_answer.submit,
        on_ended=lambda interview_id: held.background.submit(held.finish_interview, interview_id),
        on_pasted=held.note_paste,
        on_left=held.note_left,
        unhurried=held.asked_for_time,
        corrected=held.vocabulary,
        ice=ice_of(held.settings),
        **faces,
    )
    return Rooms(parts, calls=held.settings.call_limit)


def ice_of(chosen: Settings) -> Ice:
    """STUN, TURN and its credentials, as set."""
    from interview_platform.media.ice import Ice

    stun, turn = (tuple(filter(None, map(str.strip, urls.split(",")))) for urls in (chosen.stun_urls, chosen.turn_urls))
    return Ice(stun, turn, chosen.turn_secret.get_secret_value(), chosen.turn_seconds, chosen.turn_only)
