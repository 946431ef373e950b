"""The way into a room as a browser takes it: the event wire and the offer, with rooms whose models are simple."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from interview_platform import api, routes
from interview_platform.api_shield import Shield
from interview_platform.media.rooms import RoomParts, Rooms
from interview_platform.wiring import Platform
from tests.media.people import CountingTranscriber, LoudnessDetector, SureTurnModel, ToneVoice, TwoQuestions
from tests.test_api import HERE, invited


@pytest.fixture
def rooms(held: Platform, tmp_path: Path) -> Iterator[Rooms]:
    """One call at most, two questions, predictable models."""
    parts = RoomParts(
        speech_detector=LoudnessDetector,
        transcriber=CountingTranscriber(),
        turn_model=SureTurnModel(),
        voice=ToneVoice(),
        conversation=lambda _: TwoQuestions(),
        record_dir=tmp_path,
    )
    made = Rooms(parts, calls=1)
    held.__dict__["rooms"] = made
    yield made
    made.close()


@pytest.fixture
def client(held: Platform, rooms: Rooms) -> TestClient:
    return TestClient(Shield(api.build(), 1_000_000), follow_redirects=False)


def events(token: str, tab: str) -> str:
    return f"{routes.events(token)}?tab={tab}"


def until(wire: Any, kind: str, **values: Any) -> dict[str, Any]:
    """The first event of this kind with these values."""
    while True:
        event: dict[str, Any] = wire.receive_json()
        if event["type"] == kind and all(event.get(name) == value for name, value in values.items()):
            return event


def test_a_candidate_enters_in_writing_and_is_asked(client: TestClient, held: Platform) -> None:
    token = invited(held, consent=True)
    with client.websocket_connect(events(token, "one"), headers=HERE) as wire:
        wire.send_json({"type": "ping"})
        assert wire.receive_json() == {"type": "pong"}
        wire.send_json({"type": "enter", "mode": "text"})
        entered = until(wire, "entered")
        assert entered["ice"] == {"servers": [], "policy": "all", "seconds": 3600}
        until(wire, "question", number=1)
        wire.send_json({"type": "say", "text": "I measured first."})
        until(wire, "caption", speaker="candidate", text="I measured first.")
        until(wire, "question", number=2)


def test_nothing_is_told_and_nothing_taken_before_entering(client: TestClient, held: Platform) -> None:
    with client.websocket_connect(events(invited(held, consent=True), "one"), headers=HERE) as wire:
        wire.send_json({"type": "say", "text": "Too early."})
        wire.send_text("no json")
        wire.send_json(["no", "command"])
        wire.send_json({"type": "ping"})
        assert wire.receive_json() == {"type": "pong"}


def test_a_second_tab_is_asked_on_the_wire_and_refused_at_the_offer(client: TestClient, held: Platform) -> None:
    token = invited(held, consent=True)
    with client.websocket_connect(events(token, "one"), headers=HERE) as first:
        first.send_json({"type": "enter", "mode": "text"})
        until(first, "entered")
        with client.websocket_connect(events(token, "two"), headers=HERE) as second:
            second.send_json({"type": "enter", "mode": "text"})
            until(second, "elsewhere")
            body = {"sdp": "v=0", "type": "offer", "tab": "two"}
            answer = client.post(routes.offer(token), json=body, headers=HERE)
            assert answer.status_code == 409
            assert "another tab" in answer.json()["error"]
            second.send_json({"type": "enter", "mode": "text", "take": True})
            until(second, "entered")
            until(first, "taken")


def test_an_offer_when_every_room_is_taken_says_that_the_place_is_kept(
    client: TestClient, held: Platform, rooms: Rooms
) -> None:
    with client.websocket_connect(events(invited(held, consent=True), "one"), headers=HERE) as first:
        first.send_json({"type": "enter", "mode": "call"})
        until(first, "entered")
        body = {"sdp": "v=0", "type": "offer", "tab": "two"}
        answer = client.post(routes.offer(invited(held, consent=True)), json=body, headers=HERE)
        assert answer.status_code == 503
        assert "place is kept" in answer.json()["error"]


@pytest.mark.parametrize(("origin", "code"), [("https://evil.example", 4403), ("", 4403)])
def test_another_site_cannot_listen(client: TestClient, held: Platform, origin: str, code: int) -> None:
    path = events(invited(held, consent=True), "one")
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(path, headers={"origin": origin}) as wire,
    ):
        wire.receive_json()
    assert refused.value.code == code


def test_an_unknown_link_is_told_why_and_not_let_in(client: TestClient) -> None:
    with client.websocket_connect(events("made-up", "one"), headers=HERE) as wire:
        assert wire.receive_json()["type"] == "error"
        with pytest.raises(WebSocketDisconnect) as refused:
            wire.receive_json()
    assert refused.value.code == 4401
