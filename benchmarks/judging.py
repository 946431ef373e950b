"""How long the offline judge takes for a whole interview, and how its verdicts agree with people's; prints JSON.

    python -m benchmarks.judging [--answers 14] [--repeats 5]

An interview of 30 minutes is `--answers` answers of about 150 words to questions of the banks, each with its points,
made of the answers of benchmarks/coverage.yaml; the encoder is loaded, nothing else is remembered. `cpu_seconds`: of
all cores, which tells something on a busy machine too. `report_seconds`: the same interview as stored rows, from its
end to the first report in the database, with seal and counterfactual check; the judge is warm, as a room warms it when
it opens, and knows none of the answers. Agreement: partial answers (coverage.yaml) and full ones (full_answers.yaml),
as people marked them; it is fitted on both, so see benchmarks/levels.py for answers to unseen questions.
On graded short answers: `python -m interview_platform evaluate answers`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine
from sqlmodel import SQLModel

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.evaluation import faithfulness
from interview_platform.models import (
    Application,
    Candidate,
    Competency,
    Interview,
    Invite,
    Job,
    Organisation,
    Question,
    Turn,
    make_engine,
    now,
    session,
)
from interview_platform.services import reports
from interview_platform.services.agent import bank
from interview_platform.services.scoring import structure
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.settings import settings
from interview_platform.wiring import WARMING

WORDS = 150
MARKED = Path(__file__).with_name("coverage.yaml")
FULL = Path(__file__).with_name("full_answers.yaml")


def interview(answers: int, said: list[str]) -> list[tuple[str, list[str], str]]:
    """(question, points, answer) of one long interview."""
    texts = cycle(said)
    made = []
    for entry in bank.family("backend").questions[:answers]:
        answer = next(texts)
        while len(answer.split()) < WORDS:
            answer = f"{answer}\n{next(texts)}"
        made.append((entry.text, [*(point.point for point in entry.points), *structure.POINTS], answer))
    return made


def until_report(embedder: Embeddings, held: Sequence[tuple[str, list[str], str]]) -> float:
    """Seconds from the end of an interview with these answers until its report is written."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        SQLModel.metadata.create_all(engine)
        interview_id = _ended(engine, held)
        judge = OfflineJudge(embedder)
        for question, points, _ in held:
            judge.judge(question, points, WARMING)
        began = time.perf_counter()
        reports.build(engine, interview_id, judge, key=b"only for measuring")
        return time.perf_counter() - began


def _ended(engine: Engine, held: Sequence[tuple[str, list[str], str]]) -> str:
    """The rows of one ended interview; its id."""
    with session(engine) as db:
        employer = Organisation(name="Northwind Health")
        db.add(employer)
        db.flush()
        job = Job(organisation_id=employer.id, title="Backend Engineer", role_family="backend")
        who = Candidate(organisation_id=employer.id, name="Ada Candidate", email="ada@example.com")
        db.add_all([job, who])
        db.flush()
        competency = Competency(job_id=job.id, name="Backend work")
        application = Application(organisation_id=employer.id, job_id=job.id, candidate_id=who.id)
        db.add_all([competency, application])
        db.flush()
        invite = Invite(organisation_id=employer.id, application_id=application.id, expires_at=now())
        asked = [
            Question(
                job_id=job.id,
                competency_id=competency.id,
                text=text,
                points=[{"point": point, "follow_up": ""} for point in points if point not in structure.POINTS],
            )
            for text, points, _ in held
        ]
        db.add_all([invite, *asked])
        db.flush()
        row = Interview(organisation_id=employer.id, application_id=application.id, invite_id=invite.id, status="ended")
        row.plan, row.ended_by = [question.id for question in asked], "plan"
        db.add(row)
        db.flush()
        for n, (question, (_, _, said)) in enumerate(zip(asked, held, strict=True)):
            for speaker, text in (("agent", question.text), ("candidate", said)):
                kind = "core" if speaker == "agent" else "answer"
                turn = Turn(interview_id=row.id, position=2 * n, speaker=speaker, kind=kind, text=text)
                turn.position, turn.question_id = 2 * n + (speaker == "candidate"), question.id
                db.add(turn)
        return row.id


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=14)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    embedder.embed_query("Load the model.")
    marked = faithfulness.read(MARKED)
    held, took, spent = interview(asked.answers, [one.answer for one in marked]), [], []
    for _ in range(asked.repeats):
        judge, began, cpu = OfflineJudge(embedder), time.perf_counter(), time.process_time()
        for question, points, answer in held:
            judge.judge(question, points, answer)
        took.append(time.perf_counter() - began)
        spent.append(time.process_time() - cpu)
    until = [until_report(embedder, held) for _ in range(asked.repeats)]
    seconds = {"seconds": took, "cpu_seconds": spent, "report_seconds": until}
    report = {"answers": len(held)} | {name: round(median(values), 2) for name, values in seconds.items()}
    agreement = {"partial": _agreement(marked, embedder), "full": _agreement(faithfulness.read(FULL), embedder)}
    print(json.dumps({**report, "agreement": agreement}, indent=2))


def _agreement(answers: Sequence[faithfulness.Marked], embedder: Embeddings) -> dict[str, Any]:
    found = faithfulness.measure(answers, OfflineJudge(embedder))
    return {name: value for name, value in found.items() if name != "unsupported"}


if __name__ == "__main__":
    main()
