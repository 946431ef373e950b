"""Tokens and webhooks for other systems."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=nullable)


def _time(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, interview_platform.models.base.UtcDateTime(timezone=True), nullable=nullable)


def _whole(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _refers(column: str, table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete)


def _token() -> None:
    op.create_table(
        "api_token",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("created_by", 32, nullable=True),
        _text("name", 80),
        _text("digest", 64),
        _text("hint", 12),
        _text("scope", 10),
        _time("created_at"),
        _time("last_used_at", nullable=True),
        _time("revoked_at", nullable=True),
        _refers("organisation_id", "organisation"),
        _refers("created_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_api_token_organisation_id", "api_token", ["organisation_id"])
    op.create_index("ix_api_token_created_by", "api_token", ["created_by"])


def _request() -> None:
    op.create_table(
        "api_request",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("digest", 64),
        _text("asked", 64),
        sa.Column("answer", sa.JSON(), nullable=False),
        _time("created_at"),
        _refers("organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organisation_id", "digest", name="uq_api_request_key"),
    )


def _webhook() -> None:
    op.create_table(
        "webhook",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("created_by", 32, nullable=True),
        _text("url", 500),
        sa.Column("events", sa.JSON(), nullable=False),
        _text("secret", 300),
        _text("status", 10),
        _text("why_off", 300),
        _whole("seen"),
        _time("failing_since", nullable=True),
        _time("ok_at", nullable=True),
        _time("created_at"),
        _refers("organisation_id", "organisation"),
        _refers("created_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_webhook_organisation_id", "webhook", ["organisation_id"])
    op.create_index("ix_webhook_created_by", "webhook", ["created_by"])


def _delivery() -> None:
    op.create_table(
        "webhook_delivery",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("webhook_id", 32),
        _text("dedup_key", 200),
        _text("event", 40),
        _text("body"),
        _text("status", 10),
        _whole("attempts"),
        _whole("answered"),
        _text("error", 300),
        _time("next_at"),
        _time("created_at"),
        _time("delivered_at", nullable=True),
        _refers("organisation_id", "organisation"),
        _refers("webhook_id", "webhook"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dedup_key"),
    )
    op.create_index("ix_webhook_delivery_webhook_id", "webhook_delivery", ["webhook_id"])
    op.create_index("ix_webhook_delivery_due", "webhook_delivery", ["status", "next_at"])
    op.create_index("ix_webhook_delivery_log", "webhook_delivery", ["organisation_id", "created_at", "id"])


def upgrade() -> None:
    """To this version."""
    _token()
    _request()
    _webhook()
    _delivery()


def downgrade() -> None:
    """Back to the version before."""
    for table in ("webhook_delivery", "webhook", "api_request", "api_token"):
        op.drop_table(table)
