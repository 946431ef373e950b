"""Sentence vectors: from the real model where it is, and a clear word where it is not."""

from pathlib import Path

import numpy as np
import pytest

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.errors import ModelMissing
from interview_platform.settings import Settings


def test_an_empty_folder_is_named_with_the_way_out(tmp_path):
    with pytest.raises(ModelMissing, match="models pull"):
        SentenceEmbedder(tmp_path)


@pytest.mark.models
def test_near_meanings_have_near_vectors_of_length_one():
    embedder = SentenceEmbedder(Path(Settings().cache_dir) / "minilm")
    vectors = np.array(
        embedder.embed_documents(["The nurse gave the medicine.", "Medication was given.", "A red car."])
    )
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]
