"""The demo organisation's seeding and its password."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import typer

from interview_platform.settings import PROJECT, Settings, settings

RESUMES = PROJECT / "rag_data" / "demo"
_NOTHING = "demo: the database has an organisation already, nothing was added"


def fill() -> None:
    """Seed an empty database, unless DEMO=false."""
    if not settings().demo:
        typer.echo("demo: switched off by DEMO")
        return
    if _was_filled(settings().database):
        typer.echo(_NOTHING)
        return
    from interview_platform.services import seed
    from interview_platform.wiring import platform

    held = platform()
    edges = seed.Edges(
        engine=held.engine,
        blobs=held.blobs,
        secret=held.secret,
        parser=held.parser,
        embeddings=held.embeddings,
        address=held.settings.address,
    )
    if not seed.seed(edges, password(held.settings), RESUMES, typer.echo):
        typer.echo(_NOTHING)


def _was_filled(database: str) -> bool:
    """Whether anybody was invited yet, the seeding's last step. Asked first: a start need not load the services."""
    from sqlalchemy import text

    from interview_platform.models import make_engine

    engine = make_engine(database)
    try:
        with engine.connect() as connection:
            return connection.execute(text("select 1 from invite limit 1")).first() is not None
    finally:
        engine.dispose()


def password(chosen: Settings) -> str:
    """The demo recruiter's password: made at random once, kept beside the database, readable by its owner only."""
    path = password_file(chosen)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"northwind-{secrets.token_hex(4)}")
    return path.read_text().strip()


def password_file(chosen: Settings) -> Path:
    """Where it is kept."""
    return chosen.data_dir / "demo-password"
