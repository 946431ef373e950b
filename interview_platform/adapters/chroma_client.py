"""How every Chroma store is opened: a server's client, or a folder that one process has for itself."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO, Any

from interview_platform.errors import ServiceUnavailable


def server(host: str, port: int) -> Any:
    """A client of the server at this address; telemetry off."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.HttpClient(host, port, settings=Settings(anonymized_telemetry=False))


def embedded(folder: Path | None) -> Any:
    """A client of this folder, which is locked already; telemetry off."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def lock(folder: Path | None, what: str) -> IO[str]:
    """Lock the folder for this process: a second one's rows would not be seen. `what` is kept there, for people.

    The lock holds until the file is closed. Raises ServiceUnavailable when there is no folder or another has it.
    """
    if folder is None:
        raise ServiceUnavailable(f"Neither a folder nor a Chroma server is set to keep {what} in.")
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "in-use.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise ServiceUnavailable(
            f"Another process works with the stored {what} in {folder}. Stop it, or run a Chroma server "
            "and set CHROMA_HOST, which several processes may share."
        ) from error
    return file
