"""Train what tells an answer from a neighbour of one; writes one small safetensors file.

    OMP_NUM_THREADS=2 python -m benchmarks.train_reader --out FILE.safetensors [--sets DIR …] [--held NAME …]

The sets are question sets as `evaluate questions` reads them; a line may name in `stands` the sentence that answers and
in `near` the one that only seems to. Sets named by `--held` (file names without ending) are left out and measured on.
Beside them stand kinds of questions with the sentences that answer each (question_kinds.yaml), combined anew in every
epoch. A candidate is a sentence or a FAQ near the question; it is learned to choose the right one or none, also where
the answer was taken away, so that its neighbours are learned as neighbours. All texts were written for this project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.reader_rows import Kinds, Row, chosen, rows
from interview_platform.adapters.answer_reader import (
    MATRICES,
    MOST_QUESTION,
    MOST_TEXT,
    TOGETHER,
    Lower,
    apart,
    forward,
    in_kept,
)
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.evaluation import questions
from interview_platform.services.agent import answering, asking, bank, passages
from interview_platform.services.agent.answer_options import Option, Options, counts
from interview_platform.services.agent.retrieval import Library
from interview_platform.settings import settings

RANK, HIDDEN, WIDTH = 12, 64, 384
BATCH, RATE, EACH, DROPPED = 16, 1e-3, 0.5, 0.15
FOLDERS = (questions.SETS, questions.SETS / "training")
HELD = ("kestrel_home_care", "oakfield_district_council", "pixelroot", "quillon_legal", "the_old_bakehouse_restaurant")
"""Employers left out of the shipped file's training: by them the bars in services/agent/answer_finder.py were set."""
NEVER = ("held_out",)
"""Sets that are only measured on, as is the folder `closed`."""
KINDS = Path(__file__).with_name("question_kinds.yaml")
COMBINED = 900
"""So many questions of the kinds an epoch."""


# --- training -------------------------------------------------------------------------------------------------------


class Trainer:
    """Computes what a net needs of the rows, once each, and trains one."""

    def __init__(self, embedder: SentenceEmbedder, every: Sequence[Row], kinds: Kinds | None) -> None:
        self._lower, self._kinds = Lower(embedder), kinds
        self._frozen = in_kept(self._lower.held, self._lower.bfloat16)
        asked = {row.question for row in every}
        said = {one.candidate.text for row in every for one in row.options}
        if kinds is not None:
            asked, said = asked | kinds.texts[0], said | kinds.texts[1]
        with torch.inference_mode():
            self._asked, self._said = self._states(sorted(asked), MOST_QUESTION), self._states(sorted(said), MOST_TEXT)
        self._counted: dict[Row, Tensor] = {}

    def _states(self, texts: list[str], most: int) -> dict[str, Tensor]:
        made: dict[str, Tensor] = {}
        ordered = sorted(texts, key=len)
        for first in range(0, len(ordered), 64):
            part = ordered[first : first + 64]
            found = self._lower.read(part, most)
            made |= {text: held.half().clone() for text, held in zip(part, found, strict=True)}
        return made

    def beginning(self, every: Sequence[Row]) -> dict[str, Tensor]:
        """What is trained, before it is."""
        counted = torch.cat([self.counted(row, range(len(row.options))) for row in every if row.options])
        made = {"kinds": torch.zeros(2, WIDTH), "none": torch.zeros(1)}
        for layer in range(self._lower.layers - TOGETHER, self._lower.layers):
            for name in MATRICES:
                out, into = self._lower.held[f"{layer}.{name}.weight"].shape
                made[f"{layer}.{name}.down"] = torch.randn(RANK, into) / math.sqrt(into)
                made[f"{layer}.{name}.up"] = torch.zeros(out, RANK)
        first, last = nn.Linear(3 * WIDTH + counted.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
        made |= {"hidden.weight": first.weight.detach(), "hidden.bias": first.bias.detach()}
        made |= {"out.weight": last.weight.detach(), "out.bias": last.bias.detach()}
        trained = {name: value.requires_grad_() for name, value in made.items()}
        return trained | {"mean": counted.mean(0), "var": counted.var(0)}

    def trained(self, every: Sequence[Row], epochs: int, seed: int) -> dict[str, Tensor]:
        """A net fitted to the rows, and to questions of kinds made anew in each epoch."""
        torch.manual_seed(seed)
        chance = random.Random(seed)
        net = self.beginning(every)
        optimizer = torch.optim.AdamW([one for one in net.values() if one.requires_grad], lr=RATE, weight_decay=0.02)
        combined = COMBINED if self._kinds is not None else 0
        steps = epochs * math.ceil((len(every) + combined) / BATCH)
        step, began = 0, time.perf_counter()
        for epoch in range(epochs):
            more = self._kinds.rows(combined, chance) if self._kinds is not None else []
            order = chance.sample([*every, *more], len(every) + len(more))
            losses: list[float] = []
            for first in range(0, len(order), BATCH):
                step += 1
                for group in optimizer.param_groups:
                    group["lr"] = RATE * min(1.0, step / 40) * max(0.02, 1 - step / steps)
                loss = self._loss(net, order[first : first + BATCH], chance)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_([one for one in net.values() if one.requires_grad], 1.0)
                optimizer.step()
                losses.append(loss.item())
            print(f"epoch {epoch} loss {np.mean(losses):.3f} {time.perf_counter() - began:.0f} s", flush=True)
        return {name: value.detach() for name, value in net.items()}

    def counted(self, row: Row, places: Sequence[int]) -> Tensor:
        """What is counted of these candidates."""
        if row not in self._counted:
            made = counts(row.question, [option.candidate for option in row.options])
            self._counted[row] = torch.from_numpy(made)
        return self._counted[row][list(places)]

    def logits(
        self, net: dict[str, Tensor], batch: Sequence[Row], places: Sequence[Sequence[int]], dropped: float
    ) -> Sequence[Tensor]:
        """Of every row its candidates' logits."""
        pairs = [(row, place) for row, held in zip(batch, places, strict=True) for place in held]
        asked = [self._asked[row.question] for row, _ in pairs]
        said = [self._said[row.options[place].candidate.text] for row, place in pairs]
        counted = torch.cat([self.counted(row, held) for row, held in zip(batch, places, strict=True) if held])
        made = torch.zeros(len(pairs))
        for part in apart([len(one) + len(two) for one, two in zip(asked, said, strict=True)]):
            given = [asked[row] for row in part], [said[row] for row in part], counted[part]
            with torch.autocast("cpu", torch.bfloat16, enabled=self._lower.bfloat16):
                made = made.index_put((torch.tensor(part),), forward(self._frozen | net, *given, dropped).float())
        found: Sequence[Tensor] = made.split([len(held) for held in places])  # type: ignore[no-untyped-call]
        return found

    def _loss(self, net: dict[str, Tensor], batch: Sequence[Row], chance: random.Random) -> Tensor:
        """Choosing the right candidate or none, and each pair by itself."""
        places = [chosen(row, True, chance) for row in batch]
        total, none = torch.zeros(()), net["none"]
        for row, held, made in zip(batch, places, self.logits(net, batch, places, DROPPED), strict=True):
            right = torch.tensor([row.right[place] for place in held], dtype=torch.bool)
            best = torch.logsumexp(made[right], 0) if right.any() else none[0]
            total = total + torch.logsumexp(torch.cat([none, made]), 0) - best
            if (~right).any():
                total = total + EACH * F.softplus(made[~right] - none).mean()
            if right.any():
                total = total + EACH * F.softplus(none[0] - best)
        return total / len(batch)

    @torch.inference_mode()
    def weighed(self, net: dict[str, Tensor], row: Row) -> list[tuple[Option, bool, float]]:
        """The candidates as the product looks at them, whether each answers, and its weight."""
        places = chosen(row, False, random.Random(0))
        made = self.logits(net, [row], [places], 0.0)[0] - net["none"]
        return [
            (row.options[place], row.right[place], float(weight)) for place, weight in zip(places, made, strict=True)
        ]


def shares(found: Sequence[tuple[Row, list[tuple[Option, bool, float]]]]) -> dict[str, float]:
    """Shares answered rightly and declined rightly at several thresholds, and of the right sentence being heaviest."""
    tops = [(row.answerable, *max(held, key=lambda one: one[2])[1:]) for row, held in found if held]
    made = {"right on top": float(np.mean([right for answerable, right, _ in tops if answerable]))}
    for least in (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0):
        made[f"answered at {least}"] = float(np.mean([right and w > least for ok, right, w in tops if ok]))
        made[f"declined at {least}"] = float(np.mean([w <= least for ok, _, w in tops if not ok]))
    return {name: round(share, 3) for name, share in made.items()}


def save(net: dict[str, Tensor], out: Path) -> str:
    """The net in half precision; the file's SHA-256, which adapters/answer_reader.py pins."""
    save_file({name: value.half().contiguous() for name, value in net.items()}, out)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def _written(sets: dict[str, list[tuple[Row, list[tuple[Option, bool, float]]]]]) -> str:
    lines = [
        {
            "set": name,
            "question": row.raw,
            "answerable": row.answerable,
            "options": [[one.piece.id, one.sentences[0], right, weight] for one, right, weight in held],
        }
        for name, found in sets.items()
        for row, held in found
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)


def main() -> None:
    """Train, measure on what is held out, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", type=Path, nargs="*", default=FOLDERS)
    parser.add_argument("--held", nargs="*", default=HELD)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--without-kinds", action="store_true")
    parser.add_argument(
        "--weights", type=Path, help="where the held-out questions' candidates are written with weights"
    )
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    library = Library(embedder)
    library.put(answering.FAQ, passages.of_faqs(bank.faqs(), asking.wordings()))
    options = Options(library)
    paths = [path for folder in asked.sets for path in sorted(folder.glob("*.jsonl")) if path.stem not in NEVER]
    sets = {path.stem: [row for row in rows(path, library, options) if row.options] for path in paths}
    kept = [row for name, held in sets.items() if name not in asked.held for row in held]
    kinds = None if asked.without_kinds else Kinds(KINDS, library)
    trainer = Trainer(embedder, [row for held in sets.values() for row in held], kinds)
    print(f"{len(kept)} questions", flush=True)
    net = trainer.trained(kept, asked.epochs, seed=0)
    measured = {name: [(row, trainer.weighed(net, row)) for row in sets[name]] for name in asked.held}
    for name, found in measured.items():
        print(name, json.dumps(shares(found)), flush=True)
    if measured:
        print("together", json.dumps(shares([one for found in measured.values() for one in found])))
    if asked.weights is not None:
        asked.weights.write_text(_written(measured) + "\n", encoding="utf-8")
    print(save(net, asked.out))


if __name__ == "__main__":
    main()
