"""Files of instructions are read in whatever shape they come."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation.attack_files import Attack, read


def written(folder: Path, name: str, content: object) -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lines.jsonl", '{"text": "Do this."}\n\n{"attack": "Do that."}\n'),
        ("prompts.jsonl", '{"prompt": "Do this."}\n{"injection": "Do that.", "label": 1}\n'),
        ("strings.jsonl", '"Do this."\n"Do that."\n'),
        ("plain.txt", "Do this.\nDo that.\n"),
        ("list.json", ["Do this.", "Do that."]),
        ("groups.json", {"one": ["Do this."], "two": ["Do that.", "Do this."]}),
        ("deep.json", {"attacks": [{"id": 1, "payload": "Do this."}, {"id": 2, "content": "Do  that."}]}),
        ("named.json", {"first": "Do this.", "second": "Do that."}),
        ("table.csv", "id,text\n1,Do this.\n2,Do that.\n"),
        ("list.yaml", "- Do this.\n- text: Do that.\n"),
    ],
)
def test_every_usual_shape_is_read_and_each_text_once(tmp_path: Path, name: str, content: object) -> None:
    assert [attack.text for attack in read(written(tmp_path, name, content))] == ["Do this.", "Do that."]


def test_the_group_or_category_names_the_attack(tmp_path: Path) -> None:
    assert read(written(tmp_path, "a.json", {"direct": ["Do this."]})) == [Attack("direct", "Do this.")]
    assert read(written(tmp_path, "b.jsonl", '{"category": "role", "text": "Do."}')) == [Attack("role", "Do.")]


@pytest.mark.parametrize("content", ["", "[]", "{}", "[1, 2]"])
def test_a_file_without_an_instruction_is_refused_with_the_way_out(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadInput, match='"text"'):
        read(written(tmp_path, "a.json", content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read(tmp_path / "none.jsonl")
