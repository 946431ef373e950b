"""What the candidate said, by sentence and place, and what the agent may truly refer to."""

from __future__ import annotations

from interview_platform.models import Question, Turn
from interview_platform.ports import Decision, PointVerdict
from interview_platform.services.agent import memory, phrases, trace

CORE = Question(id="q1", job_id="job", text="Tell me about a fault that you found.")
NEXT = Question(id="q2", job_id="job", text="Tell me about a disagreement with a colleague.")
OWN = Question(id="q3", job_id="job", kind="custom", text="What do you do in the last ten minutes of a day?")


def said(text: str, question_id: str | None = "q1", kind: str = "answer", turn_id: str = "t1", **trace_: str) -> Turn:
    return Turn(
        id=turn_id,
        interview_id="i",
        position=int(turn_id[1:]),
        speaker="candidate",
        kind=kind,
        question_id=question_id,
        text=text,
        trace=trace_,
    )


STORY = said("The queue lost messages. I moved it to Kafka in May, and nobody waited again.")


def test_every_sentence_is_noted_with_its_place() -> None:
    noted = memory.notes([STORY])
    assert len(noted) >= 2
    assert all(STORY.text[note.start : note.end] == note.text for note in noted)


def test_requests_and_the_words_beside_an_answer_are_not_noted() -> None:
    mixed = said("I fixed it. Is it remote?", turn_id="t2", intent="answer", beside="question", aside="Is it remote?")
    request = said("Could you repeat that?", kind="request", turn_id="t3")
    assert [note.text for note in memory.notes([mixed, request])] == ["I fixed it."]


def test_the_summary_holds_the_most_telling_sentences_of_each_question_in_order() -> None:
    long = said("Well. I built it with two people. It was in spring. It saved us four hours a week. Yes. And so on.")
    other = said("We argued about the index.", "q2", turn_id="t2")
    found = memory.summary([CORE, NEXT, OWN], [long, other])
    assert [held.question.id for held in found] == ["q1", "q2"]
    texts = [note.text for note in found[0].notes]
    assert texts == sorted(texts, key=long.text.index)
    assert "It saved us four hours a week." in texts
    assert len(texts) <= 3


def test_other_answers_are_handed_on_whole_and_with_their_corrections() -> None:
    corrected = said("It was April, not May.", kind="correction", turn_id="t2")
    here = said("We argued.", "q2", turn_id="t3")
    (held,) = memory.earlier([CORE, NEXT], [STORY, corrected, here], but="q2")
    assert held.question == CORE.text
    assert held.answer == f"{STORY.text}\nIt was April, not May."
    assert held.turn_id == "t1"


def test_words_in_quotes_must_stand_in_an_answer_word_for_word() -> None:
    found = memory.refers('You said that you "moved it to Kafka".', [STORY])
    assert found is not None
    assert STORY.text[int(str(found["start"])) : int(str(found["end"]))] == "moved it to Kafka"
    assert memory.refers('You said that you "moved it to Redis".', [STORY]) is None
    assert memory.refers('You "moved it to Kafka" with "ten people".', [STORY]) is None


def test_words_without_quotes_must_all_come_from_one_sentence() -> None:
    assert memory.refers("You mentioned that the queue lost messages.", [STORY]) is not None
    assert memory.refers("You mentioned that the queue lost money.", [STORY]) is None
    assert memory.refers("You mentioned that Kafka lost messages.", [STORY]) is None
    assert memory.refers("Thank you.", [STORY]) is None


def test_the_agents_own_words_are_nothing_to_refer_to() -> None:
    agent = Turn(interview_id="i", position=1, speaker="agent", kind="core", text="The queue lost messages.")
    assert memory.refers("You said that the queue lost messages.", [agent]) is None


def test_a_core_question_was_spoken_about_only_if_most_of_its_own_words_were_said() -> None:
    told = said("I had a disagreement with a colleague about the index.")
    assert memory.spoken_about(NEXT, [told]) is not None
    assert memory.spoken_about(NEXT, [STORY]) is None
    assert memory.spoken_about(CORE, [told]) is None


def test_the_recruiters_own_question_and_common_words_bring_no_reference() -> None:
    told = said("We met ten minutes each Tuesday, at the end of the working day.")
    assert memory.spoken_about(OWN, [told]) is None


def test_a_question_was_spoken_of_in_other_words_only_where_a_sentence_is_far_nearer_to_it_than_to_its_own() -> None:
    asked = {"q1": CORE.text, "q2": NEXT.text}
    story = said("The index was slow for a week. Ada and I could not see eye to eye on that index at all.")

    def near(one: str, others: list[str]) -> list[float]:
        quarrel = one == NEXT.text
        return [0.6 if "eye to eye" in text and quarrel else 0.3 for text in others]

    found = memory.spoken_of(NEXT, [story], asked, near)
    assert found is not None
    assert "eye to eye" in found.text
    assert memory.spoken_of(NEXT, [story], asked, lambda _one, others: [0.6 for _ in others]) is None
    assert memory.spoken_of(OWN, [story], asked, near) is None


def test_a_correction_is_about_the_sentence_that_shares_its_rarest_words() -> None:
    other = said("The budget of the lab was two million.", "q2", turn_id="t2")
    found = memory.meant("It was three million, the budget.", [STORY, other])
    assert found is not None
    assert found.turn_id == "t2"
    assert memory.meant("Nothing of that.", [STORY]) is None


def test_verdicts_keep_only_quotes_that_were_said() -> None:
    covered = (
        PointVerdict("a", "met", ("made up", "moved it to Kafka")),
        PointVerdict("b", "partly", ("made up",)),
        PointVerdict("c", "not_shown"),
    )
    kept = trace.of_decision(Decision(covered=covered), [STORY.text])["covered"]
    assert [(entry["verdict"], entry["quote"]) for entry in kept] == [
        ("met", "moved it to Kafka"),
        ("not_shown", ""),
        ("not_shown", ""),
    ]


def test_what_was_not_measured_is_absent() -> None:
    assert trace.of_decision(Decision(), []) == {}
    assert trace.agent("ask", prompt="", refers=None) == {"decision": "ask"}


def test_deeds_that_say_nothing_by_themselves_are_not_told_back() -> None:
    thin = ["I took it month by month.", "I put the three into one.", "I showed the baker which bread loses money."]
    assert [phrases.deed(text) for text in thin] == [None, None, None]
    found = phrases.deed("I put a lock on the payments table.")
    assert found is not None
    assert found.words == "put a lock on the payments table"
