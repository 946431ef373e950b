"""Every authored line that the agent may speak is whole and passes the guard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interview_platform.services.agent import asides, guard, wording

WORDS = wording.Words(job_title="Ward nurse", organisation="Northwind Health")
LONGEST_CLOSING = 45


def texts(held: object) -> Iterator[str]:
    """The strings in a constant; of pairs of a pattern and a line, the line."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, tuple):
        pairs = held and all(isinstance(one, tuple) and len(one) == 2 for one in held)
        for one in held:
            yield from texts(one[1] if pairs else one)


def spoken() -> Iterator[str]:
    """Every constant of asides, and what wording says besides questions."""
    for name, held in vars(asides).items():
        if name.isupper() and not name.startswith("__"):
            yield from texts(held)
    yield from wording._LEADS
    yield from wording._NOTHING_MORE
    yield from (WORDS.greeting(6), WORDS.welcome_back(), WORDS.moment(), WORDS.not_heard(), WORDS.confirm_end())
    yield from (WORDS.after_skip(0), WORDS.after_skip(1), WORDS.after_unheard(), WORDS.after_dont_know())
    yield from (WORDS.spoken_about(""), WORDS.invite(again=True), WORDS.invite(again=False), WORDS.go_ahead())
    yield from (
        WORDS.closing([], True),
        WORDS.closing(["I moved the queue."], False),
        WORDS.last_question("Thank you."),
    )


@pytest.mark.parametrize("text", sorted({text.replace("{}", "What did you do?") for text in spoken()}))
def test_each_authored_line_ends_as_a_sentence_and_passes_the_guard(text: str) -> None:
    assert text.rstrip()[-1] in ".!?"
    assert guard.reason(text, ()) == ""


def test_the_closing_is_short_and_tells_nothing_back() -> None:
    told = WORDS.closing(["I moved the billing queue to Kafka and told my boss."], complete=False)
    assert len(told.split()) <= LONGEST_CLOSING
    assert "Kafka" not in told
