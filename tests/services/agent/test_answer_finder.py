"""The three outcomes of a candidate's question: answered, the nearest quoted and passed on, passed on bare."""

from __future__ import annotations

import numpy as np
import pytest

from interview_platform.errors import ModelMissing
from interview_platform.models import session
from interview_platform.ports import Grounded, Passage
from interview_platform.services.agent import answer_finder, answering, asides, guard, trace
from interview_platform.services.agent.answer_finder import Finder, decided
from interview_platform.services.agent.answer_options import Candidate, Option, Options, counts
from interview_platform.services.agent.answerability import NOTHING, Finding
from interview_platform.services.agent.answering import Sources
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.services.agent.scripted import Knowing, conversation, interview, passed_on, turns

PAY = Piece("job:1", "job", "Job description", "You get £12.85 an hour.")
SITE = Piece("job:2", "job", "Job description", "We are in Harbour Street.")
FAQ = Piece("faq:1", "faq", "Your data", "Yes, you can ask for it.", asks=("Can I have it deleted?",))
OPEN = Finding(reason=NOTHING)
BY_FAQ = Finding(FAQ, FAQ.sentences, 0.9, how="asked")
RULED = Finding(SITE, SITE.sentences, 0.6, how="words")


def _option(piece: Piece) -> Option:
    return Option(piece, piece.sentences, Candidate(piece.text, piece.source, 0.5))


def _decided(ruled: Finding, *weights: tuple[Piece, float]) -> Finding:
    return decided(ruled, [(_option(piece), weight) for piece, weight in weights])


def test_what_the_reader_surely_holds_for_an_answer_is_said():
    found = _decided(OPEN, (PAY, answer_finder.SURE), (SITE, -4.0))
    assert (found.piece, found.sentences, found.nearest, found.how) == (PAY, PAY.sentences, False, "read")
    assert _decided(RULED, (PAY, answer_finder.SURE)).piece is PAY


def test_what_is_only_near_is_quoted_as_such():
    found = _decided(OPEN, (PAY, answer_finder.SURE - 0.1), (SITE, -4.0))
    assert (found.piece, found.nearest) == (PAY, True)


def test_what_is_far_is_passed_on_bare():
    assert _decided(OPEN, (PAY, answer_finder.NEAR - 0.1)).piece is None


def test_a_faq_is_never_quoted_as_the_nearest():
    assert _decided(OPEN, (FAQ, answer_finder.SURE_FAQ - 0.1)).piece is None
    assert _decided(BY_FAQ, (PAY, answer_finder.NEAR - 0.1), (FAQ, -4.0)).piece is None
    assert _decided(BY_FAQ, (FAQ, answer_finder.TOGETHER_FAQ - 0.1)).piece is None


def test_the_rules_faq_may_lie_a_little_behind():
    least = answer_finder.TOGETHER_FAQ
    assert _decided(BY_FAQ, (FAQ, least)) is BY_FAQ
    assert _decided(BY_FAQ, (PAY, least + answer_finder.BEHIND_FAQ - 0.01), (FAQ, least)) is BY_FAQ
    assert _decided(BY_FAQ, (PAY, least + answer_finder.BEHIND_FAQ + 0.01), (FAQ, least)) is not BY_FAQ


def test_what_the_rules_and_the_reader_both_chose_is_said():
    assert _decided(RULED, (SITE, answer_finder.TOGETHER)) is RULED
    assert _decided(RULED, (SITE, answer_finder.TOGETHER - 0.1)).nearest


def test_where_they_chose_differently_the_readers_choice_is_only_quoted():
    found = _decided(RULED, (PAY, answer_finder.SURE - 0.1), (SITE, -1.0))
    assert (found.piece, found.nearest) == (PAY, True)
    found = _decided(RULED, (PAY, answer_finder.NEAR - 0.1), (SITE, -9.0))
    assert (found.piece, found.nearest) == (SITE, True)


def test_what_is_never_answered_is_not_read_at_all():
    class Certain:
        def weights(self, question, texts, counted):
            raise AssertionError("a score was asked for")

    library = Library(HashingEmbeddings())
    library.put("job", [PAY])
    finder = Finder(library, Certain())
    finder._rules.find = lambda *_: Finding(reason="People decide.")  # type: ignore[method-assign]
    assert finder.find("What is my score?", ["job"]).reason == "People decide."


def test_without_its_trained_part_the_rules_decide():
    class Gone:
        def weights(self, question, texts, counted):
            raise ModelMissing("gone")

    library = Library(HashingEmbeddings())
    library.put("job", [Piece("job:1", "job", "Job description", "There is free parking behind the house.")])
    finder = Finder(library, Gone())
    assert finder.find("Is there parking?", ["job"]).piece is not None
    assert finder.weighed("Is there parking?", ["job"]) == []


def test_every_candidate_has_as_many_numbers_and_knows_its_lead():
    held = [Candidate("You get £12.85 an hour.", "job", 0.7), Candidate("Yes. Ask for it.", "faq", 0.2, 0.4)]
    made = counts("what do you pay an hour?", held)
    assert made.shape == (2, len(made[0]))
    assert np.isfinite(made).all()
    assert made[0, 2] == pytest.approx(0.3)
    assert made[1, 2] == pytest.approx(-0.3)


def test_own_sentences_come_before_faqs_and_no_more_than_asked_for():
    library = Library(HashingEmbeddings())
    library.put("faq", [FAQ])
    library.put("job", [PAY, SITE])
    found = Options(library).near("How much is it an hour?", ["faq", "job"], own=1, written=3)
    assert [one.piece.source for one in found] == ["job", "faq"]


# --- what is said and counted --------------------------------------------------------------------------------------


class _Near:
    """A reader for whom everything is near and nothing is sure."""

    def weights(self, question, texts, counted):
        return np.full(len(texts), answer_finder.NEAR + 0.1, dtype=np.float32)


def test_the_nearest_is_said_in_the_sources_words_within_the_limit(engine):
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(
            db, actor, description="You get £12.85 an hour. " + "The round is long, " * 20 + "so bring tea."
        )
        held = builders.interview(db, actor, builders.application(db, actor, job)).id
    found = Sources(engine, HashingEmbeddings(), reader=_Near()).answer(held, "Which tea do colleagues like?")
    assert found.nearest
    assert found.reason == answering.UNCLEAR
    said = asides.nearest(found.text, 0)
    assert len(said.split()) <= answering.MOST_WORDS
    assert found.passages[0].text
    assert guard.review(found.text, sources=[one.text for one in found.passages], follow_up=False) == ""


class _Nearly(Knowing):
    def answer(self, interview_id, question):
        text = "The job description says: You get £12.85 an hour."
        return Grounded(text, (Passage("job:1", "job", "Job description", PAY.text),), "unclear", nearest=True)


def test_a_quoted_neighbour_is_told_as_one_and_the_question_reaches_people(engine):
    made = interview(engine)
    talk = conversation(engine, made, None, _Nearly())
    talk.open(0.0)
    said = talk.answer("What do you pay on Sundays?", 1.0, 2.0)[0]
    assert said.text.startswith(asides.NEAREST)
    assert said.text.endswith(asides.PASSED)
    assert "£12.85 an hour" in said.text
    assert said.source == "Job description"
    assert passed_on(engine, made) == [("question", "What do you pay on Sundays?")]
    spoken = next(turn for turn in turns(engine, made) if turn.text == said.text)
    assert trace.decision(spoken) == trace.PASS_ON
    assert spoken.trace["passages"][0]["title"] == "Job description"


def test_the_words_around_a_quote_change_and_pass_the_guard():
    said = [asides.nearest(f"The job description says: {PAY.text}", number) for number in range(4)]
    assert len(set(said)) >= 3
    assert all(guard.review(one, sources=[PAY.text], follow_up=False) == "" for one in said)
