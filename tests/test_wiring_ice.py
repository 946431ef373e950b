"""The settings of STUN and TURN as the rooms get them."""

from __future__ import annotations

from pathlib import Path

from interview_platform.settings import Settings
from interview_platform.wiring import ice_of


def test_addresses_are_separated_by_commas_and_the_secret_signs_credentials(tmp_path: Path) -> None:
    chosen = Settings(
        data_dir=tmp_path,
        stun_urls="stun:a:3478",
        turn_urls=" turn:a:3478?transport=udp, turns:a:5349?transport=tcp ,",
        turn_secret="s",  # type: ignore[arg-type]
        turn_seconds=600,
        turn_only=True,
    )
    told = ice_of(chosen).for_browser("room")
    assert [server["urls"] for server in told["servers"]] == [
        ["stun:a:3478"],
        ["turn:a:3478?transport=udp", "turns:a:5349?transport=tcp"],
    ]
    assert told["servers"][1]["username"].endswith(":room")
    assert (told["policy"], told["seconds"]) == ("relay", 600)


def test_without_settings_nothing_outside_is_asked(tmp_path: Path) -> None:
    assert ice_of(Settings(data_dir=tmp_path, stun_urls="", turn_urls="")).servers("room") == []
