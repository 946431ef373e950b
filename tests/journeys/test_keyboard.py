"""The recruiter's main way without a mouse: sign in, job, pool, candidate, report, decide; the look by arrow keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from interview_platform import routes
from interview_platform.services import seed
from tests.journeys import office
from tests.journeys.conftest import Server, demo_password

pytestmark = pytest.mark.journey
MOST_TABS = 80
SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""
"""Whether the focus can be seen where it is."""


@pytest.fixture
def keys(page: Page) -> Iterator[Page]:
    """A visitor whose every click fails the test."""
    page.add_init_script("addEventListener('pointerdown', () => { window.__touched = true; })")
    yield page
    assert not page.evaluate("window.__touched || false")


def tab_to(page: Page, wanted: str) -> None:
    """Tab until the element is focused; it must then be seen to be."""
    for _ in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            assert page.evaluate(SEEN), f"the focus on {wanted} cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached with Tab; the focus is on {page.evaluate(_FOCUSED)}")


_FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"


def go(page: Page, words: str) -> None:
    """Through the palette to the first place of this name."""
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-search")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_from_signing_in_to_a_decision_without_a_mouse(keys: Page, server: Server, furnished: office.Office) -> None:
    keys.goto(server.address + routes.SIGN_IN)
    tab_to(keys, "input[name=email]")
    keys.keyboard.type(seed.EMAIL)
    tab_to(keys, "input[name=password]")
    keys.keyboard.type(demo_password(server))
    keys.keyboard.press("Enter")
    keys.wait_for_selector("#needs")
    go(keys, "platform clinics")
    keys.wait_for_url(f"**{routes.job(furnished.job)}")
    keys.wait_for_selector("#pool tbody tr")
    tab_to(keys, "#pool tbody button")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("#open-candidate")
    tab_to(keys, "#open-candidate")
    keys.keyboard.press("Enter")
    keys.wait_for_url("**/candidates/*")
    expect(keys.locator("#meetings")).to_be_visible()
    go(keys, "reports")
    keys.wait_for_url(f"**{routes.REPORTS}")
    report = f"main a[href^='{next(place for place in furnished.recruiter if place.startswith('/reports/'))}']"
    keys.wait_for_selector(report)
    tab_to(keys, report)
    keys.keyboard.press("Enter")
    keys.wait_for_selector("#decide")
    tab_to(keys, "#decide")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("[role=dialog]")
    tab_to(keys, "[role=dialog] [role=radio]")
    keys.keyboard.press("Escape")
    expect(keys.locator("[role=dialog]")).to_have_count(0)
    expect(keys.locator("#decide")).to_be_focused()


def test_the_look_is_chosen_with_arrows_kept_and_follows_the_device_only_when_asked(keys: Page, server: Server) -> None:
    keys.emulate_media(color_scheme="light")
    keys.goto(server.address + routes.SIGN_IN)
    html = keys.locator("html")
    expect(html).to_have_class("dark")  # the device's wish is not followed unasked
    keys.fill("input[name=email]", seed.EMAIL)
    keys.fill("input[name=password]", demo_password(server))
    keys.keyboard.press("Enter")
    keys.wait_for_url(server.address + routes.HOME)
    keys.goto(server.address + routes.ACCOUNT)
    keys.wait_for_selector("#look-dark")
    tab_to_any(keys, "#look-dark")
    keys.keyboard.press("ArrowRight")
    expect(html).to_have_class("light")
    keys.reload()
    expect(html).to_have_class("light")
    expect(keys.locator("#look-light")).to_be_checked()
    tab_to_any(keys, "#look-light")
    keys.keyboard.press("ArrowRight")
    keys.emulate_media(color_scheme="dark")
    expect(html).to_have_class("dark")
    keys.emulate_media(color_scheme="light")
    expect(html).to_have_class("light")


def tab_to_any(page: Page, wanted: str) -> None:
    """Tab until it is focused, where a parent shows the focus."""
    for _ in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached with Tab; the focus is on {page.evaluate(_FOCUSED)}")
