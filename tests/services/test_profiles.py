"""Sources beside the résumé file: written out with spans, given to their person, merged without losing a word."""

import json
from datetime import UTC, date, datetime

import pytest

from interview_platform.errors import NotAllowed, NotFound
from interview_platform.models import Application, AuditEvent, Candidate, Resume, session
from interview_platform.ports import Profile
from interview_platform.services import profiles
from interview_platform.services.merging import Source, merge
from interview_platform.services.profile_text import link, many_lines, one_line, write
from interview_platform.services.resumes import ResumeFacts
from tests import builders

MAYA = {
    "name": "Maya Okafor",
    "email": "maya@example.com",
    "phone": "+44 113 496 0000",
    "location": "Leeds, United Kingdom",
    "headline": "Backend Engineer",
    "links": ["https://github.com/maya"],
    "summary": "Keeps payment services up.",
    "experience": [
        {
            "title": "Backend Engineer",
            "company": "Harbour Payments Ltd",
            "start": "Mar 2021",
            "end": "Present",
            "text": "Built the ledger in Python.\nRan it on Kubernetes.",
        },
        {"title": "Engineer", "company": "Acme", "start": "2018", "end": "Feb 2021"},
    ],
    "education": [{"school": "Keele University", "degree": "BSc", "field": "Computer Science", "end": "2017"}],
    "skills": ["Python", "PostgreSQL"],
    "certifications": ["AWS Solutions Architect"],
    "languages": ["English (native)"],
}


@pytest.fixture
def add(engine, blobs, job):
    def added(record=MAYA, source="linkedin_export", candidate_id=None, job_id=job[0], reference="a.zip"):
        with session(engine) as db:
            return profiles.add(db, blobs, job[1], job_id, candidate_id, profile(record, source, reference))

    return added


def profile(record=MAYA, source="linkedin_export", reference="a.zip"):
    return Profile(source, reference, *write(record), json.dumps(record).encode())


def told(record, kind="resume", name="cv.pdf", day=1, today=date(2026, 7, 1)):
    text, facts = write(record, today)
    when = datetime(2026, 1, day, tzinfo=UTC)
    return Source(f"{kind}-{day}", kind, name, when, ResumeFacts.from_json(facts, text))


# --- written out -----------------------------------------------------------------------------------------------


def test_every_fact_of_a_record_stands_at_its_characters():
    text, facts = write(MAYA, date(2026, 7, 1))
    for skill in facts["skills"]:
        assert " ".join(text[skill["start"] : skill["end"]].split()) == skill["sentence"]
    for item in (*facts["experience"], *facts["education"]):
        assert text[slice(*item["span"])]
    for name, (_, start, end) in facts["evidence"].items():
        assert text[start:end] == facts[name]
    assert (facts["experience"][0]["months"], facts["experience"][1]["months"], facts["months"]) == (65, 38, 103)


def test_a_skill_is_shown_by_the_work_it_was_used_in():
    _, facts = write(MAYA)
    shown = {skill["name"]: skill["sentence"] for skill in facts["skills"]}
    assert shown["Python"] == "Built the ledger in Python."
    assert shown["Kubernetes"] == "Ran it on Kubernetes."


def test_facts_survive_being_stored():
    text, facts = write(MAYA)
    read = ResumeFacts.from_json(json.loads(json.dumps(facts)), text)
    assert read.experience[0].description == "Built the ledger in Python.\nRan it on Kubernetes."
    assert [one.text for one in read.languages] == ["English"]
    assert ResumeFacts.from_json(json.loads(json.dumps(read.as_json())), text) == read


def test_an_empty_record_is_an_empty_text():
    text, facts = write({})
    assert (text, facts["skills"], facts["experience"]) == ("", [], [])


def test_values_of_the_wrong_kind_are_left_out_rather_than_written():
    text, _ = write(
        {"name": ["x"], "skills": "Python", "experience": [None, "x", {"title": {"a": 1}}], "links": [None]}
    )
    assert text == ""


def test_words_from_outside_are_one_line_without_markup_or_control_characters():
    assert one_line("a\x00b\x1b[31m\u202e\n c​d") == "ab[31m cd"
    assert one_line("**bold** [here](javascript:x) <img src=x onerror=y> `code`") == "bold here code"
    assert one_line("C# and <b>C++</b>") == "C# and C++"
    assert one_line("x" * 999, 10) == "x" * 10


def test_lines_about_birth_and_gender_are_not_kept():
    assert many_lines("Builds.\nDate of birth: 3 May 1990\nGender: female\nRan 12 High Street shop.") == (
        "Builds.\nRan 12 High Street shop."
    )


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "data:text/html,x", "not a link", "file:///etc/passwd", ""])
def test_only_addresses_of_pages_are_links(bad):
    assert link(bad) == ""
    assert link("https://Example.com/a/") == "Example.com/a"


# --- kept ------------------------------------------------------------------------------------------------------


def test_a_profile_makes_its_person_and_puts_it_into_the_pool(engine, blobs, add):
    row = add()
    assert (row.source, row.filename, row.status, row.checked) == ("linkedin_export", "a.zip", "parsed", True)
    assert json.loads(blobs.get(row.blob_key)) == MAYA
    with session(engine) as db:
        (person,) = db.query(Candidate).all()
        (application,) = db.query(Application).all()
    assert (person.name, person.email, person.links) == ("Maya Okafor", "maya@example.com", ["github.com/maya"])
    assert (application.candidate_id, application.resume_id) == (person.id, row.id)


def test_a_profile_finds_its_person_by_the_address_and_fills_in_only_what_is_missing(engine, job, add):
    with session(engine) as db:
        known = builders.candidate(db, job[1], name="M. Okafor", email="maya@example.com", phone="")
    assert add().candidate_id == known.id
    with session(engine) as db:
        person = db.get(Candidate, known.id)
    assert (person.name, person.phone) == ("M. Okafor", "+44 113 496 0000")


def test_a_profile_given_to_a_person_stays_with_them_and_the_resume_stays_first(engine, job, add):
    with session(engine) as db:
        application = builders.application(db, job[1], db.get(builders.Job, job[0]))
    row = add({"name": "mo", "email": "other@example.com"}, "github", application.candidate_id, None)
    assert row.candidate_id == application.candidate_id
    with session(engine) as db:
        person = db.get(Candidate, application.candidate_id)
        assert (person.name, person.email) == ("Ada Candidate", "ada@example.com")
        assert db.get(Application, application.id).resume_id == application.resume_id


def test_the_same_profile_again_is_not_doubled(engine, add):
    assert add().id == add().id
    with session(engine) as db:
        assert (db.query(Resume).count(), db.query(Candidate).count(), db.query(Application).count()) == (1, 1, 1)


def test_an_account_that_was_fetched_again_is_shown_as_it_is_now(engine, job, add):
    first = add({"name": "Maya Okafor", "skills": ["Python"]}, "github", None, job[0], "github.com/maya")
    add({"name": "Maya Okafor", "skills": ["Rust"]}, "github", first.candidate_id, job[0], "github.com/maya")
    with session(engine) as db:
        merged = profiles.merged(db, job[1], first.candidate_id)
    assert [fact.value for fact in merged.skills] == ["Rust"]


def test_who_may_add_and_see(engine, blobs, job, add):
    row = add()
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="s@example.com")
        _, auditor = builders.recruiter(db, db.get(builders.Organisation, job[1].organisation_id), role="auditor")
        for wrong in (None, job[0]):
            with pytest.raises(NotFound):
                profiles.add(db, blobs, stranger, wrong, row.candidate_id, profile())
        with pytest.raises(NotFound):
            profiles.merged(db, stranger, row.candidate_id)
        with pytest.raises(NotAllowed):
            profiles.add(db, blobs, auditor, job[0], None, profile())


def test_the_same_words_in_two_organisations_are_two_people(engine, blobs, job, add):
    row = add()
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="s@example.com")
        other = profiles.add(db, blobs, stranger, None, None, profile())
        assert other.candidate_id != row.candidate_id


def test_no_name_reaches_the_audit_log(engine, add):
    add()
    with session(engine) as db:
        events = db.query(AuditEvent).all()
    assert {event.action for event in events} == {"profile.added", "candidate.created"}
    assert "Maya" not in str([event.model_dump() for event in events])


# --- merged ----------------------------------------------------------------------------------------------------


def test_the_same_fact_of_two_sources_is_one_with_both():
    merged = merge([told(MAYA, "linkedin_export", day=2), told(MAYA, "resume", day=1)])
    python = next(fact for fact in merged.skills if fact.value == "Python")
    assert [said.kind for said in python.sources] == ["linkedin_export", "resume"]
    assert python.sources[0].sentence == "Built the ledger in Python."
    assert [fact.value for fact in merged.experience] == ["Backend Engineer, Harbour Payments Ltd", "Engineer, Acme"]
    assert all(len(fact.sources) == 2 for fact in (*merged.experience, *merged.education, *merged.links))
    assert merged.conflicts == ()


def test_different_names_for_one_skill_are_one_skill():
    merged = merge([told({"skills": ["Postgres", "k8s"]}), told({"skills": ["PostgreSQL", "Kubernetes"]}, day=2)])
    assert [(fact.value, len(fact.sources)) for fact in merged.skills] == [("PostgreSQL", 2), ("Kubernetes", 2)]


def test_sources_that_contradict_each_other_are_shown_with_both_values_who_says_so_and_when():
    other = {
        **MAYA,
        "email": "maya@home.example",
        "phone": "0161 496 0999",
        "location": "Manchester",
        "name": "Maya Smith",
        "experience": [{**MAYA["experience"][0], "start": "Jan 2020"}, MAYA["experience"][1]],
    }
    merged = merge([told(other, "linkedin_export", "a.zip", 2), told(MAYA, "resume", "cv.pdf", 1)])
    told_of = {conflict.field: conflict for conflict in merged.conflicts}
    assert set(told_of) == {"name", "email", "phone", "location", "dates"}
    dates = told_of["dates"]
    assert dates.about == "Backend Engineer, Harbour Payments Ltd"
    assert [(value, said[0].kind, said[0].said_at.day) for value, said in dates.values] == [
        ("Jan 2020 – Present", "linkedin_export", 2),
        ("Mar 2021 – Present", "resume", 1),
    ]
    assert [fact.value for fact in merged.contact["email"]] == ["maya@home.example", "maya@example.com"]


def test_another_title_at_the_same_employer_and_time_is_a_contradiction():
    job = MAYA["experience"][0]
    merged = merge(
        [
            told({"experience": [{**job, "title": "Staff Engineer", "company": "Harbour Payments"}]}),
            told({"experience": [job]}, day=2),
        ]
    )
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.about) == ("title", "Harbour Payments")
    assert [value for value, _ in conflict.values] == ["Staff Engineer", "Backend Engineer"]


def test_two_roles_one_after_the_other_at_one_employer_are_no_contradiction():
    roles = [
        {"title": "Engineer", "company": "Acme", "start": "2015", "end": "2018"},
        {"title": "Lead", "company": "Acme", "start": "2018", "end": "2022"},
    ]
    merged = merge([told({"experience": roles}), told({"experience": list(reversed(roles))}, day=2)])
    assert len(merged.experience) == 2
    assert merged.conflicts == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Maya Okafor"}, {"name": "MAYA N. OKAFOR"}),
        ({"email": "maya@example.com"}, {"email": "Maya+jobs@Example.com"}),
        ({"phone": "+44 113 496 0000"}, {"phone": "0113 496 0000"}),
        ({"location": "Leeds"}, {"location": "Leeds, United Kingdom"}),
        ({"headline": "Backend Engineer"}, {"headline": "Engineer who keeps things up"}),
        (
            {"experience": [{"title": "Cook", "company": "Inn", "start": "2018", "end": "2020"}]},
            {"experience": [{"title": "Cook", "company": "The Inn Ltd", "start": "Mar 2018", "end": "Jun 2020"}]},
        ),
    ],
)
def test_other_ways_to_write_the_same_are_no_contradiction(one, other):
    merged = merge([told(one), told(other, day=2)])
    assert merged.conflicts == ()
    assert len(merged.experience) <= 1


def test_nobody_without_sources_is_shown_something():
    assert merge([]).skills == ()
