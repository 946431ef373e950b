"""What an audit event was about, by today's name and with the page that shows it. Names are looked up, never logged.

What was deleted since is called that: the log outlives the people it tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from interview_platform import routes
from interview_platform.models import (
    ApiToken,
    Application,
    AuditEvent,
    Candidate,
    Correction,
    Feedback,
    Interview,
    Invite,
    Job,
    Material,
    Message,
    Override,
    Report,
    Resume,
    Score,
    User,
)

_CALLED = {"resume": "résumé", "user": "colleague", "message": "e-mail"}
_TABLES: dict[str, tuple[type[Any], Any]] = {
    "invite": (Invite, Invite.application_id),
    "interview": (Interview, Interview.application_id),
    "report": (Report, Report.interview_id),
    "score": (Score, Score.report_id),
}
_REASONS: dict[str, tuple[type[Any], Any]] = {
    "override": (Override, Override.reason),
    "correction": (Correction, Correction.reason),
    "feedback": (Feedback, Feedback.text),
}


@dataclass(frozen=True)
class Thing:
    """Its name in a sentence, and a page of ours ("" = none)."""

    words: str
    href: str = ""


class Things:
    """The things of some events, read in a few queries however many there are."""

    def __init__(self, db: Session, organisation_id: str, events: Iterable[AuditEvent]) -> None:
        rows = list(events)
        self._db, self._organisation = db, organisation_id
        self._ids: dict[str, set[str]] = {}
        for row in rows:
            for named in (row.subject, row.actor):
                kind, _, key = named.partition(":")
                self._ids.setdefault(kind, set()).add(key)
        self.up = {kind: self._parents(kind) for kind in ("score", "report", "interview", "invite")}
        self._people = self._applications()
        self._jobs = self._named(Job, Job.title, {*self._ids.get("job", ()), *self._pool_jobs()})
        self._resumes = self._resume_rows()
        self._own = {
            "candidate": self._named(Candidate, Candidate.name, self._ids.get("candidate", ())),
            "user": self._named(User, User.name, self._ids.get("user", ())),
            "material": self._named(Material, Material.title, self._ids.get("material", ())),
            "token": self._named(ApiToken, ApiToken.name, self._ids.get("token", ())),
            "message": self._named(Message, Message.purpose, self._ids.get("message", ())),
        }
        self._why = self._reasons(rows)

    def of(self, subject: str) -> Thing:
        """By "<thing>:<id>"."""
        kind, _, key = subject.partition(":")
        if kind in ("application", "invite", "interview", "report", "score"):
            return self._of_person(kind, key)
        if kind == "job":
            return Thing(f"the job “{self._jobs[key]}”", routes.job(key)) if key in self._jobs else _gone(kind)
        if kind == "resume":
            return self._of_resume(key)
        return self._plain(kind, key)

    def who(self, actor: str) -> str:
        """The person's name, for an event's actor."""
        kind, _, key = actor.partition(":")
        if kind == "user":
            return self._own["user"].get(key) or "A former colleague"
        if kind == "token":
            return f"“{self._own['token'].get(key) or 'A removed key'}” (API)"
        if kind == "invite":
            found = self._people.get(self.up["invite"].get(key, ""))
            return f"{found[0]} (candidate)" if found else "A candidate"
        return "The product"

    def why(self, code: str) -> str:
        """The text of a reason that stands in a row; "" for a word of a list, and where the row is gone."""
        return self._why.get(code, "")

    def interview_of(self, subject: str) -> str:
        """The interview that a report or a level belongs to, or ""."""
        kind, _, key = subject.partition(":")
        if kind == "score":
            kind, key = "report", self.up["score"].get(key, "")
        return self.up["report"].get(key, "") if kind == "report" else ""

    # --- inside ------------------------------------------------------------------------------------------------

    def _parents(self, kind: str) -> dict[str, str]:
        table, parent = _TABLES[kind]
        ids = self._ids.get(kind, set())
        found = dict(self._db.exec(select(table.id, parent).where(table.id.in_(list(ids)))).all()) if ids else {}
        above = {"score": "report", "report": "interview"}.get(kind)
        if above:
            self._ids.setdefault(above, set()).update(found.values())
        return {str(key): str(value) for key, value in found.items()}

    def _applications(self) -> dict[str, tuple[str, str, str]]:
        """Application → candidate's name, job's title, job."""
        ids = {*self._ids.get("application", ()), *self.up["interview"].values(), *self.up["invite"].values()}
        query = (
            select(Application.id, Candidate.name, Job.title, Job.id)
            .join(Candidate, col(Candidate.id) == Application.candidate_id)
            .join(Job, col(Job.id) == Application.job_id)
            .where(Application.organisation_id == self._organisation, col(Application.id).in_(list(ids)))
        )
        return {row[0]: (row[1] or "Somebody without a name", row[2], row[3]) for row in self._db.exec(query)}

    def _named(self, table: type[Any], name: Any, ids: Iterable[str]) -> dict[str, str]:
        wanted = list(ids)
        if not wanted:
            return {}
        query = select(table.id, name).where(table.organisation_id == self._organisation, table.id.in_(wanted))
        return {str(key): str(value) for key, value in self._db.exec(query)}

    def _pool_jobs(self) -> set[str]:
        ids = list(self._ids.get("resume", ()))
        query = select(Resume.job_id).where(col(Resume.id).in_(ids))
        return {str(key) for key in self._db.exec(query) if key} if ids else set()

    def _resume_rows(self) -> dict[str, tuple[str, str]]:
        """Résumé → file's name, job."""
        ids = list(self._ids.get("resume", ()))
        if not ids:
            return {}
        query = select(Resume.id, Resume.filename, Resume.job_id)
        query = query.where(Resume.organisation_id == self._organisation, col(Resume.id).in_(ids))
        return {key: (name, job or "") for key, name, job in self._db.exec(query)}

    def _reasons(self, rows: Iterable[AuditEvent]) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, (table, text) in _REASONS.items():
            codes = {row.why.partition(":")[2] for row in rows if row.why.startswith(f"{kind}:")}
            held = self._db.exec(select(table.id, text).where(table.id.in_(list(codes)))) if codes else ()
            found |= {f"{kind}:{key}": _without_first_word(kind, str(said)) for key, said in held}
        return found

    def _of_person(self, kind: str, key: str) -> Thing:
        interview = self.interview_of(f"{kind}:{key}") or (key if kind == "interview" else "")
        application = self.up["interview"].get(interview, "") or self.up["invite"].get(key, "") or key
        found = self._people.get(application)
        if found is None:
            return _gone({"score": "report", "application": "candidate", "invite": "candidate"}.get(kind, kind))
        name, title, job = found
        if kind in ("application", "invite"):
            return Thing(f"{name} for “{title}”", routes.candidate(job, application))
        what = "report on" if kind in ("report", "score") else "interview of"
        return Thing(f"the {what} {name} for “{title}”", routes.report(interview))

    def _of_resume(self, key: str) -> Thing:
        if key not in self._resumes:
            return _gone("resume")
        name, job = self._resumes[key]
        title = self._jobs.get(job, "")
        return Thing(f"the file “{name}”" + (f" for “{title}”" if title else ""), routes.job(job) if title else "")

    def _plain(self, kind: str, key: str) -> Thing:
        name = self._own.get(kind, {}).get(key, "")
        if kind == "candidate":
            return Thing(name or "somebody without a name", routes.TALENT) if key in self._own[kind] else _gone(kind)
        if kind == "message":
            words = f"an e-mail ({name.replace('_', ' ')})" if name else "an e-mail"
            return Thing(words, routes.OUTBOX if name else "")
        if kind == "material":
            return Thing(f"“{name}”", routes.COMPANY) if name else _gone(kind)
        if kind == "user":
            return Thing(name or "a former colleague")
        return Thing(kind.replace("_", " "))


def _gone(kind: str) -> Thing:
    return Thing(f"a deleted {_CALLED.get(kind, kind)}")


def _without_first_word(kind: str, said: str) -> str:
    """A decision's text begins with the decision on a line of its own."""
    return said.partition("\n")[2].strip() if kind == "feedback" and "\n" in said else said


def found_by(db: Session, organisation_id: str, words: str, most: int = 300) -> list[str]:
    """Subjects whose thing has this name today: candidates with everything of theirs, and jobs."""
    mine: Mapping[str, Any] = {"organisation_id": organisation_id}
    people = select(Candidate.id).filter_by(**mine).where(_named(Candidate.name, words)).limit(most)
    candidates = list(db.exec(people))
    jobs = list(db.exec(select(Job.id).filter_by(**mine).where(_named(Job.title, words)).limit(most)))
    applied = select(Application.id).filter_by(**mine).where(col(Application.candidate_id).in_(candidates))
    applications = list(db.exec(applied.limit(most)))
    held = list(db.exec(select(Interview.id).where(col(Interview.application_id).in_(applications))))
    invites = list(db.exec(select(Invite.id).where(col(Invite.application_id).in_(applications))))
    resumes = list(db.exec(select(Resume.id).where(col(Resume.candidate_id).in_(candidates))))
    reports = list(db.exec(select(Report.id).where(col(Report.interview_id).in_(held))))
    scores = list(db.exec(select(Score.id).where(col(Score.report_id).in_(reports))))
    by_kind = {"candidate": candidates, "job": jobs, "application": applications, "interview": held}
    by_kind |= {"invite": invites, "resume": resumes, "report": reports, "score": scores}
    return [f"{kind}:{key}" for kind, ids in by_kind.items() for key in ids]


def _named(column: Any, words: str) -> Any:
    return col(column).icontains(words, autoescape=True)
