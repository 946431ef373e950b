"""What is said of how things are in general is told from what somebody did, would do, or tells in the present tense."""

from __future__ import annotations

import pytest

from interview_platform.services.scoring.generalities import is_general

GENERAL = (
    "It is important to listen to the customer.",
    "Deadlines have to be kept, whatever happens.",
    "Customers often want more than they pay for.",
    "Good documentation is always the basis.",
    "Sometimes machines do not start in the morning.",
    "You have to be patient with machines.",
    "People always complain.",
)
TOLD = (
    "It was important to the customer that the truck came before noon.",
    "We always had two people at the gate, and one of them counted.",
    "Customers complained, so I called each of them.",
    "I would always call the customer first.",
    "I see he is white and sweating, I call the doctor.",
    "First I remove duplicates, then I join the list.",
    "Since then every delivery has to be signed by two people.",
    "Last year deadlines had to be moved twice.",
)
OF_ONESELF = ("I always put the customer first.", "I prefer to talk openly with everybody.", "I never give up.")


@pytest.mark.parametrize("said", GENERAL)
@pytest.mark.parametrize("of_the_past", [True, False])
def test_how_things_are_is_general_whatever_was_asked(said: str, of_the_past: bool) -> None:
    assert is_general(said, of_the_past)


@pytest.mark.parametrize("said", TOLD)
@pytest.mark.parametrize("of_the_past", [True, False])
def test_what_happened_what_would_be_done_and_an_account_in_the_present_are_not(said: str, of_the_past: bool) -> None:
    assert not is_general(said, of_the_past)


@pytest.mark.parametrize("said", OF_ONESELF)
def test_what_somebody_always_does_is_general_only_where_one_time_was_asked_for(said: str) -> None:
    assert is_general(said, True)
    assert not is_general(said, False)
