"""Saved views of a job's pool, and how each person has the table."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False)


def _time(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, interview_platform.models.base.UtcDateTime(timezone=True), nullable=nullable)


def _refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete="CASCADE")


def _view() -> None:
    op.create_table(
        "pool_view",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("job_id", 32),
        _text("user_id", 32),
        _text("name", 60),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _text("search", 200),
        _text("stage", 20),
        _text("requirement", 200),
        sa.Column("conditions_met", sa.Boolean(), nullable=False),
        _text("sort", 10),
        sa.Column("columns", sa.JSON(), nullable=False),
        _time("removed_at", nullable=True),
        _time("created_at"),
        _refers("organisation_id", "organisation"),
        _refers("job_id", "job"),
        _refers("user_id", "user_account"),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("organisation_id", "job_id", "user_id"):
        op.create_index(f"ix_pool_view_{column}", "pool_view", [column])


def _habit() -> None:
    op.create_table(
        "pool_habit",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("user_id", 32),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("defaults", sa.JSON(), nullable=False),
        _time("created_at"),
        _refers("organisation_id", "organisation"),
        _refers("user_id", "user_account"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
    )
    op.create_index("ix_pool_habit_organisation_id", "pool_habit", ["organisation_id"])


def upgrade() -> None:
    """To this version."""
    _view()
    _habit()


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("pool_habit")
    op.drop_table("pool_view")
