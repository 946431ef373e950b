"""The reminders' look for meetings that begin soon keeps to an index."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    op.create_index("ix_booking_due", "booking", ["status", "starts_at"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_booking_due", "booking")
