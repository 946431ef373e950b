"""Short-lived TURN credentials as coturn checks them, and who is given what."""

from __future__ import annotations

import hmac
from base64 import b64encode

import pytest

from interview_platform.media.ice import Ice, turn_credentials


@pytest.mark.parametrize(
    ("secret", "name", "expires", "password"),
    [  # each made with: printf %s "EXPIRES:NAME" | openssl dgst -sha1 -hmac SECRET -binary | base64
        ("north", "room", 1_700_000_000, "e/x2uYeiePljXgbo+75KisVoGj0="),
        ("a longer secret with spaces", "3f2a", 1_893_456_000, "yHSEojTt74guzMunZZtHov/SK+c="),
        ("pässwörd", "x:y", 1, "TCKMcldJVM0bljsAWoMyWt1LchA="),
    ],
)
def test_the_password_is_the_one_that_coturn_computes(secret: str, name: str, expires: int, password: str) -> None:
    assert turn_credentials(secret, name, expires) == (f"{expires}:{name}", password)


def test_credentials_expire_after_the_seconds_of_the_setting() -> None:
    ice = Ice(turn=("turn:relay.example:3478",), secret="s", seconds=600, now=lambda: 1_000.7)
    (server,) = ice.servers("room")
    assert server["username"] == "1600:room"
    digest = hmac.digest(b"s", b"1600:room", "sha1")
    assert server["credential"] == b64encode(digest).decode()


def test_the_browser_gets_stun_and_turn_and_how_long_they_hold() -> None:
    ice = Ice(("stun:relay.example:3478",), ("turn:a:1?transport=udp", "turns:a:2?transport=tcp"), "s", 900)
    told = ice.for_browser("room")
    assert (told["policy"], told["seconds"]) == ("all", 900)
    assert [server["urls"] for server in told["servers"]] == [
        ["stun:relay.example:3478"],
        ["turn:a:1?transport=udp", "turns:a:2?transport=tcp"],
    ]
    assert "username" not in told["servers"][0]


def test_without_a_secret_no_relay_is_named_and_without_settings_nothing_is() -> None:
    assert Ice(turn=("turn:relay.example:3478",)).servers("room") == []
    assert Ice().for_browser("room") == {"servers": [], "policy": "all", "seconds": 3600}


def test_relay_only_is_told_to_the_browser_and_the_secret_is_shown_nowhere() -> None:
    ice = Ice(turn=("turn:a:1",), secret="very secret", relay_only=True)
    assert ice.for_browser("room")["policy"] == "relay"
    assert "very secret" not in repr(ice) + str(ice.for_browser("room"))
