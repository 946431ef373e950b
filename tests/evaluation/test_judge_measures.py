"""Transcripts held elsewhere, re-scores, and claims against what people marked."""

from __future__ import annotations

import json
from itertools import cycle

import pytest

from interview_platform.errors import BadInput
from interview_platform.evaluation import faithfulness, sample_answers, stability, transcripts
from interview_platform.ports import PointVerdict
from interview_platform.services.agent import bank
from interview_platform.services.scoring.offline_judge import OfflineJudge
from tests.fakes import HashingEmbeddings
from tests.services.scoring.material import SetJudge

ASKED = bank.family("backend").questions[0]
SAID = "The checkout failed every evening. I read the logs and found a lock, and I moved the report to a replica."


def _interview(name="i1", *turns, **more):
    held = turns or (("interviewer", ASKED.text), ("candidate", SAID))
    return {"id": name, "turns": [{"role": role, "text": text} for role, text in held], **more}


def _read(tmp_path, *rows):
    path = tmp_path / "interviews.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return transcripts.read(path)


def test_an_authored_question_is_judged_by_its_own_points(tmp_path):
    held = transcripts.rubric_of("Backend engineer")
    made = transcripts.score(_read(tmp_path, _interview())[0], held, SetJudge(), HashingEmbeddings())
    levels = {finding.criterion.competency_id: finding.level for finding in made}
    assert levels[ASKED.competency].level == 5
    assert levels["security"] is None


def test_a_turn_that_asks_nothing_new_goes_on_with_the_question_before(tmp_path):
    more = (("interviewer", ASKED.text), ("candidate", SAID), ("interviewer", "And then?"), ("candidate", "It held."))
    judged = []
    judge = SetJudge(lambda point, answer: judged.append(answer) or PointVerdict(point, "not_shown"))
    transcripts.score(
        _read(tmp_path, _interview("i", *more))[0], transcripts.rubric_of("backend"), judge, HashingEmbeddings()
    )
    assert f"{SAID}\nIt held." in judged


def test_ratings_are_compared_where_they_are_given(tmp_path):
    silent = _interview("i2", ("interviewer", ASKED.text), ("candidate", "I do not know."), overall=1)
    given = _read(tmp_path, _interview(overall=5), silent)
    report = transcripts.measure(
        given, transcripts.rubric_of("backend"), OfflineJudge(HashingEmbeddings()), HashingEmbeddings()
    )
    assert report["agreement"]["answers"] == 2
    assert report["agreement"]["pearson"] == 1.0
    assert 0 < report["coverage"] < 1


@pytest.mark.parametrize("marks", [(5, 2), (5, 5), (9.5, 3), (100, 40)])
def test_ratings_may_be_of_any_scale(tmp_path, marks):
    silent = _interview("i2", ("interviewer", ASKED.text), ("candidate", "I do not know."), overall=marks[1])
    given = _read(tmp_path, _interview(overall=marks[0]), silent)
    held = transcripts.rubric_of("backend")
    report = transcripts.measure(given, held, OfflineJudge(HashingEmbeddings()), HashingEmbeddings())
    assert report["agreement"]["pearson"] == (1.0 if marks[0] != marks[1] else None)


def test_a_line_that_is_no_interview_is_named(tmp_path):
    with pytest.raises(BadInput, match="Line 1"):
        _read(tmp_path, {"id": "x"})


def test_the_offline_judge_scores_the_same_interview_the_same_every_time():
    given = list(sample_answers.interviews())[:3]
    embeddings = HashingEmbeddings()
    report = stability.measure(given, lambda: OfflineJudge(embeddings), embeddings, repeats=3)
    assert report["levels"] > 10
    assert report["widest_range"] == 0
    assert report["moved"] == {}


def test_a_judge_that_wavers_is_seen(tmp_path):
    given = [("backend", _read(tmp_path, _interview())[0])]
    moods = cycle(("met", "not_shown"))

    def judge():
        mood = next(moods)
        return SetJudge(lambda point, answer: PointVerdict(point, mood, (SAID[:20],) if mood == "met" else ()))

    report = stability.measure(given, judge, HashingEmbeddings(), repeats=4)
    assert report["widest_range"] == 4
    assert report["moved"]


def test_a_claim_is_borne_out_by_its_quote_and_by_what_people_marked():
    marked = [faithfulness.Marked(ASKED.text, SAID, ("Says how the cause was found",), ("Says what was learned",))]
    report = faithfulness.measure(marked, SetJudge())
    assert (report["claims"], report["verbatim"], report["entailed"], report["shown_points_found"]) == (2, 1.0, 0.5, 1)
    assert report["unsupported"][0]["point"] == "Says what was learned"
    assert not report["as_wanted"]


def test_what_is_partly_met_claims_nothing_and_is_told_apart():
    marked = [faithfulness.Marked(ASKED.text, SAID, ("Says how the cause was found",), ("Says what was learned",))]
    unsure = SetJudge(lambda point, answer: PointVerdict(point, "partly", (answer.split(".")[0],)))
    report = faithfulness.measure(marked, unsure)
    assert (report["claims"], report["entailed"], report["shown_points_claimed"]) == (0, None, 0)
    assert (report["pointers"], report["pointers_entailed"], report["shown_points_found"]) == (2, 0.5, 1)
    assert report["unsupported"] == []


def test_a_quote_that_was_not_said_is_seen():
    marked = [faithfulness.Marked(ASKED.text, SAID, ("Says how the cause was found",), ())]
    invented = SetJudge(lambda point, answer: PointVerdict(point, "met", ("I never said so",)))
    assert faithfulness.measure(marked, invented)["verbatim"] == 0.0


def test_a_file_without_answers_is_refused(tmp_path):
    path = tmp_path / "marked.yaml"
    path.write_text("just: text", encoding="utf-8")
    with pytest.raises(BadInput, match="cannot be used"):
        faithfulness.read(path)
