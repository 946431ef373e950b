"""Which answers speak to which competency, and what is not assessed."""

from __future__ import annotations

from interview_platform.models import Competency, Question, Turn
from interview_platform.services.scoring import rubric, structure

TECHNICAL = Competency(id="c1", job_id="j", name="Debugging", group="technical", position=1)


def _question(key: str, text: str = "Tell me about a fault.", **values: object) -> Question:
    return Question(id=key, job_id="j", text=text, **{"points": [{"point": "Says the cause"}], **values})


def _turn(question: str, speaker: str, text: str = "I looked at the logs.", **values: object) -> Turn:
    kind = "answer" if speaker == "candidate" else "core"
    return Turn(
        interview_id="i", position=0, question_id=question, speaker=speaker, text=text, **{"kind": kind, **values}
    )


def _criteria(plan: list[Question], turns: list[Turn], *competencies: Competency) -> list[rubric.Criterion]:
    return rubric.criteria(competencies, plan, rubric.asked_questions(plan, turns))


def test_answers_to_a_follow_up_are_judged_with_the_question() -> None:
    question = _question("q", competency_id="c1")
    turns = [
        _turn("q", "agent"),
        _turn("q", "candidate", "First."),
        _turn("q", "agent", kind="follow_up"),
        _turn("q", "candidate", "Second."),
    ]
    (found, *_) = _criteria([question], turns, TECHNICAL)
    assert [asked.answer for asked in found.judged] == ["First.\nSecond."]


def test_what_was_not_asked_not_answered_or_not_heard_says_so() -> None:
    reasons = {
        rubric.NOT_ASKED: [],
        rubric.PASSED: [_turn("q", "agent"), _turn("q", "candidate", "", kind="skip")],
        rubric.NOT_HEARD: [_turn("q", "agent")],
        rubric.UNCLEAR: [_turn("q", "agent"), _turn("q", "candidate", confidence=0.2)],
    }
    for reason, turns in reasons.items():
        (found, *_) = _criteria([_question("q", competency_id="c1")], turns, TECHNICAL)
        assert found.reason == reason
        assert not found.judged


def test_a_competency_without_a_question_is_not_asked() -> None:
    (found, *_) = _criteria([], [], TECHNICAL)
    assert found.reason == rubric.NOT_ASKED


def test_a_values_question_is_cultural_fit_by_itself() -> None:
    plan = [_question("q", source="value: We say what went wrong.")]
    first = _criteria(plan, [_turn("q", "agent"), _turn("q", "candidate")])[0]
    assert (first.name, first.group) == ("Value: We say what went wrong.", "cultural_fit")


def test_answers_without_a_competency_speak_to_communication_alone() -> None:
    plan = [_question("q", kind="custom", source="recruiter")]
    (found,) = _criteria(plan, [_turn("q", "agent"), _turn("q", "candidate")])
    assert (found.name, found.group, found.by_structure) == (structure.NAME, "communication", True)


def test_a_question_about_what_one_would_do_is_not_held_to_the_structure_of_a_story() -> None:
    plan = [_question("q", text="How would you design a payment service?", source="recruiter")]
    (found,) = _criteria(plan, [_turn("q", "agent"), _turn("q", "candidate")])
    assert not found.judged


def test_a_jobs_own_communication_questions_take_the_place_of_the_built_in_ones() -> None:
    own = Competency(id="c2", job_id="j", name="Explaining", group="communication", position=2)
    found = _criteria([_question("q", competency_id="c2")], [_turn("q", "agent"), _turn("q", "candidate")], own)
    assert [(c.name, c.by_structure) for c in found] == [("Explaining", False)]


def _asked(turns: list[Turn], ended_by: str) -> rubric.Asked:
    return rubric.asked_questions([_question("q")], turns, ended_by)[0]


def test_the_last_question_of_an_interview_ended_early_was_cut_off_not_failed() -> None:
    begun = [_turn("q", "agent"), _turn("q", "candidate", "So there was")]
    assert _asked(begun[:1], "candidate").reason == rubric.CUT_OFF
    assert _asked(begun, "candidate").reason == rubric.INTERRUPTED
    assert _asked(begun, "plan").reason == ""
    whole = [_turn("q", "agent"), _turn("q", "candidate", " ".join(["word"] * rubric.CUT_OFF_WORDS))]
    assert _asked(whole, "recruiter").reason == ""


def test_only_the_last_question_can_be_cut_off() -> None:
    plan = [_question("q"), _question("r")]
    turns = [_turn("q", "agent"), _turn("q", "candidate", "Short."), _turn("r", "agent")]
    first, last = rubric.asked_questions(plan, turns, "candidate")
    assert (first.reason, last.reason) == ("", rubric.CUT_OFF)


def test_unclear_answers_are_left_out_beside_clear_ones() -> None:
    turns = [
        _turn("q", "agent"),
        _turn("q", "candidate", "Mumble.", confidence=0.1),
        _turn("q", "candidate", "I found it.", confidence=0.9),
    ]
    assert _asked(turns, "plan").answer == "I found it."


def test_a_kept_rubric_gives_the_same_lines_back() -> None:
    plan = [_question("q", competency_id="c1")]
    turns = [_turn("q", "agent"), _turn("q", "candidate")]
    made = _criteria(plan, turns, TECHNICAL)
    kept = rubric.snapshot(made, 3)
    assert rubric.restore(kept, rubric.asked_questions(plan, turns)) == made
    assert kept["plan_version"] == 3


def test_the_rubrics_version_follows_points_and_weights_and_no_ones_resume() -> None:
    def version(points: str = "Says the cause", weight: float = 1.0, *more: Question) -> str:
        plan = [_question("q", competency_id="c1", points=[{"point": points}]), *more]
        row = Competency(id="c1", job_id="j", name="Debugging", group="technical", position=1, weight=weight)
        return str(rubric.snapshot(_criteria(plan, [], row))["version"])

    assert version() == version("Says the cause", 1.0, _question("r", kind="resume"))
    assert len({version(), version("Says more"), version(weight=2.0)}) == 3


def test_how_clearly_something_is_told_is_not_judged_from_a_sentence() -> None:
    short, long = "There was a bug and we fixed it.", " ".join(["We looked at the log and found the lock."] * 4)

    def communication(said: str) -> rubric.Criterion:
        question = Question(id="q", job_id="j", text="Tell me about a time you found a fault.", points=[{"point": "p"}])
        turns = [
            Turn(interview_id="i", position=0, speaker="agent", kind="core", question_id="q", text=question.text),
            Turn(interview_id="i", position=1, speaker="candidate", kind="answer", question_id="q", text=said),
        ]
        return rubric.criteria([], [question], rubric.asked_questions([question], turns))[-1]

    assert (communication(short).judged, communication(short).reason) == ((), rubric.TOO_SHORT)
    assert len(communication(long).judged) == 1
