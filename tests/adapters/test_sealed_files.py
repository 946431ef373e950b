"""Files are encrypted before they reach the store, open in parts, and do not open when anything about them changed."""

import os

import pytest

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.adapters.sealed_files import KEY_FILE, PIECE, TAG, KeyRing, SealedFiles, key_ring
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable

OLD, NEW = b"the key of files of these tests", b"another key of files of these tests"
ADDRESS = "http://127.0.0.1:3000"
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 20 * PIECE + 7]


@pytest.fixture
def store(tmp_path):
    return LocalFiles(tmp_path, b"secret", ADDRESS)


@pytest.fixture
def sealed(store):
    return SealedFiles(store, KeyRing([OLD]), b"secret", ADDRESS)


def stored(tmp_path, key="films/a.webm"):
    return tmp_path / "files" / key


def whole(opened):
    return b"".join(opened.read(0, opened.size))


def test_nothing_of_the_content_is_in_the_store(sealed, tmp_path):
    sealed.put("films/a.webm", b"MARKER" * 50_000, "video/webm")
    assert b"MARKER" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_the_same_content_is_never_sealed_alike(sealed, store):
    for key in ("a", "b"):
        sealed.put(key, b"the same", "text/plain")
    assert store.get("a") != store.get("b")


@pytest.mark.parametrize("size", SIZES)
def test_every_length_comes_back_whole_and_in_parts(sealed, size):
    content = os.urandom(size)
    sealed.put("a", content, "video/webm")
    opened = sealed.open("a")
    assert (sealed.get("a"), opened.size, opened.media_type) == (content, size, "video/webm")
    for start in {0, size // 3, max(0, size - 1), min(PIECE, size)}:
        for end in {start, min(start + 1, size), min(start + PIECE, size), size}:
            assert b"".join(opened.read(start, end)) == content[start:end]


def test_a_part_is_read_without_what_is_before_it(sealed, store, tmp_path):
    sealed.put("films/a.webm", b"0" * (10 * PIECE), "video/webm")
    content = bytearray(stored(tmp_path).read_bytes())
    content[200] ^= 1  # in the first piece
    stored(tmp_path).write_bytes(content)
    opened = sealed.open("films/a.webm")
    assert b"".join(opened.read(5 * PIECE, 5 * PIECE + 3)) == b"000"
    with pytest.raises(ServiceUnavailable, match="damaged"):
        whole(opened)


def cut(content):
    return content[: -(PIECE + TAG)]


def exchanged(content):
    head, step = len(content) - 4 * (PIECE + TAG), PIECE + TAG
    return (
        content[:head]
        + content[head + step : head + 2 * step]
        + content[head : head + step]
        + content[head + 2 * step :]
    )


@pytest.mark.parametrize(
    "change",
    [
        cut,
        exchanged,
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: content[:-40] + bytes([content[-40] ^ 1]) + content[-39:],
        lambda content: content[:20] + bytes([content[20] ^ 1]) + content[21:],  # the file's salt
        lambda content: content.replace(b"video/webm", b"text/html0", 1),
        lambda content: content[:12],
        lambda content: content[:40],
        lambda content: content[: len(content) - 4 * (PIECE + TAG)],
    ],
)
def test_what_was_cut_off_exchanged_or_changed_does_not_open(sealed, tmp_path, change):
    sealed.put("films/a.webm", os.urandom(4 * PIECE), "video/webm")
    content = stored(tmp_path).read_bytes()
    stored(tmp_path).write_bytes(change(content))
    with pytest.raises(ServiceUnavailable):
        sealed.get("films/a.webm")
    with pytest.raises(ServiceUnavailable):
        whole(sealed.open("films/a.webm"))


def test_a_file_in_the_place_of_another_does_not_open(sealed, store):
    sealed.put("ada.pdf", b"Ada's", "application/pdf")
    store.put("ben.pdf", store.get("ada.pdf"), "application/octet-stream")
    with pytest.raises(ServiceUnavailable, match="damaged"):
        sealed.get("ben.pdf")


def test_a_file_cut_off_between_pieces_is_found_before_any_of_it_is_sent(sealed, tmp_path):
    sealed.put("films/a.webm", os.urandom(4 * PIECE), "video/webm")
    stored(tmp_path).write_bytes(cut(stored(tmp_path).read_bytes()))
    with pytest.raises(ServiceUnavailable, match="damaged"):
        sealed.open("films/a.webm")


def test_files_from_before_stay_readable_and_are_encrypted_once(sealed, store):
    store.put("old.webm", b"0123456789", "video/webm")
    store.put("empty", b"", "text/plain")
    opened = sealed.open("old.webm")
    assert (sealed.get("old.webm"), whole(opened), opened.media_type) == (b"0123456789", b"0123456789", "video/webm")
    assert whole(sealed.open("empty")) == b""
    assert [sealed.seal_again("old.webm") for _ in range(2)] == [True, False]
    assert b"0123" not in store.get("old.webm")
    assert (sealed.get("old.webm"), sealed.open("old.webm").media_type) == (b"0123456789", "video/webm")


def test_another_key_opens_nothing_and_says_what_to_do(sealed, store):
    sealed.put("a", b"x", "text/plain")
    other = SealedFiles(store, KeyRing([NEW]), b"secret", ADDRESS)
    for use in (other.get, other.open, other.seal_again):
        with pytest.raises(ServiceUnavailable, match="another FILES_KEY"):
            use("a")


def test_an_older_key_opens_and_the_newest_seals(sealed, store):
    sealed.put("a", b"x", "text/plain")
    both = SealedFiles(store, KeyRing([NEW, OLD]), b"secret", ADDRESS)
    assert both.get("a") == b"x"
    assert [both.seal_again("a") for _ in range(2)] == [True, False]
    assert SealedFiles(store, KeyRing([NEW]), b"secret", ADDRESS).get("a") == b"x"


def test_switched_off_new_files_are_plain_and_sealed_ones_still_open(sealed, store):
    sealed.put("a", b"sealed", "text/plain")
    off = SealedFiles(store, KeyRing([OLD]), b"secret", ADDRESS, seals=False)
    off.put("b", b"plain", "text/plain")
    assert (off.get("a"), off.get("b"), store.get("b")) == (b"sealed", b"plain", b"plain")


def test_a_signed_address_opens_its_file_until_it_is_over(store):
    seconds = [1000.0]
    sealed = SealedFiles(store, KeyRing([OLD]), b"secret", ADDRESS, clock=lambda: seconds[0])
    sealed.put("films/a.webm", b"film", "video/webm")
    signed = sealed.url("films/a.webm", seconds=60).rsplit("/", 1)[-1]
    opened = sealed.stream_signed(signed)
    assert (whole(opened), opened.name) == (b"film", "a.webm")
    foreign = store.url("films/a.webm").rsplit("/", 1)[-1]
    for wrong in (signed[:-2], "", foreign):
        with pytest.raises(NotFound, match="not valid"):
            sealed.stream_signed(wrong)
    seconds[0] += 60
    with pytest.raises(NotFound, match="is over"):
        sealed.stream_signed(signed)


def test_the_key_is_made_once_for_its_owner_only_and_found_again(tmp_path):
    assert key_ring("", tmp_path, make=False) is None
    made = key_ring("", tmp_path, make=True)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert key_ring("", tmp_path, make=False).now == made.now
    assert key_ring("a key that is given, another that is given", tmp_path, make=True).now != made.now


@pytest.mark.parametrize("given", ["short", "a key that is long enough,", "a key that is long enough,short"])
def test_a_short_key_is_refused(given, tmp_path):
    with pytest.raises(BadInput, match="FILES_KEY"):
        key_ring(given, tmp_path, make=True)
