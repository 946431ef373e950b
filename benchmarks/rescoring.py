"""How long a change of the rubric takes over many interviews, and what has to be judged for it; prints JSON.

    python -m benchmarks.rescoring [--interviews 1000] [--first quick|real]

Every answer is another one (sentences of benchmarks/coverage.yaml, put together at random). The first reports are what
is there before, not what is measured: `quick` makes them by a judge without a model, as what it said is only looked up
later on; `real` takes the product's judge for them too. Then a weight is changed, then one point's wording, and each
time every interview is scored anew as the product does it: in its workflow, with stored rows, seals and the
counterfactual check. The point's change is stopped half way and taken up by a new workflow, as after a restart.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine
from sqlmodel import SQLModel

from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.evaluation import faithfulness
from interview_platform.models import (
    Application,
    Candidate,
    Interview,
    Invite,
    Organisation,
    Question,
    Turn,
    User,
    make_engine,
    now,
    session,
)
from interview_platform.services import jobs, plans, reports, rescoring, rubrics, seed
from interview_platform.services.access import Actor
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.services.scoring.remembered import RememberingJudge, VerdictStore
from interview_platform.settings import settings
from interview_platform.workflows.rescore import Rescoring

KEY = b"a key only for measuring"
SENTENCES = 7
MARKED = Path(__file__).with_name("coverage.yaml")


class Quick(Embeddings):
    """Stands in for a sentence model where only the place of a vector counts, not its meaning."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of 8 numbers each, by the letters."""
        return [[float(sum(map(ord, text[n::8])) % 97 + 1) for n in range(8)] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The same for one."""
        return self.embed_documents([text])[0]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=1000)
    parser.add_argument("--first", choices=("quick", "real"), default="quick")
    asked = parser.parse_args()
    embedder = SentenceEmbedder(settings().cache_dir / "minilm")
    embedder.embed_query("Load the model.")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_measured(Path(folder), embedder, asked.interviews, asked.first), indent=2))


def _measured(folder: Path, embedder: Embeddings, interviews: int, first: str) -> dict[str, object]:
    engine = make_engine(f"sqlite:///{folder / 'bench.db'}")
    SQLModel.metadata.create_all(engine)
    actor, job_id, ids = _held(engine, interviews)
    store = VerdictStore(folder / "verdicts.db")
    began = time.perf_counter()
    before = RememberingJudge(OfflineJudge(embedder if first == "real" else Quick()), store)
    for interview_id in ids:
        reports.build(engine, interview_id, before, key=KEY)
    held: dict[str, object] = {"interviews": interviews, "answers": before.asked, "first": first}
    held["first_seconds"] = round(time.perf_counter() - began, 1)
    judge = RememberingJudge(OfflineJudge(embedder), store)
    _change(engine, actor, job_id, weight=1.3)
    held["weight_changed"] = _scored(engine, actor, job_id, judge, stop=False)
    _change(engine, actor, job_id, point="Says in one sentence what was wrong, and for whom")
    held["point_changed"] = _scored(engine, actor, job_id, judge, stop=True)
    with session(engine) as db:
        found = rescoring.outcomes(db, actor, job_id)
    held["recommendations_changed"] = sum(one.turns for one in found)
    held["take_seconds"] = _taken(engine, actor, job_id, judge)
    held["bytes_remembered"] = sum(file.stat().st_size for file in folder.glob("verdicts.db*"))
    return held


def _scored(engine: Engine, actor: Actor, job_id: str, judge: RememberingJudge, stop: bool) -> dict[str, object]:
    """Score all anew; with `stop`, the first workflow is closed half way and a second one goes on."""
    asked, wall, cpu = judge.asked, time.perf_counter(), time.process_time()
    with session(engine) as db:
        run = rescoring.start(db, actor, job_id)
    if stop:
        half = Rescoring(engine, lambda: judge, KEY, busy=lambda: _closed_at(engine, job_id, half, run.total // 2))
        half.work(job_id)
    again = Rescoring(engine, lambda: judge, KEY)
    again.recover()
    again.wait()
    again.close()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    with session(engine) as db:
        over = rescoring.state(db, job_id)
        if not stop:
            rescoring.drop(db, actor, job_id)
    return {
        "scored": over.done,
        "failed": over.failed,
        "answers_judged": judge.asked - asked,
        "seconds": round(wall, 1),
        "cpu_seconds": round(cpu, 1),
        "ms_per_interview": round(1000 * wall / max(1, over.done), 1),
    }


def _closed_at(engine: Engine, job_id: str, workflow: Rescoring, done: int) -> bool:
    with session(engine) as db:
        if len(rescoring.proposals(db, job_id)) >= done:
            workflow.close()
    return False


def _taken(engine: Engine, actor: Actor, job_id: str, judge: RememberingJudge) -> float:
    began = time.perf_counter()
    with session(engine) as db:
        rescoring.take(db, actor, job_id)
    Rescoring(engine, lambda: judge, KEY).work(job_id)
    return round(time.perf_counter() - began, 1)


def _change(engine: Engine, actor: Actor, job_id: str, weight: float = 0.0, point: str = "") -> None:
    with session(engine) as db:
        first, *rest = rubrics.current(db, actor, job_id).lines
        if weight:
            first = replace(first, weight=weight)
        if point:
            asked = first.asked[0]
            points = ((point, asked.points[0][1]), *asked.points[1:])
            first = replace(first, asked=(replace(asked, points=points), *first.asked[1:]))
        rubrics.save(db, actor, job_id, [first, *rest])


def _held(engine: Engine, interviews: int) -> tuple[Actor, str, list[str]]:
    """One job and its ended interviews; the recruiter, the job's id, the interviews' ids."""
    said = [text for one in faithfulness.read(MARKED) for text in _sentences(one.answer)]
    chance = random.Random(6)
    with session(engine) as db:
        employer = Organisation(name="Northwind Health", values="We say what went wrong.")
        user = User(organisation_id=employer.id, email="bench@example.com", name="Bench", password_hash="-")
        db.add(employer)
        db.flush()
        db.add(user)
        db.flush()
        actor = Actor(organisation_id=employer.id, role="recruiter", user_id=user.id)
        job = jobs.create(db, actor, seed.JOB)
        plan = plans.current(db, actor, job.id)
        rubrics.current(db, actor, job.id)
        asked = [line.question for line in plan.lines if line.question is not None]
        ids = [_interview(db, actor, job.id, asked, n, said, chance) for n in range(interviews)]
    return actor, job.id, ids


def _interview(db, actor, job_id, asked: Sequence[Question], number: int, said, chance) -> str:  # type: ignore[no-untyped-def]
    who = Candidate(organisation_id=actor.organisation_id, name=f"Person {number}", email=f"p{number}@example.com")
    db.add(who)
    db.flush()
    application = Application(organisation_id=actor.organisation_id, job_id=job_id, candidate_id=who.id)
    db.add(application)
    db.flush()
    invite = Invite(organisation_id=actor.organisation_id, application_id=application.id, expires_at=now())
    db.add(invite)
    db.flush()
    row = Interview(
        organisation_id=actor.organisation_id,
        application_id=application.id,
        invite_id=invite.id,
        plan=[question.id for question in asked],
        status="reported",
        ended_by="plan",
    )
    db.add(row)
    db.flush()
    for n, question in enumerate(asked):
        words = " ".join(chance.sample(said, SENTENCES))
        for speaker, text in (("agent", question.text), ("candidate", words)):
            kind = "core" if speaker == "agent" else "answer"
            turn = Turn(interview_id=row.id, position=0, speaker=speaker, kind=kind, text=text)
            turn.position, turn.question_id = 2 * n + (speaker == "candidate"), question.id
            db.add(turn)
    db.flush()
    return row.id


def _sentences(text: str) -> list[str]:
    return [f"{part.strip()}." for part in text.replace("\n", " ").split(".") if len(part.split()) > 4]


if __name__ == "__main__":
    main()
