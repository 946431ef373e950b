"""`copy-to-postgres ADDRESS`: the database moves from SQLite to Postgres."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from interview_platform.cli import auditing, backing_up
from interview_platform.errors import BadInput
from interview_platform.settings import settings

if TYPE_CHECKING:
    from interview_platform.services.copying import Compared


def join(app: typer.Typer) -> None:
    """Add the command."""
    app.command("copy-to-postgres")(copy_to_postgres)


def copy_to_postgres(
    address: Annotated[
        str, typer.Argument(help="postgresql://user:password@host/database; “-” reads it from standard input.")
    ],
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Copy and compare, and leave nothing behind. The product may run.")
    ] = False,
    broken_chain: Annotated[bool, typer.Option("--broken-chain", help="Although the audit log is broken.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Copy the database from SQLite to Postgres, counted and compared row by row, whole or not at all. Stop the
    product first."""
    from interview_platform.services import copying
    from interview_platform.wiring import build

    url = _postgres(sys.stdin.readline().strip() if address == "-" else address)
    chosen = settings()
    if not chosen.database.startswith("sqlite"):
        raise BadInput("DATABASE_URL names another database already. Unset it to copy the SQLite file of DATA_DIR.")
    held = build(chosen)
    try:
        way = copying.Way(held.engine, url, held.secret, backing_up.migrate_to(held.secret))
        with auditing.progress(not as_json, "copy") as step:
            compared, chains = copying.copy(way, rehearse, broken_chain, step)
    finally:
        held.close()
    if as_json:
        tables = [asdict(one) for one in compared]
        found = {"rehearsal": rehearse, "tables": tables, "chains": [one.as_json() for one in chains]}
        typer.echo(json.dumps(found, indent=1))
        return
    _tell(compared)
    auditing.tell(chains, False)
    typer.echo(_REHEARSED if rehearse else _COPIED)


_REHEARSED = "A rehearsal: nothing was left behind. Stop the product and run this again without --rehearse."
_COPIED = (
    "Copied. Set DATABASE_URL to this address, keep the secret key, and start. Stored files stay where they are. The "
    "SQLite file is as it was and holds personal data: delete it once you are content."
)


def _postgres(address: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.get_backend_name() not in ("postgres", "postgresql"):
        raise BadInput("This is no address of a Postgres database, such as postgresql://user:password@host/database.")
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _tell(compared: list[Compared]) -> None:
    for one in sorted(compared, key=lambda one: one.table):
        if one.rows:
            typer.echo(f"{one.rows:9}  {one.table}")
    total = sum(one.rows for one in compared)
    typer.echo(f"database: {total} rows in {len(compared)} tables, each counted and compared on both sides")
