"""The two commands: what they check, what they rebuild, what they say when something is in the way."""

from __future__ import annotations

import ast
import gzip
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interview_platform import cli
from interview_platform.cli import demo, serving
from interview_platform.errors import BadInput
from interview_platform.settings import Settings
from scripts import console, frontend, machine
from scripts.dependencies import Environment

ROOT = Path(__file__).resolve().parent.parent
CHUNK = (
    "var e={PING:`http://localhost:3000/ping`,EVENT:`ws://localhost:3000/_event`,TRANSPORT:`websocket`};export{e as t};"
)


def failed(output: str) -> console.CommandFailed:
    return console.CommandFailed(["/usr/bin/pip"], 1, output)


def test_another_python_is_refused_with_the_way_to_get_3_11() -> None:
    with pytest.raises(console.SetupFailed, match=r"This is Python 3\.9\.2.*needs 3\.11.*make setup PYTHON="):
        machine.require_python((3, 9, 2), others=[])


def test_a_candidate_that_is_no_python_3_11_is_not_taken() -> None:
    with pytest.raises(console.SetupFailed, match=r"needs 3\.11"):
        machine.require_python((3, 13, 0), others=["/no/such/python3.11", "/bin/false"])


def test_python_3_11_goes_on() -> None:
    machine.require_python((3, 11, 7), others=[])


def test_too_small_a_disk_is_noticed_before_anything_is_installed(tmp_path: Path) -> None:
    with pytest.raises(console.SetupFailed, match=r"needs about 1000000 GB. Free some space"):
        machine.require_disk(tmp_path / "not" / "there" / "yet", needed_gb=1e6)


def test_a_set_up_without_network_says_so_and_that_it_goes_on_later() -> None:
    said = console.explain("Installing uv", failed("Temporary failure in name resolution"))
    assert "could not reach the network" in said
    assert "make setup" in said


def test_a_fault_of_our_own_is_not_blamed_on_the_network() -> None:
    said = console.explain("Building", failed("Traceback …\nModuleNotFoundError: No module named 'x'"))
    assert "network" not in said
    assert "No module named 'x'" in said


def test_a_full_disk_in_the_middle_is_told_apart_from_other_failures() -> None:
    assert "disk is full" in console.explain("Installing", failed("[Errno 28] No space left on device"))
    assert "disk is full" not in console.explain("Installing", failed("hash mismatch"))


def test_a_failure_shows_the_last_lines_of_what_failed(tmp_path: Path) -> None:
    code = "print('first'); print('the reason'); raise SystemExit(3)"
    with pytest.raises(console.SetupFailed, match=r"(?s)'Trying' failed.*code 3.*the reason"), console.step("Trying"):
        console.run([sys.executable, "-c", code], tmp_path, dict(os.environ))


def environment(folder: Path) -> Environment:
    (folder / "requirements.txt").write_text("reflex==0.10.1\ntorch==2.13.0 ; sys_platform == 'linux'\n")
    (folder / "requirements-test.txt").write_text("pytest==9.2.0\n")
    made = Environment(folder)
    made.bin.mkdir(parents=True)
    made.python.touch()
    return made


def test_dependencies_are_current_until_the_locked_versions_change(tmp_path: Path) -> None:
    made = environment(tmp_path)
    assert not made.is_current(tests=False)
    made._stamp(["requirements.txt"])
    assert made.is_current(tests=False)
    assert not made.is_current(tests=True)
    (tmp_path / "requirements.txt").write_text("reflex==0.10.2\ntorch==2.13.0\n")
    assert not made.is_current(tests=False)


def test_torch_is_installed_in_the_locked_version(tmp_path: Path) -> None:
    assert environment(tmp_path)._torch() == "2.13.0"


def test_a_mirror_that_pip_is_pointed_at_is_used_by_uv_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    assert environment(tmp_path).env()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


def project_with_pages(folder: Path) -> Path:
    environment(folder)
    for name in ("pages/home.py", "states/home.py", "adapters/smtp.py"):
        path = folder / "interview_platform" / name
        path.parent.mkdir(parents=True)
        path.write_text("x = 1\n")
    (folder / "assets").mkdir()
    (folder / "assets/styles.css").write_text("a {}")
    return folder


@pytest.mark.parametrize("changed", ["interview_platform/pages/home.py", "assets/styles.css", "requirements.txt"])
def test_the_pages_are_built_again_when_what_they_are_made_from_changes(tmp_path: Path, changed: str) -> None:
    project = project_with_pages(tmp_path)
    before = frontend.fingerprint(project)
    (project / changed).write_text("reflex==0.10.2\n")
    assert frontend.fingerprint(project) != before


def test_the_pages_are_not_built_again_for_what_no_page_is_made_from(tmp_path: Path) -> None:
    project = project_with_pages(tmp_path)
    before = frontend.fingerprint(project)
    (project / "interview_platform/adapters/smtp.py").write_text("y = 2\n")
    (project / "README.md").write_text("new")
    assert frontend.fingerprint(project) == before


def test_built_pages_talk_to_the_address_they_came_from() -> None:
    text, count = frontend.own_address(CHUNK)
    assert count == 2
    assert "localhost" not in text
    assert 'EVENT:(location.origin.replace("http","ws")+"/_event")' in text


def test_the_compressed_copy_of_the_chunk_is_changed_too(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    chunk = tmp_path / "assets" / "reflex-env-abc.js"
    chunk.write_text(CHUNK)
    packed = chunk.with_name("reflex-env-abc.js.gz")
    packed.write_bytes(gzip.compress(CHUNK.encode()))
    frontend.use_own_address(tmp_path)
    assert gzip.decompress(packed.read_bytes()).decode() == chunk.read_text() != CHUNK


def test_a_build_of_another_shape_is_refused_rather_than_served_on_the_wrong_port(tmp_path: Path) -> None:
    with pytest.raises(console.SetupFailed, match="Another version of Reflex"):
        frontend.use_own_address(tmp_path)


SETUP_FILES = ("setup", "console", "machine", "dependencies", "frontend", "lock")


@pytest.mark.parametrize("name", SETUP_FILES)
def test_what_runs_before_anything_is_installed_needs_the_standard_library_only(name: str) -> None:
    tree = ast.parse((ROOT / "scripts" / f"{name}.py").read_text())
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in found} <= {*sys.stdlib_module_names, "scripts"}


def test_every_locked_version_is_exact_and_no_cuda_package_is_among_them() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        lines = [line for line in (ROOT / name).read_text().splitlines() if not line.startswith("#")]
        assert lines
        assert [line for line in lines if "==" not in line or line.startswith(("nvidia-", "cuda-", "triton"))] == []


def test_continuous_integration_runs_the_same_command_as_people() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("make test")


def test_a_taken_port_is_named_with_the_way_to_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=rf"Port {port} .* is taken .*make run PORT="):
            serving._require_free_port("127.0.0.1", port)


def test_a_free_port_is_taken_as_it_is() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving._require_free_port("127.0.0.1", port)


def test_a_host_that_is_not_ours_is_refused_with_the_ones_that_are() -> None:
    with pytest.raises(BadInput, match=r"127\.0\.0\.1 or 0\.0\.0\.0"):
        serving._require_free_port("no-such-host.invalid", 3000)


def test_the_worker_ends_when_the_main_process_is_killed_outright() -> None:
    inner = "import os; from interview_platform.cli.serving import _end_with; parent = os.getppid()"
    inner += "; print(os.getpid(), flush=True); _end_with(parent)"  # whose child it is, before anybody kills that one
    outer = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {inner!r}]); time.sleep(60)"
    main = subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert main.stdout is not None
    assert int(main.stdout.readline()) > 0
    main.send_signal(signal.SIGKILL)
    main.wait()
    assert main.stdout.read() == ""  # comes to its end only when the worker, which holds it too, is gone


def test_what_the_worker_needs_is_imported_before_it_is_forked_and_nothing_is_started_by_that(tmp_path: Path) -> None:
    inner = (
        "import sys, threading; from interview_platform.cli import serving; serving.preload();"
        "from interview_platform.wiring import platform;"
        "print(all(name in sys.modules for name in serving._WORKER_NEEDS), threading.active_count(),"
        " platform.cache_info().currsize)"
    )
    found = subprocess.run(
        [sys.executable, "-c", inner],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        check=True,
    )
    assert found.stdout.split() == ["True", "1", "0"]


def test_the_demo_password_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first, second = Settings(data_dir=tmp_path / "one"), Settings(data_dir=tmp_path / "two")
    assert demo.password(first) == demo.password(first)
    assert demo.password(first) != demo.password(second)
    assert stat.S_IMODE(demo.password_file(first).stat().st_mode) == 0o600


def test_a_command_that_cannot_go_on_ends_in_one_line_with_exit_code_1() -> None:
    command = [sys.executable, "-m", "interview_platform", "models", "pull", "no-such-model"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: There is no model called 'no-such-model'.")
    assert "Traceback" not in done.stderr


def test_asking_for_help_loads_none_of_the_heavy_packages() -> None:
    code = "import sys, interview_platform.cli; print({'torch', 'reflex', 'mediapipe', 'sqlmodel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_reading_a_file_that_is_no_resume_says_why_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "cv.pdf"
    path.write_bytes(b"%PDF-1.7 and then nothing that a reader could follow")
    done = CliRunner().invoke(cli.app, ["parse", str(path), "--json"])
    assert done.exit_code == 1
    assert '"ok": false' in done.output
