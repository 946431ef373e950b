"""Second factor, sign-in sessions, colleagues who are asked to join."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=nullable)


def _time(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, interview_platform.models.base.UtcDateTime(timezone=True), nullable=nullable)


def _refers(column: str, table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "sign_in_session",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("user_id", 32),
        _text("digest", 64),
        _text("device", 80),
        _time("created_at"),
        _time("seen_at"),
        _time("ended_at", nullable=True),
        _refers("organisation_id", "organisation"),
        _refers("user_id", "user_account"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    _index("sign_in_session", "organisation_id", "user_id")
    op.create_table(
        "second_factor",
        _text("id", 32),
        _text("user_id", 32),
        _text("secret"),
        sa.Column("recovery", sa.JSON(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        _time("created_at"),
        _time("confirmed_at", nullable=True),
        _refers("user_id", "user_account"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
    )
    op.create_table(
        "team_invite",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("invited_by", 32, nullable=True),
        _text("email", 320),
        _text("role", 20),
        _time("created_at"),
        _time("expires_at"),
        _time("revoked_at", nullable=True),
        _time("accepted_at", nullable=True),
        _refers("organisation_id", "organisation"),
        _refers("invited_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("team_invite", "organisation_id", "invited_by")


def downgrade() -> None:
    """Back to the version before."""
    for table in ("team_invite", "second_factor", "sign_in_session"):
        op.drop_table(table)
