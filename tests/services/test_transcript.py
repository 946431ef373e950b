"""A corrected transcript: the new words with the times of those they stand for."""

from __future__ import annotations

from interview_platform.services import transcript

HEARD = [
    ["I", 0.0, 0.2, 0.9],
    ["used", 0.2, 0.5, 0.9],
    ["cough", 0.5, 0.9, 0.3],
    ["car", 0.9, 1.2, 0.3],
    ["daily.", 1.2, 1.6, 0.9],
]


def test_words_that_stay_keep_their_times_and_a_new_one_takes_what_lies_between() -> None:
    made = transcript.retimed("I used Kafka daily.", HEARD)
    assert [(w, s, e) for w, s, e, _ in made] == [
        ("I", 0.0, 0.2),
        ("used", 0.2, 0.5),
        ("Kafka", 0.5, 1.2),
        ("daily.", 1.2, 1.6),
    ]


def test_words_put_in_or_left_out_never_run_backwards() -> None:
    for text in (
        "Well, I used cough car daily.",
        "I daily.",
        "I used cough car daily, every day.",
        "Nothing alike here",
    ):
        times = [(float(str(s)), float(str(e))) for _, s, e, _ in transcript.retimed(text, HEARD)]
        assert len(times) == len(text.split())
        assert all(s <= e for s, e in times)
        assert times == sorted(times)


def test_without_heard_times_there_are_none() -> None:
    assert transcript.retimed("I used Kafka.", []) == []
