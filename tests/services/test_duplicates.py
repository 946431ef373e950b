"""Candidates who may be one person: found, offered, merged by a person, taken apart exactly."""

import json
import random

import pytest

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Application, AuditEvent, Candidate, Duplicate, Interview, Resume, session
from interview_platform.ports import Profile
from interview_platform.services import candidates, duplicates, likeness, moving, profiles
from interview_platform.services.profile_text import write
from tests import builders

WORDS = """
ran built led wrote kept moved cut planned checked taught orders ledgers wards rotas menus tickets invoices queues
alerts audits reports budgets trains parts classes patients payments kitchens depots teams weekly nightly
""".split()  # noqa: SIM905


def long_text(seed, words=220):
    """A résumé's length of words nobody else has in this order."""
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(words))


@pytest.fixture
def db(tmp_path):
    engine = builders.engine(tmp_path)
    with session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def actor(db):
    return builders.recruiter(db)[1]


def person(db, actor, **values):
    return builders.candidate(db, actor, **{"name": "", "email": "", **values})


def source(db, actor, of, text="", **values):
    facts = {"sketch": likeness.sketch(text), **values.pop("facts", {})}
    return builders.resume(db, actor, of, text=text, facts=facts, **values)


def found(db, actor, who):
    return [(row.candidate_id, row.other_id, row.reasons) for row in duplicates.find(db, actor.organisation_id, who.id)]


def pair(db, actor):
    """Two who share a telephone number, the first one older; the pair's id."""
    older = person(db, actor, name="Maya Okafor", email="maya@example.com", phone="+44 113 496 0000")
    other = person(db, actor, name="M. Okafor", email="m@home.example", phone="0113 4960000", location="Leeds")
    (row,) = duplicates.find(db, actor.organisation_id, other.id)
    return older, other, row.id


# --- found -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"email": "Maya@Example.com"}, {"email": "maya@example.com"}, "same e-mail address"),
        ({"email": "maya+jobs@example.com"}, {"email": "maya@example.com"}, "same e-mail address"),
        ({"email": "maya@example.com"}, {"email": "maya+a_b%@example.com"}, "same e-mail address"),
        ({"phone": "+44 (0)113 496-0000"}, {"phone": "0113.496.0000"}, "same telephone number"),
        (
            {"name": "Maya Okafor", "links": ["https://www.linkedin.com/in/maya/"]},
            {"name": "Okafor, Maya N.", "links": ["linkedin.com/in/maya"]},
            "same name and link",
        ),
    ],
)
def test_what_two_candidates_share_makes_them_a_pair(db, actor, one, other, why):
    first, second = person(db, actor, **one), person(db, actor, **other)
    assert found(db, actor, second) == [(first.id, second.id, [why])]


def test_the_same_name_and_employer_makes_a_pair(db, actor):
    first, second = person(db, actor, name="José García"), person(db, actor, name="JOSE GARCIA")
    source(db, actor, first, facts={"experience": [{"company": "Acme Ltd"}]})
    source(db, actor, second, facts={"experience": [{"company": "ACME"}, {"company": "Inn"}]})
    assert found(db, actor, second) == [(first.id, second.id, ["same name and employer"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Maya Okafor"}, {"name": "Maya Okafor"}),  # two people may share a name
        ({"email": "maya@example.com"}, {"email": "maya@example.org"}),
        ({"email": "a_b@example.com"}, {"email": "axb@example.com"}),
        ({"email": "maya@example.com"}, {"email": "maya2+x@example.com"}),
        ({"phone": "+44 113 496 0000"}, {"phone": "+44 113 496 0001"}),
        ({"phone": "0000"}, {"phone": "0000"}),
        ({"name": "Maya", "links": ["x.example/m"]}, {"name": "Maya", "links": ["x.example/m"]}),
        ({}, {}),
    ],
)
def test_what_many_people_share_makes_no_pair(db, actor, one, other):
    person(db, actor, **one)
    assert found(db, actor, person(db, actor, **other)) == []


def test_nearly_the_same_text_makes_a_pair_and_another_text_does_not(db, actor):
    first, second, third = (person(db, actor) for _ in range(3))
    text = long_text(1)
    source(db, actor, first, f"Maya Okafor {text}")
    source(db, actor, second, f"M. O. {text} and some more at the end")
    source(db, actor, third, long_text(2))
    ((older, newer, (why,)),) = found(db, actor, second)
    assert (older, newer) == (first.id, second.id)
    assert why.startswith("nearly the same text (")
    assert found(db, actor, third) == []


def test_short_texts_are_not_compared(db, actor):
    for who in (person(db, actor), last := person(db, actor)):
        source(db, actor, who, "Cook with ten years of work in kitchens.")
    assert found(db, actor, last) == []


def test_sketches_follow_what_is_added_and_removed_elsewhere(db, actor):
    text = long_text(3)
    first = person(db, actor)
    row = source(db, actor, first, text)
    assert found(db, actor, first) == []
    others = [person(db, actor) for _ in range(3)]
    for other in others[:2]:
        source(db, actor, other, text)
    assert {pair[0] for pair in found(db, actor, others[0])} == {first.id, others[0].id}
    db.delete(row)
    db.flush()
    last = person(db, actor)
    source(db, actor, last, text)
    assert {pair[0] for pair in found(db, actor, last)} == {others[0].id, others[1].id}


def test_a_sketch_says_how_much_two_texts_have_in_common():
    words = long_text(4, 400).split()
    whole, half = likeness.sketch(" ".join(words)), likeness.sketch(" ".join(words[:200]))
    assert likeness.sketch(" ".join(words)) == whole
    shares = [float((likeness._read(whole) == likeness._read(other)).mean()) for other in (whole, half)]
    assert shares[0] == 1
    assert 0.3 < shares[1] < 0.7


def test_a_stored_sketch_stays_comparable_with_todays():
    """Sketches are kept in the database: another way to make them would compare nothing with nothing."""
    assert likeness.sketch(long_text(5))[:24] == "eNYlvW6ijk/xaihR40kJwBkE"


def test_nobody_of_another_organisation_is_found(db, actor):
    _, stranger = builders.recruiter(db, email="s@example.com")
    text = long_text(6)
    source(db, actor, person(db, actor, email="maya@example.com", phone="+44 113 496 0000"), text)
    theirs = person(db, stranger, email="MAYA@example.com", phone="+44 113 496 0000")
    source(db, stranger, theirs, text)
    assert found(db, stranger, theirs) == []
    assert duplicates.find(db, actor.organisation_id, theirs.id) == []


# --- offered ---------------------------------------------------------------------------------------------------


def test_a_pair_is_offered_once_with_what_tells_the_two_apart(db, actor):
    job = builders.job(db, actor)
    older, other, _ = pair(db, actor)
    builders.application(db, actor, job, other)
    assert found(db, actor, older) == []
    (shown,) = duplicates.open_pairs(db, actor)
    assert (shown.kept.candidate_id, shown.other.candidate_id) == (older.id, other.id)
    assert shown.reasons == ("same telephone number",)
    assert [line[2:] for line in shown.other.applications] == [("Backend Engineer", "new")]
    assert [line[:2] for line in shown.other.sources] == [("resume", "ada.pdf")]


def test_pairs_of_a_job_are_those_with_one_of_its_candidates(db, actor):
    job, another = builders.job(db, actor), builders.job(db, actor)
    _, other, _ = pair(db, actor)
    builders.application(db, actor, job, other)
    assert len(duplicates.open_pairs(db, actor, job.id)) == 1
    assert duplicates.open_pairs(db, actor, another.id) == []


def test_the_pairs_of_one_candidate_are_the_open_and_the_merged_ones(db, actor):
    older, other, pair_id = pair(db, actor)
    third = person(db, actor)
    assert [one.duplicate_id for one in duplicates.pairs_of(db, actor, other.id)] == [pair_id]
    assert duplicates.pairs_of(db, actor, third.id) == []
    duplicates.merge(db, actor, pair_id)
    assert [one.status for one in duplicates.pairs_of(db, actor, older.id)] == ["merged"]


def test_a_dismissed_pair_is_not_offered_again(db, actor):
    older, other, pair_id = pair(db, actor)
    duplicates.dismiss(db, actor, pair_id)
    assert duplicates.open_pairs(db, actor) == []
    assert found(db, actor, other) == found(db, actor, older) == []


# --- merged and taken apart ------------------------------------------------------------------------------------


def everything(db):
    """Who owns what, and what each candidate says."""
    db.flush()
    db.expire_all()
    people = [json.dumps(one.model_dump(mode="json"), sort_keys=True) for one in db.query(Candidate)]
    return (
        sorted(people),
        sorted((one.id, one.candidate_id) for one in db.query(Resume)),
        sorted((one.id, one.candidate_id, one.resume_id, one.stage) for one in db.query(Application)),
        sorted((one.id, one.application_id) for one in db.query(Interview)),
    )


def test_merging_keeps_the_older_candidate_with_everything_of_the_other(db, actor):
    job = builders.job(db, actor)
    older, other, pair_id = pair(db, actor)
    other.links = ["github.com/maya"]
    application = builders.application(db, actor, job, other)
    duplicates.merge(db, actor, pair_id)
    assert (application.candidate_id, other.merged_into) == (older.id, older.id)
    assert (older.name, older.email, older.location) == ("Maya Okafor", "maya@example.com", "Leeds")
    assert older.links == ["github.com/maya"]
    assert {row.candidate_id for row in db.query(Resume)} == {older.id}
    assert [row.candidate_id for row in candidates.pool(db, actor, job.id).rows] == [older.id]
    assert duplicates.open_pairs(db, actor) == []
    assert [one.duplicate_id for one in duplicates.merged_pairs(db, actor)] == [pair_id]


def test_the_pool_finds_the_merged_candidate_by_what_the_other_brought(db, actor):
    job = builders.job(db, actor)
    older, other, pair_id = pair(db, actor)
    older.headline, other.headline = "", "Haematologist"
    application = builders.application(db, actor, job, older)
    duplicates.merge(db, actor, pair_id)
    db.refresh(application)
    assert "haematologist" in application.haystack


def test_taking_apart_restores_exactly_what_was(db, actor):
    first, second = builders.job(db, actor), builders.job(db, actor)
    older, other, pair_id = pair(db, actor)
    builders.application(db, actor, first, older)
    held = builders.application(db, actor, first, other)
    builders.application(db, actor, second, other)
    builders.interview(db, actor, held)
    for who in (older, other):
        moving.refresh(db, who.id)
    before = everything(db)
    duplicates.merge(db, actor, pair_id)
    assert everything(db) != before
    duplicates.undo(db, actor, pair_id)
    assert everything(db) == before
    assert len(duplicates.open_pairs(db, actor)) == 1


@pytest.mark.parametrize("interviewed", ["older", "other", "nobody"])
def test_of_two_applications_for_one_job_the_interviewed_one_stays(db, actor, interviewed):
    job = builders.job(db, actor)
    older, other, pair_id = pair(db, actor)
    held = {"older": builders.application(db, actor, job, older), "other": builders.application(db, actor, job, other)}
    if interviewed in held:
        builders.interview(db, actor, held[interviewed])
    duplicates.merge(db, actor, pair_id)
    stays = held.get(interviewed, held["older"])
    assert [row.application_id for row in candidates.pool(db, actor, job.id).rows] == [stays.id]
    assert stays.candidate_id == older.id
    assert db.query(Candidate).count() == 2
    assert db.query(Application).count() == 2


def test_two_interviews_for_one_job_are_not_merged_into_one(db, actor):
    job = builders.job(db, actor)
    older, other, pair_id = pair(db, actor)
    for who in (older, other):
        builders.interview(db, actor, builders.application(db, actor, job, who))
    before = everything(db)
    with pytest.raises(BadInput, match=r"“Backend Engineer”.*Nothing was changed"):
        duplicates.merge(db, actor, pair_id)
    assert everything(db) == before


def test_what_came_after_merging_stays_when_it_is_taken_apart(db, actor):
    older, other, pair_id = pair(db, actor)
    duplicates.merge(db, actor, pair_id)
    later = builders.resume(db, actor, older, filename="later.pdf")
    older.location = "York"
    duplicates.undo(db, actor, pair_id)
    assert (later.candidate_id, older.location, other.location) == (older.id, "York", "Leeds")


def test_merges_are_taken_apart_from_the_last_to_the_first(db, actor):
    older, _, first = pair(db, actor)
    third = person(db, actor, phone="0113 496 0000")
    pairs = duplicates.find(db, actor.organisation_id, third.id)
    second = next(row.id for row in pairs if row.candidate_id == older.id)
    duplicates.merge(db, actor, first)
    duplicates.merge(db, actor, second)
    with pytest.raises(BadInput, match="merged once more"):
        duplicates.undo(db, actor, first)
    duplicates.undo(db, actor, second)
    duplicates.undo(db, actor, first)
    assert not any(one.merged_into for one in db.query(Candidate))


def test_whoever_resembles_a_merged_candidate_is_offered_with_the_one_who_is_kept(db, actor):
    older, other, pair_id = pair(db, actor)
    third = person(db, actor, email="m+x@home.example")
    duplicates.find(db, actor.organisation_id, third.id)
    duplicates.merge(db, actor, pair_id)
    assert found(db, actor, third) == []
    older_email = older.email
    assert older_email == "maya@example.com"
    assert all(
        other.id not in (one.kept.candidate_id, one.other.candidate_id) for one in duplicates.open_pairs(db, actor)
    )


def test_a_pair_is_merged_once_and_taken_apart_once(db, actor):
    _, _, pair_id = pair(db, actor)
    with pytest.raises(BadInput, match="not merged"):
        duplicates.undo(db, actor, pair_id)
    duplicates.merge(db, actor, pair_id)
    for again in (duplicates.merge, duplicates.dismiss):
        with pytest.raises(BadInput):
            again(db, actor, pair_id)
    duplicates.undo(db, actor, pair_id)
    with pytest.raises(BadInput):
        duplicates.undo(db, actor, pair_id)


def test_a_profile_that_comes_for_a_merged_candidate_goes_to_the_one_who_is_kept(db, actor, tmp_path):
    older, other, pair_id = pair(db, actor)
    duplicates.merge(db, actor, pair_id)
    blobs = LocalFiles(tmp_path / "files", builders.SECRET, "http://localhost")
    brought = Profile("webhook", "e", *write({"name": "M", "email": "m@home.example"}), b"{}")
    assert profiles.add(db, blobs, actor, None, None, brought).candidate_id == older.id
    assert profiles.add(db, blobs, actor, None, other.id, brought).candidate_id == older.id


def test_only_those_who_may_decide_on_their_own_candidates(db, actor):
    _, _, pair_id = pair(db, actor)
    _, stranger = builders.recruiter(db, email="s@example.com")
    _, auditor = builders.recruiter(db, db.get(builders.Organisation, actor.organisation_id), role="auditor")
    for act in (duplicates.merge, duplicates.undo, duplicates.dismiss):
        with pytest.raises(NotFound):
            act(db, stranger, pair_id)
        with pytest.raises(NotFound):
            act(db, actor, "made-up")
        with pytest.raises(NotAllowed):
            act(db, auditor, pair_id)
    assert duplicates.open_pairs(db, stranger) == []
    assert len(duplicates.open_pairs(db, auditor)) == 1


def test_every_decision_is_in_the_audit_log_without_names(db, actor):
    _, _, pair_id = pair(db, actor)
    duplicates.merge(db, actor, pair_id)
    duplicates.undo(db, actor, pair_id)
    duplicates.dismiss(db, actor, pair_id)
    events = db.query(AuditEvent).order_by(AuditEvent.at).all()
    assert [event.action for event in events] == [
        "duplicate.found",
        "duplicate.merged",
        "duplicate.unmerged",
        "duplicate.dismissed",
    ]
    assert not any(word in str(event.detail) for event in events for word in ("Maya", "Okafor", "example"))
    assert db.query(Duplicate).count() == 1
