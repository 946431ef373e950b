"""Candidates in: several sources a person, duplicates, conditions of a job, and a pool the database sorts."""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "duplicate",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("candidate_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("other_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("created_at", interview_platform.models.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["candidate.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("candidate_id", "other_id"),
    )
    with op.batch_alter_table("duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duplicate_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duplicate_status"), ["status"], unique=False)

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("score", sa.Float(), nullable=True))
        batch_op.add_column(
            sa.Column("found", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("haystack", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column(
                "name_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default=sa.text("''")
            )
        )
        batch_op.create_index("ix_application_job_created", ["job_id", "created_at", "id"], unique=False)
        batch_op.create_index("ix_application_job_name", ["job_id", "name_key", "id"], unique=False)
        batch_op.create_index("ix_application_job_score", ["job_id", "score", "id"], unique=False)
        batch_op.create_index("ix_application_job_stage", ["job_id", "stage", "score", "id"], unique=False)

    op.execute(
        "UPDATE application SET (name_key, haystack) = (SELECT substr(lower(c.name), 1, 200), "
        "lower(c.name || ' ' || c.email || ' ' || c.headline) FROM candidate c WHERE c.id = application.candidate_id)"
    )

    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_candidate_merged_into"), ["merged_into"], unique=False)

    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("conditions", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("weights", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column("intake_paused", sa.Boolean(), nullable=False, server_default=sa.false()))

    # Rankings are made anew with one click: older rows, several for one application, are not kept.
    op.execute(sa.table("match").delete())
    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.add_column(sa.Column("conditions", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("notes", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.drop_column("matched")
        batch_op.drop_column("missing")
        batch_op.drop_index(batch_op.f("ix_match_application_id"))
        batch_op.create_unique_constraint("uq_match_application", ["application_id"])

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blind_schools", sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table("resume", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=sa.text("'resume'"))
        )
        batch_op.add_column(sa.Column("unseen", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("checked", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("resume", schema=None) as batch_op:
        batch_op.drop_column("checked")
        batch_op.drop_column("unseen")
        batch_op.drop_column("source")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("blind_schools")

    with op.batch_alter_table("match", schema=None) as batch_op:
        batch_op.drop_constraint("uq_match_application", type_="unique")
        batch_op.create_index(batch_op.f("ix_match_application_id"), ["application_id"], unique=False)
        batch_op.add_column(sa.Column("missing", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("matched", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.drop_column("notes")
        batch_op.drop_column("conditions")

    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_column("intake_paused")
        batch_op.drop_column("weights")
        batch_op.drop_column("conditions")

    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_merged_into"))
        batch_op.drop_column("merged_into")

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("ix_application_job_stage")
        batch_op.drop_index("ix_application_job_score")
        batch_op.drop_index("ix_application_job_name")
        batch_op.drop_index("ix_application_job_created")
        batch_op.drop_column("name_key")
        batch_op.drop_column("haystack")
        batch_op.drop_column("found")
        batch_op.drop_column("score")

    with op.batch_alter_table("duplicate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duplicate_status"))
        batch_op.drop_index(batch_op.f("ix_duplicate_other_id"))
        batch_op.drop_index(batch_op.f("ix_duplicate_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_duplicate_candidate_id"))

    op.drop_table("duplicate")
