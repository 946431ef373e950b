"""Reports: sealed, with the rubric they were made by; corrections, ratings, links, feedback to candidates, replays."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, nullable: bool = False, default: str | None = None) -> sa.Column:
    kind = sqlmodel.sql.sqltypes.AutoString(length=length)
    given = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, kind, nullable=nullable, server_default=given)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return _text(name, 32, nullable)


def _json(name: str, default: str | None = None) -> sa.Column:
    given = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, sa.JSON(), nullable=False, server_default=given)


def _no(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _time(name: str = "created_at", nullable: bool = False) -> sa.Column:
    return sa.Column(name, interview_platform.models.base.UtcDateTime(timezone=True), nullable=nullable)


def _refers(column: str, table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _columns() -> dict[str, tuple[sa.Column, ...]]:
    """What is added to tables that were there before."""
    return {
        "organisation": (
            sa.Column("enough_coverage", sa.Float(), nullable=False, server_default=sa.text("0.5")),
            _text("candidate_feedback", default="approve"),
            _no("candidate_levels"),
            _json("measures_off", "[]"),
        ),
        "job": (_no("blind_first"),),
        "report": (
            _no("provisional"),
            _json("rubric", "{}"),
            _json("versions", "{}"),
            _json("fairness", "{}"),
            _json("seal", "{}"),
        ),
        "feedback": (_text("about", 40, default=""), _text("quote", default="")),
    }


def upgrade() -> None:
    """Apply."""
    for table, columns in _columns().items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.add_column(column)
    op.create_table(
        "correction",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _id("turn_id"),
        _id("user_id", nullable=True),
        _text("before"),
        _text("text"),
        _text("reason"),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("turn_id", "turn"),
        _refers("user_id", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("correction", "organisation_id", "interview_id", "turn_id", "user_id")
    op.create_table(
        "rating",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _id("user_id", nullable=True),
        _text("name", 200),
        _id("competency_id", nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        _text("note"),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("user_id", "user_account", "SET NULL"),
        _refers("competency_id", "competency", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("rating", "organisation_id", "interview_id", "user_id", "competency_id")
    op.create_table(
        "report_link",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _id("created_by", nullable=True),
        _text("audience", 20),
        _time("expires_at"),
        _time("revoked_at", nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        _time("opened_at", nullable=True),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("created_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("report_link", "organisation_id", "interview_id", "created_by")
    op.create_table(
        "candidate_feedback",
        _id("id"),
        _id("organisation_id"),
        _id("interview_id"),
        _id("report_id", nullable=True),
        _text("status", 20),
        _json("strengths"),
        _text("hint"),
        _text("text"),
        _id("decided_by", nullable=True),
        _time("decided_at", nullable=True),
        _time(),
        _refers("organisation_id", "organisation"),
        _refers("interview_id", "interview"),
        _refers("report_id", "report", "SET NULL"),
        _refers("decided_by", "user_account", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("interview_id"),
    )
    _index("candidate_feedback", "organisation_id", "report_id", "decided_by")
    op.create_table(
        "replay",
        _id("id"),
        _id("organisation_id"),
        _text("judge", 200),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        _json("figures"),
        _time(),
        _refers("organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("replay", "organisation_id")


def downgrade() -> None:
    """Take back."""
    for table in ("replay", "candidate_feedback", "report_link", "rating", "correction"):
        op.drop_table(table)
    for table, columns in _columns().items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)
