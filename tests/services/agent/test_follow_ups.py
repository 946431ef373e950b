"""Which follow-ups are said: open points only, in checked words, after true bridges, and written down as they came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Engine

from interview_platform.models import Turn, session
from interview_platform.ports import Decision, Exchange, PointVerdict
from interview_platform.services.agent import plan, trace
from interview_platform.services.agent.conversation import Conversation, Utterance
from tests import builders
from tests.services.agent.scripted import LONG, application, conversation, interview, turns

Decides = Callable[[Exchange], Decision]
STORY = "I moved the booking queue to Kafka because it lost messages, and I told the clinics about it on the same day."


class Deciding:
    """An interviewer that decides as the functions say, one after the other, and then accepts."""

    name, label = "deciding", "Deciding interviewer"

    def __init__(self, *decides: Decides) -> None:
        self._decides = list(decides)
        self.seen: list[Exchange] = []
        self.bridges: list[bool] = []

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """As the next function says; its bridge is offered at once where somebody listens."""
        self.seen.append(exchange)
        if not self._decides:
            return Decision(engine=self.label)
        made = replace(self._decides.pop(0)(exchange), engine=self.label)
        if say is not None and made.bridge:
            self.bridges.append(say(made.bridge))
        return made


def asking(number: int, **more: object) -> Decides:
    """Asks for the option of this number in its authored words."""

    def decide(exchange: Exchange) -> Decision:
        option = exchange.options[number]
        values = {"text": option.question, "point": option.point, "because": "Open.", **more}
        return Decision("follow_up", **values)  # type: ignore[arg-type]

    return decide


def shown(number: int, verdict: str, quote: str) -> Decides:
    """Asks for an option and says what the answer shows of it."""

    def decide(exchange: Exchange) -> Decision:
        point = exchange.options[number].point
        return replace(
            asking(number)(exchange),
            covered=(
                PointVerdict(point, verdict, (quote,)),  # type: ignore[arg-type]
                *(PointVerdict(o.point, "not_shown") for o in exchange.options if o.point != point),
            ),
        )

    return decide


def begun(engine: Engine, interviewer: Deciding) -> tuple[str, Conversation]:
    made = interview(engine)
    talk = conversation(engine, made, interviewer)
    talk.open(0.0)
    return made, talk


def test_two_follow_ups_go_deeper_into_one_question_and_then_the_plan_goes_on(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(asking(0), asking(1), asking(2)))
    kinds = [talk.answer(f"{STORY} Part {number}.", 1.0, 2.0)[-1].kind for number in range(3)]
    assert kinds == ["follow_up", "follow_up", "core"]
    asked = [turn.text for turn in turns(engine, made) if turn.kind == "follow_up"]
    assert len(set(asked)) == 2


def test_the_interviewer_sees_other_answers_the_level_and_how_often_it_asked(engine: Engine) -> None:
    interviewer = Deciding(asking(0))
    _, talk = begun(engine, interviewer)
    talk.answer("My first answer is about the queue at the clinic.", 1.0, 2.0)
    talk.answer("More about the queue at the clinic and its limits.", 3.0, 4.0)
    talk.answer("My second answer is about something else entirely.", 5.0, 6.0)
    first, again, second = interviewer.seen
    assert (first.follow_ups_here, again.follow_ups_here, second.follow_ups_here) == (0, 1, 0)
    assert again.answer.split("\n") == [first.answer, "More about the queue at the clinic and its limits."]
    assert [held.answer for held in second.earlier] == [again.answer]
    assert (first.earlier, second.level, second.job_title) == ((), "mid", "Backend Engineer")
    assert first.plain_question


def test_a_point_that_was_shown_is_not_asked_for_but_the_next_open_one_is(engine: Engine) -> None:
    interviewer = Deciding(shown(0, "met", "I moved the booking queue to Kafka"))
    made, talk = begun(engine, interviewer)
    asked = talk.answer(STORY, 1.0, 2.0)[-1]
    assert asked.text == interviewer.seen[0].options[1].question
    assert turns(engine, made)[-1].trace["guard"][0]["reason"] == "already answered"


def test_a_point_that_was_shown_to_an_earlier_decision_is_not_asked_for_either(engine: Engine) -> None:
    def second(exchange: Exchange) -> Decision:
        return asking(0)(exchange)

    def first(exchange: Exchange) -> Decision:
        quote = PointVerdict(exchange.options[0].point, "met", ("it lost messages",))
        return replace(asking(1)(exchange), covered=(quote,))

    interviewer = Deciding(first, second)
    _, talk = begun(engine, interviewer)
    talk.answer(STORY, 1.0, 2.0)
    assert talk.answer(f"{STORY} And more of it.", 3.0, 4.0)[-1].kind == "core"


def test_a_quote_that_nobody_said_shows_nothing_and_is_not_written_down(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(shown(0, "met", "I led a team of forty people")))
    assert talk.answer(STORY, 1.0, 2.0)[-1].kind == "follow_up"
    entry = turns(engine, made)[-1].trace["covered"][0]
    assert (entry["verdict"], entry["quote"]) == ("not_shown", "")


def test_what_another_answer_told_by_name_is_not_asked_for(engine: Engine) -> None:
    with session(engine) as db:
        actor, job, applied = application(db)
        points = [{"point": "Names the budget", "follow_up": "What was the yearly budget of the laboratory?"}]
        rows = [
            builders.question(db, job, kind="core", text=f"Question {number} is this one?", points=points)
            for number in (1, 2)
        ]
        made = builders.interview(db, actor, applied, [row.id for row in rows]).id
    talk = conversation(engine, made, Deciding(lambda _: Decision(), asking(0)))
    talk.open(0.0)
    talk.answer("The yearly budget of the laboratory was two million pounds.", 1.0, 2.0)
    assert talk.answer(STORY, 3.0, 4.0)[-1].kind != "follow_up"


def test_an_improper_wording_is_replaced_by_the_authored_one_and_logged(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(asking(0, text="Are you married, and how old are you?")))
    asked = talk.answer(STORY, 1.0, 2.0)[-1]
    kept = turns(engine, made)[-1]
    assert "married" not in asked.text
    assert kept.trace["guard"][0]["text"] == "Are you married, and how old are you?"
    assert (kept.engine, kept.trace["by"]) == ("Authored", "Deciding interviewer")


def test_what_the_engine_refused_itself_is_in_the_trace(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(asking(0, refused=(("You failed.", "reproach"),))))
    talk.answer(STORY, 1.0, 2.0)
    assert turns(engine, made)[-1].trace["guard"] == [{"text": "You failed.", "reason": "reproach"}]


def test_a_true_bridge_is_said_and_points_to_the_words_it_tells_back(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(asking(0, bridge="You mentioned that you moved the booking queue to Kafka.")))
    asked = talk.answer(STORY, 1.0, 2.0)[-1]
    assert asked.text.startswith("You mentioned")
    kept = turns(engine, made)
    refers = kept[-1].trace["refers"]
    told = next(turn for turn in kept if turn.id == refers["turn_id"])
    assert "booking queue to Kafka" in told.text[refers["start"] : refers["end"]]


def test_a_bridge_that_nobody_said_is_left_out_and_logged(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(asking(0, bridge="You mentioned that you led forty people in Oslo.")))
    asked = talk.answer(STORY, 1.0, 2.0)[-1]
    assert "Oslo" not in asked.text
    assert turns(engine, made)[-1].trace["guard"][0]["reason"] == "not in the candidate's words"


def test_the_same_words_are_told_back_once_only(engine: Engine) -> None:
    bridge = 'You said that you "moved the booking queue to Kafka".'
    _, talk = begun(engine, Deciding(asking(0, bridge=bridge), asking(1, bridge=bridge)))
    said = [talk.answer(f"{STORY} Part {number}.", 1.0, 2.0)[-1].text for number in range(2)]
    assert [text.startswith("You said") for text in said] == [True, False]


def test_not_knowing_is_eased_once_and_never_pressed(engine: Engine) -> None:
    def ease(exchange: Exchange) -> Decision:
        return Decision("ease", "Which part of such work have you seen others do?", because="Nothing was shown.")

    made, talk = begun(engine, Deciding(ease, asking(0)))
    eased = talk.answer("I don't know.", 1.0, 2.0)[-1]
    assert (eased.kind, trace.decision(turns(engine, made)[-1])) == ("follow_up", "ease")
    assert talk.answer("I really don't know.", 3.0, 4.0)[-1].kind == "core"


def test_figures_of_the_decision_are_kept(engine: Engine) -> None:
    made, talk = begun(engine, Deciding(asking(0, prompt="interviewer@0a1b2c3d", seconds=0.8, tokens_in=90, cost=0.01)))
    talk.answer(STORY, 1.0, 2.0)
    kept = turns(engine, made)[-1].trace
    assert (kept["decision"], kept["intent"], kept["prompt"]) == ("follow_up", "answer", "interviewer@0a1b2c3d")
    assert (kept["seconds"], kept["tokens_in"], kept["cost"], kept["target"]) == (0.8, 90, 0.01, kept["target"])
    assert "tokens_out" not in kept


def test_what_was_accepted_is_kept_with_the_words_that_go_on(engine: Engine) -> None:
    def accept(exchange: Exchange) -> Decision:
        return Decision(covered=(PointVerdict(exchange.options[0].point, "met", ("it lost messages",)),))

    _, talk = begun(engine, Deciding(accept))
    lead = talk.answer(STORY, 1.0, 2.0)[0]
    with session(engine) as db:
        row = db.get(Turn, lead.turn_id)
        assert row is not None
        assert row.trace["covered"][0]["quote"] == "it lost messages"


# --- said early -------------------------------------------------------------------------------------------------


def listened(engine: Engine, bridge: str) -> tuple[list[Utterance], list[Utterance], Deciding, str]:
    """(what was said early, what followed, the interviewer, the interview)."""
    interviewer = Deciding(asking(0, bridge=bridge))
    made, talk = begun(engine, interviewer)
    early: list[Utterance] = []
    talk.early = early.append
    return early, talk.answer(STORY, 1.0, 2.0), interviewer, made


def test_a_true_bridge_is_written_down_and_handed_out_while_the_question_is_still_worded(engine: Engine) -> None:
    early, rest, interviewer, made = listened(engine, "You moved the booking queue to Kafka.")
    assert interviewer.bridges == [True]
    assert [utterance.text for utterance in early] == ["You moved the booking queue to Kafka."]
    assert "Kafka" not in rest[-1].text
    assert [turn.id for turn in turns(engine, made)][-2:] == [early[0].turn_id, rest[-1].turn_id]


def test_a_bridge_that_nobody_said_is_not_handed_out(engine: Engine) -> None:
    early, rest, interviewer, _ = listened(engine, "You led forty people in Oslo.")
    assert (early, interviewer.bridges) == ([], [False])
    assert "Oslo" not in rest[-1].text


def test_killed_after_the_bridge_the_question_is_decided_anew(engine: Engine) -> None:
    early, _, _, made = listened(engine, "You moved the booking queue to Kafka.")
    with session(engine) as db:
        for row in db.query(Turn).where(Turn.interview_id == made, Turn.kind == "follow_up"):  # type: ignore[arg-type]
            db.delete(row)
    back = conversation(engine, made, Deciding(asking(1))).open(9.0)
    assert [utterance.kind for utterance in back] == ["notice", "follow_up"]
    assert early


# --- spoken about before ----------------------------------------------------------------------------------------


def test_a_planned_question_that_was_spoken_about_is_asked_word_for_word_after_a_true_lead(
    engine: Engine,
) -> None:
    with session(engine) as db:
        actor, job, applied = application(db)
        first = builders.question(db, job, kind="core", text="Tell me about a service that you built.")
        second = builders.question(db, job, kind="core", text="Tell me about a disagreement with a colleague.")
        made = builders.interview(db, actor, applied, [first.id, second.id]).id
        text = second.text
    talk = conversation(engine, made, Deciding())
    talk.open(0.0)
    lead, question = talk.answer(f"{LONG} There was a disagreement with a colleague, I asked for a vote.", 1.0, 2.0)
    assert "You already" in lead.text
    assert question.text == text
    refers = next(turn for turn in turns(engine, made) if turn.id == lead.turn_id).trace["refers"]
    said = next(turn for turn in turns(engine, made) if turn.id == refers["turn_id"])
    assert "disagreement" in said.text[refers["start"] : refers["end"]]


def test_told_that_it_was_said_already_it_goes_on_without_a_follow_up(engine: Engine) -> None:
    interviewer = Deciding(asking(0), asking(0))
    _, talk = begun(engine, interviewer)
    talk.answer(STORY, 1.0, 2.0)
    assert talk.answer("I already told you that.", 3.0, 4.0)[-1].kind == "core"
    assert len(interviewer.seen) == 1


def test_core_questions_have_the_same_words_whatever_was_said(engine: Engine) -> None:
    with session(engine) as db:
        actor, _, applied = application(db)
        rows = [builders.interview(db, actor, applied) for _ in range(2)]
        for row in rows:
            plan.build(db, row)
        ids = [row.id for row in rows]
    for made, said in zip(ids, (STORY, "I don't know."), strict=True):
        talk = conversation(engine, made, Deciding())
        talk.open(0.0)
        while not talk.finished:
            talk.answer(said, 1.0, 2.0)
    asked = [[turn.text for turn in turns(engine, made) if turn.kind == "core"] for made in ids]
    assert asked[0] == asked[1] != []
