"""Every form of pasting an advert puts it there, and none of them pays; honest words in common cost nothing."""

from dataclasses import replace

import numpy as np
import pytest

from interview_platform.evaluation import injections, pasting
from interview_platform.evaluation.ranking import Embedded
from interview_platform.evaluation.ranking_data import Post, Read
from interview_platform.services.rank_document import document
from interview_platform.services.rank_index import RankIndex
from interview_platform.services.rank_parts import Wish
from interview_platform.services.rank_words import content_stems
from interview_platform.services.resumes import read_facts
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT

KEEPER = """Zoo Keeper
We run a small animal park beside the river and open our gates to families on every day of the year.
What you will do
* Prepare the morning feed for our otters, lemurs and owls and note what they leave uneaten.
* Clean enclosures thoroughly and repair damaged fences before the first visitors arrive.
* Give talks to school classes about endangered species and answer their questions patiently.
* Assist our veterinary surgeon during vaccinations, weighing and the transport of animals.
What you bring
* A diploma in animal care or three years of practical experience in a licensed zoo.
* Confidence in handling venomous reptiles and birds of prey without supervision.
* Willingness to work outdoors in any weather, at weekends and on public holidays.
"""
DENTIST = """Dental Nurse
Our family practice with four chairs looks for a calm colleague who sets patients at ease.
You will sterilise instruments, mix filling materials and pass them across the chair in time.
You will keep X-ray records in order and remind patients of their appointments by telephone.
We expect a registered qualification in dental nursing and careful handwriting on every chart.
You should enjoy explaining oral hygiene to children and to their anxious parents alike.
"""
JOBS = (
    Post("zoo", Wish("Zoo Keeper", KEEPER, (("Animal care", True), ("Handling venomous reptiles", False)))),
    Post("dentist", Wish("Dental Nurse", DENTIST, (("Dental nursing", True), ("Oral hygiene", False)), guessed=True)),
)
COOK = (
    "Pia Cook\npia@example.com\n\nSummary\nSous chef who plans menus for sixty guests and trains apprentices.\n\n"
    "Experience\nSous Chef, Harbour Restaurant\t2019 - Present\n• Plated banquets for weddings of two hundred people.\n"
    "• Ordered fish from the market each morning and kept the waste below a tenth.\n"
    "Commis Chef, Blue Door\t2015 - 2019\n• Cooked the daily soup and ran the cold station at lunch.\n\n"
    "Education\nDiploma in Professional Cookery\t2013 - 2015\n"
)
RESUMES = (TEXT, COOK)


@pytest.fixture(scope="module")
def embedded():
    return Embedded(HashingEmbeddings(96))


def pool(embedded):
    made = [document(str(place), read_facts(text)) for place, text in enumerate(RESUMES)]
    return RankIndex(made, embedded.views(made))


@pytest.mark.parametrize("name", pasting.forms())
def test_a_form_puts_the_adverts_words_into_the_resume(name):
    form = pasting.forms()[name]
    for job in JOBS:
        more = set(content_stems(form(TEXT, job))) - set(content_stems(TEXT))
        assert len(more & set(content_stems(job.wish.text))) >= 5


@pytest.mark.parametrize("name", pasting.forms())
def test_no_form_pays(name, embedded):
    index, form = pool(embedded), pasting.forms()[name]
    read = [Read(str(place), read_facts(text)) for place, text in enumerate(RESUMES)]
    for job in JOBS:
        before = index.scores(job.wish, embedded.job(job.wish)).total
        attacked = [injections._attacked(resume, form(resume.facts.text, job)) for resume in read]
        changes = injections._changes(attacked, job, before, embedded, index)
        assert changes.max() <= 0, (name, job.id)


@pytest.mark.parametrize("place", ["top", "middle", "end"])
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.id)
def test_each_single_sentence_wrapped_in_ones_own_words_does_not_pay(place, job, embedded):
    index = pool(embedded)
    before = index.scores(job.wish, embedded.job(job.wish)).total
    put = {"top": pasting._under, "middle": pasting._in_the_middle, "end": lambda text, lines: f"{text}\n{lines[0]}"}
    for number, line in enumerate(pasting.told(job)):
        text = put[place](COOK, [pasting._wrapped(line, number)])
        attacked = [document("1", read_facts(text))]
        assert injections._changes(attacked, job, before[1:], embedded, index)[0] <= 0, line


HONEST = (
    "Fed otters and owls at a wildlife rescue station for three summers.",
    "Gave talks about endangered species.",
    "Enjoy working outdoors in any weather.",
    "Diploma in animal care.",
)


def test_a_few_of_the_adverts_words_cost_nothing(embedded):
    text = f"{COOK}\n" + "\n".join(HONEST)
    made = [document("0", read_facts(text))]
    job = replace(JOBS[0], wish=replace(JOBS[0].wish, skills=(("Animal care", True), ("Endangered species", True))))
    index = RankIndex(made, embedded.views(made))
    scores = index.scores(job.wish, embedded.job(job.wish))
    assert scores.copied.tolist() == [0]
    assert scores.coverage.tolist() == [[2, 2]]
    assert scores.total[0] > index_of(COOK, embedded).scores(job.wish, embedded.job(job.wish)).total[0]


def index_of(text, embedded):
    made = [document("0", read_facts(text))]
    return RankIndex(made, embedded.views(made))


def test_the_same_stock_phrase_twice_is_no_copy(embedded):
    job = Post("x", Wish("Clerk", "Clerk\nYou have strong analytical communication skills and a calm voice."))
    said = "Showed strong analytical communication at the desk of the harbour office in the spring."
    text = f"{COOK}\n{said}\n" + "\n".join(f"{said} Part {number}." for number in "abc")
    assert index_of(text, embedded).scores(job.wish, embedded.job(job.wish)).copied.max() == 0


def test_what_was_pasted_is_told_with_its_count(embedded):
    text = pasting.forms()["pasted_wrapped"](COOK, JOBS[0])
    found = index_of(text, embedded).fit(0, JOBS[0].wish, embedded.job(JOBS[0].wish))
    note = next(note for note in found.notes if note["kind"] == "pasted_advert")
    assert note["count"] >= 5
    assert np.isfinite(found.score)
