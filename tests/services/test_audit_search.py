"""The audit log as people read it: searched and paged by the database, in sentences, and without what is kept back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotAllowed
from interview_platform.models import AuditEvent, Feedback, Override, Report, Score, now, session
from interview_platform.services import access, audit, audit_search, audit_words, correlation, reports
from interview_platform.services.access import Actor
from interview_platform.services.audit_search import Wanted
from tests import builders
from tests.services.scoring.material import SetJudge, ended


@pytest.fixture
def place(engine: Engine) -> tuple[Actor, dict[str, str]]:
    """A recruiter, and the ids of Ada's application, interview, report and score for a backend job."""
    with session(engine) as db:
        user, actor = builders.recruiter(db)
        job = builders.job(db, actor, blind_first=True)
        applied = builders.application(db, actor, job)
        held = builders.interview(db, actor, applied)
        report = Report(interview_id=held.id, judge="offline", status="ready", overall=3.4)
        db.add(report)
        db.flush()
        score = Score(report_id=report.id, name="Debugging", group="technical", weight=1.0, level=2)
        db.add(score)
        db.flush()
        over = Override(score_id=score.id, user_id=user.id, level=4, reason="She found the cause alone.")
        db.add(over)
        audit.record(db, actor, "job.created", f"job:{job.id}")
        system = access.system(actor.organisation_id)
        audit.record(db, system, "report.built", f"report:{report.id}", overall=3.4, coverage=0.9, judge="offline")
        audit.record(db, actor, "score.overridden", f"score:{score.id}", f"override:{over.id}", machine=2, level=4)
        ids = {"job": job.id, "application": applied.id, "interview": held.id, "invite": held.invite_id}
        return actor, {**ids, "report": report.id, "score": score.id}


def said(engine: Engine, actor: Actor, **wanted: object) -> list[str]:
    with session(engine) as db:
        lines, _ = audit_search.page(db, actor, Wanted(**wanted))  # type: ignore[arg-type]
    return [f"{line.who} {line.before}{line.thing}{line.after}" for line in lines]


def test_events_are_sentences_with_todays_names_and_lead_to_their_thing(
    engine: Engine, place: tuple[Actor, dict[str, str]]
) -> None:
    actor, ids = place
    assert said(engine, actor) == [
        "Robin Reyes changed a level in the report on Ada Candidate for “Backend Engineer”",
        "The product wrote the report on Ada Candidate for “Backend Engineer”",
        "Robin Reyes created the job “Backend Engineer”",
    ]
    with session(engine) as db:
        lines, total = audit_search.page(db, actor, Wanted(size=1))
    assert (total, lines[0].href, lines[0].why) == (3, f"/reports/{ids['interview']}", "She found the cause alone.")


def test_what_a_report_found_is_kept_from_whoever_has_to_rate_first(
    engine: Engine, place: tuple[Actor, dict[str, str]]
) -> None:
    actor, _ = place
    with session(engine) as db:
        lines, _ = audit_search.page(db, replace(actor, role="reviewer"), Wanted())
        shown = json.dumps([line.detail for line in lines])
        assert [line.withheld for line in lines] == [True, True, False]
        assert "3.4" not in shown
        assert "level" not in shown
        read, _ = audit_search.page(db, replace(actor, role="auditor"), Wanted())
        assert read[0].detail["level"] == 4
        taken = audit_search.export(db, replace(actor, role="owner"), Wanted(), "jsonl")
        assert [json.loads(line)["detail"] for line in taken.splitlines()[1:]] == [{"judge": "offline"}, {}]


def test_new_reports_leave_their_numbers_out_of_the_log(engine: Engine) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        event = db.exec(select(AuditEvent).where(AuditEvent.action == "report.built")).one()
    assert not audit_search.JUDGED & set(event.detail)


@pytest.mark.parametrize("words", ["ada", "Ada Cand", "level", "overridden", "robin"])
def test_a_search_finds_by_name_word_action_and_person(
    engine: Engine, place: tuple[Actor, dict[str, str]], words: str
) -> None:
    assert any("changed a level" in line for line in said(engine, place[0], words=words))


def test_a_search_by_id_finds_exactly_that(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    actor, ids = place
    assert said(engine, actor, words=ids["job"]) == ["Robin Reyes created the job “Backend Engineer”"]
    assert len(said(engine, actor, words=f"report:{ids['report']}")) == 1
    assert said(engine, actor, words="%") == []


def test_persons_kinds_times_and_what_belongs_together_narrow(
    engine: Engine, place: tuple[Actor, dict[str, str]]
) -> None:
    actor, ids = place
    with correlation.begun() as together, session(engine) as db:
        invited = Actor(actor.organisation_id, "candidate", invite_id=ids["invite"])
        audit.record(db, invited, "consent.given", f"invite:{ids['invite']}")
    given = "Ada Candidate (candidate) gave consent for Ada Candidate for “Backend Engineer”"
    assert said(engine, actor, person="invite") == [given]
    assert said(engine, actor, correlation=together) == [given]
    assert len(said(engine, actor, person="system")) == 1
    assert len(said(engine, actor, kind="reports")) == 2
    assert said(engine, actor, since=now() + timedelta(hours=1)) == []
    assert len(said(engine, actor, until=now() + timedelta(hours=1))) == 4


def test_pages_hold_every_event_once(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    actor, _ = place
    with session(engine) as db:
        for number in range(30):
            audit.record(db, actor, "job.changed", f"job:{number}")
    seen = []
    with session(engine) as db:
        for first in range(0, 33, 10):
            lines, total = audit_search.page(db, actor, Wanted(first=first, size=10))
            seen += [line.event.sequence for line in lines]
    assert (seen, total) == (list(range(33, 0, -1)), 33)


def test_another_organisation_sees_nothing_of_it(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    with session(engine) as db:
        _, other = builders.recruiter(db)
    assert said(engine, other) == []
    assert said(engine, other, words=place[1]["job"]) == []


def test_what_was_deleted_is_called_that(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    actor, _ = place
    with session(engine) as db:
        audit.record(db, actor, "interview.launched", "interview:gone")
        audit.record(db, Actor(actor.organisation_id, "candidate", invite_id="gone"), "invite.opened", "invite:gone")
        audit.record(db, actor, "hold.never_heard_of", "hold:x", "legal_matter")
    assert said(engine, actor, size=3) == [
        "Robin Reyes hold: never heard of, hold",
        "A candidate opened the interview link of a deleted candidate",
        "Robin Reyes launched a deleted interview",
    ]


def test_owners_and_auditors_download_and_nobody_else(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    actor, _ = place
    with session(engine) as db:
        for role in ("recruiter", "reviewer", "hiring_manager"):
            with pytest.raises(NotAllowed):
                audit_search.export(db, replace(actor, role=role), Wanted(), "csv")
        text = audit_search.export(db, replace(actor, role="auditor"), Wanted(), "jsonl")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["sequence"] for line in lines] == [1, 2, 3]
    assert lines[1]["previous"] == lines[0]["digest"]
    with session(engine) as db:
        assert audit.newest(db, actor)[0].action == "audit.exported"


def test_no_cell_of_the_download_is_a_formula(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    actor, ids = place
    with session(engine) as db:
        candidate = access.candidate(db, actor, access.application(db, actor, ids["application"]).candidate_id)
        candidate.name = "=HYPERLINK(1)"
        db.add(candidate)
        for subject in ("+1:x", "@sum:x", "-1:x", "=1:x", "\t=1:x"):
            audit.record(db, actor, "job.changed", subject)
        audit.record(
            db, Actor(actor.organisation_id, "candidate", invite_id=ids["invite"]), "invite.opened", "invite:x"
        )
    with session(engine) as db:
        text = audit_search.export(db, replace(actor, role="owner"), Wanted(), "csv")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert "'=HYPERLINK(1) (candidate)" in cells


def test_too_many_events_are_not_downloaded_half(
    engine: Engine, place: tuple[Actor, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_search, "MOST_EXPORTED", 2)
    with session(engine) as db, pytest.raises(BadInput, match="shorter time"):
        audit_search.export(db, replace(place[0], role="owner"), Wanted(), "csv")


def test_nobodys_words_get_into_the_log(engine: Engine, place: tuple[Actor, dict[str, str]]) -> None:
    actor, _ = place
    with session(engine) as db:
        row = audit.record(db, actor, "job.changed", "job:x", note="She told us about her illness. " * 40)
    assert "illness" not in json.dumps(row.detail)


def test_a_decisions_reason_is_shown_while_its_note_is_there(
    engine: Engine, place: tuple[Actor, dict[str, str]]
) -> None:
    actor, ids = place
    with session(engine) as db:
        note = Feedback(
            organisation_id=actor.organisation_id,
            interview_id=ids["interview"],
            user_id=actor.user_id,
            kind="decision",
            text="reject\nNot enough Python.",
        )
        db.add(note)
        audit.record(db, actor, "application.decided", f"application:{ids['application']}", f"feedback:{note.id}")
    assert _why(engine, actor) == "Not enough Python."
    with session(engine) as db:
        db.delete(db.get_one(Feedback, note.id))
    assert _why(engine, actor) == ""


def _why(engine: Engine, actor: Actor) -> str:
    with Session(engine) as db:
        return audit_search.page(db, actor, Wanted(size=1))[0][0].why


def test_every_sentence_has_one_place_at_most_and_every_deed_a_kind() -> None:
    prefixes = tuple(f"{name}." for _, _, names in audit_words.KINDS for name in names)
    assert all(said.count("{}") <= 1 for said in audit_words.PHRASES.values())
    assert [action for action in audit_words.PHRASES if not action.startswith(prefixes)] == []
