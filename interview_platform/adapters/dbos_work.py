"""Durable work by DBOS: every step's outcome is a row, and a process that died is gone on from there.

DBOS keeps one instance per process, so this does, too. Its rows lie in a SQLite file, or on Postgres in the schema
`dbos` beside ours. They hold ids, names of steps and what steps gave back, no personal data. It opens no port.
Facts and figures: docs/decisions/0021-durable-work.md.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from dbos import DBOS, SetWorkflowID, StepInfo, WorkflowStatus

from interview_platform.adapters.dbos_json import FAULT, JsonWords, kept_as
from interview_platform.errors import BadInput, NotFound, PlatformError, ServiceUnavailable
from interview_platform.ports import Work, WorkKind, WorkState

RULES = "1"
"""DBOS goes on only with work of its own version: ours stays the same, as steps are told apart by their names."""
POLL_SECONDS = 0.5
"""How often each queue is looked at."""
CLOSING_SECONDS = 20.0
"""How long a stop waits for steps at hand; longer ones are begun again at the next start."""
KEPT_DAYS = 30
"""How long work that is over stays in the list."""
NOT_REACHED = "The list of background work cannot be reached just now. Nothing was lost."
CUT_OFF_TOO_OFTEN = (
    "The process stopped each time while this was being done, many times over, so it is not begun by itself any more. "
    "Look into the server's log before you try again."
)
_STATES: dict[str, WorkState] = {
    "ENQUEUED": "waiting",
    "DELAYED": "waiting",
    "PENDING": "running",
    "SUCCESS": "done",
    "ERROR": "failed",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "failed",
    "CANCELLED": "cancelled",
}
T = TypeVar("T")
_log = structlog.get_logger()
_one = threading.Lock()
"""Held by whoever runs DBOS in this process."""


class CutOff(BaseException):
    """The process is stopping: work ends between two steps without an outcome. No step can catch it by accident."""


class DbosWork:
    """Work of the given kinds. `address`: SQLAlchemy's, SQLite or Postgres."""

    name = "dbos"

    def __init__(
        self, address: str, kinds: Sequence[WorkKind], executor: str = "web", poll_seconds: float = POLL_SECONDS
    ) -> None:
        """`executor` names the process: what was cut off is taken up by the next one of that name."""
        self._address, self._executor, self._poll_seconds = address, executor, poll_seconds
        self._kinds = {kind.name: kind for kind in kinds}
        self._flows: dict[str, Callable[[str, str], None]] = {}
        self._closing, self._state = threading.Event(), threading.Lock()
        self._active: set[str] = set()
        self._caller = ThreadPoolExecutor(1, "durable-work")
        self._dbos: type[DBOS] | None = None

    def start(self) -> None:
        """As the port says."""
        with self._state:
            if self._dbos is not None:
                return
            if not _one.acquire(blocking=False):
                raise ServiceUnavailable("Background work is run by another part of this process already.")
            try:
                self._dbos = self._caller.submit(self._launch).result()
            except Exception as error:
                _stopped()
                _one.release()
                _log.error("durable_work_not_started", error=type(error).__name__)
                raise ServiceUnavailable("Background work could not be started: its database is not there.") from error
        self._caller.submit(self._tidy).result()

    def submit(self, kind: str, organisation_id: str, subject_id: str) -> str:
        """As the port says."""
        return self._apart(partial(self._submit, kind, organisation_id, subject_id))

    def listing(self, organisation_id: str, states: Sequence[WorkState] = (), limit: int = 100) -> list[Work]:
        """As the port says."""
        wanted = [name for name, state in _STATES.items() if not states or state in states]
        start = f"{organisation_id}:"

        def read() -> list[Work]:
            rows = self._read(workflow_id_prefix=start, status=wanted, limit=limit, sort_desc=True)
            return [self._work(row) for row in rows]

        return self._apart(read)

    def find(self, work_id: str) -> Work | None:
        """As the port says."""
        return self._apart(partial(self._find, work_id))

    def retry(self, work_id: str) -> None:
        """As the port says."""
        self._apart(partial(self._retry, work_id))

    def cancel(self, work_id: str) -> None:
        """As the port says."""
        self._apart(partial(self._cancel, work_id))

    def close(self) -> None:
        """As the port says."""
        with self._state:
            if self._dbos is None:
                return
            self._closing.set()
            until = time.monotonic() + CLOSING_SECONDS
            while self._active and time.monotonic() < until:
                time.sleep(0.02)
            self._dbos = None
            _stopped()
            _one.release()

    # --- inside ------------------------------------------------------------------------------------------------

    def _apart(self, act: Callable[[], T]) -> T:
        """On a thread of its own, as DBOS refuses an event loop's; its errors and the database's in our words."""
        try:
            return self._caller.submit(act).result()
        except PlatformError:
            raise
        except Exception as error:
            _log.warning("durable_work_not_reached", error=type(error).__name__)
            raise ServiceUnavailable(
                "The list of background work cannot be reached just now. Nothing was lost."
            ) from error

    def _submit(self, kind: str, organisation_id: str, subject_id: str) -> str:
        start = f"{organisation_id}:{kind}:{subject_id}:"
        runs = sorted(self._read(workflow_id_prefix=start), key=lambda row: _number(row.workflow_id))
        last = runs[-1] if runs else None
        state = _STATES[last.status] if last is not None else "done"
        if last is not None and (state == "waiting" or (state == "running" and not self._kinds[kind].again)):
            return last.workflow_id
        if last is not None and state == "failed":
            self._retry(last.workflow_id)
            return last.workflow_id
        work_id = f"{start}{_number(last.workflow_id) + 1 if last is not None else 1}"
        with SetWorkflowID(work_id):
            self._running.enqueue_workflow(kind, self._flows[kind], organisation_id, subject_id)
        return work_id

    def _find(self, work_id: str) -> Work | None:
        return next((self._work(row) for row in self._read(workflow_ids=[work_id])), None)

    def _retry(self, work_id: str) -> None:
        work = self._existing(work_id)
        if work.state not in ("failed", "cancelled"):
            raise BadInput("This is not stopped, so there is nothing to take up. Reload the page.")
        if work_id in self._active:
            raise BadInput("The step at hand is still being ended. Try again in a moment.")
        stopped = _where_it_stopped(self._running.list_workflow_steps(work_id), work.state)
        self._running.rewind_workflow(work_id, start_step=stopped, queue_name=work.kind)

    def _cancel(self, work_id: str) -> None:
        if self._existing(work_id).state not in ("waiting", "running"):
            raise BadInput("This is over already, so there is nothing to stop. Reload the page.")
        self._running.cancel_workflow(work_id)

    @property
    def _running(self) -> type[DBOS]:
        if self._dbos is None:
            raise ServiceUnavailable(
                "Background work is not running here. It starts soon after the product: try again then."
            )
        return self._dbos

    def _launch(self) -> type[DBOS]:
        DBOS(
            config={
                "name": "interview-platform",
                "system_database_url": self._address,
                "application_version": RULES,
                "executor_id": self._executor,
                "log_level": "CRITICAL",  # its own lines hold tracebacks; what matters is logged here
                "notification_listener_polling_interval_sec": 2 * self._poll_seconds,
                "serializer": JsonWords(),
            }
        )
        self._closing.clear()
        for kind in self._kinds.values():
            self._flows[kind.name] = DBOS.workflow(name=kind.name)(self._flow(kind))
        DBOS.launch()
        for kind in self._kinds.values():
            DBOS.register_queue(kind.name, worker_concurrency=kind.at_once, polling_interval_sec=self._poll_seconds)
        return DBOS

    def _flow(self, kind: WorkKind) -> Callable[[str, str], None]:
        def follow(organisation_id: str, subject_id: str) -> None:
            work_id = DBOS.workflow_id or ""
            self._active.add(work_id)
            try:
                kind.follow(_DbosSteps(self._closing), subject_id)
            except PlatformError:
                raise
            except Exception as error:
                _log.exception("work_failed", kind=kind.name, subject=subject_id)
                raise PlatformError(FAULT) from error
            finally:
                self._active.discard(work_id)

        return follow

    def _read(self, **wanted: Any) -> list[WorkflowStatus]:
        return self._running.list_workflows(load_output=True, load_input=False, **wanted)

    def _existing(self, work_id: str) -> Work:
        work = self._find(work_id)
        if work is None:
            raise NotFound("This work is not there any more.")
        return work

    def _work(self, row: WorkflowStatus) -> Work:
        organisation_id, kind, subject_id, _ = row.workflow_id.split(":")
        done = tuple(step["function_name"] for step in self._running.list_workflow_steps(row.workflow_id))
        often = row.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
        cause = CUT_OFF_TOO_OFTEN if often else (str(row.error) if row.error is not None else "")
        times = _moment(row.created_at), _moment(row.updated_at or row.created_at)
        return Work(row.workflow_id, kind, organisation_id, subject_id, _STATES[row.status], *times, cause, done)

    def _tidy(self) -> None:
        before = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
        try:
            old = self._read(status=["SUCCESS", "CANCELLED"], end_time=before, limit=5_000)
            self._running.delete_workflows([row.workflow_id for row in old])
        except Exception as error:
            _log.warning("old_work_not_removed", error=type(error).__name__)


class _DbosSteps:
    """Steps whose outcomes are kept."""

    def __init__(self, closing: threading.Event) -> None:
        self._closing = closing

    def do(self, name: str, work: Callable[[], Any]) -> Any:
        """As the port says."""
        if self._closing.is_set():
            raise CutOff
        return DBOS.run_step({"name": name}, partial(kept_as, work))


def _where_it_stopped(steps: Iterable[StepInfo], state: WorkState) -> int:
    """The first step that failed, by its number; of cancelled work the one after the last. Work that failed outside
    its steps no longer fits what was kept of it (a new version of the product): it begins anew."""
    held = list(steps)
    failed = [step["function_id"] for step in held if step["error"] is not None]
    after = max((step["function_id"] for step in held), default=0) + 1
    return min(failed, default=after if state == "cancelled" else 1)


def _number(work_id: str) -> int:
    return int(work_id.rpartition(":")[2])


def _moment(milliseconds: int | None) -> datetime:
    return datetime.fromtimestamp((milliseconds or 0) / 1000, UTC)


def _stopped() -> None:
    DBOS.destroy(destroy_registry=True)
