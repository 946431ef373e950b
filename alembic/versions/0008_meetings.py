"""Meetings: recruiters' hours, slots, Calendly; what calls to outside services came to."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, nullable: bool = False, default: str | None = None) -> sa.Column:
    kind = sqlmodel.sql.sqltypes.AutoString(length=length)
    given = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, kind, nullable=nullable, server_default=given)


def _time(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, interview_platform.models.base.UtcDateTime(timezone=True), nullable=nullable)


def _whole(name: str, default: int | None = None) -> sa.Column:
    given = None if default is None else sa.text(str(default))
    return sa.Column(name, sa.Integer(), nullable=False, server_default=given)


def _json(name: str, default: str | None = None) -> sa.Column:
    given = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, sa.JSON(), nullable=False, server_default=given)


def _refers(column: str, table: str, ondelete: str = "CASCADE", name: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete, name=name)


REFERENCES = (
    ("organisation_id", "organisation", "CASCADE"),
    ("host_id", "user_account", "SET NULL"),
    ("created_by", "user_account", "SET NULL"),
)


def _booking_columns() -> tuple[sa.Column, ...]:
    """What a booking has beside what it had."""
    empty = [
        _text(name, default="") for name in ("kind", "note", "place", "change_url", "cancel_url", "wish", "reason")
    ]
    return (
        *[_text(name, 32, nullable=True) for name, _, _ in REFERENCES],
        *empty,
        _whole("minutes", 30),
        _whole("sequence", 0),
        _text("zone", 60, default=""),
        _text("provider_id", 300, default=""),
        _json("provider_past", "[]"),
        _text("cancelled_by", 20, default=""),
        *[_time(name, nullable=True) for name in ("wished_at", "claimed_at", "expires_at", "booked_at")],
    )


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("booking", schema=None) as batch_op:
        for column in _booking_columns():
            batch_op.add_column(column)
    op.execute(
        "UPDATE booking SET organisation_id = "
        "(SELECT organisation_id FROM application WHERE application.id = booking.application_id)"
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.alter_column("organisation_id", existing_type=sa.String(length=32), nullable=False)
        for column, table, ondelete in REFERENCES:
            batch_op.create_foreign_key(f"fk_booking_{column}", table, [column], ["id"], ondelete=ondelete)
        for column in ("organisation_id", "host_id", "created_by", "provider_id"):
            batch_op.create_index(f"ix_booking_{column}", [column], unique=False)
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(_text("calendar", default=""))
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(_time("planned_at", nullable=True))
        batch_op.add_column(_text("planned_zone", 60, default=""))
    op.create_table(
        "busy_time",
        _text("host_id", 32),
        _time("starts_at"),
        _text("booking_id", 32),
        _text("appointment", 80),
        _time("created_at"),
        _refers("host_id", "user_account"),
        _refers("booking_id", "booking"),
        sa.PrimaryKeyConstraint("host_id", "starts_at"),
    )
    op.create_index("ix_busy_time_booking_id", "busy_time", ["booking_id"], unique=False)
    op.create_index("ix_busy_time_appointment", "busy_time", ["appointment"], unique=False)
    op.create_table(
        "host_hours",
        _text("id", 32),
        _text("organisation_id", 32),
        _text("user_id", 32),
        _text("zone", 60),
        _json("week"),
        _json("blocked"),
        _whole("buffer_minutes"),
        _whole("notice_hours"),
        _whole("horizon_days"),
        _text("place"),
        _time("created_at"),
        _refers("organisation_id", "organisation"),
        _refers("user_id", "user_account"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
    )
    op.create_index("ix_host_hours_organisation_id", "host_hours", ["organisation_id"], unique=False)
    op.create_table(
        "integration",
        _text("name", 40),
        _time("ok_at", nullable=True),
        _time("failed_at", nullable=True),
        _text("said"),
        _text("error"),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Take back."""
    for table in ("integration", "host_hours", "busy_time"):
        op.drop_table(table)
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("calendar")
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_column("planned_zone")
        batch_op.drop_column("planned_at")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        for column in ("organisation_id", "host_id", "created_by", "provider_id"):
            batch_op.drop_index(f"ix_booking_{column}")
        for column, _, _ in REFERENCES:
            batch_op.drop_constraint(f"fk_booking_{column}", type_="foreignkey")
        for column in _booking_columns():
            batch_op.drop_column(column.name)
