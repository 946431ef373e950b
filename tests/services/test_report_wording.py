"""What people write about candidates, and the report itself, is looked at for bias and tone, with other words."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.models import session
from interview_platform.services import report_wording, reports, review
from tests.services.scoring.material import SetJudge, ended


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Not a culture fit for us.", "culture fit"),
        ("Strong accent, hard to follow.", "Strong accent"),
        ("My gut feeling says no.", "gut feeling"),
        ("Overqualified, will leave soon.", "Overqualified"),
        ("She is pregnant, so not now.", "pregnant"),
        ("A bit bossy in the second answer.", "bossy"),
        ("He seemed nervous.", "seemed nervous"),
        ("No eye contact at all.", "No eye contact"),
        ("Clearly lying about the queue.", "Clearly lying"),
    ],
)
def test_wording_about_the_person_is_found_with_its_sentence_and_a_way_out(text: str, words: str) -> None:
    (found,) = report_wording.of(text)
    assert (found.words, found.sentence) == (words, text)
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "Named the lock and how it was found, at 0:12.",
        "Did not say what happens when the provider is down.",
        "Ask about the replica in the next talk.",
        "The quote is from another answer.",
        "Explains the black-box test well.",
    ],
)
def test_notes_on_what_was_said_are_left_alone(text: str) -> None:
    assert list(report_wording.of(text)) == []


def test_everybodys_words_are_looked_at_and_named_and_quotes_are_not(engine: Engine) -> None:
    held = ended(engine, "I am married and my accent is strong. I looked at the log and found the lock in the table.")
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        score = reports.view(db, held.actor, held.interview.id).scores[0]
        review.override(db, held.actor, score.score_id, 2, "Too old for this pace.")
        review.comment(db, held.actor, held.interview.id, "Bad vibes.")
        review.decide(db, held.actor, held.interview.id, "reject", "Not a team fit.")
    with session(engine) as db:
        found = reports.view(db, held.actor, held.interview.id).wording
    assert [(w.where, w.words) for w in found] == [
        ("Other level, by Robin Reyes", "Too old"),
        ("Comment, by Robin Reyes", "Bad vibes"),
        ("Decision, by Robin Reyes", "team fit"),
    ]


def test_the_products_own_reports_need_no_other_words(engine: Engine) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        assert reports.view(db, held.actor, held.interview.id).wording == ()
