"""Finding pieces: scopes, changes, and a store that fails."""

from __future__ import annotations

from langchain_core.documents import Document
from langchain_core.vectorstores import VectorStore

from interview_platform.errors import ServiceUnavailable
from interview_platform.services.agent import passages
from interview_platform.services.agent.retrieval import Library, MemoryStore, Remembered
from tests.fakes import HashingEmbeddings, MemoryVectors


class Broken(VectorStore):
    """A store that answers nothing."""

    def add_texts(self, texts, metadatas=None, *, ids=None, **options):
        raise ServiceUnavailable("The store is gone.")

    def get_by_ids(self, ids, /):
        raise ServiceUnavailable("The store is gone.")

    def similarity_search(self, query: str, k: int = 4, **options) -> list[Document]:
        raise ServiceUnavailable("The store is gone.")

    @classmethod
    def from_texts(cls, texts, embedding, metadatas=None, **options):
        return cls()


class Counting(HashingEmbeddings):
    """Counts what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed_query(self, text):
        self.texts.append(text)
        return super().embed_query(text)


def pieces(text: str, where: str = "material:1") -> list[passages.Piece]:
    return passages.of_text(text, "material", "Notes", where)


def found(library: Library, question: str, *scopes: str) -> list[str]:
    return [one.piece.text for one in library.search(question, scopes or ("a",), 3)]


def test_the_piece_that_fits_best_comes_first():
    library = Library(HashingEmbeddings())
    library.put("a", pieces("Lunch is free.\n\nParking costs five pounds.\n\nThe team has six nurses."))
    assert found(library, "what does parking cost")[0] == "Parking costs five pounds."


def test_only_the_scopes_that_are_asked_are_searched():
    library = Library(HashingEmbeddings())
    library.put("a", pieces("Lunch is free."))
    library.put("b", pieces("Lunch costs five pounds.", "material:2"))
    assert found(library, "is lunch free", "a") == ["Lunch is free."]
    assert sorted(found(library, "is lunch free", "a", "b")) == ["Lunch costs five pounds.", "Lunch is free."]
    assert found(library, "is lunch free", "c") == []


def test_what_was_replaced_is_found_no_more():
    library = Library(HashingEmbeddings())
    library.put("a", pieces("Lunch is free."))
    library.put("a", pieces("Dinner is free."))
    assert found(library, "lunch") == ["Dinner is free."]
    library.put("a", [])
    assert found(library, "lunch") == []


def test_what_a_store_still_holds_of_an_earlier_text_is_not_returned():
    embeddings = Remembered(HashingEmbeddings())
    store = MemoryStore(embeddings)
    store.add_texts(["Lunch is free."], [{"scope": "a"}], ids=["old"])
    library = Library(embeddings, store)
    library.put("a", pieces("Dinner is free."))
    assert found(library, "is lunch free") == ["Dinner is free."]


def test_a_text_that_did_not_change_is_not_embedded_again():
    counting = Counting()
    library = Library(counting)
    library.put("a", pieces("Lunch is free.\n\nParking costs five pounds."))
    before = len(counting.texts)
    library.put("a", pieces("Lunch is free.\n\nParking costs six pounds."))
    assert len(counting.texts) == before + 1


def test_vectors_of_an_earlier_start_are_used_again():
    store = MemoryStore(HashingEmbeddings())
    Library(HashingEmbeddings(), store).put("a", pieces("Lunch is free."))
    counting = Counting()
    later = Library(counting, store)
    later.put("a", pieces("Lunch is free."))
    assert counting.texts == []


def test_a_store_that_fails_is_replaced_by_memory():
    library = Library(HashingEmbeddings(), Broken())
    library.put("a", pieces("Lunch is free."))
    assert found(library, "is lunch free") == ["Lunch is free."]


def test_remembered_vectors_are_bounded_and_the_same():
    counting = Counting()
    remembered = Remembered(counting, most=2)
    first = remembered.embed_query("one")
    assert remembered.embed_query("one") == first
    assert counting.texts == ["one"]
    assert len(remembered.embed_documents(["one", "two", "three"])) == 3
    assert remembered.rows([]).shape == (0, 0)


def test_known_questions_are_computed_once_for_all_starts():
    vectors, first = MemoryVectors(), Counting()
    rows = Remembered(first, vectors=vectors).fixed(["one", "two"])
    later = Counting()
    again = Remembered(later, vectors=vectors)
    assert (again.fixed(["one", "two"]) == rows).all()
    assert later.texts == []
    again.fixed(["one", "three"])
    assert later.texts == ["three"]


def test_a_store_of_vectors_that_fails_only_costs_time():
    class Gone(MemoryVectors):
        def get(self, space, keys):
            raise ServiceUnavailable("The store is gone.")

    assert Remembered(HashingEmbeddings(), vectors=Gone()).fixed(["one"]).shape == (1, 512)
