"""The trained reader of questions: what it computes, and what it needs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from interview_platform.adapters import answer_reader
from interview_platform.adapters.answer_reader import AnswerReader, Lower
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.errors import ModelMissing
from interview_platform.services.agent.answer_options import Candidate, counts
from interview_platform.settings import Settings

WIDTH = 24
TEXTS = ["You get £12.85 an hour.", "We are in Harbour Street.", "Yes, you can ask for it."]


def _layer() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    held = {}
    for name in answer_reader.MATRICES:
        out, into = (48, WIDTH) if name.startswith("intermediate") else (WIDTH, WIDTH)
        out, into = (WIDTH, 48) if name == "output.dense" else (out, into)
        held |= {f"0.{name}.weight": torch.randn(out, into) / 4, f"0.{name}.bias": torch.zeros(out)}
    for name in ("attention.output", "output"):
        held |= {f"0.{name}.LayerNorm.weight": torch.ones(WIDTH), f"0.{name}.LayerNorm.bias": torch.zeros(WIDTH)}
    return held


def test_what_is_not_there_changes_nothing():
    held, states = _layer(), torch.randn(1, 5, WIDTH)
    alone = answer_reader._layer(held, 0, states, torch.ones(1, 5, dtype=torch.bool))
    longer = torch.cat([states, torch.randn(1, 3, WIDTH)], dim=1)
    padded = answer_reader._layer(held, 0, longer, torch.arange(8)[None] < 5)
    assert torch.allclose(alone, padded[:, :5], atol=1e-5)


def test_the_trained_difference_is_the_same_beside_the_matrix_and_within_it():
    held, states = _layer(), torch.randn(2, 4, WIDTH)
    name = "0.attention.self.query"
    trained = {f"{name}.down": torch.randn(3, WIDTH), f"{name}.up": torch.randn(WIDTH, 3)}
    there = torch.ones(2, 4, dtype=torch.bool)
    beside = answer_reader._layer(held | trained, 0, states, there)
    within = answer_reader._layer(answer_reader.merged(held, trained), 0, states, there)
    assert torch.allclose(beside, within, atol=1e-4)
    assert not torch.allclose(within, answer_reader._layer(held, 0, states, there), atol=1e-2)


def test_short_and_long_pairs_are_computed_apart_and_none_is_lost():
    found = answer_reader.apart([10, 60, 40, 41])
    assert found == [[0, 2], [1, 3]]
    assert answer_reader.apart([50]) == [[0]]


def test_a_missing_or_changed_file_is_not_read(tmp_path):
    path = tmp_path / "reader.safetensors"
    with pytest.raises(ModelMissing, match="rules alone"):
        answer_reader.read(path, hashlib.sha256(b"").hexdigest() + "0")
    save_file({"none": np.zeros(1, dtype=np.float16)}, path)
    with pytest.raises(ModelMissing, match=path.name):
        answer_reader.read(path, "0" * 64)
    held = answer_reader.read(path, hashlib.sha256(path.read_bytes()).hexdigest())
    assert held["none"].dtype == np.float32


def test_the_shipped_file_is_the_one_pinned_and_small():
    assert answer_reader.read(answer_reader.TUNED, answer_reader.SHA256)
    assert answer_reader.TUNED.stat().st_size < 1_000_000


@pytest.mark.models
def test_the_lower_layers_are_those_of_the_embedder(monkeypatch):
    embedder = SentenceEmbedder(Path(Settings().cache_dir) / "minilm")
    monkeypatch.setattr(answer_reader, "TOGETHER", 0)
    with torch.inference_mode():
        states = Lower(embedder).read(["what do you pay?", TEXTS[0]], 32)[0]
    made = states.float().mean(0).numpy()
    assert made / np.linalg.norm(made) @ embedder.embed_array(["what do you pay?"])[0] > 0.99


@pytest.mark.models
def test_the_answer_weighs_most_whatever_stands_beside_it():
    reader = AnswerReader(SentenceEmbedder(Path(Settings().cache_dir) / "minilm"))
    question = "what would I earn an hour?"
    held = [Candidate(text, "job", near) for text, near in zip(TEXTS, (0.6, 0.1, 0.05), strict=True)]
    every = reader.weights(question, TEXTS, counts(question, held))
    assert int(every.argmax()) == 0
    assert reader.weights(question, [], np.empty((0, 0), dtype=np.float32)).shape == (0,)
    turned = reader.weights(question, TEXTS[::-1], counts(question, held[::-1]))
    assert np.allclose(every, turned[::-1], atol=0.05)
