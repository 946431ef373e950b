"""What every store of files promises, on a folder and on a real S3 server."""

import hashlib
from io import BytesIO, RawIOBase

import httpx
import pytest

from interview_platform import routes
from interview_platform.adapters.local_files import STALE_SECONDS, LocalFiles
from interview_platform.adapters.s3 import S3Blobs
from interview_platform.adapters.sealed_files import KeyRing, SealedFiles
from interview_platform.errors import BadInput, NotFound, ServiceUnavailable
from tests.adapters import servers

ADDRESS = "http://127.0.0.1:3000"
RING = KeyRing([b"the key of files of these tests"])
LARGE = bytes(range(256)) * (20 << 12)  # 20 MiB: three parts of an upload


class Clock:
    """Time that only moves when told."""

    def __init__(self):
        self.seconds = 1_000_000.0

    def __call__(self):
        return self.seconds


class OneWay(RawIOBase):
    """A stream that cannot seek, like a socket."""

    def __init__(self, content):
        self._inner = BytesIO(content)

    def readable(self):
        return True

    def seekable(self):
        return False

    def read(self, size=-1):
        return self._inner.read(size)


class Torn(OneWay):
    """A stream that breaks after its content."""

    def read(self, size=-1):
        got = super().read(size)
        if not got:
            raise OSError("the connection was reset")
        return got


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory):
    with servers.s3(tmp_path_factory.mktemp("s3")) as address:
        import boto3

        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id=servers.ACCESS_KEY,
            aws_secret_access_key=servers.SECRET_KEY,
        )
        client.create_bucket(Bucket="files")
        yield address


def bucket(address, name="files", **changes):
    keys = {"access_key_id": servers.ACCESS_KEY, "secret_access_key": servers.SECRET_KEY}
    return S3Blobs(name, endpoint_url=address, attempts=1, **{**keys, **changes})


@pytest.fixture
def local(tmp_path):
    return LocalFiles(tmp_path / "blobs", b"secret", ADDRESS, clock=Clock())


@pytest.fixture(params=["local files", "s3", "local files, encrypted", "s3, encrypted"])
def blobs(request, tmp_path):
    if request.param.startswith("s3"):
        store = bucket(request.getfixturevalue("s3_address"))
    else:
        store = LocalFiles(tmp_path / "blobs", b"secret", ADDRESS)
    return SealedFiles(store, RING, b"secret", ADDRESS) if request.param.endswith("encrypted") else store


def test_what_is_put_is_got_and_deleted(blobs):
    key = "resumes/org-1/r1/Zoë's résumé.pdf"
    assert not blobs.exists(key)
    blobs.put(key, b"%PDF-", "application/pdf")
    assert blobs.exists(key)
    assert blobs.get(key) == b"%PDF-"
    blobs.delete(key)
    blobs.delete(key)
    assert not blobs.exists(key)


@pytest.mark.parametrize("store", ["local files", "s3"])
def test_a_store_is_read_in_parts_measured_and_listed(store, request, tmp_path):
    held = bucket(request.getfixturevalue("s3_address")) if store == "s3" else LocalFiles(tmp_path, b"s", ADDRESS)
    held.put("parts/film.webm", b"0123456789", "video/webm")
    assert held.about("parts/film.webm") == (10, "video/webm")
    assert held.part("parts/film.webm", 2, 3) == b"234"
    assert held.part("parts/film.webm", 8, 100) == b"89"
    assert "parts/film.webm" in list(held.keys())
    for use in (held.about, lambda key: held.part(key, 0, 1)):
        with pytest.raises(NotFound):
            use("parts/none.webm")


def test_an_empty_file_is_a_file(blobs):
    blobs.put("empty", b"", "text/plain")
    assert blobs.exists("empty")
    assert blobs.get("empty") == b""


def test_a_second_put_replaces_the_first(blobs):
    blobs.put("twice", b"a longer first version", "text/plain")
    blobs.put("twice", b"second", "text/plain")
    assert blobs.get("twice") == b"second"


@pytest.mark.parametrize("stream", [BytesIO, OneWay])
def test_a_large_stream_arrives_whole_and_stays_open(blobs, stream):
    source = stream(LARGE)
    blobs.put("interviews/i1/whole.webm", source, "video/webm")
    assert hashlib.sha256(blobs.get("interviews/i1/whole.webm")).digest() == hashlib.sha256(LARGE).digest()
    assert not source.closed


def test_a_stream_that_breaks_leaves_nothing_and_spoils_nothing(blobs):
    with pytest.raises(ServiceUnavailable) as failed:
        blobs.put("torn.webm", Torn(LARGE), "video/webm")
    assert isinstance(failed.value.__cause__, OSError)
    assert not blobs.exists("torn.webm")
    blobs.put("kept.webm", b"whole", "video/webm")
    with pytest.raises(ServiceUnavailable):
        blobs.put("kept.webm", Torn(LARGE), "video/webm")
    assert blobs.get("kept.webm") == b"whole"


def test_an_absent_key_is_not_found(blobs):
    with pytest.raises(NotFound):
        blobs.get("resumes/none.pdf")
    blobs.put("folder/file", b"x", "text/plain")
    with pytest.raises(NotFound):
        blobs.get("folder")
    assert not blobs.exists("folder")
    blobs.delete("folder")
    assert blobs.exists("folder/file")


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../secret", "a/../../b", "a//b", "a/./b", "a\\b", "C:x", "a\0b", "a\nb", "x" * 301, "é" * 121],
)
def test_a_key_that_could_leave_its_place_is_refused_everywhere(blobs, key):
    for use in (blobs.get, blobs.url, blobs.exists, blobs.delete, lambda k: blobs.put(k, b"x", "text/plain")):
        with pytest.raises(BadInput, match="Rename it"):
            use(key)


# --- the folder's own addresses ----------------------------------------------------------------------------------


def signed_part(url):
    prefix = ADDRESS + routes.file("")
    assert url.startswith(prefix)
    return url.removeprefix(prefix)


def test_a_signed_address_opens_its_file_until_it_is_over(tmp_path):
    clock = Clock()
    local = LocalFiles(tmp_path, b"secret", ADDRESS + "/", clock)
    local.put("interviews/i1/whole.webm", b"film", "video/webm;codecs=vp8")
    signed = signed_part(local.url("interviews/i1/whole.webm", seconds=60))
    clock.seconds += 59
    path, media_type = local.open_signed(signed)
    assert (path.read_bytes(), media_type) == (b"film", "video/webm;codecs=vp8")
    clock.seconds += 1
    with pytest.raises(NotFound, match="is over"):
        local.open_signed(signed)


def test_a_changed_or_foreign_signature_opens_nothing(tmp_path, local):
    local.put("a", b"1", "text/plain")
    signed = signed_part(local.url("a"))
    other = LocalFiles(tmp_path / "blobs", b"another secret", ADDRESS, clock=Clock())
    for wrong in (signed[:-2], "x" + signed, "", signed_part(other.url("a"))):
        with pytest.raises(NotFound, match="not valid"):
            local.open_signed(wrong)


def test_a_signed_address_of_a_deleted_file_is_not_found(local):
    local.put("a", b"1", "text/plain")
    signed = signed_part(local.url("a"))
    local.delete("a")
    with pytest.raises(NotFound):
        local.open_signed(signed)


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    class Full(OneWay):
        def read(self, size=-1):
            raise OSError(28, "No space left on device")

    local = LocalFiles(tmp_path, b"secret", ADDRESS)
    with pytest.raises(ServiceUnavailable, match="No space left on device"):
        local.put("a", Full(b""), "text/plain")
    assert not list((tmp_path / "tmp").iterdir())


def test_what_a_dead_process_left_is_swept_when_it_is_old(tmp_path):
    clock = Clock()
    LocalFiles(tmp_path, b"secret", ADDRESS)
    left = tmp_path / "tmp" / "half"
    left.write_bytes(b"half a file")
    clock.seconds = left.stat().st_mtime + STALE_SECONDS - 1
    LocalFiles(tmp_path, b"secret", ADDRESS, clock)
    assert left.exists()
    clock.seconds += 2
    LocalFiles(tmp_path, b"secret", ADDRESS, clock)
    assert not left.exists()


# --- S3's own behaviour -------------------------------------------------------------------------------------------


def test_a_presigned_address_serves_ranges_with_the_media_type_and_nothing_else(s3_address):
    blobs = bucket(s3_address)
    blobs.put("film.webm", b"0123456789", "video/webm")
    url = blobs.url("film.webm")
    part = httpx.get(url, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content, part.headers["content-type"]) == (206, b"234", "video/webm")
    assert httpx.get(url[:-4] + "0000").status_code == 403
    assert httpx.get(url.split("?")[0]).status_code == 403


def test_a_broken_upload_leaves_no_parts_to_pay_for(s3_address):
    blobs = bucket(s3_address)

    class Breaks(BytesIO):
        """Can be read once, to be measured; breaks in the second part when it is sent."""

        passes = 0

        def seek(self, *where):
            self.passes += 1
            return super().seek(*where)

        def read(self, size=-1):
            if self.passes and self.tell() > (10 << 20):
                raise OSError("the disk went away")
            return super().read(size)

    with pytest.raises(ServiceUnavailable):
        blobs.put("half.webm", Breaks(LARGE), "video/webm")
    assert not blobs.exists("half.webm")
    assert not blobs._client.list_multipart_uploads(Bucket="files").get("Uploads")


def test_the_checksum_is_kept_and_a_damaged_file_is_not_taken_for_whole(s3_address):
    blobs = bucket(s3_address)
    blobs.put("sum", b"right", "text/plain")
    head = blobs._client.head_object(Bucket="files", Key="sum")
    assert head["Metadata"]["sha256"] == hashlib.sha256(b"right").hexdigest()
    blobs._client.put_object(Bucket="files", Key="sum", Body=b"wrong", Metadata=head["Metadata"])
    with pytest.raises(ServiceUnavailable, match="damaged"):
        blobs.get("sum")


def test_server_side_encryption_is_asked_for_when_set(s3_address):
    encrypted = bucket(s3_address, encryption="AES256")
    encrypted.put("sealed", LARGE, "text/plain")
    assert encrypted._client.head_object(Bucket="files", Key="sealed")["ServerSideEncryption"] == "AES256"
    assert encrypted.get("sealed") == LARGE


def test_s3_faults_say_what_to_check(s3_address):
    with pytest.raises(ServiceUnavailable, match="Check the keys"):
        bucket(s3_address, secret_access_key="wrong").get("any")
    with pytest.raises(ServiceUnavailable, match="Check the keys"):
        bucket(s3_address, secret_access_key="wrong").exists("any")
    with pytest.raises(ServiceUnavailable, match="S3_BUCKET"):
        bucket(s3_address, name="nobody-made-this").put("any", b"x", "text/plain")
    gone = bucket(f"http://127.0.0.1:{servers.free_port()}")
    with pytest.raises(ServiceUnavailable, match="S3_ENDPOINT_URL") as failed:
        gone.put("any", b"x", "text/plain")
    assert failed.value.__cause__ is not None
