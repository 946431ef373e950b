"""Sentence vectors: from the real model where it is, and a clear word where it is not."""

import threading
from pathlib import Path

import numpy as np
import pytest

from interview_platform.adapters.sentence_embedder import SentenceEmbedder, _Turns, batches, padded
from interview_platform.errors import ModelMissing
from interview_platform.settings import Settings

TEXTS = ["The nurse gave the medicine.", "Medication was given.", "A red car.", "A long answer. " * 80, "", "One"]


@pytest.fixture(scope="module")
def embedder():
    return SentenceEmbedder(Path(Settings().cache_dir) / "minilm")


def test_an_empty_folder_is_named_with_the_way_out(tmp_path):
    with pytest.raises(ModelMissing, match="models pull"):
        SentenceEmbedder(tmp_path)


def test_lengths_are_padded_to_whole_steps():
    assert [padded(length) for length in (0, 1, 32, 33, 256)] == [32, 32, 32, 64, 256]


def test_every_text_is_in_one_batch_of_its_own_padded_length_and_of_bounded_size():
    lengths = [3, 256, 40, 250, 5, 64, 200] * 40
    made = list(batches(lengths))
    assert sorted(row for batch in made for row in batch) == list(range(len(lengths)))
    for batch in made:
        sizes = {padded(lengths[row]) for row in batch}
        assert len(sizes) == 1
        assert sizes.pop() * len(batch) <= 2_048


def test_nothing_gives_no_batches():
    assert list(batches([])) == []


def test_turns_are_taken_in_the_order_of_asking():
    turns, order, waiting = _Turns(), [], []
    with turns:
        for name in range(4):
            thread = threading.Thread(target=lambda name=name: _enter(turns, order, name))
            thread.start()
            while turns._given < name + 2:  # until it stands in the line
                pass
            waiting.append(thread)
        assert order == []
    for thread in waiting:
        thread.join(10)
    assert order == [0, 1, 2, 3]


def _enter(turns, order, name):
    with turns:
        order.append(name)


def test_an_error_in_a_turn_lets_the_next_one_in():
    turns = _Turns()
    with pytest.raises(ValueError, match="wrong"), turns:
        raise ValueError("wrong")
    with turns:
        pass


@pytest.mark.models
def test_near_meanings_have_near_vectors_of_length_one(embedder):
    vectors = embedder.embed_array(TEXTS[:3])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]


@pytest.mark.models
def test_a_text_has_the_same_bits_whatever_it_is_embedded_with(embedder):
    together = embedder.embed_array(TEXTS)
    alone = np.concatenate([embedder.embed_array([text]) for text in TEXTS])
    shuffled = embedder.embed_array(TEXTS[::-1] * 3)[: len(TEXTS)][::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, shuffled)


@pytest.mark.models
def test_langchains_methods_give_the_same_vectors_as_lists(embedder):
    assert embedder.embed_documents(TEXTS[:2]) == embedder.embed_array(TEXTS[:2]).tolist()
    assert embedder.embed_query(TEXTS[0]) == pytest.approx(embedder.embed_array(TEXTS[:1])[0].tolist(), abs=0.005)
    assert embedder.embed_documents([]) == []
    assert embedder.embed_array([]).shape == (0, 384)


@pytest.mark.models
def test_the_vectors_are_those_of_the_bare_model(embedder):
    from sentence_transformers import SentenceTransformer

    bare = SentenceTransformer(str(Path(Settings().cache_dir) / "minilm"), device="cpu", local_files_only=True)
    theirs = bare.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert (embedder.embed_array(TEXTS) * theirs).sum(axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=0.0005)


@pytest.mark.models
def test_word_pieces_have_the_same_bits_whatever_their_text_is_embedded_with(embedder):
    together = embedder.embed_tokens(TEXTS)
    alone = [embedder.embed_tokens([text])[0] for text in TEXTS]
    shuffled = embedder.embed_tokens(TEXTS[::-1] * 3)[: len(TEXTS)][::-1]
    for one, same, again in zip(together, alone, shuffled, strict=True):
        assert np.array_equal(one.vectors, same.vectors)
        assert np.array_equal(one.vectors, again.vectors)


@pytest.mark.models
def test_sentences_and_word_pieces_from_one_pass_have_the_bits_of_either_alone(embedder):
    vectors, words = embedder.embed_with_tokens(TEXTS)
    assert np.array_equal(vectors, embedder.embed_array(TEXTS))
    for one, same in zip(words, embedder.embed_tokens(TEXTS[::-1])[::-1], strict=True):
        assert one.pieces == same.pieces
        assert np.array_equal(one.vectors, same.vectors)
    assert embedder.embed_with_tokens([])[0].shape == (0, 384)


@pytest.mark.models
def test_word_pieces_come_in_order_without_marks_and_the_common_ones_are_known(embedder):
    words, nothing = embedder.embed_tokens(["The nurse gave metoprolol.", ""])
    assert words.pieces[:3] == ("the", "nurse", "gave")
    assert words.vectors.shape == (len(words.pieces), 384)
    assert np.linalg.norm(words.vectors, axis=1) == pytest.approx(np.ones(len(words.pieces)), abs=1e-5)
    assert words.rarity[0] < words.rarity[2] < words.rarity[1]
    assert nothing.pieces == ()
    assert nothing.vectors.shape == (0, 384)
