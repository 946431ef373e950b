"""What the room's events do to the screen: room_events.js, run by the JavaScript runtime the pages are built with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.components.javascript import printed

MODULE = Path("interview_platform/components/room_events.js").resolve()


def view_after(*events: dict[str, Any]) -> dict[str, Any]:
    """The view once all events have come."""
    script = f"""
        import {{ START, step }} from {json.dumps(str(MODULE))};
        console.log(JSON.stringify({json.dumps(events)}.reduce(step, START)));
    """
    return printed(script)


def caption(text: str, *, speaker: str = "candidate", final: bool = False, turn_id: str = "") -> dict[str, Any]:
    return {"type": "caption", "speaker": speaker, "text": text, "final": final, "turn_id": turn_id}


def texts(view: dict[str, Any]) -> list[str]:
    return [each["text"] for each in view["captions"]]


def test_a_growing_caption_stays_one_line() -> None:
    view = view_after(caption("I"), caption("I looked"), caption("I looked at the locks.", final=True, turn_id="a1"))
    assert texts(view) == ["I looked at the locks."]
    assert view["captions"][0]["final"] is True


def test_both_sides_keep_their_own_lines() -> None:
    view = view_after(
        caption("Why?", speaker="agent", final=True, turn_id="q1"),
        caption("Because", final=True, turn_id="a1"),
        caption("And then?", speaker="agent", final=True, turn_id="q2"),
    )
    assert texts(view) == ["Why?", "Because", "And then?"]


def test_captions_told_again_after_a_reconnect_are_not_doubled() -> None:
    question = caption("Why?", speaker="agent", final=True, turn_id="q1")
    answer = caption("Because", final=True, turn_id="a1")
    assert texts(view_after(question, answer, question, answer)) == ["Why?", "Because"]


def test_words_that_turn_out_to_be_nothing_go_away() -> None:
    assert texts(view_after(caption("You"), caption(" "))) == []


def test_a_notice_goes_when_the_candidate_speaks() -> None:
    notice = {"type": "notice", "text": "Take your time."}
    assert view_after(notice, {"type": "state", "state": "paused"})["notice"] == "Take your time."
    assert view_after(notice, caption("So"))["notice"] == ""


def test_the_end_carries_the_last_words() -> None:
    view = view_after({"type": "ended", "text": "Thank you."})
    assert (view["state"], view["ended"]) == ("ended", "Thank you.")


def test_an_unknown_event_changes_nothing() -> None:
    assert view_after({"type": "weather", "text": "rain"}) == view_after()


def test_a_hint_from_the_server_is_shown_and_changes_nothing_else() -> None:
    hint = {"type": "hint", "kind": "dark", "text": "Your picture is dark."}
    view = view_after(hint)
    assert view["hint"] == {"kind": "dark", "text": "Your picture is dark."}
    assert {**view, "hint": None} == view_after()


def test_a_pace_that_was_asked_for_in_words_is_known_to_the_page_each_time() -> None:
    slow, usual = ({"type": "pace", "pace": pace} for pace in ("unhurried", "usual"))
    assert view_after(slow)["pace"] == {"slow": True, "told": 1}
    assert view_after(slow, slow, usual)["pace"] == {"slow": False, "told": 3}
