"""Candidates out of a table: what is taken, what is left out, and rows that cannot be used."""

import json

import pytest

from interview_platform.errors import BadInput, NotAllowed, NotFound, ServiceUnavailable
from interview_platform.models import Application, Candidate, Resume, session
from interview_platform.services import bulk_import, table_rows
from interview_platform.services.bulk_import import Problem, Row
from tests import builders
from tests.resume_files import TEXT

TABLE = (
    "Full Name,E-mail,Mobile,City,Job Title,Current Company,Skills,LinkedIn URL,GitHub,Notes\n"
    'Maya Okafor,Maya@Example.com,+44 113 496 0000,Leeds,Backend Engineer,Acme,"Python; PostgreSQL; k8s",'
    "https://linkedin.com/in/maya,mokafor,salary 90k\n"
    'Pia Cook,pia@example.com,,"York, UK",Sous Chef,,"Pastry, Menu planning",,,\n'
)


@pytest.fixture
def take(engine, blobs, job):
    def taken(content=TABLE, job_id=job[0], filename="people.csv"):
        return bulk_import.add_all(engine, blobs, job[1], job_id, read(content, filename))

    return taken


def read(content=TABLE, filename="people.csv"):
    return bulk_import.read(filename, content.encode() if isinstance(content, str) else content)


def people(content=TABLE, filename="people.csv"):
    return [row.profile for row in read(content, filename) if isinstance(row, Row)]


def problems(content, filename="people.csv"):
    return [str(row) for row in read(content, filename) if isinstance(row, Problem)]


# --- reading ---------------------------------------------------------------------------------------------------


def test_the_usual_columns_are_taken_and_notes_are_not():
    maya, pia = people()
    assert (maya.source, maya.reference) == ("table", "people.csv, row 2")
    facts = maya.facts
    assert (facts["name"], facts["email"], facts["phone"]) == ("Maya Okafor", "maya@example.com", "+44 113 496 0000")
    assert (facts["location"], facts["headline"]) == ("Leeds", "Backend Engineer")
    assert facts["links"] == ["linkedin.com/in/maya", "github.com/mokafor"]
    assert [(one["title"], one["company"]) for one in facts["experience"]] == [("Backend Engineer", "Acme")]
    assert {skill["name"] for skill in facts["skills"]} >= {"Python", "PostgreSQL", "Kubernetes"}
    assert "90k" not in maya.text + maya.raw.decode()
    assert pia.facts["location"] == "York, UK"


@pytest.mark.parametrize(
    "spelling", ["firstName,lastName,emailAddress", "First_Name,SURNAME,E-Mail Address", "first,last,mail"]
)
def test_names_in_two_columns_and_other_spellings_are_one(spelling):
    (profile,) = people(f"{spelling}\nMaya,Okafor,maya@example.com\n")
    assert (profile.facts["name"], profile.facts["email"]) == ("Maya Okafor", "maya@example.com")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_separators_encodings_and_line_ends_are_found_out(delimiter, encoding, ending):
    lines = [["Name", "Email", "Skills"], ["Zoë Müller", "zoe@example.com", '"Python, SQL"']]
    content = ending.join(delimiter.join(line) for line in lines).encode(encoding)
    (profile,) = people(content)
    assert (profile.facts["name"], profile.facts["email"]) == ("Zoë Müller", "zoe@example.com")
    assert [skill["name"] for skill in profile.facts["skills"]] == ["Python", "SQL"]


def test_a_cell_may_hold_lines_quotes_and_separators():
    (profile,) = people('name,summary\nMaya,"Says ""yes"",\nand; means it."\n')
    assert 'Says "yes",\nand; means it.' in profile.text


def test_a_whole_resume_in_a_cell_is_read_as_one():
    quoted = TEXT.replace('"', '""')
    (profile,) = people(f'name,email,location,cv text\nMaya Okafor,maya@work.example,,"{quoted}"\n')
    assert profile.facts["email"] == "maya@work.example"
    assert [one["company"] for one in profile.facts["experience"]] == ["Harbour Payments Ltd", "Fern Software Ltd"]
    for skill in profile.facts["skills"]:
        assert " ".join(profile.text[skill["start"] : skill["end"]].split()) == skill["sentence"]


@pytest.mark.parametrize(
    "content",
    [
        [{"name": "Maya Okafor", "email": "maya@example.com", "skills": ["Python", {"name": "SQL"}]}],
        {"count": 1, "candidates": [{"fullName": "Maya Okafor", "email": "maya@example.com", "skills": "Python;SQL"}]},
    ],
)
def test_json_is_taken_as_a_list_and_inside_an_object(content):
    (profile,) = people(json.dumps(content), "people.json")
    assert profile.facts["name"] == "Maya Okafor"
    assert [skill["name"] for skill in profile.facts["skills"]] == ["Python", "SQL"]


def test_json_lines_are_taken_one_by_one():
    content = '{"name": "Maya"}\n{"name": "Pia"}\nnot json\n[1]\n'
    assert [profile.facts["name"] for profile in people(content, "people.jsonl")] == ["Maya", "Pia"]
    assert len(problems(content, "people.jsonl")) == 2


def test_what_says_nothing_about_the_work_is_left_out_and_said():
    content = "name,email,Gender,date_of_birth,Age,Marital Status,Home Address,photoUrl\n"
    content += "Maya,m@x.com,female,1990-05-03,36,married,1 Lane,x\n"
    (profile,) = people(content)
    (said,) = problems(content)
    assert all(f"“{column}”" in said for column in ("Gender", "date_of_birth", "Age", "Marital Status", "Home Address"))
    for private in ("female", "1990", "36", "married", "1 Lane"):
        assert private not in profile.text + profile.raw.decode() + json.dumps(profile.facts) + said


def test_every_bad_row_is_named_with_its_number_and_the_way_out_and_the_others_are_taken():
    content = (
        "name,email\n"
        "Maya,maya@example.com\n"
        ",\n"
        "Pia,not an address\n"
        ",x@example.com\n"
        "Tom,tom@example.com,more,cells\n"
        "Maya,maya@example.com\n"
        "Zed,zed@example.com\n"
    )
    assert [profile.reference for profile in people(content)] == [f"people.csv, row {number}" for number in (2, 5, 8)]
    said = problems(content)
    assert [line.split(":")[0] for line in said] == ["Row 4", "Row 6", "Row 7"]
    assert "not an e-mail address. Correct it" in said[0]
    assert "more cells" in said[1]
    assert "the same as row 2" in said[2]


def test_a_row_without_anyone_is_named():
    assert "neither a name nor an e-mail address" in problems("name,email,city\n,,Leeds\n")[0]


def test_a_long_table_is_cut_at_the_limit_and_says_so(monkeypatch):
    monkeypatch.setattr(table_rows, "MOST_ROWS", 3)
    content = "name\n" + "".join(f"Person {number}\n" for number in range(5))
    assert len(people(content)) == 3
    assert "only the first 3 candidates" in problems(content)[0]


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        ("", "a.csv", "empty"),
        ("  \n ", "a.csv", "empty"),
        ("colour,size\nred,1\n", "a.csv", "No column"),
        ("Maya,maya@example.com\n", "a.csv", "No column"),
        ("{not json", "a.json", "not JSON"),
        ('"text"', "a.json", "not a list"),
        ("[" * 100_000, "a.json", "nested too deeply|not JSON"),
        ('[{"colour": "red"}]', "a.json", "No column"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", "No column"),
        (b"PK\x03\x04 an excel file", "a.xlsx", "No column"),
    ],
)
def test_a_file_that_is_no_table_of_candidates_says_what_to_do(content, filename, words):
    with pytest.raises(BadInput, match=words):
        read(content, filename)


def test_formulas_markup_and_control_characters_come_in_as_plain_words():
    (profile,) = people('name,headline,linkedin\n"Maya\x07 <b>O</b>",=cmd|calc,javascript:alert(1)\n')
    assert profile.facts["name"] == "Maya O"
    assert profile.facts["links"] == []
    assert profile.facts["headline"] == "=cmd|calc"


# --- kept ------------------------------------------------------------------------------------------------------


def test_every_row_becomes_a_candidate_in_the_pool(engine, take):
    made = take()
    assert (made.added, made.known, made.problems) == (2, 0, ())
    with session(engine) as db:
        assert {person.name for person in db.query(Candidate)} == {"Maya Okafor", "Pia Cook"}
        assert db.query(Application).count() == 2


def test_the_same_table_again_doubles_nobody(engine, take):
    take()
    made = take(filename="people (1).csv")
    assert (made.added, made.known) == (0, 2)
    with session(engine) as db:
        assert (db.query(Candidate).count(), db.query(Application).count(), db.query(Resume).count()) == (2, 2, 2)


def test_someone_who_is_there_gets_what_is_new_as_a_further_source(engine, job, take):
    with session(engine) as db:
        builders.application(
            db, job[1], db.get(builders.Job, job[0]), builders.candidate(db, job[1], email="maya@example.com")
        )
    made = take()
    assert (made.added, made.known) == (1, 1)
    with session(engine) as db:
        (maya,) = db.query(Candidate).filter(Candidate.email == "maya@example.com")
        assert (maya.name, maya.phone) == ("Ada Candidate", "+44 113 496 0000")
        assert {row.source for row in db.query(Resume).filter(Resume.candidate_id == maya.id)} == {"resume", "table"}


def test_people_of_the_organisation_are_added_to_another_job(engine, job, take):
    take()
    with session(engine) as db:
        other = builders.job(db, job[1]).id
    assert take(job_id=other).added == 2
    with session(engine) as db:
        assert (db.query(Candidate).count(), db.query(Application).count()) == (2, 4)


def test_without_a_job_the_people_are_kept_without_application(engine, take):
    assert take(job_id=None).added == 2
    with session(engine) as db:
        assert db.query(Application).count() == 0


def test_a_row_that_cannot_be_kept_stops_no_other(engine, job, blobs):
    class Failing:
        name = "failing"

        def put(self, key, content, media_type):
            if b"pia@" in content:
                raise ServiceUnavailable("The storage did not take it. Import the row again.")
            blobs.put(key, content, media_type)

    made = bulk_import.add_all(engine, Failing(), job[1], job[0], read())
    assert (made.added, [str(problem) for problem in made.problems]) == (
        1,
        ["Row 3: The storage did not take it. Import the row again."],
    )


def test_progress_is_told(engine, blobs, job):
    content = "name\n" + "".join(f"Person {number}\n" for number in range(60))
    told = []
    bulk_import.add_all(engine, blobs, job[1], None, read(content), lambda done, total: told.append((done, total)))
    assert told == [(50, 60), (60, 60)]


def test_only_those_who_may_and_only_into_their_own_jobs(engine, blobs, job):
    with session(engine) as db:
        _, stranger = builders.recruiter(db, email="s@example.com")
        _, auditor = builders.recruiter(db, db.get(builders.Organisation, job[1].organisation_id), role="auditor")
    with pytest.raises(NotFound):
        bulk_import.add_all(engine, blobs, stranger, job[0], read())
    with pytest.raises(NotAllowed):
        bulk_import.add_all(engine, blobs, auditor, job[0], read())
    with session(engine) as db:
        assert db.query(Candidate).count() == 0
