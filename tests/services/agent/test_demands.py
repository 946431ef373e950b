"""What a question demands beyond its words, which a sentence on the same matter need not hold."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import demands


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how many electric vans will you have next year?", "By 2030 half of our vans will be electric; nine are now."),
        ("how many patients did you see in 2019?", "We see about 19,000 patients a year."),
        ("can I start a month later than that?", "You would start on 2 March."),
        ("what does the matron ask in her talk?", "After the visit there is a talk with the matron."),
        ("what does the health cover include?", "Private health cover is part of the package."),
        ("is your pay better than what the others pay?", "We pay Band 5."),
        ("how many people are applying for this?", "The team has 46 people."),
        ("do you have plans to sell the firm?", "Our first game has sold 1.2 million copies."),
        ("can I work from Portugal in summer?", "You are free to work where you like within the UK."),
    ],
)
def test_a_neighbour_of_the_answer_is_not_the_answer(question: str, text: str) -> None:
    assert not demands.met(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("is Saturday paid more than normal?", "Saturdays are paid at time and a half."),
        ("what does the company do?", "We make lamps."),
        ("what do you expect from me?", "You plan the routes of 60 lorries."),
        ("were you founded in 1978?", "The family founded it in 1978."),
        ("do you plan to open more shops?", "We plan to open two shops next spring."),
        ("does the salary go up every year?", "Pay rises with each year of service."),
    ],
)
def test_what_holds_the_demand_may_answer(question: str, text: str) -> None:
    assert demands.met(question, text)
