"""A report leaves the product: as JSON, as PDF, by link, and in the candidate's words; each says what it is."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from pdfminer.high_level import extract_text
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import AuditEvent, Organisation, ReportLink, Score, now, session
from interview_platform.ports import PointVerdict
from interview_platform.services import ratings, report_export, report_pdf, report_plain, reports, review, sharing
from interview_platform.services.access import Actor
from interview_platform.services.report_view import ReportView
from tests.services.scoring.material import FOUND, Held, SetJudge, ended

KEY = b"the installation's secret"
LOOKED = "I looked at the slow query log and saw that one report held a lock on the orders table"


@pytest.fixture
def held(engine: Engine) -> Held:
    made = ended(engine)
    judge = SetJudge(lambda point, answer: PointVerdict(point, "met" if point == FOUND else "not_shown", (LOOKED,)))
    reports.build(engine, made.interview.id, judge, key=KEY)
    return made


def _exported(engine: Engine, held: Held) -> ReportView:
    with session(engine) as db:
        return report_export.for_export(db, held.actor, held.interview.id, KEY, "json")


def _tamper(engine: Engine) -> None:
    with session(engine) as db:
        row = db.exec(select(Score)).first()
        assert row is not None
        row.level = 5
        db.add(row)


def _pages(pdf: bytes) -> str:
    return " ".join(extract_text(io.BytesIO(pdf)).split())


def _share(engine: Engine, held: Held, audience: str = sharing.READER) -> tuple[str, str]:
    with session(engine) as db:
        link, token = sharing.issue(db, held.actor, KEY, held.interview.id, 7, audience)
        return link.id, token


def _opened(engine: Engine, token: str) -> sharing.Shared:
    with session(engine) as db:
        return sharing.open_link(db, KEY, token)


def test_the_json_holds_levels_quotes_versions_and_the_seal_as_checked(engine: Engine, held: Held) -> None:
    read = json.loads(report_export.as_json(_exported(engine, held)))
    assert read["schema"] == report_export.SCHEMA
    assert (read["scores"][0]["level"], read["scores"][0]["evidence"][0]["quote"]) == (3, LOOKED)
    assert read["seal"]["state"] == "intact"
    assert read["versions"]["judge"] == "Set judge"
    assert "recording_key" not in read
    with session(engine) as db:
        logged = db.exec(select(AuditEvent).where(AuditEvent.action == "report.exported")).one()
    assert (logged.detail["form"], logged.detail["seal"]) == ("json", "intact")


def test_a_tampered_report_says_so_in_every_export(engine: Engine, held: Held) -> None:
    _tamper(engine)
    view = _exported(engine, held)
    assert json.loads(report_export.as_json(view))["seal"]["state"] == "changed"
    assert "tampered with" in _pages(report_pdf.as_pdf(view))
    _, token = _share(engine, held)
    shared = _opened(engine, token).report
    assert shared is not None
    assert shared.seal.state == "changed"


def test_the_pdf_reads_from_the_overall_to_the_versions(engine: Engine, held: Held) -> None:
    read = _pages(report_pdf.as_pdf(_exported(engine, held)))
    places = [
        read.find(words)
        for words in (
            "Ada Candidate",
            "Overall",
            "Debugging",
            "3 of 5",
            "slow query log",
            "Not shown",
            "Rubric",
            "Seal",
        )
    ]
    assert -1 not in places
    assert places[0] < places[1] < places[2]
    assert "tampered" not in read


def test_the_pdf_writes_names_of_other_alphabets(engine: Engine, held: Held) -> None:
    from dataclasses import replace

    view = replace(_exported(engine, held), candidate_name="Łukasz Жуков 王芳 <b>&")
    read = _pages(report_pdf.as_pdf(view))
    assert "Łukasz Жуков" in read
    assert "王芳" in read
    assert "<b>&" in read


def test_what_is_hidden_from_a_person_is_not_exported_to_her(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        ratings.set_blind_first(db, held.actor, held.job.id, True)
    with pytest.raises(NotAllowed, match="Rate"):
        _exported(engine, held)
    with pytest.raises(BadInput):
        _share(engine, held)


def test_an_interview_without_a_report_cannot_be_exported(engine: Engine) -> None:
    with pytest.raises(BadInput):
        _exported(engine, ended(engine))


def test_a_link_opens_the_report_without_contact_notes_and_recording(engine: Engine, held: Held) -> None:
    with session(engine) as db:
        review.comment(db, held.actor, held.interview.id, "Between us.")
    _, token = _share(engine, held)
    shared = _opened(engine, token)
    assert shared.report is not None
    assert (shared.report.scores[0].level, shared.report.candidate_email, shared.report.comments) == (3, "", ())
    assert "Between us." not in report_export.as_json(shared.report).decode()
    with session(engine) as db:
        assert db.exec(select(ReportLink)).one().opened == 1


def test_a_withdrawn_ended_or_changed_link_opens_nothing(engine: Engine, held: Held) -> None:
    link_id, token = _share(engine, held)
    with pytest.raises(NotFound):
        _opened(engine, token[:-2] + "xx")
    with session(engine) as db:
        sharing.revoke(db, held.actor, link_id)
    with pytest.raises(NotFound):
        _opened(engine, token)
    other_id, other = _share(engine, held)
    with session(engine) as db:
        row = db.get_one(ReportLink, other_id)
        row.expires_at = now() - timedelta(seconds=1)
        db.add(row)
    with pytest.raises(NotFound):
        _opened(engine, other)


def test_another_organisation_neither_shares_nor_withdraws(engine: Engine, held: Held) -> None:
    link_id, _ = _share(engine, held)
    stranger = Actor("another", "owner", "u")
    with session(engine) as db:
        with pytest.raises(NotFound):
            sharing.issue(db, stranger, KEY, held.interview.id, 7)
        with pytest.raises(NotFound):
            sharing.revoke(db, stranger, link_id)
        auditor = Actor(held.actor.organisation_id, "auditor", held.actor.user_id)
        with pytest.raises(NotAllowed):
            sharing.issue(db, auditor, KEY, held.interview.id, 7)


def test_the_candidates_version_has_no_level_unless_the_organisation_allows_it(engine: Engine, held: Held) -> None:
    _, token = _share(engine, held, sharing.CANDIDATE)
    shared = _opened(engine, token)
    assert shared.report is None
    assert shared.plain is not None
    text = report_plain.as_text(shared.plain)
    assert "of 5" not in text
    assert "Debugging\n" in text
    assert f"Your answer says how the cause was found: “{LOOKED}”" in text
    assert "A person decides" in text
    with session(engine) as db:
        row = db.get_one(Organisation, held.actor.organisation_id)
        row.candidate_levels = True
        db.add(row)
    allowed = _opened(engine, token).plain
    assert allowed is not None
    assert "Debugging: the answers showed a good part of this" in report_plain.as_text(allowed)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("Says what they did themselves", "says what you did yourself"),
        ("Names their own part", "names your own part"),
        ("SQL is used with care", "SQL is used with care"),
        (
            "Says who the listener was and what they needed to know",
            "says who the listener was and what they needed to know",
        ),
        ("Says who else was concerned, and what they expected", "says who else was concerned, and what they expected"),
        ("Says what customers needed and how they knew", "says what customers needed and how you knew"),
        ("Says who or what they turned to for help", "says who or what you turned to for help"),
        ("Says how they asked a colleague for their reasons", "says how you asked a colleague for their reasons"),
        (
            "Says what their own task was, apart from what others did",
            "says what your own task was, apart from what others did",
        ),
    ],
)
def test_points_are_said_to_the_candidate(point: str, said: str) -> None:
    assert report_plain.to_you(point) == said


def test_the_candidates_version_does_not_say_more_than_was_found(engine: Engine) -> None:
    held = ended(engine)
    half = SetJudge(lambda point, answer: PointVerdict(point, "partly", (" ".join(answer.split()[:4]),)))
    reports.build(engine, held.interview.id, half)
    with session(engine) as db:
        view = reports.view(db, held.actor, held.interview.id)

    shown = [what for part in report_plain.plain(view, levels=False).parts for what, _ in part.shown]
    assert shown
    assert all(what.startswith("in part ") for what in shown)
