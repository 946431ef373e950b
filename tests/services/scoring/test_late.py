"""Late interaction: points found in sentences by their word pieces."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from interview_platform.services.scoring.late import Late
from interview_platform.settings import Settings
from tests.fakes import HashingEmbeddings

QUESTION = "Why did the service fail?"


@dataclass(frozen=True)
class Words:
    pieces: tuple[str, ...]
    vectors: np.ndarray
    rarity: np.ndarray


class WordEmbeddings(HashingEmbeddings):
    """Every word has a vector of its own, at right angles to most others; "the" is common."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def embed_tokens(self, texts):
        self.asked += texts
        return [self._words(text) for text in texts]

    def _words(self, text):
        pieces = tuple(text.lower().replace("?", "").replace(".", "").split())
        vectors = np.zeros((len(pieces), 4096), dtype=np.float32)
        for row, piece in enumerate(pieces):
            vectors[row, zlib.crc32(piece.encode()) % 4096] = 1
        rarity = np.array([0.7 if piece == "the" else 8.0 for piece in pieces], dtype=np.float32)
        return Words(pieces, vectors, rarity)


def test_a_sentence_with_all_of_a_points_words_holds_it_whole_and_one_with_none_holds_nothing():
    shares = Late(WordEmbeddings()).shares(QUESTION, ["the disk overflowed"], ["The disk overflowed.", "We ate cake."])
    assert shares.shape == (2, 1)
    assert shares[:, 0] == pytest.approx([1.0, 0.0])


def test_a_rare_word_weighs_more_than_a_common_one():
    shares = Late(WordEmbeddings()).shares("", ["the disk"], ["the cake", "disk cake"])
    assert shares[0, 0] < 0.1 < 0.9 < shares[1, 0]


def test_words_of_the_question_earn_nothing():
    shares = Late(WordEmbeddings()).shares(QUESTION, ["service fail disk"], ["the service did fail", "a disk"])
    assert shares[:, 0] == pytest.approx([0.0, 1.0])


def test_a_point_wholly_of_the_questions_words_is_read_by_all_of_them():
    assert Late(WordEmbeddings()).shares(QUESTION, ["service fail"], ["service fail"])[0, 0] == pytest.approx(1.0)


def test_the_words_about_an_answer_are_not_looked_for():
    shares = Late(WordEmbeddings()).shares(QUESTION, ["Says how the cause emerged"], ["the cause emerged"])
    assert shares[0, 0] == pytest.approx(1.0)


def test_a_sentence_is_read_alike_whatever_stands_beside_it():
    late, points = Late(WordEmbeddings()), ["the disk overflowed", "a cake"]
    alone = [late.shares(QUESTION, points, [text])[0] for text in ("disk cake", "overflowed", "")]
    assert late.shares(QUESTION, points, ["disk cake", "overflowed", ""]).tolist() == np.array(alone).tolist()


def test_a_text_is_embedded_once():
    embeddings = WordEmbeddings()
    late = Late(embeddings)
    late.shares(QUESTION, ["a disk", "a disk"], ["the cake"])
    late.shares(QUESTION, ["a disk"], ["the cake", "more"])
    assert sorted(embeddings.asked) == sorted({QUESTION, "a disk", "the cake", "more"})


def test_there_are_no_shares_by_embeddings_of_whole_texts_alone():
    late = Late(HashingEmbeddings())
    assert not late.works
    assert late.shares(QUESTION, ["a disk"], ["the cake"]) is None


@pytest.mark.models
def test_the_same_matter_in_other_words_is_nearer_than_other_matter():
    from interview_platform.adapters.sentence_embedder import SentenceEmbedder

    late = Late(SentenceEmbedder(Path(Settings().cache_dir) / "minilm"))
    said = ["The hard drive had no room left.", "A colleague went on holiday."]
    shares = late.shares(QUESTION, ["The disk was full"], said)
    assert shares[0, 0] > shares[1, 0] + 0.15
    assert late.shares(QUESTION, ["The disk was full"], said[::-1]).tolist() == shares[::-1].tolist()
