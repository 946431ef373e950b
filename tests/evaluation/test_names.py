"""The check on names goes the whole way, finds nothing on real ones, and would find something."""

import json

import pytest

from interview_platform.evaluation import names
from interview_platform.evaluation.ranking_data import Post, Read
from interview_platform.services.rank_parts import Wish
from interview_platform.services.resumes import read_facts
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT

JOB = Post("a", Wish("Backend Engineer", "Backend Engineer\nPython on PostgreSQL.", (("Python", True),)))
MASKED = (
    "SALES MANAGER\nSummary\nSold software to banks and led teams.\nExperience\n"
    "Company Name City , State Sales Manager 2012 to 2016\nShe opened twelve new accounts.\n"
)
READ = [Read("one", read_facts(TEXT.split("\n", 3)[3])), Read("two", read_facts(MASKED))]


def test_names_pronouns_places_and_schools_change_nothing():
    report = names.measure(READ, [JOB], HashingEmbeddings(64), names.PEOPLE, 8)
    assert (report["largest_score_change"], report["largest_rank_change"]) == (0.0, 0)
    assert report["documents_that_differ"] == 0, report["where"]


def test_a_variant_holds_the_person_everywhere():
    text = names.variant(MASKED, names.PEOPLE[0], 0, True)
    assert text.startswith("Emily Walsh\nemily.walsh@example.com")
    assert "linkedin.com/in/emily-walsh" in text
    assert "Emily led a team" in text
    assert "Chicago, Illinois Sales Manager" in text
    assert names.variant("He led.", names.PEOPLE[0], 0, False).count("She led.") == 1


def test_a_leak_would_be_seen():
    class Leaking(HashingEmbeddings):
        """Embeddings that see more than they are given: each call differs."""

        calls = 0

        def embed_documents(self, texts):
            Leaking.calls += 1
            return super().embed_documents([f"{text} {'python ' * Leaking.calls}" for text in texts])

    seen = [Read(f"{number}", read_facts(MASKED.replace("twelve", "many" * number))) for number in (1, 2)]
    one = names.measure(seen[:1], [JOB], Leaking(64), names.PEOPLE, 2)
    assert one["largest_score_change"] == 0.0  # equal texts are embedded once
    assert names._difference(seen[0], names._documents(seen, names.PEOPLE, 0, False))["lines"]


def test_names_of_a_file_join_the_built_in_ones(tmp_path):
    file = tmp_path / "names.json"
    file.write_text(json.dumps([{"first_name": "Tamika", "gender": "female", "group": "afam"}]))
    made = names.people(file)
    assert made[-1].name.startswith("Tamika ")
    assert (made[-1].title, made[-1].pronouns[0]) == ("Ms.", "she")


@pytest.mark.parametrize(("gender", "who"), [("female", "she"), ("male", "he"), ("other", "they")])
def test_everybody_has_pronouns(gender, who):
    assert names.Person("A B", gender).pronouns[0] == who
