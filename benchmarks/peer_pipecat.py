"""The same answers before the best open framework, Pipecat with its defaults on the product's models; prints JSON.

    python -m benchmarks.peer_pipecat --venv FOLDER --install       # once: an environment of its own, 1.5 GB
    python -m benchmarks.peer_pipecat --venv FOLDER [--turns 30] [--json OUT] [--answers FOLDER]

The clips and their order are those of benchmarks.turns, so run both with the same `--turns` and `--answers`, one after
the other on a machine that does nothing else: the goal is 0.7 of its p50, 0.4 of its p95, a third of its cut-ins.
Nothing of the product depends on Pipecat; where it cannot be installed or started this says why and ends with code 2.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.turns import scripted_mouth, summary
from interview_platform.errors import PlatformError, ServiceUnavailable
from interview_platform.evaluation import speech
from interview_platform.evaluation.browser import Ear, open_page
from interview_platform.evaluation.rehearsed import Turn
from interview_platform.evaluation.speech import Mouth

NEEDS = ("pipecat-ai[webrtc,silero]==1.14.0", "hibari-tts==0.2.1", "moonshine-voice==0.1.0")
BOT = Path(__file__).with_name("peer_pipecat_bot.py")
QUIET_SECONDS, WAIT_SECONDS, START_SECONDS = 0.7, 10.0, 90.0


def install(venv: Path) -> None:
    """An environment with the peer. Raises ServiceUnavailable with the installer's last words."""
    steps = (
        [sys.executable, "-m", "venv", str(venv)],
        [str(venv / "bin/python"), "-m", "pip", "install", "-q", *NEEDS],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            told = "\n".join(done.stderr.strip().splitlines()[-5:])
            raise ServiceUnavailable(f"The peer could not be installed. {' '.join(step[:4])} said:\n{told}")


@contextmanager
def served(venv: Path) -> Iterator[str]:
    """The peer, running; its address. Raises ServiceUnavailable, ModelMissing."""
    from interview_platform.cli.models import store

    python = venv / "bin" / "python"
    if not python.is_file():
        raise ServiceUnavailable(f"There is no environment in {venv}. Make it with --install.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    paths = [str(store().path("hibari")), str(store().path("moonshine-tiny-en"))]
    log = venv / "peer.log"
    with log.open("w") as out:
        bot = subprocess.Popen([str(python), str(BOT), str(port), *paths], stdout=out, stderr=out)
        try:
            yield _until_up(f"http://127.0.0.1:{port}/", bot, log)
        finally:
            bot.terminate()
            try:
                bot.wait(5)
            except subprocess.TimeoutExpired:  # it holds a call that nobody hung up
                bot.kill()


def _until_up(address: str, bot: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and bot.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return address
        except OSError:
            time.sleep(0.3)
    last = "\n".join(log.read_text(errors="replace").strip().splitlines()[-5:])
    raise ServiceUnavailable(f"The peer did not start. Its last words:\n{last}")


def measure(address: str, mouth: Mouth, turns: int) -> list[Turn]:
    """Answer what it asks, `turns` times. Raises ServiceUnavailable when it asks nothing."""
    with open_page() as ear:
        ear.page.goto(address)
        ear.page.click("#go")
        since, made = 0.0, []
        while len(made) < turns:
            _until_quiet(ear, since)
            said = mouth.answer("")
            ear.load("answer", said.wav)
            made.append(_turn(ear, said.text))
            since = ear.status()["now"] - 0.5
            print(f"{len(made)}. {made[-1].response_ms} ms{', cut in' if made[-1].cut_in else ''}", file=sys.stderr)
        return made


def _until_quiet(ear: Ear, since: float) -> None:
    def quiet() -> bool:
        now = ear.status()
        return bool(now["lastVoice"] > since and now["now"] - now["lastVoice"] > QUIET_SECONDS)

    if not ear.wait(40.0, quiet):
        raise ServiceUnavailable("The peer asked nothing for 40 s; see peer.log in its environment.")


def _turn(ear: Ear, words: str) -> Turn:
    now = ear.play("answer")
    ear.wait(now.end - now.start + 5, lambda: ear.status()["now"] >= now.end)
    onset = ear.wait(WAIT_SECONDS, lambda: next((at for at in ear.onsets() if at >= now.end), None))
    took = round((onset - now.end) * 1000, 1) if onset else None
    return Turn(
        asked="",
        said=words,
        heard="",
        kind="core",
        response_ms=took,
        reply_ms=took,
        noticed_ms=None,
        cut_in=any(now.start <= at < now.end for at in ear.onsets()),
        seconds=round(now.end - now.start, 2),
    )


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, required=True, help="the environment with Pipecat")
    parser.add_argument("--install", action="store_true", help="make it first")
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--answers", type=Path, help="a folder of sounds to answer with")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    try:
        if given.install:
            install(given.venv)
        mouth = speech.recorded(given.answers) if given.answers else scripted_mouth()
        with served(given.venv) as address:
            made = measure(address, mouth, given.turns)
    except PlatformError as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return 2
    report: dict[str, Any] = {"peer": NEEDS[0], "summary": summary(made, []), "turns": [asdict(turn) for turn in made]}
    print(json.dumps(report["summary"], indent=2))
    if given.json:
        given.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
