"""The audit log's hash chain: places, digests, each chain's end, and triggers that refuse change and deletion.

Events that are there already are chained in the order in which they happened, keyed with the platform's secret, and an
event says so: up to it nobody can tell whether something was changed before this migration.
"""

import sqlalchemy as sa
import sqlmodel

import interview_platform.models.base
from alembic import op
from interview_platform.models import audit_guard
from interview_platform.models.base import new_id, now
from interview_platform.services import audit_hash

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_UtcDateTime = interview_platform.models.base.UtcDateTime
_ADDED = {"why": 120, "correlation": 32, "previous": 64, "digest": 64, "key_id": 12}
_INDEXES = {
    "ix_audit_event_subject": ["subject", "sequence"],
    "ix_audit_event_actor": ["organisation_id", "actor", "sequence"],
    "ix_audit_event_action": ["organisation_id", "action", "sequence"],
    "ix_audit_event_at": ["organisation_id", "at"],
    "ix_audit_event_correlation": ["correlation"],
}


def _text(name: str, length: int) -> sa.Column:
    kind = sqlmodel.sql.sqltypes.AutoString(length=length)
    return sa.Column(name, kind, nullable=False, server_default=sa.text("''"))


def upgrade() -> None:
    """To this version."""
    with op.batch_alter_table("auditevent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default=sa.text("0")))
        for name, length in _ADDED.items():
            batch_op.add_column(_text(name, length))
    op.create_table(
        "audithead",
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _text("digest", 64),
        _text("mark", 64),
        sa.Column("at", _UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
    _chain_what_is_there()
    with op.batch_alter_table("auditevent", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_audit_event_sequence", ["organisation_id", "sequence"])
        batch_op.create_check_constraint("ck_audit_event_linked", "sequence > 0")
    for name, columns in _INDEXES.items():
        op.create_index(name, "auditevent", columns, unique=False)
    for statement in audit_guard.statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Back to the version before. The events stay, their chain does not."""
    for statement in audit_guard.removals(op.get_bind().dialect.name):
        op.execute(statement)
    for name in _INDEXES:
        op.drop_index(name, "auditevent")
    with op.batch_alter_table("auditevent", schema=None) as batch_op:
        batch_op.drop_constraint("ck_audit_event_linked", type_="check")
        batch_op.drop_constraint("uq_audit_event_sequence", type_="unique")
    with op.batch_alter_table("auditevent", schema=None) as batch_op:
        for name in ("sequence", *_ADDED):
            batch_op.drop_column(name)
    op.drop_table("audithead")


def _key() -> bytes:
    """The chain's key: handed over by a test or a command, else derived from the secret of the settings."""
    given = op.get_context().config.attributes if op.get_context().config else {}
    if "audit_secret" in given or "url" in given:
        return audit_hash.derived(given.get("audit_secret", b""))
    from interview_platform.settings import settings
    from interview_platform.wiring import secret_key

    return audit_hash.derived(secret_key(settings()))


def _events() -> sa.Table:
    words = [sa.column(name, sa.String()) for name in ("id", "organisation_id", "actor", "action", "subject", *_ADDED)]
    return sa.table(
        "auditevent",
        *words,
        sa.column("sequence", sa.Integer()),
        sa.column("detail", sa.JSON()),
        sa.column("at", _UtcDateTime(timezone=True)),
    )


def _chain_what_is_there() -> None:
    bind, events = op.get_bind(), _events()
    organisations = list(bind.execute(sa.select(events.c.organisation_id).distinct()).scalars())
    key = _key() if organisations else b""
    for organisation_id in sorted(organisations):
        _chain(bind, events, organisation_id, key)


def _chain(bind: sa.Connection, events: sa.Table, organisation_id: str, key: bytes) -> None:
    own = sa.select(events).where(events.c.organisation_id == organisation_id).order_by(events.c.at, events.c.id)
    made, previous = [], ""
    rows = [dict(row) for row in bind.execute(own).mappings()]
    said = {"actor": "system", "action": "audit.chained", "subject": f"organisation:{organisation_id}"}
    said |= {"id": new_id(), "at": now(), "organisation_id": organisation_id, "why": "", "correlation": ""}
    for sequence, row in enumerate([*rows, {**said, "detail": {"events": len(rows)}}], 1):
        row |= {"sequence": sequence, "previous": previous, "key_id": audit_hash.key_id(key)}
        row["digest"] = previous = audit_hash.event(row, key)
        made.append(row)
    bind.execute(events.insert().values(made[-1]))
    if rows:
        bind.execute(_placed(events), [{f"b_{name}": row[name] for name in _SET} for row in made[:-1]])
    end = len(made)
    head = sa.table("audithead", *(sa.column(name) for name in ("organisation_id", "sequence", "digest", "mark")))
    head.append_column(sa.column("at", _UtcDateTime(timezone=True)))
    mark = audit_hash.head(organisation_id, end, previous, key)
    values = {"organisation_id": organisation_id, "sequence": end, "digest": previous, "mark": mark, "at": now()}
    bind.execute(head.insert().values(values))


_SET = ("id", "sequence", "previous", "digest", "key_id")


def _placed(events: sa.Table) -> sa.Update:
    changed = {name: sa.bindparam(f"b_{name}") for name in _SET if name != "id"}
    return events.update().where(events.c.id == sa.bindparam("b_id")).values(changed)
