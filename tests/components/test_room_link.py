"""How the page keeps its way to the server up: room_link.js and room_call.js in virtual time, no browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.components.javascript import printed

LINK = Path("interview_platform/components/room_link.js").resolve()
WORLD = Path("tests/components/room_world.js").resolve()


def run(script: str) -> Any:
    """What the script hands to `show`."""
    whole = f"""
        import {{ linkOf, pass, world }} from {json.dumps(str(WORLD))};
        const {{ RoomLink }} = await import({json.dumps(str(LINK))});
        const show = (value) => console.log(JSON.stringify(value));
        {script}
        process.exit(0);
    """
    return printed(whole)


def test_a_call_is_made_once_the_room_is_entered_and_carries_the_tabs_name() -> None:
    states, posts, url = run("""
        const { link, told } = linkOf(RoomLink);
        link.start(); await pass(1);
        show([told.states, world.posts, world.sockets[0].url]);
    """)
    assert states == ["connecting", "connected"]
    assert posts == [{"sdp": "offer", "type": "offer", "tab": "t1"}]
    assert url == "wss://interviews.example/events?tab=t1"


@pytest.mark.parametrize("cut", [3, 7, 20, 90])
def test_after_a_cut_of_any_length_the_call_stands_again_within_five_seconds(cut: int) -> None:
    states, took = run(f"""
        const {{ link, told }} = linkOf(RoomLink);
        link.start(); await pass(3);
        world.online = false; world.connects = false; await pass({cut});
        world.online = true; world.connects = true;
        let took = 0;
        while (told.states.at(-1) !== "connected" && took < 30) {{ await pass(0.1); took += 0.1; }}
        show([told.states, took]);
    """)
    assert states[:2] == ["connecting", "connected"]
    assert states[-1] == "connected"
    assert took < 5


def test_a_dead_call_is_noticed_by_its_heart_although_the_browser_says_nothing() -> None:
    states, peers = run("""
        const { link, told } = linkOf(RoomLink);
        link.start(); await pass(3);
        world.peers[0].heart.onmessage = null;
        await pass(7);
        show([told.states, world.peers.length]);
    """)
    assert states == ["connecting", "connected", "reconnecting", "connected"]
    assert peers == 2


def test_a_restarted_server_that_knows_of_no_call_gets_a_new_one_at_once() -> None:
    peers, states = run("""
        const { link, told } = linkOf(RoomLink);
        link.start(); await pass(3);
        world.sockets[0].drop(); await pass(0.6);
        show([world.peers.length, told.states]);
    """)
    assert peers == 2
    assert states[-1] == "connected"


def test_a_wire_that_drops_alone_leaves_a_living_call_as_it_is() -> None:
    assert run("""
        const { link, told } = linkOf(RoomLink);
        link.start(); await pass(3);
        const usual = world.answer;
        world.answer = (asked) => ({ ...usual(asked), calling: true });
        world.sockets[0].drop(); await pass(5);
        show([world.peers.length, told.states.at(-1)]);
    """) == [1, "connected"]


def test_a_call_that_never_comes_is_said_to_be_blocked_and_tried_on() -> None:
    first, then, states = run("""
        world.connects = false;
        const { link, told } = linkOf(RoomLink);
        link.start(); await pass(9);
        const first = told.last.blocked;
        await pass(10);
        const then = told.last.blocked;
        world.connects = true; await pass(12);
        show([first, then, told.states]);
    """)
    assert (first, then) == (False, True)
    assert states[-1] == "connected"


def test_writing_needs_no_call_and_goes_over_to_one_and_back() -> None:
    before, after, back = run("""
        const { link, told } = linkOf(RoomLink, { mode: "text" });
        link.start(); await pass(1);
        const before = [told.states.at(-1), world.peers.length];
        link.change("call", { getTracks: () => [] }); await pass(1);
        const after = [told.states.at(-1), world.peers.length];
        link.change("text", { getTracks: () => [] }); await pass(1);
        show([before, after, [told.states.at(-1), world.peers[0].connectionState]]);
    """)
    assert before == ["connected", 0]
    assert after == ["connected", 1]
    assert back == ["connected", "closed"]


def test_what_is_sent_without_a_connection_goes_out_once_when_it_stands_again() -> None:
    assert run("""
        const { link } = linkOf(RoomLink, { mode: "text" });
        link.start(); await pass(1);
        world.sockets[0].drop();
        link.send({ type: "say", text: "kept" });
        await pass(2);
        show(world.sockets.flatMap((one) => one.sent).filter((m) => m.type === "say"));
    """) == [{"type": "say", "text": "kept"}]


def test_in_the_lobby_the_place_is_told_and_the_call_made_when_let_in() -> None:
    places, peers, states = run("""
        const usual = world.answer;
        world.answer = () => ({ type: "lobby", place: 2 });
        const { link, told } = linkOf(RoomLink);
        link.start(); await pass(1);
        const places = [told.last.place];
        world.sockets[0].hear({ type: "lobby", place: 1 }); await pass(1);
        places.push(told.last.place);
        const before = world.peers.length;
        world.sockets[0].hear(usual({ mode: "call" })); await pass(1);
        show([places, [before, world.peers.length], told.states]);
    """)
    assert places == [2, 1]
    assert peers == [0, 1]
    assert states == ["connecting", "lobby", "connecting", "connected"]


@pytest.mark.parametrize("kind", ["elsewhere", "taken"])
def test_another_tab_ends_every_try_here(kind: str) -> None:
    states, sockets = run(f"""
        const {{ link, told }} = linkOf(RoomLink);
        link.start(); await pass(1);
        world.sockets[0].hear({{ type: "{kind}" }}); await pass(60);
        show([told.states, world.sockets.length]);
    """)
    assert states[-1] == kind
    assert sockets == 1


def test_consent_is_told_once_and_not_again_after_a_reconnect() -> None:
    assert run("""
        const { link } = linkOf(RoomLink, { take: true });
        link.start(); await pass(1);
        world.sockets[0].drop(); await pass(2);
        show(world.sockets.flatMap((one) => one.sent).filter((m) => m.type === "enter").map((m) => m.take));
    """) == [True, False]


@pytest.mark.parametrize(("code", "status"), [(4401, 0), (0, 410)])
def test_a_link_that_opens_nothing_any_more_is_not_tried_again(code: int, status: int) -> None:
    states = run(f"""
        if ({status}) world.reply = {{ status: {status}, said: {{ error: "It has ended." }} }};
        const {{ link, told }} = linkOf(RoomLink);
        link.start(); await pass(1);
        if ({code}) world.sockets[0].drop({code}, "It has ended."); await pass(60);
        show([told.states.at(-1), told.last.trouble, world.sockets.length]);
    """)
    assert states == ["refused", "It has ended.", 1]
