"""Adverts of many styles: terse lines, running text, wrapped lines, public-sector lists; and how they are measured."""

from __future__ import annotations

import pytest

from benchmarks import adverts
from interview_platform.services import job_intake, job_text, job_towns


def required(post: str) -> list[str]:
    return [held.skill for held in job_intake.read(post).required]


def preferred(post: str) -> list[str]:
    return [held.skill for held in job_intake.read(post).preferred]


def papers(post: str) -> list[str]:
    return [held.value for held in job_intake.read(post).conditions if held.kind == "licence"]


def test_a_terse_advert_lists_what_it_asks_without_a_verb() -> None:
    post = "Night baker needed at Crumb & Co, Totnes.\nSourdough lamination, deck ovens. £13/h, bread to take home."
    found = job_intake.read(post)
    assert (found.title, found.location) == ("Night baker", "Totnes")
    assert "Deck ovens" in required(post)
    assert not any("read" in name.casefold() for name in required(post))


def test_what_one_can_do_is_asked_for_with_its_verb_and_a_tool_by_its_name() -> None:
    post = "Mechanic\n\nWe need somebody who can strip a gearbox and trace an oil leak. You must be able to use Kerr."
    assert {"Strip a gearbox", "Trace an oil leak", "Kerr"} <= set(required(post))


def test_the_ideal_candidate_is_the_one_who_is_asked_for() -> None:
    post = "Paralegal\n\nThe ideal candidate will have a good command of Leapfile. Ideally you have used Clio."
    assert required(post) == ["Leapfile"]
    assert "Clio" in preferred(post)


def test_what_is_not_required_is_neither_asked_nor_wished() -> None:
    post = "Engineer\n\nRequirements\n- Zephyr or FreeRTOS in a shipped product\n- Norwegian is not required\n"
    assert required(post) == ["Zephyr", "FreeRTOS"]
    assert preferred(post) == []


def test_words_and_sentences_split_at_a_lines_end_are_read_whole() -> None:
    post = (
        "Museum Registrar\n\nPreferred Qualifications\nCourier experience, and some experience with NAGPRA consulta-\n"
        "tion over a good number of years in a museum of any kind.\n"
    )
    assert "NAGPRA consultation" in preferred(post)
    row = next(held for held in job_intake.read(post).preferred if held.skill == "NAGPRA consultation")
    assert post[row.start : row.end] == "NAGPRA consulta-\ntion"


def test_every_character_of_the_whole_text_knows_where_it_stood() -> None:
    post = "We ask for a qualification in the care of small children at\nLevel 3 and for patience with every-\none.\n"
    held = job_text.whole(post)
    at = held.text.index("Level 3")
    assert "\n" not in held.text.rstrip("\n")
    assert held.span(at, at + 7) == (post.index("Level 3"), post.index("Level 3") + 7)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("JIB gold card and 2391 required", ["JIB card", "2391"]),
        ("You must be on the RCVS register", ["RCVS registration"]),
        ("Must be registered with the Farriers Registration Council", ["Farriers Registration Council registration"]),
        ("We ask for a Level 3 diploma in childcare", ["Level 3 diploma in childcare"]),
        ("Food hygiene level 2 is a must", ["Food hygiene certificate"]),
        ("A Railway Group track card is required", []),
        ("You must be responsible for a CE certification", []),
    ],
)
def test_papers_of_the_trades_are_conditions(text: str, paper: list[str]) -> None:
    assert papers(f"Worker\n\n{text}.") == paper


@pytest.mark.parametrize(
    ("post", "place"),
    [
        ("Nurse\n\nHarbour Vets is a small animal hospital in Whitby with six vets.", "Whitby"),
        ("Paralegal\n\nOur client, with offices across Leeds, seeks a paralegal for its Harrogate team.", "Harrogate"),
        ("Site Manager\nPermanent | Kettering | £55k", "Kettering"),
        ("Chef\n\nYou know what is served in Roman cuisine.", ""),
        ("Engineer\n\nYou have worked at Palo Alto Networks.", ""),
    ],
)
def test_a_town_of_the_gazetteer_is_the_place_where_the_work_is_said_to_be(post: str, place: str) -> None:
    assert job_intake.read(post).location == place


@pytest.mark.parametrize(("name", "town"), [("Yeovil", True), ("Reading", False), ("Python", False), ("Texas", False)])
def test_a_town_that_is_also_a_word_or_a_skill_is_not_taken_for_one(name: str, town: bool) -> None:
    assert job_towns.is_town(name) is town


def test_plain_lines_under_essential_and_desirable_are_kept_apart_and_benefits_are_left_out() -> None:
    post = (
        "Officer\n\nPerson specification\nEssential\nExperience of drafting enforcement notices\n"
        "Thorough knowledge of Part 8 appeals\nDesirable\nWorking knowledge of Uniform and Ocella\n\n"
        "Local government pension scheme, flexitime and 28 days' leave.\n"
    )
    assert "Drafting enforcement notices" in required(post)
    assert {"Uniform", "Ocella"} <= set(preferred(post))
    assert not any("ension" in name or "lexi" in name for name in [*required(post), *preferred(post)])


def test_the_measure_counts_what_was_found_and_what_was_too_much() -> None:
    advert = {
        "id": "one", "post": "Clerk\n\nRequirements:\n- Excel\n- Sage 50\n", "title": "Clerk", "level": "mid",
        "place": "", "required": ["Excel", "Xero"], "preferred": [], "conditions": [],
    }  # fmt: skip
    figures = adverts.measure([advert]).as_json(show=True)
    assert figures["required"]["recall"] == 0.5
    assert figures["required"]["precision"] == 0.5
    assert "required missed: Xero" in figures["mistakes"]["one"]


def test_the_adverts_that_were_worked_with_are_read_well() -> None:
    counts = adverts.measure(adverts.read(adverts.SETS / "open.yaml")).counts
    for what in ("required", "preferred", "conditions"):
        assert counts[f"{what}.found"] >= 0.8 * counts[f"{what}.expected"]
        assert counts[f"{what}.right"] >= 0.85 * counts[f"{what}.given"]
