"""The work behind the import dialog: a source is fetched or read, and its facts are kept with the candidate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from interview_platform.errors import BadInput
from interview_platform.ports import Profile
from interview_platform.services import bulk_import, candidates, profiles
from interview_platform.services.access import Actor
from interview_platform.wiring import platform

_GITHUB_LINK = re.compile(r"(?:^|//|\.)github\.com/([A-Za-z0-9-]{1,39})(?:$|[/?#])")


@dataclass
class Taken:
    """What came of a file: how many people, and what could not be taken, each with the way out."""

    added: int = 0
    known: int = 0  # were there already; what was new about them was kept
    problems: list[str] = field(default_factory=list)


def github_user(links: Sequence[str]) -> str:
    """The user name in a candidate's links, or ""."""
    found = (_GITHUB_LINK.search(link) for link in links)
    return next((match.group(1) for match in found if match), "")


def from_github(actor: Actor, job_id: str, application_id: str, user: str) -> str:
    """Fetch one user; the name they are shown by. Raises BadInput, ServiceUnavailable."""
    name = github_user([user.strip()]) or user.strip().lstrip("@")
    if not name:
        raise BadInput("Type a GitHub user name.")
    _keep(actor, job_id, application_id, platform().github.fetch(name))
    return name


def from_file(actor: Actor, job_id: str, application_id: str, filename: str, content: bytes) -> Taken:
    """Read a LinkedIn export or a table. Raises BadInput with the way out."""
    if filename.lower().endswith(".zip"):
        _keep(actor, job_id, application_id, platform().linkedin_export.read(filename, content))
        return Taken(added=1)
    if application_id:
        raise BadInput("A table holds many candidates: import it from the job's pool.")
    held = platform()
    done = bulk_import.add_all(held.engine, held.blobs, actor, job_id, bulk_import.read(filename, content))
    return Taken(done.added, done.known, [str(problem) for problem in done.problems])


def _keep(actor: Actor, job_id: str, application_id: str, profile: Profile) -> None:
    held = platform()
    with held.db() as db:
        person = candidates.detail(db, actor, application_id).candidate.id if application_id else None
        profiles.add(db, held.blobs, actor, job_id or None, person, profile)
