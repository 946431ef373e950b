"""Questions about the interview itself, known by their wordings, and what sounds like them and is none."""

from __future__ import annotations

import pytest

from interview_platform.services.agent import answer_finder, topics
from interview_platform.services.agent.answer_finder import with_plain
from interview_platform.services.agent.answerability import NOTHING, Finding
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.plainly import Plain, PlainFaqs, Plainly
from interview_platform.services.agent.retrieval import Library, Remembered
from tests.fakes import HashingEmbeddings

FAQ = Piece("faq:1", "faq", "Your data", "Yes, you can ask for it.", asks=("Can I have it deleted?", "erase my video"))
OTHER = Piece("faq:2", "faq", "Your data", "No.", asks=("Is my face scored?", "do my looks count"))
PAY = Piece("job:1", "job", "Job description", "You get £12.85 an hour.")
OWN = Finding(PAY, PAY.sentences, 0.9, how="read")


def _plain(lead: float) -> tuple[Piece, Plain]:
    return FAQ, Plain(0, 0.8, lead)


def test_a_wording_leads_to_its_own_entry_and_a_near_miss_to_none():
    made = Plainly(Remembered(HashingEmbeddings()), [FAQ.asks, OTHER.asks], [("who deletes old orders",)])
    found = made.weigh("could you erase my video")
    assert (found.place, found.lead > 0) == (0, True)
    assert made.weigh("who deletes old orders here").lead < 0


def test_the_faqs_of_a_library_are_weighed_against_every_topic():
    library = Library(HashingEmbeddings())
    faqs = PlainFaqs(library)
    assert faqs.about("erase my video", ["faq"]) is None
    library.put("faq", [FAQ, OTHER])
    found = faqs.about("erase my video", ["faq"])
    assert found is not None
    assert (found[0], found[1].lead > 0) == (FAQ, True)
    foreign = faqs.about("What is the salary?", ["faq"])
    assert foreign is not None
    assert foreign[1].lead < 0


@pytest.mark.parametrize("found", [Finding(reason=NOTHING), Finding(PAY, PAY.sentences, nearest=True)])
def test_a_plain_question_is_answered_from_its_faq(found):
    assert with_plain(found, _plain(answer_finder.PLAIN)).piece is FAQ
    assert with_plain(found, _plain(answer_finder.PLAIN - 0.01)) is found


def test_the_employers_own_answer_goes_before_a_faq_that_is_only_likely():
    assert with_plain(OWN, _plain(answer_finder.PLAIN)) is OWN
    assert with_plain(OWN, _plain(answer_finder.PLAIN_BEFORE_OWN)).piece is FAQ


def test_what_is_plainly_foreign_to_all_faqs_is_not_answered_from_one():
    by_faq = Finding(FAQ, FAQ.sentences, 0.9, how="asked")
    assert with_plain(by_faq, _plain(0.0)) is by_faq
    assert with_plain(by_faq, _plain(answer_finder.FOREIGN - 0.01)).piece is None


def test_scores_and_outcomes_are_refused_however_near_a_faq_is():
    reasons = {topic.id: topic.never for topic in topics.topics() if topic.never}
    sure = _plain(0.99)
    assert all(with_plain(Finding(reason=reasons[one]), sure).piece is None for one in ("score", "chances", "rubric"))
    assert with_plain(Finding(reason=reasons["advice"]), sure).piece is FAQ
    assert with_plain(Finding(reason=reasons["advice"]), _plain(answer_finder.PLAIN)).piece is None
