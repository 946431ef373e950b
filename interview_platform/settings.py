"""All settings, typed, from environment variables or `.env`. Only wiring, cli and the app module read them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


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
    redis_url: str = Field("", description="Sessions in Redis. Empty: embedded, in this process.")
    chroma_host: str = Field("", description="Keep vectors on this Chroma server. Empty: embedded, under DATA_DIR.")
    chroma_port: int = Field(8000, description="Port of the Chroma server.")
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs links, sessions and file addresses. Empty: made once, kept in DATA_DIR."
    )
    demo: bool = Field(True, description="Seed a demo organisation with a sign-in on an empty database.")

    google_api_key: SecretStr = Field(SecretStr(""), description="Gemini key. Empty: the offline interviewer.")
    google_gemini_base_url: str = Field("", description="Another address that speaks Gemini's REST.")
    llm: str = Field("google_genai:gemini-3.8-flash", description="provider:model, as LangChain's init_chat_model.")

    github_token: SecretStr = Field(
        SecretStr(""), description="Raises GitHub's limit from 60 to 5,000 requests an hour. Empty: without."
    )
    github_base_url: str = Field(
        "https://api.github.com", description="Another address that speaks GitHub's REST, such as https://HOST/api/v3."
    )
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="The webhooks' secrets are derived from it. Empty: from the secret key."
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

    face_analysis: Literal["on", "off"] = Field("on", description="Face and framing measures (never scored).")
    voice_analysis: Literal["on", "off"] = Field("on", description="Voice measures by openSMILE (never scored).")
    invite_days: int = Field(14, description="Days an interview link stays open.", ge=1, le=90)
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
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'platform.db'}"


@lru_cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()  # type: ignore[call-arg, unused-ignore]
