"""Voluntary demographics, kept apart."""

import sqlalchemy as sa
import sqlmodel

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "demographics",
        sa.Column("id", text(length=64), nullable=False),
        sa.Column("organisation_id", text(length=32), nullable=False),
        sa.Column("sealed", text(length=400), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_demographics_organisation_id"), "demographics", ["organisation_id"], unique=False)


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("demographics")
