"""All settings, typed, from environment variables or `.env`. Only wiring, cli and the app module read them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class ModelPrice(BaseModel):
    """US dollars per million tokens. `cached`: read from the provider's prompt cache; absent: as `input`."""

    model_config = ConfigDict(extra="forbid")

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached: float | None = Field(None, ge=0)


class Settings(BaseSettings):
    """One field, one variable of the same name in capitals. Each is in `.env.example` and docs/operations.md."""

    model_config = SettingsConfigDict(env_file=PROJECT / ".env", extra="ignore", env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="Address to listen on. 0.0.0.0 opens the product to the network.")
    port: int = Field(3000, description="The one port everything is served on.")
    public_url: str = Field("", description="Address in candidates' links. Empty: http://HOST:PORT.")
    data_dir: Path = Field(PROJECT / ".data", description="Database, stored files and the secret key.")
    cache_dir: Path = Field(
        Path.home() / ".cache" / "interview-platform", description="Model weights; shared by every checkout."
    )
    database_url: str = Field("", description="SQLAlchemy address. Empty: SQLite under DATA_DIR.")
    redis_url: str = Field("", description="Sessions in Redis. Empty: in a file under DATA_DIR.")
    chroma_host: str = Field("", description="Keep vectors on this Chroma server. Empty: embedded, under DATA_DIR.")
    chroma_port: int = Field(8000, description="Port of the Chroma server.")
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs links, sessions and file addresses. Empty: made once, kept in DATA_DIR."
    )
    demographics_key: SecretStr = Field(
        SecretStr(""),
        description="Seals voluntary demographics, apart from SECRET_KEY. Empty: made once, kept in DATA_DIR.",
    )
    encrypt_files: bool = Field(False, description="Encrypt résumés, recordings and every other stored file.")
    files_key: SecretStr = Field(
        SecretStr(""),
        description="Encrypts stored files; old ones behind it, with commas. Empty: made once, kept in DATA_DIR.",
    )
    demo: bool = Field(True, description="Seed a demo organisation with a sign-in on an empty database.")

    llm: str = Field("google_genai:gemini-3.8-flash", description="provider:model, as LangChain's init_chat_model.")
    google_api_key: SecretStr = Field(SecretStr(""), description="Gemini key. Empty: the offline interviewer.")
    google_gemini_base_url: str = Field("", description="Another address that speaks Gemini's REST.")
    openai_api_key: SecretStr = Field(SecretStr(""), description="Key for LLM=openai:MODEL. A local server needs none.")
    llm_base_url: str = Field(
        "", description="An OpenAI-compatible server for LLM=openai:MODEL, such as http://127.0.0.1:8080/v1."
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="Key of any other provider that LLM names.")
    llm_use: Literal["decisions", "wording"] = Field(
        "decisions", description="What the model does: decide each turn, or only word the follow-ups."
    )
    llm_turn_seconds: float = Field(
        4.0, description="Longest wait for the model in a turn; then the offline interviewer takes it.", gt=0, le=60
    )
    llm_prices: dict[str, ModelPrice] = Field(
        {},
        description='US dollars per million tokens: {"MODEL": {"input": 1, "output": 2, "cached": 0.1}}.',
    )
    llm_options: dict[str, Any] = Field(
        {}, description='More arguments of LangChain\'s chat model, as JSON, such as {"thinking_level": "low"}.'
    )

    voice: Literal["hibari", "gemini"] = Field(
        "hibari", description="Who speaks: hibari here, or gemini with it behind (its words are sent to Google)."
    )
    nods: bool = Field(
        True, description="Whether the interviewer says a soft “uh-huh” in a pause that may be the end of an answer."
    )
    gemini_voice: str = Field("Kore", description="Which of Gemini's prebuilt voices.")
    gemini_voice_model: str = Field("gemini-2.5-flash-preview-tts", description="Gemini's text-to-speech model.")
    transcriber: Literal["whisper", "gemini"] = Field(
        "whisper", description="Who writes the record: whisper here, or gemini after it (the sound is sent to Google)."
    )
    gemini_record_model: str = Field("gemini-3.8-flash", description="Gemini's model that takes sound.")

    github_token: SecretStr = Field(
        SecretStr(""), description="Raises GitHub's limit from 60 to 5,000 requests an hour. Empty: without."
    )
    github_base_url: str = Field(
        "https://api.github.com", description="Another address that speaks GitHub's REST, such as https://HOST/api/v3."
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="The webhooks' secrets are derived from it. Empty: from the secret key."
    )

    outgoing_local: bool = Field(
        False, description="Webhooks may go to this machine and by http. For trying them out only."
    )

    calendly_token: SecretStr = Field(
        SecretStr(""), description="Calendly access token. Empty: times come from people's own hours."
    )
    calendly_webhook_key: SecretStr = Field(
        SecretStr(""), description="Signing key of Calendly's webhook subscription. Empty: its messages are refused."
    )
    calendly_base_url: str = Field(
        "https://api.calendly.com", description="Another address that speaks Calendly's API v2."
    )

    oidc_issuer: str = Field("", description="OpenID Connect issuer, https://…. Empty: no single sign-on.")
    oidc_client_id: str = Field("", description="This installation's client id at the issuer.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Its client secret.")
    oidc_name: str = Field("your organisation's account", description="The sign-in button says: Sign in with NAME.")
    oidc_organisations: str = Field(
        "", description="Ids of the organisations that allow it, separated by commas, or all. Empty: none."
    )

    s3_bucket: str = Field("", description="Keep files in this bucket. Empty: local files under DATA_DIR.")
    s3_endpoint_url: str = Field("", description="Another S3 server than the vendor's own.")
    s3_region: str = Field("us-east-1", description="Region of the bucket.")
    aws_access_key_id: SecretStr = Field(SecretStr(""), description="S3 key id. Empty: boto3's own search.")
    aws_secret_access_key: SecretStr = Field(SecretStr(""), description="S3 secret key.")

    mail_from: str = Field("interviews@localhost", description="Sender of the product's e-mails.")
    smtp_host: str = Field("", description="Send mail by this SMTP server. Empty: the built-in outbox.")
    smtp_port: int = Field(587, description="Port of the SMTP server.")
    smtp_username: str = Field("", description="SMTP user.")
    smtp_password: SecretStr = Field(SecretStr(""), description="SMTP password.")
    smtp_starttls: bool = Field(True, description="Upgrade the SMTP connection to TLS.")
    gmail_credentials_file: str = Field("", description="Service-account JSON: send by the Gmail API.")
    gmail_sender: str = Field("", description="The mailbox the service account sends as.")

    call_limit: int = Field(
        8, description="Calls at once; more candidates wait in a lobby. Interviews in writing are not counted.", ge=1
    )
    stun_urls: str = Field("", description="STUN servers, such as stun:HOST:3478, separated by commas.")
    turn_urls: str = Field("", description="TURN relays, such as turn:HOST:3478?transport=udp, separated by commas.")
    turn_secret: SecretStr = Field(
        SecretStr(""), description="The relays' shared secret (static-auth-secret of coturn)."
    )
    turn_seconds: int = Field(3600, description="How long a TURN credential is valid.", ge=60, le=86_400)
    turn_only: bool = Field(False, description="Browsers connect by the relays alone.")

    face_analysis: Literal["on", "off"] = Field("on", description="Face and framing measures (never scored).")
    voice_analysis: Literal["on", "off"] = Field("on", description="Voice measures by openSMILE (never scored).")
    invite_days: int = Field(14, description="Days an interview link stays open.", ge=1, le=90)
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Who sends this token may read /api/metrics. Empty: there is no such page."
    )
    upload_limit_mb: int = Field(20, description="Largest accepted request body.", ge=1)
    resume_seconds: float = Field(10.0, description="Longest time one résumé may take to parse.", gt=0)

    @field_validator("data_dir", "cache_dir")
    @classmethod
    def _from_project(cls, folder: Path) -> Path:
        return PROJECT / folder.expanduser()

    @property
    def address(self) -> str:
        """The address people use, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def single_sign_on(self) -> str:
        """What the button on the sign-in page names; empty where single sign-on is off."""
        return self.oidc_name if self.oidc_issuer and self.oidc_client_id and self.sso_organisations else ""

    @property
    def sso_organisations(self) -> frozenset[str]:
        """Ids of the organisations whose people may sign in by the issuer."""
        return frozenset(filter(None, map(str.strip, self.oidc_organisations.split(","))))

    @property
    def llm_provider(self) -> str:
        """Who serves the language model, in LangChain's name for it."""
        return self.llm.partition(":")[0]

    @property
    def llm_key(self) -> str:
        """The key of the model's provider; empty where none is set."""
        held = {"google_genai": self.google_api_key, "openai": self.openai_api_key}
        return held.get(self.llm_provider, self.llm_api_key).get_secret_value()

    @property
    def llm_address(self) -> str:
        """Another address than the provider's own; empty for that."""
        held = {"google_genai": self.google_gemini_base_url, "openai": self.llm_base_url}
        return held.get(self.llm_provider, "")

    @property
    def llm_label(self) -> str:
        """The model's name as shown to people; empty where nothing is set up to reach it."""
        local = self.llm_provider == "openai" and self.llm_base_url
        return self.llm.partition(":")[2] if self.llm_key or local else ""

    @property
    def speaks_by_gemini(self) -> bool:
        """Whether the agent's words are voiced by Google."""
        return self.voice == "gemini" and bool(self.google_api_key.get_secret_value())

    @property
    def hears_by_gemini(self) -> bool:
        """Whether the sound of answers is sent to Google."""
        return self.transcriber == "gemini" and bool(self.google_api_key.get_secret_value())

    @property
    def nods_aloud(self) -> bool:
        """Whether the interviewer nods: by the local voice only, as no other's nod was tried."""
        return self.nods and not self.speaks_by_gemini

    @property
    def voice_label(self) -> str:
        """Gemini's voice as shown to people; empty where the local one speaks."""
        return f"{self.gemini_voice_model}, {self.gemini_voice}" if self.speaks_by_gemini else ""

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'platform.db'}"

    @property
    def work_database(self) -> str:
        """Where durable work is kept: on the same Postgres, else in a file of its own."""
        return (
            self.database_url if self.database_url.startswith("postgres") else f"sqlite:///{self.data_dir / 'work.db'}"
        )


@lru_cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()  # type: ignore[call-arg, unused-ignore]
