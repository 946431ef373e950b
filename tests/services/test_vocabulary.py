"""Words of the trade in what was heard."""

from __future__ import annotations

import pytest

from interview_platform.services.vocabulary import Span, Vocabulary

_NAMES = (
    "PostgreSQL, Postgres, Kubernetes, Terraform, FastAPI, C++, Node.js, AWS, Kafka, Redis, Go, Airflow, React, Spark, "
    "Siobhan Murphy, RabbitMQ, Grafana"
)
TERMS = Vocabulary(_NAMES.split(", "))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("We used post grass and cube and eighties.", "We used Postgres and Kubernetes."),
        ("I wrote it in c plus plus, then in go.", "I wrote it in C++, then in go."),
        ("We had fast a p i and a w s.", "We had FastAPI and AWS."),
        ("I like node dot js", "I like Node.js"),
        ("terra form, rabbit m q and graphana", "Terraform, RabbitMQ and Grafana"),
        ("I deployed it on kubernetes.", "I deployed it on Kubernetes."),
        ("It was kept in order by air flow.", "It was kept in order by Airflow."),
    ],
)
def test_what_sounds_like_a_term_becomes_it(heard: str, meant: str) -> None:
    assert TERMS.text(heard) == meant


@pytest.mark.parametrize(
    "heard",
    [
        "I was able to post the grass and cut it.",
        "We went to the radius of the airport.",
        "The team reacts quickly and sparks flew.",
        "I go there when the coffee is ready.",
        "It was the post. Grass grew on it.",
        "We formed a team for the terrace.",
    ],
)
def test_ordinary_words_stay(heard: str) -> None:
    assert TERMS.text(heard) == heard


def test_where_terms_stand_is_told_by_words() -> None:
    assert TERMS.spans(["on", "post", "grass", "and", "cube", "and", "eighties."]) == [
        Span(1, 3, "Postgres"),
        Span(4, 7, "Kubernetes"),
    ]


def test_without_terms_nothing_changes() -> None:
    assert Vocabulary([]).text("post grass  and   so on") == "post grass and so on"
