"""What every store of vectors promises: in memory, in embedded Chroma, and on a real Chroma server."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from interview_platform.adapters.chroma_vectors import ChromaVectors
from interview_platform.errors import ServiceUnavailable
from interview_platform.models import new_id
from tests.adapters import servers
from tests.fakes import MemoryVectors

WIDTH = 6


@pytest.fixture(scope="module")
def chroma_port(tmp_path_factory):
    with servers.chroma(tmp_path_factory.mktemp("chroma")) as port:
        yield port


@pytest.fixture(params=["memory", "embedded", "server"])
def vectors(request, tmp_path):
    if request.param == "memory":
        yield MemoryVectors()
    elif request.param == "embedded":
        made = ChromaVectors(tmp_path / "vectors")
        yield made
        made.close()
    else:
        yield ChromaVectors(None, "127.0.0.1", request.getfixturevalue("chroma_port"))


@pytest.fixture
def space():
    return f"test-{new_id()}"


def rows(count, seed=0):
    made = np.random.default_rng(seed).standard_normal((count, WIDTH)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_a_new_space_is_empty(vectors, space):
    found, held = vectors.get(space, ["a", "b"])
    assert (found, len(held), vectors.keys(space)) == ([], 0, set())


def test_vectors_come_back_in_the_order_they_are_asked_for_without_the_unknown_ones(vectors, space):
    kept = rows(3)
    vectors.put(space, ["a", "b", "c"], kept)
    found, held = vectors.get(space, ["c", "unknown", "a"])
    assert found == ["c", "a"]
    assert np.array_equal(held, kept[[2, 0]])
    assert held.dtype == np.float32


def test_a_vector_is_replaced_by_a_later_one_of_its_key(vectors, space):
    first, second = rows(2), rows(3, seed=1)
    vectors.put(space, ["a", "b"], first)
    vectors.put(space, ["b", "c", "b"], second)
    assert np.array_equal(vectors.get(space, ["a", "b", "c"])[1], np.stack([first[0], second[2], second[1]]))


def test_the_deleted_are_gone_and_the_unknown_are_no_error(vectors, space):
    vectors.put(space, ["a", "b"], rows(2))
    vectors.delete(space, ["a", "never there"])
    vectors.delete(space, [])
    assert vectors.keys(space) == {"b"}


def test_spaces_do_not_see_each_other(vectors, space):
    other = f"{space}-2"
    vectors.put(space, ["a"], rows(1))
    assert vectors.keys(other) == set()
    assert vectors.get(other, ["a"])[0] == []


def test_more_than_one_batch_is_kept_and_found_whole(vectors, space):
    many, keys = rows(2_300), [f"key-{place}" for place in range(2_300)]
    vectors.put(space, keys, many)
    found, held = vectors.get(space, keys[::-1])
    assert found == keys[::-1]
    assert np.array_equal(held, many[::-1])
    assert vectors.keys(space) == set(keys)


def test_what_is_kept_is_there_after_a_restart(tmp_path):
    first = ChromaVectors(tmp_path)
    first.put("kept", ["a"], rows(1))
    first.close()
    again = ChromaVectors(tmp_path)
    assert np.array_equal(again.get("kept", ["a"])[1], rows(1))
    again.close()


def test_a_folder_in_use_by_another_process_is_refused_with_the_way_out(tmp_path):
    held = ChromaVectors(tmp_path)
    held.put("kept", ["a"], rows(1))
    program = (
        "import sys; from pathlib import Path\n"
        "from interview_platform.adapters.chroma_vectors import ChromaVectors\n"
        "ChromaVectors(Path(sys.argv[1])).keys('kept')"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60)
    held.close()
    assert "ServiceUnavailable: Another process works with the stored vectors" in run.stderr


def test_a_damaged_folder_is_named_with_the_way_out(tmp_path):
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is no database" * 400)
    with pytest.raises(ServiceUnavailable, match="delete that folder"):
        ChromaVectors(tmp_path).keys("kept")


def test_a_folder_that_cannot_be_made_is_named_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ServiceUnavailable, match="computed anew"):
        ChromaVectors(Path(tmp_path / "file" / "vectors")).put("kept", ["a"], rows(1))


def test_a_server_that_does_not_answer_is_named_with_its_settings():
    with pytest.raises(ServiceUnavailable, match="CHROMA_HOST"):
        ChromaVectors(None, "127.0.0.1", servers.free_port()).keys("kept")
