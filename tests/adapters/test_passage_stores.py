"""What every store of passages promises: in memory, in embedded Chroma, and on a real Chroma server."""

from __future__ import annotations

import pytest

from interview_platform.adapters.chroma_passages import ChromaPassages
from interview_platform.errors import ServiceUnavailable
from interview_platform.models import new_id
from interview_platform.services.agent import passages
from interview_platform.services.agent.retrieval import Library, MemoryStore
from tests.adapters import servers
from tests.fakes import HashingEmbeddings

TEXTS = ["Lunch is free.", "Parking costs five pounds.", "Parking is free."]
ABOUT = [{"scope": "a"}, {"scope": "a"}, {"scope": "b"}]


@pytest.fixture(scope="module")
def chroma_port(tmp_path_factory):
    with servers.chroma(tmp_path_factory.mktemp("chroma")) as port:
        yield port


@pytest.fixture(params=["memory", "embedded", "server"])
def store(request, tmp_path):
    if request.param == "memory":
        yield MemoryStore(HashingEmbeddings())
    elif request.param == "embedded":
        made = ChromaPassages(HashingEmbeddings(), tmp_path / "passages")
        yield made
        made.close()
    else:
        port = request.getfixturevalue("chroma_port")
        yield ChromaPassages(HashingEmbeddings(), None, "127.0.0.1", port, name=new_id())


@pytest.fixture
def filled(store):
    store.add_texts(TEXTS, ABOUT, ids=["1", "2", "3"])
    return store


def near(store, question, *scopes, k=5):
    chosen = {"filter": {"scope": {"$in": list(scopes)}}} if scopes else {}
    return [one.id for one, _ in store.similarity_search_with_relevance_scores(question, k=k, **chosen)]


def test_the_nearest_comes_first_and_k_bounds_the_rest(filled):
    assert near(filled, "what does parking cost, five pounds?")[0] == "2"
    assert len(near(filled, "parking", k=2)) == 2


def test_scores_are_cosines(filled):
    (_, score), *_ = filled.similarity_search_with_relevance_scores("Lunch is free.", k=1)
    assert score == pytest.approx(1.0, abs=1e-5)


def test_only_the_wanted_scopes_are_searched(filled):
    assert near(filled, "parking", "b") == ["3"]
    assert sorted(near(filled, "parking", "a", "b")) == ["1", "2", "3"]
    assert near(filled, "parking", "c") == []


def test_an_id_is_replaced_by_a_later_text(filled):
    filled.add_texts(["The gym opens at six."], [{"scope": "a"}], ids=["1"])
    assert [one.page_content for one in filled.get_by_ids(["1"])] == ["The gym opens at six."]


def test_the_deleted_are_gone_and_the_unknown_are_no_error(filled):
    filled.delete(["1", "never there"])
    assert [one.id for one in filled.get_by_ids(["1", "2"])] == ["2"]
    assert near(filled, "lunch", "a") == ["2"]


def test_metadata_comes_back(filled):
    assert filled.get_by_ids(["3"])[0].metadata == {"scope": "b"}


def test_a_text_without_an_id_is_refused(store):
    with pytest.raises(ValueError, match="id"):
        store.add_texts(["Lunch is free."])


def test_a_library_finds_through_it(store):
    library = Library(HashingEmbeddings(), store)
    library.put("a", passages.of_text("Lunch is free.\n\nParking costs five pounds.", "job", "Job", "job:1"))
    assert library.search("parking", ["a"], 1)[0].piece.text == "Parking costs five pounds."


def test_passages_are_kept_between_starts(tmp_path):
    first = ChromaPassages(HashingEmbeddings(), tmp_path)
    first.add_texts(TEXTS, ABOUT, ids=["1", "2", "3"])
    first.close()
    again = ChromaPassages(HashingEmbeddings(), tmp_path)
    assert len(again.get_by_ids(["1", "2", "3"])) == 3
    again.close()


def test_a_folder_serves_one_process_at_a_time(tmp_path):
    first = ChromaPassages(HashingEmbeddings(), tmp_path)
    first.get_by_ids(["1"])
    with pytest.raises(ServiceUnavailable, match="CHROMA_HOST"):
        ChromaPassages(HashingEmbeddings(), tmp_path).get_by_ids(["1"])
    first.close()


def test_a_server_that_is_not_there_is_told_in_words():
    with pytest.raises(ServiceUnavailable, match="Chroma server"):
        ChromaPassages(HashingEmbeddings(), None, "127.0.0.1", 1).get_by_ids(["1"])
