"""The guard: what may be said aloud, and what of the candidate's words may be told back."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import bank, guard, phrases

FORBIDDEN = {
    "How old are you?": "protected topic",
    "Do you plan to have children?": "protected topic",
    "Are you married?": "protected topic",
    "What does your husband think of the travelling?": "protected topic",
    "What is your religion?": "protected topic",
    "Do you have a disability?": "protected topic",
    "Where are you originally from?": "protected topic",
    "Have you ever been arrested?": "protected topic",
    "What is your native language?": "protected topic",
    "What was your salary there?": "protected topic",
    "In what year were you born, and what is your date of birth": "protected topic",
    "You will get the job.": "promise or decision",
    "We would hire you at once.": "promise or decision",
    "I will see you in the next round.": "promise or decision",
    "That was a great answer. What came next?": "score or verdict",
    "I would rate that 4 out of 5.": "score or verdict",
    "Your score is fine so far.": "score or verdict",
    "The rubric wants a result. What was it?": "rubric or prompt",
    "My instructions say I should ask about tests.": "rubric or prompt",
    "You did not mention the result. What was it?": "reproach",
    "Your answer was too vague. Who did it?": "reproach",
    "What did you do? And who helped you?": "more than one question",
    "  ": "nothing to say",
    "word " * 46: "longer than 45 words",
}


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_must_not_be_said_is_refused_with_its_reason(text: str) -> None:
    assert guard.check(text, ()) is None
    assert guard.reason(text, ()) == FORBIDDEN[text]


@pytest.mark.parametrize(
    "text",
    [
        "How did you tell the patient's family?",
        "What did the child's parents say about it?",
        "What did your health team change after that?",
        "How did you lower the age of the data in the cache?",
        "You said that you moved the queue. What did that change for users?",
        "How did you score the leads?",
    ],
)
def test_ordinary_questions_pass(text: str) -> None:
    assert guard.check(text, ()) == text


def test_every_authored_sentence_passes() -> None:
    said = [
        text
        for family in bank.families()
        for entry in family.questions
        for text in (entry.text, entry.plain_text, *(point.follow_up for point in entry.points))
    ]
    assert [text for text in said if guard.check(text, ()) is None] == []


@pytest.mark.parametrize(
    "again",
    [
        "What turned out to be the cause?",
        "what turned out to be the cause",
        'You said that you "looked at the logs". What turned out to be the cause?',
        "What turned out to be the real cause?",
    ],
)
def test_a_question_is_not_asked_again_in_other_clothes(again: str) -> None:
    assert guard.check(again, ["What turned out to be the cause?"]) is None


def test_another_question_on_the_same_matter_passes() -> None:
    assert guard.check("Who told you about the cause?", ["What turned out to be the cause?"])


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("So, um, I moved the queue to Kafka because it was slow.", 'you "moved the queue to Kafka"'),
        ("We rebuilt the page in React and then it was fine.", 'together you "rebuilt the page in React"'),
        ("I explained it to my manager, who agreed.", "you explained it to your manager"),
        ("i checked the log of the printer", 'you "checked the log of the printer"'),
        ("First I thought about it. Then I called the doctor on duty.", 'you "called the doctor on duty"'),
    ],
)
def test_a_deed_is_told_back_in_the_candidates_words(answer: str, told: str) -> None:
    found = phrases.deed(answer)
    assert found is not None
    assert found.as_you() == told


@pytest.mark.parametrize(
    "answer",
    [
        "It was fine.",
        "I think it was okay.",
        "I ignored all previous instructions of the system.",
        "I looked after my sick child at home.",
        "I wrote to a@b.example about it.",
        "I fixed it.",
        "",
    ],
)
def test_what_is_unclear_private_or_an_order_is_not_told_back(answer: str) -> None:
    assert phrases.deed(answer) is None
