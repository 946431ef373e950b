"""The database itself refuses to change or delete what the audit log holds.

Triggers, made with the tables (tests) and by migration 0005. They stop a careless statement and any code of ours; who
may alter the schema can drop them, which is what the chain is for. A migration that copies `auditevent` on SQLite
drops them with the old table and has to make them again (`statements`).
"""

from typing import Any

from sqlalchemy import DDL, event

REFUSAL = "the audit log is only ever added to"
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
EVENTS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER audit_event_unchanged BEFORE UPDATE ON auditevent BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER audit_event_kept BEFORE DELETE ON auditevent BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        _FUNCTION,
        "CREATE TRIGGER audit_event_unchanged BEFORE UPDATE OR DELETE ON auditevent "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_event_kept BEFORE TRUNCATE ON auditevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ),
}
HEADS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER audit_head_kept BEFORE DELETE ON audithead BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        "CREATE TRIGGER audit_head_onward BEFORE UPDATE ON audithead WHEN NEW.sequence < OLD.sequence "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        _FUNCTION,
        "CREATE TRIGGER audit_head_kept BEFORE DELETE ON audithead FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_head_onward BEFORE UPDATE ON audithead FOR EACH ROW "
        "WHEN (NEW.sequence < OLD.sequence) EXECUTE FUNCTION audit_refuse()",
    ),
}


def guard(table: Any, by_dialect: dict[str, tuple[str, ...]]) -> None:
    """Make the triggers whenever this model's table is made."""
    for dialect, statements_ in by_dialect.items():
        for statement in statements_:
            event.listen(table.__table__, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


def statements(dialect: str) -> tuple[str, ...]:
    """All of them, for a migration."""
    return EVENTS[dialect] + HEADS[dialect]


def removals(dialect: str) -> tuple[str, ...]:
    """What takes them away again: for a downgrade, and for tests that play the attacker."""
    on = {"audit_event_unchanged": "auditevent", "audit_event_kept": "auditevent"}
    on |= {"audit_head_kept": "audithead", "audit_head_onward": "audithead"}
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER IF EXISTS {name}" for name in on)
    return tuple(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in on.items())
