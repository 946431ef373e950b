"""Retention, deletion and candidates' rights."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=nullable)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return _text(name, 32, nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def _whole(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _time(name: str = "created_at", nullable: bool = False) -> sa.Column:
    return sa.Column(name, interview_platform.models.base.UtcDateTime(timezone=True), nullable=nullable)


def _refers(column: str, table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _erasure() -> None:
    op.create_table(
        "erasure",
        _id("id"),
        _id("organisation_id"),
        _text("asked_by", 80),
        _text("reason", 40),
        _text("scope", 20),
        _text("status", 20),
        _text("why"),
        _json("roots"),
        _json("ids"),
        _json("left"),
        _json("counts"),
        sa.Column("told", sa.Boolean(), nullable=False),
        _whole("tries"),
        _time("requested_at"),
        _time("due_at"),
        _time("done_at", nullable=True),
        _refers("organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("erasure", "organisation_id", "status")


def _legal_hold() -> None:
    op.create_table(
        "legal_hold",
        _id("id"),
        _id("organisation_id"),
        _id("candidate_id"),
        _text("reason"),
        _id("set_by", nullable=True),
        _time("set_at"),
        _id("lifted_by", nullable=True),
        _time("lifted_at", nullable=True),
        _refers("organisation_id", "organisation"),
        _refers("candidate_id", "candidate"),
        _refers("set_by", "user_account", "SET NULL"),
        _refers("lifted_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("legal_hold", "organisation_id", "candidate_id", "set_by", "lifted_by")


def _human_review() -> None:
    op.create_table(
        "human_review",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _text("text"),
        _text("status", 20),
        _text("outcome", 20),
        _text("answer"),
        _id("answered_by", nullable=True),
        _time("answered_at", nullable=True),
        _time("due_at"),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("answered_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("human_review", "organisation_id", "interview_id", "answered_by")


def _correction_request() -> None:
    op.create_table(
        "correction_request",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _id("turn_id"),
        _text("text"),
        _text("status", 20),
        _text("answer"),
        _id("decided_by", nullable=True),
        _time("decided_at", nullable=True),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("turn_id", "turn"),
        _refers("decided_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("correction_request", "organisation_id", "interview_id", "turn_id", "decided_by")


def _access_export() -> None:
    op.create_table(
        "access_export",
        _id("id"),
        _id("organisation_id"),
        _id("candidate_id"),
        _text("asked_by", 80),
        _text("status", 20),
        _text("error"),
        _text("blob_key", 300),
        _whole("bytes"),
        _time(),
        _time("expires_at"),
        _refers("organisation_id", "organisation"),
        _refers("candidate_id", "candidate"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("access_export", "organisation_id", "candidate_id")


def upgrade() -> None:
    """To this version."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retention_days", sa.Integer(), nullable=True))
    _erasure()
    _legal_hold()
    _human_review()
    _correction_request()
    _access_export()


def downgrade() -> None:
    """Back to the version before."""
    for table in ("access_export", "correction_request", "human_review", "legal_hold", "erasure"):
        op.drop_table(table)
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_column("retention_days")
