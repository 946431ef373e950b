"""How long a recruiter waits for a page of a large pool. Prints JSON: median, 95th percentile and CPU, in ms.

    python -m benchmarks.pool [--applications 100000] [--runs 15] [--keep FILE]

Fills an SQLite file with one job's applications (and as many of another job's in the same organisation when
`--others` says so), then asks for pages as the pool does: every order, searches, filters, first to last page.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from interview_platform.models import Application, Candidate, Job, Organisation, make_engine, new_id, now, session
from interview_platform.services import pool
from interview_platform.services.access import Actor
from interview_platform.services.pool_query import PoolQuery, condition_key
from interview_platform.services.pool_standing import rank_standing

SKILLS = ("Python", "PostgreSQL", "Kubernetes", "Kafka", "React", "Terraform", "AWS", "Java", "Docker", "Nursing")
FIRST = ("Ada", "Ben", "Chidi", "Dora", "Emeka", "Farah", "Goran", "Hana")
LAST = ("Stone", "Hill", "Okafor", "Meyer", "Silva", "Tanaka", "Novak", "Diaz")
STAGES = ("new",) * 8 + ("invited", "interviewed", "rejected")
BATCH = 5_000
LICENCE = {"kind": "licence", "value": "Registered nurse", "text": ""}


def main() -> None:
    """Fill, ask, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        file = options.keep or Path(folder) / "pool.db"
        engine = make_engine(f"sqlite:///{file}")
        SQLModel.metadata.create_all(engine)
        actor, job_id = _fill(engine, options.applications, options.others)
        report = {
            "applications": options.applications,
            "others": options.others,
            "file_mb": round(file.stat().st_size / 1e6, 1),
            "ms": {name: _timed(engine, ask, options.runs) for name, ask in _questions(actor, job_id, options)},
        }
        engine.dispose()
    print(json.dumps(report, indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=100_000)
    parser.add_argument("--others", type=int, default=0, help="applications of another job beside it")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--keep", type=Path, help="write the database here and leave it")
    return parser.parse_args()


def _fill(engine: Engine, mine: int, others: int) -> tuple[Actor, str]:
    with session(engine) as db:
        employer = Organisation(name="Benchmark")
        db.add(employer)
        db.flush()
        jobs = [
            Job(
                organisation_id=employer.id,
                title=title,
                required_skills=SKILLS[:4],
                preferred_skills=SKILLS[4:6],
                conditions=[LICENCE],
            )
            for title in ("Backend Engineer", "Other")
        ]
        db.add_all(jobs)
        db.flush()
        actor = Actor(organisation_id=employer.id, role="recruiter")
    made = random.Random(7)
    for job, number in zip(jobs, (mine, others), strict=True):
        for first in range(0, number, BATCH):
            people = [_person(made, actor, job.id, place) for place in range(first, min(number, first + BATCH))]
            with engine.begin() as connection:
                connection.execute(Candidate.__table__.insert(), [person for person, _ in people])  # type: ignore[attr-defined]
                connection.execute(Application.__table__.insert(), [row for _, row in people])  # type: ignore[attr-defined]
    return actor, jobs[0].id


def _person(made: random.Random, actor: Actor, job_id: str, place: int) -> tuple[dict[str, Any], dict[str, Any]]:
    name = f"{made.choice(FIRST)} {made.choice(LAST)} {place}"
    skills = made.sample(SKILLS, 5)
    person = {
        "id": new_id(),
        "organisation_id": actor.organisation_id,
        "name": name,
        "email": f"person{place}@example.com",
        "headline": "Backend Engineer",
        "links": [],
        "created_at": now(),
    }
    row = {
        "id": new_id(),
        "organisation_id": actor.organisation_id,
        "job_id": job_id,
        "candidate_id": person["id"],
        "stage": made.choice(STAGES),
        "score": round(100 * made.random(), 2) if place % 50 else None,
        "found": "|"
        + "".join(f"{skill.casefold()}={made.choice('12')}|" for skill in skills if skill in SKILLS[:6])
        + (f"{condition_key('licence', 'Registered nurse')}=2|" if place % 3 == 0 else ""),
        "haystack": f"{name} {person['email']} backend engineer resume-{place}.pdf {' '.join(skills)} "
        "stakeholder management, budgeting, negotiation, microsoft office, communication, forecasting".casefold(),
        "name_key": name.casefold(),
        "created_at": now() + timedelta(milliseconds=place),
    }
    return person, row | {"haystack": str(row["haystack"]).casefold()}


def _questions(actor: Actor, job_id: str, options: argparse.Namespace) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Each query by name; `page:` is all a page of the table needs: rows, counts by stage, the whole."""
    last = max(0, options.applications - 50)
    pages = {
        "first, by match": PoolQuery(),
        "middle, by match": PoolQuery(first=last // 2),
        "last, by match": PoolQuery(first=last),
        "middle, by name": PoolQuery(order="name", first=last // 2),
        "middle, newest": PoolQuery(order="newest", first=last // 2),
        "one stage": PoolQuery(stage="invited"),
        "one stage, its middle": PoolQuery(stage="new", first=int(last * 0.36)),
        "search one word": PoolQuery(search="okafor"),
        "search two words, rare": PoolQuery(search="stone person4711@"),
        "search nothing found": PoolQuery(search="zzzz"),
        "requirement found": PoolQuery(requirement="Kafka"),
        "requirement not found": PoolQuery(requirement="!Kafka"),
        "hard conditions met": PoolQuery(conditions_met=True),
        "search, stage and requirement": PoolQuery(search="hill", stage="new", requirement="Python"),
    }
    for name, query in pages.items():
        yield f"page: {name}", partial(pool.pool, actor=actor, job_id=job_id, query=query)
    yield "size", lambda db: pool.size(db, actor, job_id)
    yield "whether to rank again", lambda db: rank_standing(db, actor, job_id)
    yield "choose 500 that match", lambda db: pool.matching(db, actor, job_id, PoolQuery(search="okafor"), 500)


def _timed(engine: Engine, ask: Callable[[Any], Any], runs: int) -> dict[str, float]:
    taken, worked = [], []
    for _ in range(runs):
        with session(engine) as db:
            begun, before = time.perf_counter(), time.process_time()
            ask(db)
            taken.append(1000 * (time.perf_counter() - begun))
        worked.append(1000 * (time.process_time() - before))
    taken.sort()
    p95 = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    return {
        "median": round(statistics.median(taken), 1),
        "p95": round(p95, 1),
        "cpu": round(statistics.median(worked), 1),
    }


if __name__ == "__main__":
    main()
