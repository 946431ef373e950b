"""Every model has its card, with licence and bytes."""

from __future__ import annotations

import hashlib
import importlib
import re
from pathlib import Path

import pytest

from interview_platform.adapters.weights import WEIGHTS, Weight
from interview_platform.adapters.weights_local import LOCAL_LLM

ROOT = Path(__file__).resolve().parent.parent
CARDS = (ROOT / "docs" / "model-cards.md").read_text()
BY_NAME = {title.strip(): text for title, text in re.findall(r"^### (.+?)$(.*?)(?=^##|\Z)", CARDS, re.M | re.S)}
TRAINED = sorted(
    str(path.relative_to(ROOT))
    for folder in ("interview_platform", "rag_data")
    for kind in ("safetensors", "npz", "npy", "onnx", "pkl", "joblib", "bin", "pt")
    for path in (ROOT / folder).rglob(f"*.{kind}")
)
READ_BY = {
    "interview_platform/services/scoring/judge.safetensors": "interview_platform.services.scoring.grading",
    "interview_platform/services/orders.safetensors": "interview_platform.services.orders",
    "interview_platform/adapters/answer_reader.safetensors": "interview_platform.adapters.answer_reader",
}


@pytest.mark.parametrize("weight", [*WEIGHTS, LOCAL_LLM], ids=lambda weight: weight.name)
def test_every_fetched_model_has_a_card_with_its_licence_and_its_bytes(weight: Weight) -> None:
    card = BY_NAME[weight.name]
    largest = max(weight.files, key=lambda file: file.bytes)
    assert weight.licence in card
    assert largest.sha256 in card
    for part in ("**Does**", "**Data**", "**Limits**", "**Licence**"):
        assert part in " ".join(card.split())


@pytest.mark.parametrize("path", TRAINED)
def test_every_shipped_model_has_a_card_and_is_pinned_where_it_is_read(path: str) -> None:
    card = " ".join(BY_NAME[path].split())
    for part in ("**Does**", "**Data**", "**Limits**", "**Licence**"):
        assert part in card
    module = importlib.import_module(READ_BY[path])
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == module.SHA256


def test_every_sum_of_fitted_weights_is_named() -> None:
    fitted = {
        str(path.relative_to(ROOT / "interview_platform"))
        for path in (ROOT / "interview_platform").rglob("*.py")
        if re.search(r"^_?BIAS(_\w+)? = -?\d", path.read_text(), re.M)
    }
    assert fitted
    assert [path for path in sorted(fitted) if f"`{path}`" not in CARDS] == []


def test_no_card_is_of_a_model_that_is_gone() -> None:
    known = {weight.name for weight in (*WEIGHTS, LOCAL_LLM)} | set(READ_BY) | {"Sums of a few signs"}
    assert set(BY_NAME) == known
