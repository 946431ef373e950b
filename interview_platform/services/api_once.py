"""A request with an Idempotency-Key is carried out once: repeated, it is answered with what it came to.

The key's row is written in the transaction of the work itself, so there is no state between: either both are there or
neither is. Two at the same time meet at the unique key, and the second is told to come again.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from interview_platform.errors import BadInput
from interview_platform.models import ApiRequest, now
from interview_platform.services.access import Actor

KEPT = timedelta(hours=24)
LONGEST_KEY = 200


class KeyReused(BadInput):
    """The same Idempotency-Key came for something else."""


def begin(db: Session, actor: Actor, operation: str, key: str, asked: Any) -> ApiRequest | None:
    """The request's row to be finished with `end`; None without a key.

    A row with an `answer` was carried out before: answer with that. Raises BadInput (the key is too long), KeyReused.
    """
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        raise BadInput(f"An Idempotency-Key has at most {LONGEST_KEY} characters. Nothing was done.")
    row = ApiRequest(
        organisation_id=actor.organisation_id,
        digest=_digest([operation, key]),
        asked=_digest([operation, asked]),
    )
    mine = (col(ApiRequest.organisation_id) == row.organisation_id, col(ApiRequest.digest) == row.digest)
    db.exec(delete(ApiRequest).where(*mine, col(ApiRequest.created_at) < now() - KEPT))
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    db.execute(dialect.insert(ApiRequest).values(row.model_dump()).on_conflict_do_nothing())
    found = db.exec(select(ApiRequest).where(*mine)).one()
    if found.asked != row.asked:
        raise KeyReused("This Idempotency-Key was used for another request. Take a new one. Nothing was done.")
    return found


def end(db: Session, row: ApiRequest | None, answer: dict[str, Any]) -> dict[str, Any]:
    """Keep what the request came to (ids only), in the transaction that did it; the answer again."""
    if row is not None:
        row.answer = answer
        db.add(row)
        db.flush()
    return answer


def tidy(db: Session) -> None:
    """Forget what nobody can ask for again."""
    db.exec(delete(ApiRequest).where(col(ApiRequest.created_at) < now() - KEPT))


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()
