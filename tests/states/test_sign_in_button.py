"""The sign-in page's button for the organisation's own sign-in."""

from __future__ import annotations

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from interview_platform.pages import sign_in
from interview_platform.states.sign_in import SignInState
from interview_platform.wiring import Platform


def state_at(path: str) -> SignInState:
    root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    root.router = RouterData.from_router_data({"headers": {}, "pathname": "/sign-in", "asPath": path})
    return root.get_substate(SignInState.get_full_name().split("."))


def test_the_button_is_there_only_where_it_is_set_up(held: Platform) -> None:
    assert state_at("/sign-in").single_sign_on == ""
    values = {"oidc_issuer": "https://x.example", "oidc_client_id": "a", "oidc_organisations": "b", "oidc_name": "Acme"}
    held.settings = held.settings.model_copy(update=values)
    assert state_at("/sign-in").single_sign_on == "Acme"


@pytest.mark.parametrize("asked", ["/jobs", "/jobs?a=b&c=d", "//evil.example", "x&error=y", "javascript:x"])
def test_it_leads_to_our_own_route_whatever_was_asked_for(held: Platform, asked: str) -> None:
    from urllib.parse import quote

    address = state_at(f"/sign-in?next={quote(asked, safe='')}").sso_address
    assert address.startswith("/api/sign-in/sso?next=")
    assert address.count("&") == 0


def test_it_is_a_link_that_the_browser_itself_follows() -> None:
    """A link of the pages' own router would look for a page there, and find none."""
    shown = str(sign_in.page().render())
    link = shown[shown.index('id:"single-sign-on"') - 300 : shown.index('id:"single-sign-on"') + 200]
    assert "ReactRouterLink" not in link
    assert "sso_address" in link
