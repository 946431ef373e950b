"""axe-core over every page of both sides, at both widths, in both looks: nothing serious or critical."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from interview_platform import routes
from tests.journeys import office
from tests.journeys.candidate import demo_link, to_the_check
from tests.journeys.conftest import Server, sign_in

pytestmark = pytest.mark.journey
RULES = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (1440, 390)
LOOKS = ("dark", "light")
BEFORE = (
    routes.SIGN_IN, routes.SECOND_STEP, routes.FORGOT, routes.reset("made-up"), routes.join("made-up"),
)  # fmt: skip
FINISHED = "() => document.querySelector('h1') && !document.querySelector('.skeleton, .cand-skeleton')"
JUDGE = """async (look) => {
  document.documentElement.classList.remove("dark", "light");
  document.documentElement.classList.add(look);
  const still = new CSSStyleSheet();
  still.replaceSync("* { transition: none !important; animation: none !important }");
  document.adoptedStyleSheets = [still];  // no colour is judged on its way to another
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}"""


@pytest.fixture
def read(browser: Browser) -> Iterator[Page]:
    """A visitor whose every page carries axe-core, without motion."""
    context = browser.new_context(
        reduced_motion="reduce", locale="en-GB", permissions=["camera", "microphone"]
    )  # fmt: skip
    context.add_init_script(RULES)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    """What axe finds serious or critical on the page that is open, at both widths and in both looks."""
    found: list[Any] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for look in LOOKS:
            found += [f"{width} {look} {one}" for one in page.evaluate(JUDGE, look)]
    return [f"{page.url}: {one}" for one in dict.fromkeys(found)]


def visited(page: Page, server: Server, places: tuple[str, ...]) -> list[str]:
    """The faults of all these pages."""
    found = []
    for place in places:
        page.goto(server.address + place)
        page.wait_for_function(FINISHED)
        found += faults(page)
    return found


def test_no_page_of_the_recruiters_side_has_a_serious_fault(
    read: Page, server: Server, furnished: office.Office
) -> None:
    found = visited(read, server, BEFORE)
    sign_in(read, server)
    found += visited(read, server, furnished.recruiter)
    assert not found, "\n".join(found)


def opened(page: Page, *clicks: str) -> list[str]:
    """The faults while what these clicks open is open; closed again by Escape."""
    for click in clicks:
        page.locator(click).first.click()
    page.wait_for_selector("[role=dialog]")
    found = faults(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="hidden")
    return [f"{clicks[-1]}: {one}" for one in found]


def test_no_dialog_of_a_jobs_page_has_a_serious_fault(read: Page, server: Server, furnished: office.Office) -> None:
    sign_in(read, server)
    read.goto(server.address + routes.job(furnished.job))
    read.wait_for_selector("#pool")
    found = []
    for clicks in (
        ("nav button:has-text('Go to'), button:has-text('Go to')",),
        ("#import",),
        ("#save-view",),
        ("#columns",),
        ("#pool button.cell-link",),
        ("#pool th.tick input, #pool th.tick button", "#launch-chosen"),
    ):
        found += opened(read, *clicks)
    assert not found, "\n".join(found)


def test_no_dialog_of_a_report_has_a_serious_fault(read: Page, server: Server, furnished: office.Office) -> None:
    sign_in(read, server)
    read.goto(server.address + next(place for place in furnished.recruiter if place.startswith("/reports/")))
    read.wait_for_selector("#decide")
    found = []
    for click in ("#decide", "#share", "button:has-text('Flag interview')", "#schedule", "#rate-too, #rate"):
        found += opened(read, click)
    assert not found, "\n".join(found)


def test_no_page_of_the_candidates_side_has_a_serious_fault(
    read: Page, server: Server, furnished: office.Office
) -> None:
    found = visited(read, server, furnished.candidates)
    read.goto(server.address + furnished.candidates[0])
    read.click("#begin")
    read.wait_for_selector("#agree")
    found += faults(read)
    to_the_check(read, demo_link(server))
    found += faults(read)
    assert not found, "\n".join(found)
