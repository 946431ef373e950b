"""Plain facts asked for in many words."""

import pytest

from interview_platform.services.agent import slots
from interview_platform.services.agent.accounting import Query
from interview_platform.services.agent.passages import Piece


def _filled(question: str, sentence: str, heading: str = "") -> str:
    return slots.fits(Query(question), Piece("1", "job", "Job description", sentence, heading), sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "slot"),
    [
        ("How many gardens do you look after?", "We look after 300 gardens in Fife.", "count"),
        ("How many people share the rota?", "You share the rota with five others.", "count"),
        ("Where is your head office?", "Our main office is in Perth.", "head office"),
        ("Who would be the person I answer to?", "The head gardener, Ann Low, is your line manager.", "manager"),
        ("How many places do you run?", "Fernhill runs four garden centres.", "places"),
        ("How many rounds are there?", "After this interview there is one visit.", "rounds"),
    ],
)
def test_a_sentence_fills_the_slot_that_is_asked_for(question: str, sentence: str, slot: str) -> None:
    assert _filled(question, sentence) == slot


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people are in the team?", "We are 74 people."),
        ("How many gardens do you do a day?", "We look after 300 gardens in Fife."),
        ("How many horses do you keep?", "We look after 300 gardens in Fife."),
        ("Who was the manager before?", "Ann Low is your line manager."),
        ("Where is your head office?", "The job is in Perth."),
        ("How many rounds are there?", "Customers book 90 visits a week."),
    ],
)
def test_a_neighbouring_fact_does_not_fill_it(question: str, sentence: str) -> None:
    assert _filled(question, sentence) == ""


def test_the_place_of_work_is_read_from_the_jobs_location() -> None:
    assert _filled("Whereabouts would I be based?", "The location of the job is Fife.", "Location") == "workplace"
    assert _filled("Whereabouts would I be based?", "We deliver to Fife.") == ""


@pytest.mark.parametrize(
    ("question", "sentence", "slot"),
    [
        ("where are your depots?", "We run 240 lorries from four depots: Hull and Preston.", "where it stands"),
        ("where are your depots?", "Every depot has a canteen.", ""),
        ("which engine are you on?", "Unreal Engine 5 is what we work in.", "its name"),
        ("which tablet do you use?", "Plans are handled on tablets.", ""),
    ],
)
def test_places_and_names_of_things_are_found(question: str, sentence: str, slot: str) -> None:
    assert _filled(question, sentence) == slot
