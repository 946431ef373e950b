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
