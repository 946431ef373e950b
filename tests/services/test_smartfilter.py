"""SmartFilter: requirements with the résumé's own sentences, hard conditions apart, scores that explain themselves."""

from dataclasses import replace

import numpy as np
import pytest

from interview_platform.services import smartfilter
from interview_platform.services.rank_document import RankDocument, document
from interview_platform.services.rank_index import RankIndex
from interview_platform.services.rank_parts import READ_WEIGHTS
from interview_platform.services.resumes import read_facts
from interview_platform.services.smartfilter import WEIGHTS, Wish, conditions_of, explain, score, wish_texts
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT

POST = "Backend Engineer\nBuilds payment services in Python on PostgreSQL."
WISH = Wish(
    "Backend Engineer",
    POST,
    (("Python", True), ("Kubernetes", True), ("SQL", True), ("COBOL", True), ("Terraform", False)),
)
CHEF = "Pia Cook\npia@example.com\n\nExperience\nSous Chef, Harbour Restaurant\t2019 - Present\n• Plated banquets.\n"
ADVERT = (
    "We look for an engineer who designs resilient payment services for a growing group of banks.\n"
    "You will own the COBOL batch jobs that settle transactions every night before the markets open.\n"
    "You will mentor junior colleagues and review their Terraform modules with patience and care.\n"
)


def index_of(*texts):
    documents = [document(str(place), read_facts(text)) for place, text in enumerate(texts)]
    return RankIndex(documents, views_of(documents))


def views_of(documents):
    embeddings = HashingEmbeddings(64)
    return np.array([embeddings.embed_documents(list(made.views)) for made in documents], dtype=np.float32)


def asked(wish):
    return np.array(HashingEmbeddings(64).embed_documents(wish_texts(wish)), dtype=np.float32)


def test_each_found_requirement_shows_the_resumes_own_sentence():
    facts = read_facts(TEXT)
    found = {fit.skill: fit for fit in explain(facts, WISH)[0]}
    assert found["Kubernetes"].status == "met"
    assert "k8s" in found["Kubernetes"].sentence
    for fit in found.values():
        assert " ".join(facts.text[fit.start : fit.end].split()) == fit.sentence


def test_a_sentence_is_shown_whole_with_the_numbers_that_ranking_does_not_see():
    text = "Experience\nEngineer, Acme\t2019 - Present\n• Built the queue in Python; failures fell by 40%.\n• Slept.\n"
    ((fit,), _, _) = explain(read_facts(text), Wish("Engineer", "Engineer", (("Python", True),)))
    assert fit.sentence == "Built the queue in Python; failures fell by 40%."


def test_a_narrower_skill_shows_a_broader_one():
    assert {fit.skill: fit.status for fit in explain(read_facts(TEXT), WISH)[0]}["SQL"] == "met"


def test_what_is_not_there_is_not_found():
    found = {fit.skill: fit for fit in explain(read_facts(TEXT), WISH)[0]}
    assert (found["COBOL"].status, found["COBOL"].sentence, found["COBOL"].required) == ("not_found", "", True)


@pytest.mark.parametrize(
    ("phrase", "status"),
    [
        ("Calming frightened visitors", "met"),
        ("Calming frightened angry visitors", "partly"),
        ("Feeding exotic animals", "not_found"),
    ],
)
def test_a_phrase_is_met_by_its_words_in_one_sentence(phrase, status):
    text = "Experience\nNurse, Keele Ward\t2019 - Present\n• Calmed frightened visitors daily.\n• Fed patients.\n"
    ((fit,), _, _) = explain(read_facts(text), Wish("Nurse", "Nurse", ((phrase, True),)))
    assert fit.status == status


@pytest.mark.parametrize("text", [TEXT, CHEF, f"{TEXT}\n{ADVERT}", f"{ADVERT}\n{TEXT}"])
def test_the_explanation_and_the_score_follow_the_same_rules(text):
    wish = Wish(WISH.title, ADVERT, WISH.skills)
    index = index_of(TEXT, text, CHEF)
    levels = [("not_found", "partly", "met").index(fit.status) for fit in explain(read_facts(text), wish)[0]]
    assert index.scores(wish, asked(wish)).coverage[1].tolist() == levels
    assert [fit.status for fit in index.fit(1, wish, asked(wish)).requirements] == [
        fit.status for fit in explain(read_facts(text), wish)[0]
    ]


def test_the_nearer_resume_scores_higher():
    total = index_of(TEXT, CHEF).scores(WISH, asked(WISH)).total
    assert total[0] > total[1] + 10


def test_the_same_resume_scores_the_same_wherever_it_stands():
    index = index_of(TEXT, CHEF, TEXT, CHEF, CHEF, TEXT)
    total = index.scores(WISH, asked(WISH)).total
    assert total[0] == total[2] == total[5]


def test_all_parts_but_words_are_the_same_in_any_pool():
    one, many = index_of(TEXT).scores(WISH, asked(WISH)), index_of(CHEF, TEXT, CHEF).scores(WISH, asked(WISH))
    for name in set(one.parts) - {"words"}:
        assert one.parts[name][0] == many.parts[name][1]


@pytest.mark.parametrize("pasted", [f"{TEXT}\n{ADVERT}", f"{ADVERT}\n{TEXT}"])
def test_a_pasted_advert_never_pays_and_becomes_a_note(pasted):
    wish = Wish(WISH.title, ADVERT, WISH.skills)
    clean, other = index_of(TEXT, CHEF), index_of(TEXT, CHEF)
    attacked = RankIndex([document("0", read_facts(pasted))], views_of([document("0", read_facts(pasted))]), like=clean)
    before, after = other.scores(wish, asked(wish)), attacked.scores(wish, asked(wish))
    assert after.total[0] <= before.total[0]
    assert after.copied[0] >= 3
    assert "pasted_advert" in [note["kind"] for note in explain(read_facts(pasted), wish)[2]]


def test_parts_that_a_job_says_nothing_of_are_left_out():
    wish = Wish("Backend Engineer", POST)
    parts = index_of(TEXT).scores(wish, asked(wish)).parts
    assert not {"required", "preferred"} & set(parts)
    assert score({"meaning": 0.5}) == 50
    weight = WEIGHTS["meaning"] + WEIGHTS["required"]
    assert score({"meaning": 0.5, "required": 1.0}) == pytest.approx(
        100 * (WEIGHTS["meaning"] * 0.5 + WEIGHTS["required"]) / weight
    )


def test_a_jobs_own_weights_move_the_score():
    index = index_of(TEXT)
    only = {**dict.fromkeys(WEIGHTS, 0.0), "required": 1.0}
    assert index.scores(WISH, asked(WISH), only).total[0] == 75.0  # three of four


def test_requirements_that_nobody_confirmed_count_less():
    named, guessed = replace(WISH, text=POST), replace(WISH, text=POST, guessed=True)
    index = index_of(TEXT, CHEF)
    gap, guessed_gap = (
        np.ptp(index.scores(wish, asked(wish)).parts["required"]) * wish.weights["required"]
        for wish in (named, guessed)
    )
    assert 0 < guessed_gap < gap
    assert index.scores(guessed, asked(guessed)).total.tolist() != index.scores(named, asked(named)).total.tolist()


def test_every_part_has_a_name_for_people():
    assert set(smartfilter.PART_NAMES) == set(WEIGHTS)
    assert set(READ_WEIGHTS) == set(WEIGHTS)
    assert [sum(held.values()) for held in (WEIGHTS, READ_WEIGHTS)] == pytest.approx([1.0, 1.0])


def test_hard_conditions_stand_apart_from_the_score():
    conditions = (("language", "Spanish"), ("years", "2"), ("years", "40"), ("licence", "Forklift licence"))
    plain, hard = WISH, Wish(WISH.title, WISH.text, WISH.skills, conditions)
    text = f"{TEXT}\nLanguages\nSpanish (fluent)\n"
    index = index_of(text)
    assert index.scores(plain, asked(plain)).total[0] == index.scores(hard, asked(hard)).total[0]
    assert [fit.status for fit in conditions_of(index.documents[0], hard)] == ["met", "met", "not_found", "not_found"]
    shown = explain(read_facts(text), hard)[1][0]
    assert "Spanish" in shown.sentence


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("licence", "Registered nurse", "RN on the night ward since the opening"),
        ("licence", "Driving licence", "Clean driver's license"),
        ("licence", "BLS or CPR/AED", "CPR certified"),
        ("licence", "Bachelor's degree", "Education\nB.Sc. in Nursing, Leeds College, 2014"),
        ("language", "German or French", "Languages: French (fluent)"),
    ],
)
def test_a_condition_is_met_under_any_of_its_names(kind, value, line):
    wish = Wish("Nurse", "Nurse", (), ((kind, value),))
    facts = read_facts(f"Pia Cook\npia@example.com\n\nExperience\nCarer, Harbour House, 2019 - Present\n{line}\n")
    without = read_facts("Pia Cook\npia@example.com\n\nExperience\nCarer, Harbour House, 2019 - Present\n")
    assert conditions_of(document("x", facts), wish)[0].status == "met"
    assert explain(facts, wish)[1][0].sentence in line
    assert conditions_of(document("x", without), wish)[0].status == "not_found"


def test_a_document_comes_back_from_json():
    made = document("x", read_facts(TEXT))
    assert RankDocument.from_json(made.as_json()) == made


def test_vectors_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="vectors of shape"):
        RankIndex([document("x", read_facts(TEXT))], np.zeros((1, 1, 8), dtype=np.float32))


def test_an_empty_pool_is_ranked():
    index = RankIndex([], np.zeros((0, 3, 64), dtype=np.float32))
    assert index.scores(WISH, asked(WISH)).total.tolist() == []
