"""`evaluate injections`: what is asked for when it cannot be begun. Measuring itself is tested in tests/evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from interview_platform import cli
from interview_platform.cli import injecting
from interview_platform.errors import BadInput


def test_without_resumes_or_instructions_it_says_what_to_give() -> None:
    found = CliRunner().invoke(cli.app, ["evaluate", "injections"])
    assert found.exit_code != 0
    assert "--resumes" in found.output


@pytest.mark.parametrize(
    ("where", "engine", "content", "why"),
    [
        ("answer", "offline", None, "Name the file"),
        ("mail", "offline", '{"text": "Do it."}', "answer, resume, job"),
        ("answer", "gut feeling", '{"text": "Do it."}', "offline, llm"),
        ("answer", "offline", "", "No instruction"),
    ],
)
def test_what_cannot_be_tried_is_refused_before_models_are_loaded(
    tmp_path: Path, where: str, engine: str, content: str | None, why: str
) -> None:
    file = tmp_path / "attacks.jsonl"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=why):
        injecting.spoken(None if content is None else file, where, engine, 0)
