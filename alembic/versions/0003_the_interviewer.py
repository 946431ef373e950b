"""The interviewer: versions of a plan, material to answer from, what candidates asked, and how each turn came about."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=nullable)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return _text(name, 32, nullable)


def _time() -> sa.Column:
    return sa.Column("created_at", interview_platform.models.base.UtcDateTime(timezone=True), nullable=False)


def _refers(column: str, table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "plan_version",
        _id("id"),
        _id("job_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        _id("created_by", nullable=True),
        _text("note"),
        _time(),
        _refers("job_id", "job"),
        _refers("created_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("job_id", "version"),
    )
    _index("plan_version", "job_id", "created_by")
    op.create_table(
        "material",
        _id("id"),
        _id("organisation_id"),
        _id("job_id", nullable=True),
        _id("series_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("status"),
        _text("title", 200),
        _text("text"),
        _text("filename", 300),
        _text("blob_key", 500),
        _id("created_by", nullable=True),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("job_id", "job"),
        _refers("created_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("series_id", "version"),
    )
    _index("material", "organisation_id", "job_id", "series_id", "created_by")
    op.create_table(
        "candidate_question",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _id("turn_id", nullable=True),
        _text("about"),
        _text("text"),
        _text("status"),
        _id("done_by", nullable=True),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("turn_id", "turn", "SET NULL"),
        _refers("done_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("candidate_question", "organisation_id", "interview_id", "turn_id", "done_by")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("engine", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(sa.Column("trace", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("flags", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_version", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_column("practice")
        batch_op.drop_column("plan_version")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("retired")
        batch_op.drop_column("flags")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_column("trace")
        batch_op.drop_column("engine")
    for table in ("candidate_question", "material", "plan_version"):
        op.drop_table(table)
