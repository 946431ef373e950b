"""The conversation: what is said when, and that nothing depends on anything but the rows."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from interview_platform.errors import BadInput, InterviewEnded, NotFound
from interview_platform.models import AuditEvent, Interview, Question, Turn, new_id, session
from interview_platform.services.agent.conversation import Conversation, Utterance
from interview_platform.services.agent.position import most_follow_ups
from tests import builders
from tests.services.agent.scripted import LONG, Scripted, conversation, interview, questions, turns


def kinds(said: list[Utterance]) -> list[str]:
    return [utterance.kind for utterance in said]


def held(engine: Engine, interview_id: str) -> Interview:
    with session(engine) as db:
        row = db.get(Interview, interview_id)
        assert row is not None
        return row


def to_the_end(talk: Conversation, at: float = 10.0) -> list[Utterance]:
    said: list[Utterance] = []
    while not talk.finished:
        said += talk.answer(LONG, at, at + 5)
        at += 10
    return said


def test_it_begins_with_a_greeting_and_the_first_question(engine: Engine) -> None:
    talk = conversation(engine, interview(engine))
    greeting, question = talk.open(0.0)
    assert (greeting.kind, question.kind) == ("greeting", "resume")
    assert (question.number, question.total, question.expects_answer) == (1, 7, True)
    assert not greeting.expects_answer
    assert question.question_text == question.text


def test_the_greeting_says_that_it_is_an_ai_and_that_a_person_decides_in_three_short_sentences(engine: Engine) -> None:
    greeting = conversation(engine, interview(engine)).open(0.0)[0].text
    assert "AI" in greeting
    assert "person" in greeting
    assert "decides" in greeting
    assert greeting.count(".") == 3
    assert all(len(sentence.split()) <= 20 for sentence in greeting.split("."))


def test_opening_makes_the_interview_live_once_and_names_the_interviewer(engine: Engine) -> None:
    made = interview(engine)
    conversation(engine, made).open(0.0)
    began = held(engine, made)
    conversation(engine, made).open(30.0)
    again = held(engine, made)
    assert (again.status, again.interviewer, again.started_at) == ("live", "Scripted interviewer", began.started_at)


def test_every_candidate_turn_is_in_the_database_before_the_interviewer_is_asked(engine: Engine) -> None:
    made = interview(engine)
    seen: list[str] = []
    talk = conversation(engine, made, Scripted(sees=lambda exchange: seen.append(turns(engine, made)[-1].text)))
    talk.open(0.0)
    answers = [f"Answer number {number}: {LONG}" for number in range(4)]
    for answer in answers:
        talk.answer(answer, 1.0, 2.0)
    assert seen == answers


def test_an_answer_of_a_killed_process_is_decided_on_when_the_link_is_opened_again(engine: Engine) -> None:
    class Killed(Exception):
        """As by kill -9: nothing after it runs."""

    def die(_exchange: object) -> None:
        raise Killed

    made = interview(engine)
    talk = conversation(engine, made, Scripted(sees=die))
    first = talk.open(0.0)[-1]
    with pytest.raises(Killed):
        talk.answer(LONG, 1.0, 2.0)
    back = conversation(engine, made, Scripted(asks=1)).open(9.0)
    assert kinds(back) == ["notice", "follow_up"]
    assert back[-1].question_id == first.question_id
    assert [turn.text for turn in turns(engine, made)].count(LONG) == 1


def test_coming_back_gives_no_second_greeting_and_the_same_question(engine: Engine) -> None:
    made = interview(engine)
    conversation(engine, made).open(0.0)
    asked = conversation(engine, made).answer(LONG, 1.0, 2.0)[-1]
    back = conversation(engine, made).open(20.0)
    assert kinds(back) == ["notice", "repeat"]
    assert (back[-1].text, back[-1].question_id, back[-1].number) == (asked.text, asked.question_id, asked.number)
    assert sum(turn.kind == "greeting" for turn in turns(engine, made)) == 1


def test_coming_back_to_an_open_follow_up_asks_the_follow_up(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=1))
    talk.open(0.0)
    asked = talk.answer(LONG, 1.0, 2.0)[-1]
    assert asked.kind == "follow_up"
    assert conversation(engine, made).open(20.0)[-1].text == asked.text


def test_coming_back_is_no_wished_repeat(engine: Engine) -> None:
    made = interview(engine)
    first = conversation(engine, made).open(0.0)[-1]
    conversation(engine, made).open(5.0)
    assert conversation(engine, made).repeat(9.0)[-1].text == first.text


def test_a_new_object_for_every_call_holds_the_same_interview_as_one(engine: Engine) -> None:
    one, many = interview(engine), interview(engine)
    talk = conversation(engine, one)
    talk.open(0.0)
    to_the_end(talk)
    conversation(engine, many).open(0.0)
    while not conversation(engine, many).finished:
        conversation(engine, many).answer(LONG, 1.0, 2.0)
    assert [(t.kind, t.text) for t in turns(engine, one)] == [(t.kind, t.text) for t in turns(engine, many)]


def test_every_planned_question_is_asked_once_in_order_and_the_recruiters_word_for_word(engine: Engine) -> None:
    own = "Why do you want to work with us — in Leeds, of all places?"
    made = interview(engine, own=(own,))
    talk = conversation(engine, made, Scripted(asks=9))
    talk.open(0.0)
    to_the_end(talk)
    asked = [turn for turn in turns(engine, made) if turn.kind in {"core", "resume", "custom"}]
    assert [turn.question_id for turn in asked] == held(engine, made).plan
    assert [turn.text for turn in asked if turn.kind == "custom"] == [own]


def test_no_two_things_asked_have_the_same_words(engine: Engine) -> None:
    made = interview(engine, own=("Why us?", "What is your favourite tool?", "What would you change first?"))
    talk = conversation(engine, made, Scripted(asks=99))
    talk.open(0.0)
    to_the_end(talk)
    asked = [turn.text for turn in turns(engine, made) if turn.kind in {"core", "resume", "custom", "follow_up"}]
    assert len(set(asked)) == len(asked)


def test_follow_ups_stay_within_two_a_question_and_the_minutes_of_the_plan(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=99))
    talk.open(0.0)
    to_the_end(talk)
    asked = [turn.question_id for turn in turns(engine, made) if turn.kind == "follow_up"]
    with session(engine) as db:
        most = most_follow_ups(questions(db, held(engine, made).plan))
    assert 3 <= len(asked) <= most
    assert all(asked.count(question_id) <= 2 for question_id in asked)


def test_a_long_plan_leaves_room_for_three_follow_ups_and_a_short_one_for_two_a_question() -> None:
    def plan(number: int, minutes: float) -> list[Question]:
        return [Question(job_id="job", text="?", minutes=minutes) for _ in range(number)]

    assert most_follow_ups(plan(9, 4.0)) == 3
    assert most_follow_ups(plan(3, 2.0)) == 6
    assert most_follow_ups(plan(7, 2.0)) == 11


def test_the_recruiters_own_question_gets_one_follow_up_at_most(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=99))
    talk.open(0.0)
    to_the_end(talk)
    own = next(turn.question_id for turn in turns(engine, made) if turn.kind == "custom")
    assert sum(turn.kind == "follow_up" and turn.question_id == own for turn in turns(engine, made)) <= 1


def test_nobody_is_pressed_twice_for_what_they_do_not_want_to_tell(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=99))
    talk.open(0.0)
    talk.answer(LONG, 1.0, 2.0)
    assert talk.answer("It was fine.", 3.0, 4.0)[-1].kind == "core"


def test_late_in_an_interview_only_planned_questions_are_asked(engine: Engine) -> None:
    talk = conversation(engine, interview(engine), Scripted(asks=99))
    talk.open(0.0)
    assert talk.answer(LONG, 1900.0, 1905.0)[-1].kind == "core"


@pytest.mark.parametrize(
    "words", ["I'd rather not answer that.", "Skip", "Next question, please.", "Can we skip this one?", "Pass."]
)
def test_a_refusal_moves_on_and_is_never_asked_again(engine: Engine, words: str) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=9))
    first = talk.open(0.0)[-1]
    lead, question = talk.answer(words, 1.0, 2.0)
    assert lead.kind == "notice"
    assert question.question_id != first.question_id
    rest = conversation(engine, made).open(9.0) + to_the_end(talk)
    assert first.question_id not in {utterance.question_id for utterance in rest}
    assert turns(engine, made)[2].kind == "skip"


def test_the_skip_button_does_the_same_and_leaves_an_empty_skip_turn(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    first = talk.open(0.0)[-1]
    assert talk.skip(4.0)[-1].question_id != first.question_id
    skipped = turns(engine, made)[2]
    assert (skipped.speaker, skipped.kind, skipped.text, skipped.question_id) == (
        "candidate",
        "skip",
        "",
        first.question_id,
    )


def test_a_skipped_follow_up_leads_to_the_next_question(engine: Engine) -> None:
    talk = conversation(engine, interview(engine), Scripted(asks=1))
    talk.open(0.0)
    talk.answer(LONG, 1.0, 2.0)
    assert (talk.skip(3.0)[-1].kind, talk.skip(4.0)[-1].number) == ("core", 3)


@pytest.mark.parametrize("words", ["Sorry, could you repeat that?", "Can you say that again please", "Pardon?"])
def test_asked_to_repeat_it_says_the_same_words_and_then_plainer_ones(engine: Engine, words: str) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    first = talk.open(0.0)[-1]
    again, plainer = talk.answer(words, 1.0, 2.0), talk.answer(words, 3.0, 4.0)
    assert (kinds(again), again[0].text, again[0].expects_answer) == (["repeat"], first.text, True)
    assert plainer[0].text not in {first.text, ""}
    assert plainer[0].question_id == first.question_id
    assert talk.last_answer_turn_id is None


def test_the_repeat_button_counts_with_spoken_repeats(engine: Engine) -> None:
    talk = conversation(engine, interview(engine))
    first = talk.open(0.0)[-1]
    talk.answer("Could you repeat the question?", 1.0, 2.0)
    assert talk.repeat(5.0)[0].text != first.text


def test_a_moment_to_think_is_granted_and_the_question_stays_open(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    first = talk.open(0.0)[-1]
    spoken, pressed = talk.answer("Give me a moment.", 1.0, 2.0), talk.moment(3.0)
    assert kinds(spoken) == kinds(pressed) == ["notice"]
    assert spoken[0].question_text == first.text
    talk.answer(LONG, 9.0, 12.0)
    assert turns(engine, made)[-3].question_id == first.question_id


def test_nothing_intelligible_is_asked_for_once_more_and_then_left(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=1))
    first = talk.open(0.0)[-1]
    again = talk.answer("", 1.0, 2.0)
    on = talk.answer("[BLANK_AUDIO]", 3.0, 4.0)
    assert (kinds(again), again[0].expects_answer) == (["notice"], True)
    assert kinds(on) == ["notice", "core"]
    assert on[-1].question_id != first.question_id
    assert [t.kind for t in turns(engine, made) if t.speaker == "candidate"] == ["unheard", "unheard"]


def test_not_knowing_is_an_answer_without_a_follow_up(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=9))
    talk.open(0.0)
    assert kinds(talk.answer("I don't know.", 1.0, 2.0)) == ["notice", "core"]
    assert turns(engine, made)[2].kind == "answer"


def test_a_typed_answer_keeps_its_kind(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    talk.answer(LONG, 1.0, 2.0, kind="typed")
    answered = turns(engine, made)[2]
    assert (answered.kind, answered.id) == ("typed", talk.last_answer_turn_id)


def test_a_failing_interviewer_leads_to_the_next_planned_question_and_is_noted(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(down=True))
    talk.open(0.0)
    said = talk.answer("It was fine.", 1.0, 2.0)
    assert kinds(said) == ["notice", "core"]
    assert "no network" in turns(engine, made)[-1].because


def test_a_follow_up_that_must_not_be_said_is_replaced_by_the_authored_one(engine: Engine) -> None:
    class Improper(Scripted):
        """Asks what no interviewer may ask."""

        def decide(self, exchange, say=None):  # type: ignore[no-untyped-def]
            from interview_platform.ports import Decision

            self.authored = exchange.options[0].question
            return Decision("follow_up", "Are you married?", point=exchange.options[0].point, because="It says so.")

    made = interview(engine)
    interviewer = Improper()
    talk = conversation(engine, made, interviewer)
    talk.open(0.0)
    said = talk.answer(LONG, 1.0, 2.0)
    assert [utterance.text for utterance in said] == [interviewer.authored]
    assert "protected topic" in turns(engine, made)[-1].because


def test_the_last_answer_brings_the_closing_and_ends_the_interview(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    last = to_the_end(talk)[-1]
    ended = held(engine, made)
    assert (last.kind, last.final, last.expects_answer) == ("closing", True, False)
    assert (ended.status, ended.ended_by) == ("ended", "plan")
    assert ended.ended_at is not None
    with pytest.raises(InterviewEnded):
        talk.open(99.0)
    with pytest.raises(InterviewEnded):
        talk.answer("One more thing.", 99.0, 100.0)


def test_the_closing_thanks_plainly_tells_nothing_back_and_judges_nothing(engine: Engine) -> None:
    talk = conversation(engine, interview(engine))
    talk.open(0.0)
    talk.answer("Well, I moved the billing queue to Kafka because it lost messages.", 1.0, 2.0)
    closing = talk.end(9.0, by="candidate")[0].text
    assert "Thank you for your time" in closing
    assert "Kafka" not in closing
    assert len(closing.split()) <= 45
    assert "person" in closing
    assert not {"great", "excellent", "score", "good", "well"} & set(closing.lower().split())


def test_private_words_are_not_said_back_in_the_closing(engine: Engine) -> None:
    talk = conversation(engine, interview(engine))
    talk.open(0.0)
    talk.answer("I cared for my sick child for two years.", 1.0, 2.0)
    assert "child" not in talk.end(9.0, by="candidate")[0].text


def test_the_end_button_closes_at_once_and_a_second_press_says_nothing(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    assert kinds(talk.end(3.0, by="candidate")) == ["closing"]
    assert talk.end(4.0, by="candidate") == []
    assert (held(engine, made).ended_by, talk.finished) == ("candidate", True)


def test_a_spoken_wish_to_stop_is_confirmed_before_it_ends(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    first = talk.open(0.0)[-1]
    asked = talk.answer("I want to stop the interview.", 1.0, 2.0)
    assert (kinds(asked), asked[0].expects_answer, talk.finished) == (["notice"], True, False)
    assert talk.answer("No.", 3.0, 4.0)[0].text == first.text
    talk.answer("Please stop the interview.", 5.0, 6.0)
    assert kinds(talk.answer("Yes.", 7.0, 8.0)) == ["closing"]
    assert held(engine, made).ended_by == "candidate"


def test_yes_is_an_ordinary_answer_when_nobody_asked_about_ending(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    talk.answer("Yes.", 1.0, 2.0)
    assert turns(engine, made)[2].kind == "answer"


def test_words_that_come_late_are_added_to_the_answer_they_belong_to(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    talk.answer("I read the logs.", 1.0, 2.0)
    talk.amend("And then I added an alert. ", 4.5)
    answered = turns(engine, made)[2]
    assert (answered.text, answered.ended_seconds) == ("I read the logs. And then I added an alert.", 4.5)


def test_late_words_without_an_answer_change_nothing(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    before = [turn.text for turn in turns(engine, made)]
    talk.amend("Hello?", 1.0)
    assert [turn.text for turn in turns(engine, made)] == before


def test_requests_and_noise_are_no_answers_to_the_question(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    first = talk.open(0.0)[-1]
    talk.answer("Could you repeat that?", 1.0, 2.0)
    talk.answer("(coughs)", 3.0, 4.0)
    own = [t for t in turns(engine, made) if t.speaker == "candidate" and t.question_id == first.question_id]
    assert [turn.text for turn in own if turn.text] == []


def test_spoken_times_are_kept(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    greeting = talk.open(0.0)[0]
    talk.spoken(greeting.turn_id, 0.4, 7.9)
    turn = turns(engine, made)[0]
    assert (turn.started_seconds, turn.ended_seconds) == (0.4, 7.9)
    with pytest.raises(NotFound):
        talk.spoken(new_id(), 0.0, 1.0)


def test_begin_and_end_are_in_the_audit_log_in_the_candidates_name(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made)
    talk.open(0.0)
    talk.end(3.0, by="candidate")
    with session(engine) as db:
        events = {event.action: event.actor for event in db.query(AuditEvent).all()}
    assert events["interview.started"].startswith("invite:")
    assert events["interview.ended"].startswith("invite:")


def test_an_interview_without_questions_says_what_to_do(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        made = builders.interview(db, actor, builders.application(db, actor, builders.job(db, actor))).id
    with pytest.raises(BadInput, match="new link"):
        conversation(engine, made).open(0.0)


def test_turns_are_numbered_without_gaps(engine: Engine) -> None:
    made = interview(engine)
    talk = conversation(engine, made, Scripted(asks=2))
    talk.open(0.0)
    to_the_end(talk)
    found: list[Turn] = turns(engine, made)
    assert [turn.position for turn in found] == list(range(1, len(found) + 1))
