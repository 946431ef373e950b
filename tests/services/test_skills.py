"""Which words name which skill."""

import json

import pytest

from interview_platform.services import skills


def named(text):
    return [mention.skill for mention in skills.mentions(text)]


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("ran services on k8s", "Kubernetes"),
        ("Postgres and more", "PostgreSQL"),
        ("Node.js", "Node.js"),
        ("built .NET tools", ".NET"),
        ("C++/Qt", "C++"),
        ("Ruby on\nRails", "Ruby on Rails"),
        ("designed lesson plans", "Lesson planning"),
        ("ServSafe certified", "Food safety"),
        ("EMR charting", "Electronic health records"),
        ("accounts-payable clerk", "Accounts payable"),
    ],
)
def test_a_skill_is_found_by_its_other_names(text, skill):
    assert skill in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Excel at talking to people",
        "I go home",
        "net income",
        "Fall 2013 - Spring 2014",
        "Go-Live team",
        "vitamin C rich",
    ],
)
def test_an_everyday_word_is_no_skill(text):
    assert named(text) == []


def test_the_longest_name_at_a_place_wins():
    assert named("Spring Boot and React Native") == ["Spring", "React Native"]


def test_a_skill_outside_the_vocabulary_is_found_as_it_stands():
    text = "Owned the harbour dues tariff since 2019."
    (found,) = skills.mentions_of("Harbour dues tariffs", text)
    assert text[found.start : found.end] == "harbour dues tariff"


def test_a_mention_knows_its_characters():
    text = "Python, then Google Cloud Platform."
    assert [text[found.start : found.end] for found in skills.mentions(text)] == ["Python", "Google Cloud Platform"]


def test_the_vocabulary_spans_occupations_and_is_whole():
    held = skills.vocabulary()
    groups = json.loads(skills.FILE.read_text("utf-8"))["skills"]
    assert len(held.skills) >= 600
    assert len([group for group in groups.values() if len(group) >= 15]) >= 14
    assert len(set(held.skills)) == len(held.skills)
    assert all(name in held.skills for narrower in held.implied.items() for name in (narrower[0], *narrower[1]))


def test_related_skills_show_each_other_and_are_no_narrower_ones():
    held = skills.vocabulary()
    for skill, others in held.related.items():
        assert skill in held.skills
        assert set(others) <= set(held.skills) - {skill}
        assert not set(others) & set(held.implied.get(skill, ()))
    assert "MySQL" in held.related["PostgreSQL"]
    assert "PostgreSQL" in held.related["MySQL"]
    assert "PostgreSQL" not in held.related.get("SQL", ())


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("took 12-lead EKGs and telemetry", "Telemetry"),
        ("month-end closing", "Month-end close"),
        ("tech packs for denim", "Technical design"),
        ("taught phonics", "Reading instruction"),
        ("cut-and-sew samples", "Garment production"),
        ("integrated pest management", "Pest management"),
        ("lecturer, then e-discovery", "Legal discovery"),
        ("average handle time", "Call handling"),
        ("Snowflake and BigQuery", "BigQuery"),
        ("collision repair shop", "Auto body repair"),
        ("gave press conferences", "Media relations"),
        ("loan officer: commercial loans", "Commercial lending"),
    ],
)
def test_occupations_of_every_kind_have_their_skills(text, skill):
    assert skill in named(text)


@pytest.mark.parametrize(
    "text", ["R. Fernandez wrote", "American Express", "the buffer solution", "a Java-free diet of celery"]
)
def test_a_name_that_is_also_another_thing_does_not_count(text):
    assert not {"R", "Express.js", "Hootsuite", "Celery"} & set(named(text))


def test_one_name_for_two_skills_is_refused(tmp_path):
    file = tmp_path / "skills.json"
    file.write_text(
        json.dumps({"skills": {"a": {"Lean": ["kaizen"], "Agile": ["kaizen"]}}, "exact": [], "implied": {}})
    )
    with pytest.raises(ValueError, match="kaizen"):
        skills.load(file)
