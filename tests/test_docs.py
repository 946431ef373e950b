"""What people read stays true: every setting, command and make target is documented; no place of ours is named."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from interview_platform import cli
from interview_platform.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
FIELDS = sorted(Settings.model_fields)


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command's words, groups gone through."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


COMMANDS = sorted(commands(typer.main.get_command(cli.app)))
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("field", FIELDS)
def test_every_setting_is_in_the_example_file_with_its_description(field: str) -> None:
    described = f"# {Settings.model_fields[field].description}\n"
    assert re.search(rf"^{re.escape(described)}#? ?{field.upper()}=", EXAMPLE, re.MULTILINE)


@pytest.mark.parametrize("field", FIELDS)
def test_every_setting_is_in_the_operations_page_with_its_description(field: str) -> None:
    row = re.search(rf"^\| `{field.upper()}` \| .* \| (.*) \|$", OPERATIONS, re.MULTILINE)
    assert row is not None
    assert row.group(1) == Settings.model_fields[field].description


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    known = {field.upper() for field in FIELDS}
    assert set(re.findall(r"^# ?([A-Z0-9_]+)=", EXAMPLE, re.MULTILINE)) == known
    settings_part = OPERATIONS.partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z0-9_]+)` \|", settings_part, re.MULTILINE)) == known


def test_the_example_file_can_be_copied_as_it_is() -> None:
    assert [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_operations_page(command: str) -> None:
    assert re.search(rf"^\| `{re.escape(command)}[` ]", OPERATIONS, re.MULTILINE)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_in_the_operations_page(target: str) -> None:
    assert re.search(rf"^\| `make {target}[` ]", OPERATIONS, re.MULTILINE)


# Put together from pieces, so that this file passes its own test.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "np" + "mjs.org",
    "np" + "mjs.com",
    "npm" + "mirror.com",
    "yarn" + "pkg.com",
    "deb." + "debian.org",
    "download.py" + "torch.org",
    "conda." + "anaconda.org",
]
OUR_PLACES = ["/wo" + "rk/", "../sha" + "red", "/opt/whe" + "els"]


def ours() -> Iterator[Path]:
    """Every file that is or could be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield path


def test_no_file_names_a_package_registry_or_a_place_on_our_machines() -> None:
    found = []
    for path in ours():
        content = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: {word}" for word in (*REGISTRIES, *OUR_PLACES) if word in content]
    assert found == []
