"""A rehearsal: the candidate's whole way through a running server, in a real browser, with a voice that answers.

The rehearsed candidate hears as a person does: she answers once the interviewer has been silent for 0.7 s and the room
listens. `response_ms` is from the end of her voice to the first audible sound of the interviewer, both taken on the
page's one audio clock, with the network and the browser in between. That sound may be a nod ("mm-hm"), which leaves
the word with her; `reply_ms` is the first sound of what is said to her. A nod in a pause of hers is no cut-in; nods are
counted apart.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from interview_platform import routes
from interview_platform.errors import InviteInvalid, ServiceUnavailable
from interview_platform.evaluation import barging, scenarios, speech
from interview_platform.evaluation.browser import Ear, Spoken, open_page
from interview_platform.evaluation.rehearsed import Result, Turn
from interview_platform.evaluation.speech import Mouth, SpokenMouth
from interview_platform.services import invites
from interview_platform.wiring import Platform, platform

MOST_TURNS = 25
_QUIET_SECONDS = 0.7
_ASK_SECONDS = 60.0
_RESPONSE_SECONDS = 15.0
_OPEN_SECONDS = 30.0
_NOD_EARLY, _NOD_LATE = 0.2, 1.0
"""When a nod is heard, from when it is told of: its sound takes the longer way."""
_HELLO = "Hello, can you hear me?"
_CONSENTS = ("ai_interviewer", "recording", "face_analysis", "voice_analysis")

Say = Callable[[str], None]


def rehearse(
    scenario: str,
    *,
    url: str = "",
    answers: Path | None = None,
    camera: Path | None = None,
    json_path: Path | None = None,
    say: Say = print,
    mouth: Mouth | None = None,
    barge_every: int = 0,
    most_turns: int = MOST_TURNS,
) -> Result:
    """Hold one interview and print it as it goes.

    `url` is a candidate's link, or a server that uses the same database as this machine's settings (empty: the one of
    the settings), for which a fresh link is made. `mouth` answers instead of the scenario; over every so many-th
    question (`barge_every`) the candidate speaks and asks for it again. After `most_turns` the tab is closed, whatever
    is still to be asked. Raises PlatformError with the way out.
    """
    held = platform()
    chosen = scenarios.read(scenario)
    link = url if "/interview/" in url else scenarios.invite(held, chosen, (url or held.settings.address).rstrip("/"))
    speaker = SpokenMouth(scenarios.Answers(chosen.answers), _voice(held))
    mouth = mouth or (speech.recorded(answers) if answers else speaker)
    say(f"{chosen.title}: {link}")
    result = Result(link=link, report_url=_report_url(held, link))
    with open_page(camera) as ear:
        _walk_in(ear, link, speaker)
        ear.load(barging.CLIP, speaker.say(barging.WORDS).wav)
        _hold(ear, mouth, result, say, barge_every, most_turns)
        if len(result.turns) < most_turns:
            _walk_out(ear)
    if json_path:
        json_path.write_text(result.as_json() + "\n", encoding="utf-8")
    say(_closing_line(result))
    return result


def _voice(held: Platform) -> Any:
    from interview_platform.adapters.hibari import HibariVoice

    return HibariVoice(held.store.path("hibari"))


def _report_url(held: Platform, link: str) -> str:
    """Where the recruiter will find the report; empty for a link of another database."""
    parts = urlsplit(link)
    try:
        with held.db() as db:
            invited = invites.open_link(db, held.secret, parts.path.rsplit("/", 1)[-1])
    except InviteInvalid:
        return ""
    path = routes.report(invited.interview.id) if invited.interview else ""
    return f"{parts.scheme}://{parts.netloc}{path}" if path else ""


def _walk_in(ear: Ear, link: str, speaker: SpokenMouth) -> None:
    """Welcome, consent, check; ends at the click that starts the interview. Goes on where an earlier visit stopped."""
    page = ear.page
    page.set_default_timeout(_OPEN_SECONDS * 1000)
    response = page.goto(link)
    if response is None or not response.ok:
        raise ServiceUnavailable(f"{link} did not open (status {response.status if response else 'none'}).")
    page.wait_for_selector("[data-step=welcome], [data-step=check], [data-step=room], [data-step=closed]")
    step = ear.status()["step"]
    if step == "closed":
        raise ServiceUnavailable(f"The link does not open: {page.inner_text('#main')}")
    if step == "welcome":
        page.click("#begin")
        page.wait_for_selector("#agree")
        for name in _CONSENTS:
            if page.locator(f"#consent-{name}").count():
                page.check(f"#consent-{name}")
        page.click("#agree:enabled")
    page.click("#devices-on")
    page.wait_for_selector("#start")
    ear.load("hello", speaker.say(_HELLO).wav)
    ear.play("hello")
    page.click("#start:enabled")


def _hold(ear: Ear, mouth: Mouth, result: Result, say: Say, barge_every: int = 0, most_turns: int = MOST_TURNS) -> None:
    """Answer until the interview is over."""
    since, seen = 0.0, 0
    spoken: list[Spoken] = []
    while len(result.turns) < most_turns:
        if barge_every and result.turns and len(result.turns) % barge_every == 0:
            over = barging.over_question(ear, since)
            result.barge_ins_ms += [over.silence_ms] if over.silence_ms is not None else []
            since = max(since, over.ended)
        if not _asked(ear, since):
            break
        asked, kind = _question(ear.events()[seen:])
        said = mouth.answer(asked)
        ear.load("answer", said.wav)
        now = ear.play("answer")
        result.turns.append(_answer(ear, now, asked, kind, said.text))
        spoken.append(now)
        # What is heard of this answer may still change; say it once the next question stands.
        reply = result.turns[-1].reply_ms
        replied = now.end if reply is None else now.end + reply / 1000 - 0.001  # a nod before it asks nothing
        since, seen = (now.start if result.turns[-1].cut_in else replied), now.events
        _fill_heard(ear.events(), spoken, result.turns)
        say(_line(len(result.turns), result.turns[-1]))
    _fill_heard(ear.events(), spoken, result.turns)


def _asked(ear: Ear, since: float) -> bool:
    """Wait until the interviewer has spoken after `since` and listens; False when the interview is over."""

    def ready() -> str:
        now = ear.status()
        if now["over"] or now["step"] == "end":
            return "over"
        silent = now["lastVoice"] > since and now["now"] - now["lastVoice"] > _QUIET_SECONDS
        return "asked" if silent and now["state"] in {"listening", "paused"} else ""

    found = ear.wait(_ASK_SECONDS, ready)
    if found is None:
        now = ear.status()
        raise ServiceUnavailable(
            f"The interviewer asked nothing for {_ASK_SECONDS:.0f} s (room: {now['state'] or 'none'}, page: "
            f"{now['step']}). Look at the server's log."
        )
    return bool(found == "asked")


def _question(events: list[dict[str, Any]]) -> tuple[str, str]:
    """What was asked last and its kind. Without a new question the interviewer asked for the same again."""
    questions = [event for event in events if event["type"] == "question"]
    if questions:
        return questions[-1]["text"], questions[-1]["kind"]
    captions = [event["text"] for event in events if event["type"] == "caption" and event["speaker"] == "agent"]
    return (captions[-1] if captions else ""), "repeat"


def _answer(ear: Ear, now: Spoken, asked: str, kind: str, said: str) -> Turn:
    """Wait for the answer's end and for the first sound after it."""
    ear.wait(now.end - now.start + 5, lambda: ear.status()["now"] >= now.end)

    def replied() -> float | None:
        return next((onset for onset in _replies(ear) if onset >= now.end), None)

    reply = ear.wait(_RESPONSE_SECONDS, lambda: replied() or ear.status()["step"] == "end")
    reply = reply if isinstance(reply, float) else None
    onset = None if reply is None else next((onset for onset in ear.onsets() if onset >= now.end), reply)
    within = [at for at in ear.onsets() if now.start <= at < now.end]
    cuts = [at for at in _replies(ear) if now.start <= at < now.end]
    thinking = [
        event["at"]
        for event in ear.events()[now.events :]
        if event["type"] == "state" and event["state"] == "thinking" and event["at"] >= now.end
    ]
    return Turn(
        asked=asked,
        said=said,
        heard="",
        kind=kind,
        response_ms=_milliseconds(onset, now.end),
        reply_ms=_milliseconds(reply, now.end),
        noticed_ms=_milliseconds(thinking[0] if thinking else None, now.end),
        cut_in=bool(cuts),
        nods=len(within) - len(cuts),
        seconds=round(now.end - now.start, 2),
    )


def _replies(ear: Ear) -> list[float]:
    """Onsets of the interviewer's voice that are no nods."""
    return without_nods(ear.onsets(), [event["at"] for event in ear.events() if event["type"] == "nod"])


def without_nods(onsets: list[float], nods: list[float]) -> list[float]:
    """The onsets but for one behind each nod that was told of: the first that can be its sound."""
    sounds = {next((at for at in onsets if nod - _NOD_EARLY <= at <= nod + _NOD_LATE), None) for nod in nods}
    return [at for at in onsets if at not in sounds]


def _milliseconds(at: float | None, since: float) -> float | None:
    return None if at is None else round((at - since) * 1000, 1)


def _fill_heard(events: list[dict[str, Any]], spoken: list[Spoken], turns: list[Turn]) -> None:
    """Each turn's final captions of the candidate, the newest of each caption; and what the room says of its times."""
    ends = [now.events for now in spoken[1:]] + [len(events)]
    for now, end, turn in zip(spoken, ends, turns, strict=True):
        finals: dict[str, str] = {}
        for index, event in enumerate(events[now.events : end]):
            if event["type"] == "caption" and event["speaker"] == "candidate" and event["final"]:
                finals[event.get("turn_id") or str(index)] = event["text"]
        turn.heard = " ".join(finals.values())
        timed = [event["stages"] for event in events[now.events : end] if event["type"] == "timing"]
        turn.stages = timed[0] if timed else {}


def _walk_out(ear: Ear) -> None:
    """The end page must come by itself."""
    if not ear.wait(_OPEN_SECONDS, lambda: ear.status()["step"] == "end"):
        raise ServiceUnavailable(
            f"The interview did not end (room: {ear.status()['state']}). Look at the server's log."
        )


def _line(number: int, turn: Turn) -> str:
    took = "no response" if turn.response_ms is None else f"{turn.response_ms:.0f} ms"
    return (
        f"\n{number}. [{turn.kind}] {turn.asked}\n   said:  {turn.said}\n   heard: {turn.heard}\n   "
        f"{took}{', cut in' if turn.cut_in else ''}"
    )


def _closing_line(result: Result) -> str:
    summary = result.summary()
    return (
        f"\n{summary['turns']} turns, p50 {summary['p50_ms']} ms, p95 {summary['p95_ms']} ms, "
        f"{summary['cut_ins']} cut-ins\nreport: {result.report_url or 'on the server of the link'}"
    )


def main(scenario: str, json_out: Path | None, answers: Path | None, camera: Path | None, url: str) -> int:
    """The command: exit code 0 when every turn was answered."""
    result = rehearse(scenario, url=url, answers=answers, camera=camera, json_path=json_out)
    return 0 if result.turns and not result.summary()["no_response"] else 1
