"""Agreement of guessed grades with people's: correlations, errors, kappa, AUC. Grades are 0..1 throughout."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

import numpy as np

Figures = dict[str, float | int | None]
_FEWEST = 5  # answers to one question from which their correlation says something


def figures(truth: Sequence[float], guess: Sequence[float], questions: Sequence[str], steps: int) -> Figures:
    """All figures; None where one is not defined (a single answer, all alike).

    `questions`: which question each answers. `steps`: the scale's highest mark, for kappa (1 for right or wrong).
    """
    from scipy.stats import pearsonr, spearmanr
    from sklearn.metrics import cohen_kappa_score

    varied = len(set(truth)) > 1 and len(set(guess)) > 1
    rounded = [[math.floor(value * steps + 0.5) for value in values] for values in (truth, guess)]
    kappa = cohen_kappa_score(*rounded, weights="quadratic", labels=list(range(steps + 1))) if varied else None
    return {
        "answers": len(truth),
        "pearson": _rounded(pearsonr(truth, guess)[0]) if varied else None,
        "spearman": _rounded(spearmanr(truth, guess)[0]) if varied else None,
        "within_question_pearson": _within(truth, guess, questions),
        "rmse": _rounded(math.sqrt(fmean((a - b) ** 2 for a, b in zip(truth, guess, strict=True)))) if truth else None,
        "qwk": _rounded(kappa) if kappa is not None else None,
        "auc": _auc(truth, guess),
    }


def _within(truth: Sequence[float], guess: Sequence[float], questions: Sequence[str]) -> float | None:
    """The mean, over questions, of the correlation among their own answers."""
    from scipy.stats import pearsonr

    asked: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one, other, question in zip(truth, guess, questions, strict=True):
        asked[question].append((one, other))
    found = []
    for pairs in asked.values():
        left, right = zip(*pairs, strict=True)
        if len(pairs) >= _FEWEST and len(set(left)) > 1:
            found.append(float(pearsonr(left, right)[0]) if len(set(right)) > 1 else 0.0)
    return _rounded(fmean(found)) if found else None


def _auc(truth: Sequence[float], guess: Sequence[float]) -> float | None:
    """Full marks against less."""
    from sklearn.metrics import roc_auc_score

    full = np.asarray(truth) >= 1.0
    return _rounded(roc_auc_score(full, guess)) if full.any() and not full.all() else None


def _rounded(value: float) -> float:
    return round(float(value), 3)
