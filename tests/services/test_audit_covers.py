"""Whoever writes a service that changes rows for somebody writes the deed down, too."""

from __future__ import annotations

import ast
from pathlib import Path

import interview_platform.services as services

FOLDER = Path(services.__file__).parent
NOT_A_DEED = {
    "launch._interview": "part of interview.launched",
    "pool_views.keep_columns": "how one's own table looks; nobody else sees it",
    "pool_views.keep_default": "what one's own page opens with; nobody else sees it",
    "practice._new_application": "part of practice.started",
    "second_factors.begin": "counts for nothing until second_factor.added",
}
"""Functions that change rows for an actor and are noted by whoever calls them, with the event that says so."""
CHANGES = {"add", "add_all", "delete"}


def _calls(function: ast.FunctionDef) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            found.add((node.func.value.id, node.func.attr))
    return found


def unnoted(folder: Path) -> list[str]:
    """Functions that take an actor, change rows, and neither note it nor call a function of their module that does."""
    left = []
    for path in sorted(folder.rglob("*.py")):
        functions = {n.name: n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)}
        notes = {name for name, node in functions.items() if {a for m, a in _calls(node) if m == "audit"}}
        for name, node in functions.items():
            takes = any(argument.arg == "actor" for argument in node.args.args)
            changes = any(module == "db" and done in CHANGES for module, done in _calls(node))
            called = {n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
            if takes and changes and name not in notes and not called & notes:
                left.append(f"{path.stem}.{name}")
    return left


def test_every_service_that_changes_rows_for_somebody_notes_it() -> None:
    assert set(unnoted(FOLDER)) - set(NOT_A_DEED) == set()


def test_one_that_does_not_is_found(tmp_path: Path) -> None:
    (tmp_path / "quiet.py").write_text("def gone(db, actor, row):\n    db.delete(row)\n")
    (tmp_path / "loud.py").write_text(
        "def gone(db, actor, row):\n    db.delete(row)\n    audit.record(db, actor, 'x')\n"
    )
    assert unnoted(tmp_path) == ["quiet.gone"]
