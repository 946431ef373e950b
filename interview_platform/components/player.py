"""The recording beside its transcript, and quotes that play it (player.jsx)."""

import reflex as rx

_asset = rx.asset("player.jsx", shared=True)


def _turn_id(turn_id: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (turn_id,)


class ReviewPlayer(rx.NoSSRComponent):
    """`turns`: [{id, who, speaker, kind, text, because, start, shown, end, flags}], seconds (`shown`: since the start,
    time spent writing included; the others on the recording's timeline); `chapters`: [{id, label, text, start}].
    `captions`: the transcript as WebVTT, shown over the recording and offered as a file. `missing` is said
    where there is no recording."""

    library = _asset.importable_path
    tag = "ReviewPlayer"

    src: rx.Var[str]
    missing: rx.Var[str]
    turns: rx.Var[list[dict[str, str | float]]]
    chapters: rx.Var[list[dict[str, str | float]]]
    captions: rx.Var[str]
    on_flag: rx.EventHandler[_turn_id]
    on_played: rx.EventHandler[rx.event.no_args_event_spec]


class SeekButton(rx.NoSSRComponent):
    """A quote; a click plays the recording from `at` seconds (below 0: no time is known)."""

    library = _asset.importable_path
    tag = "SeekButton"

    at: rx.Var[float]
    text: rx.Var[str]


review_player = ReviewPlayer.create
seek_button = SeekButton.create
