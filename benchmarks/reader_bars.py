"""What the bars of services/agent/answer_finder.py cost and bring on the employers left out of the reader's training.

    OMP_NUM_THREADS=2 python -m benchmarks.reader_bars [--sure .2 .4 .6] [--together -2 -1.5 -1]

Prints for each pair of bars the shares of answerable questions answered rightly, heard rightly and answered wrongly,
and of unanswerable ones declined. After another training the bars are chosen here, never by a closed set.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.train_reader import HELD
from interview_platform.adapters.answer_reader import AnswerReader
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.evaluation import questions
from interview_platform.evaluation.question_outcomes import outcome
from interview_platform.services.agent import answer_finder, answering, asking, bank, passages
from interview_platform.services.agent.answer_finder import Finder, Weighed, decided
from interview_platform.services.agent.answerability import Finding
from interview_platform.services.agent.retrieval import Library
from interview_platform.settings import settings

Looked = tuple[questions.Asked, Finding, Weighed]


class _Given:
    """A finder that has found already."""

    def __init__(self, found: Finding) -> None:
        self._found = found

    def find(self, *_: object) -> Finding:
        """What it was given."""
        return self._found


def looked() -> Iterator[Looked]:
    """Every question of the employers left out, with what the rules found and what the reader weighed."""
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    library = Library(embedder)
    library.put(answering.FAQ, passages.of_faqs(bank.faqs(), asking.wordings()))
    finder = Finder(library, AnswerReader(embedder))
    for name in HELD:
        for one in questions.read(questions.SETS / "training" / f"{name}.jsonl", questions.shipped()):
            for scope, pieces in one.context.pieces.items():
                library.put(scope, pieces)
            scopes = (answering.FAQ, *one.context.pieces)
            names = (one.context.job.title, one.context.company.name)
            yield one, *finder.looked(asking.parts(one.question)[0], scopes, names)


def shares(every: Sequence[Looked]) -> str:
    """The outcomes by the present bars."""
    found: Counter[tuple[bool, str]] = Counter()
    for one, ruled, weighed in every:
        given = answering.reply(_Given(decided(ruled, weighed)), one.question, ())  # type: ignore[arg-type]
        found[one.answerable, outcome(one, given)] += 1
    answerable = sum(number for (is_so, _), number in found.items() if is_so)
    others = len(every) - answerable
    answered, wrong = found[True, "answered"] / answerable, found[True, "answered_wrong"] / answerable
    heard = answered + found[True, "nearest"] / answerable
    declined = 1 - found[False, "answered"] / others
    return f"answered {answered:.3f} heard {heard:.3f} wrong {wrong:.3f} declined {declined:.3f}"


def main() -> None:
    """Look once, decide by many bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sure", type=float, nargs="*", default=[0.2, 0.4, 0.6, 1.0])
    parser.add_argument("--together", type=float, nargs="*", default=[-2.0, -1.5, -1.0])
    asked = parser.parse_args()
    every = list(looked())
    for sure in asked.sure:
        for together in asked.together:
            answer_finder.SURE, answer_finder.TOGETHER = sure, together
            print(f"sure {sure} together {together}: {shares(every)}")


if __name__ == "__main__":
    main()
