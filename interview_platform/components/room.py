"""The camera check and the live room, spoken or written, as one React component (room.jsx and what is beside it)."""

import reflex as rx

_MODULES = (
    "room_devices.js",
    "room_tab.js",
    "room_link.js",
    "room_away.js",
    "room_call.js",
    "room_events.js",
    "room_hints.js",
    "room_options.jsx",
    "room_parts.jsx",
    "room_check.jsx",
    "room_blocked.jsx",
    "room_lobby.jsx",
    "room_typing.jsx",
    "room_messages.jsx",
    "room_live.jsx",
)
for _module in _MODULES:
    rx.asset(_module, shared=True)  # imported by room.jsx from the same folder
_room = rx.asset("room.jsx", shared=True)


def _text(value: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (value,)


def _on(value: rx.Var[bool]) -> tuple[rx.Var[bool]]:
    return (value,)


class Room(rx.NoSSRComponent):
    """Devices, peer connection, event socket, captions and controls. Live updates stay in the browser."""

    library = _room.importable_path
    tag = "Room"
    lib_dependencies: list[str] = ["lucide-react@1.26.0"]  # the version reflex's own icons come from

    offer_url: rx.Var[str]
    events_url: rx.Var[str]
    mode: rx.Var[str]  # check | room
    active: rx.Var[bool]
    with_camera: rx.Var[bool]
    returning: rx.Var[bool]  # some of the interview has been held: other words, no other behaviour
    elapsed: rx.Var[int]  # seconds of it that were held before this page was loaded
    more_time: rx.Var[bool]  # the person has asked for more time

    on_ready: rx.EventHandler[rx.event.no_args_event_spec]  # devices work and the person wants to start
    on_ended: rx.EventHandler[_text]  # the interviewer's closing words
    on_more_time: rx.EventHandler[_on]
    on_problem: rx.EventHandler[_text]  # one of PROBLEMS of states/candidate.py


room = Room.create
