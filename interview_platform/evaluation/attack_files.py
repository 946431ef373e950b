"""Files of injected instructions, in whatever shape they come: JSON lines, lists, or groups by name.

A line or an item is a text, or holds one under a usual key ("text", "attack", "prompt", "injection" …).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from interview_platform.errors import BadInput

_TEXT = (
    "text", "attack", "prompt", "injection", "injected_prompt", "injected", "instruction", "instructions", "payload",
    "attack_str", "jailbreak", "adversarial", "input", "query", "user_input", "content", "message", "value", "goal",
)  # fmt: skip
_NAME = ("name", "id", "category", "type", "technique", "group")


@dataclass(frozen=True)
class Attack:
    """One injected instruction; `name` says which group of the file it is from."""

    name: str
    text: str


def read(file: Path) -> list[Attack]:
    """Every instruction of a file, each text once. Raises BadInput."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The file of instructions {file} cannot be read: {error}.") from error
    found = {attack.text: attack for attack in _of(file.suffix.lower(), content, file.stem) if attack.text}
    if not found:
        raise BadInput(f'No instruction was found in {file}. Write one JSON object a line: {{"text": "…"}}.')
    return list(found.values())


def _of(suffix: str, content: str, name: str) -> Iterator[Attack]:
    if suffix in {".csv", ".tsv"}:
        yield from _walk(list(csv.DictReader(content.splitlines(), delimiter="\t" if suffix == ".tsv" else ",")), name)
        return
    if suffix in {".yaml", ".yml"}:
        yield from _walk(yaml.safe_load(content), name)
        return
    try:
        yield from _walk(json.loads(content), name)
    except json.JSONDecodeError:
        for line in content.splitlines():
            yield from _line(line.strip(), name)


def _line(line: str, name: str) -> Iterator[Attack]:
    """A line of JSON, or the line as it stands."""
    if not line:
        return
    try:
        yield from _walk(json.loads(line), name)
    except json.JSONDecodeError:
        yield Attack(name, line)


def _walk(held: Any, name: str) -> Iterator[Attack]:
    if isinstance(held, str):
        yield Attack(name, " ".join(held.split()))
    elif isinstance(held, list):
        for item in held:
            yield from _walk(item, name)
    elif isinstance(held, dict):
        text = next((held[key] for key in _TEXT if isinstance(held.get(key), str) and held[key].strip()), None)
        label = next((str(held[key]) for key in _NAME if isinstance(held.get(key), str | int)), name)
        if text is not None:
            yield from _walk(text, label)
            return
        for key, item in held.items():
            if isinstance(item, list | dict) or (isinstance(item, str) and len(item.split()) > 1):
                yield from _walk(item, str(key))
