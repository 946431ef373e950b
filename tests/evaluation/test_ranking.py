"""Measures of ranking are the textbook's, and the whole comparison runs."""

import json

import numpy as np
import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation import ranking, ranking_data
from tests.fakes import HashingEmbeddings

NURSE = (
    "REGISTERED NURSE\nSummary\nLooked after surgical patients and dressed wounds.\nExperience\nNurse 2012 to 2016\n"
)
CHEF = "SOUS CHEF\nSummary\nCooked for two hundred guests and ordered food.\nExperience\nChef 2012 to 2016\n"


@pytest.fixture
def files(tmp_path):
    posts, resumes = tmp_path / "posts.jsonl", tmp_path / "resumes.jsonl"
    jobs = [
        ("a", "Nurse", "Registered Nurse\nLooks after patients and their wounds."),
        ("b", "Chef", "Chef\nCooks food."),
    ]
    posts.write_text("".join(json.dumps({"id": i, "occupation": o, "text": t}) + "\n" for i, o, t in jobs))
    rows = [("n1", "NURSE", NURSE), ("c1", "CHEF", CHEF), ("n2", "NURSE", NURSE.replace("surgical", "elderly"))]
    resumes.write_text("".join(json.dumps({"id": i, "category": c, "text": t}) + "\n" for i, c, t in rows))
    return posts, resumes


def test_a_perfect_order_scores_one_and_the_worst_less():
    relevant = np.array([[1.0, 1.0, 0.0, 0.0]])
    best = ranking.metrics(np.array([[4.0, 3.0, 2.0, 1.0]]), relevant)
    worst = ranking.metrics(np.array([[1.0, 2.0, 3.0, 4.0]]), relevant)
    assert (best["ndcg_at_10"][0], best["map"][0]) == (pytest.approx(1.0), pytest.approx(1.0))
    assert worst["map"][0] == pytest.approx((1 / 3 + 2 / 4) / 2)
    assert worst["ndcg_at_10"][0] < 0.7


def test_the_lead_is_paired_and_has_an_interval():
    held = ranking.lead(np.array([0.9, 0.8, 0.7]), np.array([0.8, 0.7, 0.6]))
    assert held == {"mean": 0.1, "low": 0.1, "high": 0.1}


def test_every_run_is_measured_on_the_same_posts(files):
    posts, resumes = files
    report = ranking.measure(
        ranking_data.resumes(resumes), ranking_data.posts(posts), HashingEmbeddings(64), lambda line: None
    )
    assert set(report["runs"]) == {"smartfilter", "bm25", "tfidf", "minilm_first_256", "fusion_rrf"}
    assert report["runs"]["smartfilter"]["ndcg_at_10"] == 1.0
    assert set(report["ndcg_at_10_by_occupation"]["smartfilter"]) == {"Nurse", "Chef"}


def test_what_a_line_gives_wins_over_what_its_text_says():
    wish = ranking_data.wish({"title": "Clerk", "description": "Requirements\nPython", "required_skills": ["Filing"]})
    assert (wish.title, wish.skills) == ("Clerk", (("Filing", True),))


def test_a_job_without_skills_takes_those_of_its_text():
    wish = ranking_data.wish({"text": "Backend Engineer\nRequirements\n- Python\n- Kubernetes\n"})
    assert {"Python", "Kubernetes"} <= {skill for skill, _ in wish.skills}


def test_a_line_that_is_no_json_is_named(tmp_path):
    file = tmp_path / "posts.jsonl"
    file.write_text('{"id": "a", "text": "Chef"}\nnot json\n')
    with pytest.raises(BadInput, match="line 2"):
        ranking_data.posts(file)
