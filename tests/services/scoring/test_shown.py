"""The chance that a point was shown: what it goes up with, and what changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from interview_platform.services.scoring import concrete, shown, structure
from interview_platform.services.scoring.combine import level_of
from interview_platform.services.scoring.offline_judge import OfflineJudge
from tests.services.scoring.material import ANSWER, CHANGED, FOUND

QUESTION = "Tell me about a fault in production that you found."
EFFECT = "Says what the effect on users was"
POINTS = (FOUND, CHANGED, EFFECT)
FILLER = " It is important to communicate well. Faults are part of the job. I always give my best."


def _measured(rows: int = 2, **changes: object) -> shown.Measured:
    held: dict[str, object] = {
        "supports": np.full((rows, 2), 0.3),
        "supports_ahead": np.zeros((rows, 2)),
        "shares": np.full((rows, 2), 0.4),
        "shares_ahead": np.zeros((rows, 2)),
        "signs": np.zeros((rows, 2)),
        "own_words": np.zeros((rows, 2)),
        "near": np.full(rows, 0.5),
        "concrete": np.full(rows, 0.5),
        "general": np.zeros(rows, dtype=bool),
        "stock": np.full(rows, 0.28),
    }
    return shown.Measured(**{**held, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["supports_ahead", "shares_ahead", "signs", "own_words"])
def test_more_of_any_measure_makes_its_point_likelier_and_leaves_the_other(name: str) -> None:
    more = np.array(getattr(_measured(), name))
    more[0, 0] += 0.15
    before, after = shown.chances(_measured()), shown.chances(_measured(**{name: more}))
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_what_is_told_concretely_makes_every_point_likelier() -> None:
    assert (shown.chances(_measured(concrete=np.full(2, 0.9))) > shown.chances(_measured())).all()


def test_a_general_sentence_and_one_beside_the_topic_change_nothing() -> None:
    plain = shown.chances(_measured())
    general = _measured(3, general=np.array([False, False, True]))
    beside = _measured(3, near=np.array([0.5, 0.5, 0.1]))
    assert (shown.chances(general) == plain).all()
    assert (shown.chances(beside) == plain).all()


def test_without_word_pieces_the_chance_comes_from_the_rest() -> None:
    fewer = shown.features(_measured(shares=None, shares_ahead=None))
    assert fewer.shape == (2, len(shown.FEATURES) - 2)
    assert 0 < shown.chances(_measured(shares=None, shares_ahead=None))[0] < 1


@pytest.mark.parametrize(
    ("told", "talk"),
    [
        ("In October I counted two thousand boxes and found the error in the third row.", "I always work carefully."),
        ("I'd ring the night porter and ask which of the doors was open.", "Security is very important for companies."),
    ],
)
def test_an_account_is_more_concrete_than_talk(told: str, talk: str) -> None:
    deed = frozenset({structure.ACTION})
    assert concrete.concreteness(told, deed, True) > 0.6 > 0.3 > concrete.concreteness(talk, frozenset(), True)


@pytest.mark.models
def test_with_the_real_encoder_padding_and_the_order_of_points_leave_the_level(minilm: Embeddings) -> None:
    judge = OfflineJudge(minilm)
    plain = level_of(judge.judge(QUESTION, POINTS, ANSWER))
    assert plain is not None
    padded, turned = (
        level_of(judge.judge(QUESTION, POINTS, ANSWER + FILLER)),
        judge.judge(QUESTION, POINTS[::-1], ANSWER),
    )
    assert padded is not None
    assert padded.level == plain.level
    assert level_of(turned) == plain


@pytest.mark.models
def test_with_the_real_encoder_a_claim_is_never_less_likely_than_what_is_not_shown(minilm: Embeddings) -> None:
    made = OfflineJudge(minilm).judge(QUESTION, POINTS, ANSWER)
    met = [v.chance or 0.0 for v in made if v.verdict == "met"]
    assert met
    assert all((v.chance or 0.0) < min(met) for v in made if v.verdict == "not_shown")
