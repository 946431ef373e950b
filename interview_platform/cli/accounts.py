"""Accounts by hand, for whoever runs the installation."""

from __future__ import annotations

import typer


def reset_link(address: str = typer.Argument(help="The e-mail address somebody signs in with.")) -> None:
    """Print a link by which this person chooses a new password; good for an hour and once."""
    from interview_platform.services import resets
    from interview_platform.wiring import platform

    held = platform()
    with held.db() as db:
        typer.echo(resets.by_hand(db, held.secret, address, held.settings.address))


def organisations() -> None:
    """Print the id and name of every organisation, such as for OIDC_ORGANISATIONS."""
    from sqlmodel import select

    from interview_platform.models import Organisation
    from interview_platform.wiring import platform

    with platform().db() as db:
        for row in db.exec(select(Organisation).order_by(Organisation.name)):
            typer.echo(f"{row.id}  {row.name}")
