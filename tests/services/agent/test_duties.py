"""Lines of adverts are cut into single duties, and left alone where that is not certain."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import duties, names, verbs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "You order ingredients, train two commis and keep the allergen sheets.",
            ["order ingredients", "train two commis", "keep the allergen sheets"],
        ),
        (
            "You board incoming ships, advise their masters, and bring them through the approach",
            ["board incoming ships"],
        ),
        (
            "You service and repair offshore wind turbines in teams of three",
            ["repair offshore wind turbines in teams of three"],
        ),
        ("Clean rooms, stock shelves and greet guests", ["clean rooms", "stock shelves", "greet guests"]),
        ("Picking and packing orders, loading and unloading trucks", ["pack orders", "unload trucks"]),
        ("Looking after 40 hives and rearing queens", ["look after 40 hives", "rear queens"]),
        ("Checks stock and orders supplies", ["check stock", "order supplies"]),
        ("Your main duties are cutting, sewing and fitting bridal gowns.", ["fit bridal gowns"]),
        ("Keep a safe and clean workplace", ["keep a safe and clean workplace"]),
        ("Plans menus around seasons, cost and allergens.", ["plan menus around seasons"]),
        ("Designing pump housings in CAD", ["design pump housings in CAD"]),
        ("You will be responsible for managing our warehouse", ["manage the warehouse"]),
        ("Carries out checks and reports what went wrong", ["carry out checks", "report what went wrong"]),
        ("Plans own work with care", ["plan your own work with care"]),
        ("Your tasks: welcoming guests at the desk", ["welcome guests at the desk"]),
        ("Ensure that guests are safe", ["ensure that guests are safe"]),
        ("Calibrate gauges in line with ISO 17025 and all internal standards", ["calibrate gauges"]),
    ],
)
def test_each_duty_stands_by_itself_in_the_infinitive(text: str, said: list[str]) -> None:
    assert duties.of(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Stock control",
        "Test automation",
        "Research into objects and their provenance",
        "Training of staff",
        "Welding experience",
        "Hydraulics, gearbox and blade inspections",
        "Friendly, professional, solution-oriented",
        "You have a driving licence",
        "You are calm",
        "A menu that fits the season",
        "Help us grow",
        "Safe and clean working",
        "Keep " + "very " * 20 + "calm",
        "",
    ],
)
def test_what_may_be_no_duty_gives_none(text: str) -> None:
    assert duties.of(text) == []


def test_lines_beside_it_tell_that_a_word_is_a_verb() -> None:
    assert duties.of("Stock shelves", verbal=True) == ["stock shelves"]
    assert duties.of("Stock control", verbal=True) == []


@pytest.mark.parametrize(
    ("name", "seen", "said"),
    [
        ("Lamination", "", "lamination"),
        ("Menu Planning", "", "menu planning"),
        ("HACCP", "", "HACCP"),
        ("Knowledge of HACCP", "", "knowledge of HACCP"),
        ("Power BI", "", "Power BI"),
        ("Opera PMS", "", "Opera PMS"),
        ("Excel", "", "Excel"),
        ("Python", "", "Python"),
        ("Arabic", "", "Arabic"),
        ("Viennoiserie", "breakfast viennoiserie and bread", "viennoiserie"),
        ("De-escalation", "", "de-escalation"),
    ],
)
def test_a_name_is_small_within_a_sentence_unless_it_is_a_name(name: str, seen: str, said: str) -> None:
    assert names.within(name, seen) == said


@pytest.mark.parametrize(
    ("word", "verb"), [("steering", "steer"), ("baking", "bake"), ("running", "run"), ("morning", ""), ("ceiling", "")]
)
def test_forms_in_ing_lead_to_their_verb(word: str, verb: str) -> None:
    assert verbs.of_gerund(word) == verb
