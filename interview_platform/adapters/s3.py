"""Stored files in a bucket of S3, or of any server that speaks its protocol.

An upload becomes visible only when S3 has all of it: in parts for large files, the body checked by S3 against its
checksum, the length compared afterwards, and our own SHA-256 kept beside it and checked on every read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

from interview_platform.adapters.blob_keys import check_key
from interview_platform.errors import NotFound, ServiceUnavailable

MEMORY_BYTES = 8 << 20  # a stream that cannot seek is kept in memory up to this size, then in a temporary file
PART_BYTES = 8 << 20
_CHUNK_BYTES = 1 << 20
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})


class S3Blobs:
    """`Blobs` in `bucket`. Empty keys: boto3 searches its usual places (environment, profile, instance role).

    `encryption` is S3's server-side encryption header ("AES256" or "aws:kms"); empty leaves it to the bucket.
    """

    name = "s3"

    def __init__(
        self,
        bucket: str,
        *,
        endpoint_url: str = "",
        region: str = "us-east-1",
        access_key_id: str = "",
        secret_access_key: str = "",
        encryption: str = "",
        kms_key_id: str = "",
        attempts: int = 3,
    ) -> None:
        import boto3
        from boto3.s3.transfer import TransferConfig
        from botocore.config import Config

        self._bucket = bucket
        self._encryption = {"ServerSideEncryption": encryption} if encryption else {}
        if encryption == "aws:kms" and kms_key_id:
            self._encryption["SSEKMSKeyId"] = kms_key_id
        self._transfer = TransferConfig(
            multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=2
        )
        with _translated("use", ""):
            self._client: Any = boto3.client(
                "s3",
                endpoint_url=endpoint_url or None,
                region_name=region,
                aws_access_key_id=access_key_id or None,
                aws_secret_access_key=secret_access_key or None,
                config=Config(
                    signature_version="s3v4",
                    s3={"addressing_style": "path" if endpoint_url else "auto"},
                    connect_timeout=5,
                    read_timeout=60,
                    retries={"total_max_attempts": attempts, "mode": "standard"},
                ),
            )

    def put(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Store whole or not at all; the stream stays open and is read from where it stands."""
        check_key(key)
        with _translated("stored", key), _seekable(content) as stream:
            bytes_, digest = _measure(stream)
            extra = {"ContentType": media_type, "Metadata": {"sha256": digest}, **self._encryption}
            self._client.upload_fileobj(_KeptOpen(stream), self._bucket, key, ExtraArgs=extra, Config=self._transfer)
            stored = self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"]
        if stored != bytes_:
            self.delete(key)
            raise ServiceUnavailable("The file did not arrive whole in S3, so it was removed there. Try again.")

    def get(self, key: str) -> bytes:
        """The whole content, its SHA-256 checked. Raises NotFound, ServiceUnavailable."""
        with _translated("read", check_key(key)):
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            content = cast(bytes, answer["Body"].read())
        expected = answer.get("Metadata", {}).get("sha256")
        if expected and hashlib.sha256(content).hexdigest() != expected:
            raise ServiceUnavailable("The stored file is damaged: its checksum does not match. Restore it in S3.")
        return content

    def url(self, key: str, seconds: int = 900) -> str:
        """A presigned address that S3 itself serves."""
        with _translated("addressed", check_key(key)):
            params = {"Bucket": self._bucket, "Key": key}
            return str(self._client.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds))

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""
        with _translated("deleted", check_key(key)):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def exists(self, key: str) -> bool:
        """Whether the key holds a whole file."""
        try:
            with _translated("looked up", check_key(key)):
                self._client.head_object(Bucket=self._bucket, Key=key)
        except NotFound:
            return False
        return True

    def about(self, key: str) -> tuple[int, str]:
        """Size in bytes and media type. Raises NotFound, ServiceUnavailable."""
        with _translated("looked up", check_key(key)):
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        return int(head["ContentLength"]), str(head.get("ContentType", "application/octet-stream"))

    def part(self, key: str, start: int, length: int) -> bytes:
        """`length` > 0 bytes from `start`, fewer at the end. Raises NotFound, ServiceUnavailable."""
        with _translated("read", check_key(key)):
            asked = f"bytes={start}-{start + length - 1}"
            return cast(bytes, self._client.get_object(Bucket=self._bucket, Key=key, Range=asked)["Body"].read())

    def keys(self) -> Iterator[str]:
        """Every file that is stored."""
        with _translated("listed", ""):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket):
                yield from (str(one["Key"]) for one in page.get("Contents", ()))


class _KeptOpen:
    """A stream boto3 may read, seek, and not close."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.read, self.seek, self.tell = stream.read, stream.seek, stream.tell

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Left to whoever opened it."""


@contextmanager
def _seekable(content: bytes | BinaryIO) -> Iterator[IO[bytes]]:
    """The content as a stream that can be read twice: once to measure, once to send."""
    if isinstance(content, bytes | bytearray):
        yield BytesIO(content)
    elif content.seekable():
        yield content
    else:
        with SpooledTemporaryFile(MEMORY_BYTES) as spooled:
            while chunk := content.read(_CHUNK_BYTES):
                spooled.write(chunk)
            spooled.seek(0)
            yield spooled


def _measure(stream: IO[bytes]) -> tuple[int, str]:
    """(bytes, SHA-256) of what is left in the stream, which is put back where it stood."""
    start, total, digest = stream.tell(), 0, hashlib.sha256()
    while chunk := stream.read(_CHUNK_BYTES):
        total += len(chunk)
        digest.update(chunk)
    stream.seek(start)
    return total, digest.hexdigest()


@contextmanager
def _translated(what: str, key: str) -> Iterator[None]:
    """boto3's errors as ours."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
        if code in _ABSENT and key:
            raise NotFound("This stored file does not exist any more.") from error
        raise ServiceUnavailable(_advice(what, code)) from error
    except OSError as error:  # boto3's own are none: it was the stream
        raise ServiceUnavailable(
            f"The file could not be {what}: it broke off while it was read. Nothing was changed; try again."
        ) from error
    except (BotoCoreError, Boto3Error, ValueError) as error:
        raise ServiceUnavailable(
            f"The file could not be {what}: S3 does not answer ({type(error).__name__}). "
            "Nothing was changed; check S3_ENDPOINT_URL and the network, then try again."
        ) from error


def _advice(what: str, code: str) -> str:
    refused = code in ("403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken")
    way_out = "Check the keys and what they may do with the bucket." if refused else "Try again in a minute."
    if code == "NoSuchBucket":
        way_out = "Create the bucket, or correct S3_BUCKET."
    return f"The file could not be {what}: S3 answered {code}. Nothing was changed. {way_out}"
