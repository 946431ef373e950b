"""`models pull|check|list`: the weights on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from interview_platform.errors import ModelMissing
from interview_platform.settings import settings

if TYPE_CHECKING:
    from interview_platform.adapters.model_store import Listed, ModelStore

app = typer.Typer(no_args_is_help=True, help="Model weights: fetch, check, list.")

Names = Annotated[list[str] | None, typer.Argument(help="Models by name; none: all of them.", show_default=False)]


@app.command("pull")
def pull(names: Names = None) -> None:
    """Fetch weights that are not here and verify them. A missing optional one only switches its feature off."""
    held = store()
    chosen = names or held.names()
    needed = [name for name in chosen if names or name in held.names(optional=False)]
    held.pull(needed, typer.echo)
    try:
        if extra := [name for name in chosen if name not in needed]:
            held.pull(extra, typer.echo)
    except ModelMissing as error:
        typer.echo(f"Warning: {error}", err=True)


@app.command("check")
def check(names: Names = None) -> None:
    """Read every byte and compare it with the pinned hashes; exit code 1 when a needed model is not right."""
    rows = store().check(names or ())
    _print_models(rows)
    for row in rows:
        if row.state != "here":
            typer.echo(f"{row.weight.name} is {row.state}. {way_out(row)}", err=True)
    if any(not row.here and not row.weight.optional for row in rows):
        raise typer.Exit(1)


@app.command("list")
def show() -> None:
    """Every model: purpose, size, licence, whether it is here, and where its bytes come from."""
    rows = store().listing()
    _print_models(rows)
    for row in rows:
        packages = {f"{part.package.name} {part.package.version}" for file in row.weight.files for part in file.parts}
        typer.echo(f"\n{row.weight.name}: {row.weight.purpose}\n  kept in   {row.path}")
        typer.echo(f"  package   {', '.join(sorted(packages))}")
        for file in row.weight.files:
            typer.echo(f"  {file.sha256}  {file.path}\n    {file.address}")


def _print_models(rows: list[Listed]) -> None:
    for row in rows:
        kind = "optional" if row.weight.optional else "needed"
        size = f"{row.weight.bytes / 1e6:.0f} MB"
        state = row.state.partition(":")[0]
        typer.echo(f"{row.weight.name:18} {state:8} {kind:9} {size:>7}  {row.weight.licence}")


def way_out(row: Listed) -> str:
    """What to do about a model that is missing or wrong."""
    delete = "" if row.state == "missing" else f"Delete {settings().cache_dir / row.weight.name}, then get it again"
    lost = f" Until then the product runs without {row.weight.without}." if row.weight.optional else ""
    return f"{delete or 'Get it'} with: python -m interview_platform models pull {row.weight.name}.{lost}"


def store() -> ModelStore:
    """The store of the settings' cache folder."""
    from interview_platform.adapters.model_store import ModelStore

    return ModelStore(settings().cache_dir)
