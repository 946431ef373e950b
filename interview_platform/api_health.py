"""What machines ask of a process: is it alive, may it be sent interviews, how is it doing (Prometheus).

`/api/metrics` answers only to whoever sends `Authorization: Bearer METRICS_TOKEN`; without that setting there is no
such page. It holds numbers of the whole process, never a name, an id or an organisation.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlmodel import Session, col, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from interview_platform.models import Interview, Message, Resume
from interview_platform.wiring import Platform, platform


async def health(_request: Request) -> Response:
    """Alive, and the database answers."""
    await run_in_threadpool(_ask, platform())
    return JSONResponse({"status": "ok"})


async def ready(_request: Request) -> Response:
    """200 when interviews may be sent here, else 503: `{"database", "rooms", "places"}`, rooms built or not."""
    held = platform()
    try:
        await run_in_threadpool(_ask, held)
    except Exception:  # whatever the driver calls it: the answer is no
        return JSONResponse({"database": False, "rooms": False, "places": 0}, 503)
    places, _ = _room(held)
    state = {"database": True, "rooms": "rooms" in held.__dict__, "places": places}
    return JSONResponse(state, 200 if places else 503)


async def metrics(request: Request) -> Response:
    """The process's figures in Prometheus' text format."""
    held = platform()
    token = held.settings.metrics_token.get_secret_value()
    if not token:
        return JSONResponse({"error": "Metrics are off. Set METRICS_TOKEN to have them."}, 404)
    sent = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not secrets.compare_digest(sent.encode(), token.encode()):
        return JSONResponse({"error": "The token is not right."}, 401)
    return Response(await run_in_threadpool(_written, held), media_type=CONTENT_TYPE_LATEST)


def _written(held: Platform) -> bytes:
    registry = CollectorRegistry()
    registry.register(Standing(held))
    return generate_latest(REGISTRY) + generate_latest(registry)


class Standing(Collector):
    """Where the product stands now, read when it is asked."""

    def __init__(self, held: Platform) -> None:
        self._held = held

    def collect(self) -> Iterator[Metric]:
        """Gauges."""
        yield _gauge("rooms_live", "Interviews with a room in this process", _live(self._held))
        free, waiting = _room(self._held)
        yield _gauge("rooms_free", "Calls this process can still take", free)
        yield _gauge("rooms_waiting", "Interviews in line for a room", waiting)
        with self._held.db() as db:
            yield _by_status(db, "interviews", "Interviews not over, by status", Interview, ("planned", "live"))
            yield _by_status(db, "mails", "E-mails that are not gone, by status", Message, ("queued", "failed"))
            yield _by_status(db, "resumes", "Résumés that wait to be read", Resume, ("queued",))


def _by_status(db: Session, name: str, words: str, table: type, statuses: tuple[str, ...]) -> Metric:
    status = col(table.status)  # type: ignore[attr-defined]
    counts = dict(db.execute(select(status, func.count()).where(status.in_(statuses)).group_by(status)).tuples().all())
    family = GaugeMetricFamily(f"interview_platform_{name}", words, labels=["status"])
    for one in statuses:
        family.add_metric([one], counts.get(one, 0))
    return family


def _gauge(name: str, words: str, value: int) -> Metric:
    return GaugeMetricFamily(f"interview_platform_{name}", words, value)


def _live(held: Platform) -> int:
    return len(held.rooms.live()) if "rooms" in held.__dict__ else 0


def _room(held: Platform) -> tuple[int, int]:
    """(Calls that can still be taken, interviews in line); rooms that are not built yet take all they will."""
    return held.rooms.room() if "rooms" in held.__dict__ else (held.settings.call_limit, 0)


def _ask(held: Platform) -> None:
    with held.db() as db:
        db.connection().execute(text("select 1"))
