"""Pictures of the running product for the README, at 1440 and 390 px: `make screenshots` beside `make run`.

Signs in as the demo's recruiter and opens the demo's interview link with a fake camera. The report shown is that of
the newest interview, so hold one first (`rehearse` does).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from interview_platform import routes
from interview_platform.models import Interview, Job, make_engine, session
from interview_platform.services import seed
from interview_platform.settings import PROJECT, settings
from interview_platform.wiring import secret_key
from scripts.machine import find_browser

OUT = PROJECT / "docs" / "screenshots"
WIDTHS = {1440: 900, 390: 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


def main() -> int:
    """Take all of them; exit code 1 when there is nothing to show."""
    path = find_browser()
    if path is None:
        print("No Chromium found. Install one and try again.", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as held:
        browser = held.chromium.launch(executable_path=path, args=FLAGS)
        for width, height in WIDTHS.items():
            _recruiter(browser, width, height)
        for width, height in WIDTHS.items():
            _candidate(browser, width, height)
        browser.close()
    return 0


@contextmanager
def _visitor(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, permissions=["camera", "microphone"], locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def _keep(page: Page, name: str, width: int) -> None:
    page.wait_for_timeout(1500)
    page.screenshot(path=OUT / f"{name}-{width}.png")
    print(f"docs/screenshots/{name}-{width}.png")


def _recruiter(browser: Browser, width: int, height: int) -> None:
    address = settings().address
    with _visitor(browser, width, height) as page:
        page.goto(address + routes.SIGN_IN)
        _keep(page, "sign-in", width)
        page.fill("input[name=email]", seed.EMAIL)
        page.fill("input[name=password]", (settings().data_dir / "demo-password").read_text().strip())
        page.click("button[type=submit]")
        page.wait_for_url(address + routes.HOME)
        for name, path in _recruiter_pages():
            page.goto(address + path)
            _keep(page, name, width)


def _recruiter_pages() -> list[tuple[str, str]]:
    """Name and path of each page, the newest job and the newest report among them."""
    from sqlmodel import col, select

    pages = [
        ("home", routes.HOME),
        ("jobs", routes.JOBS),
        ("new-job", routes.NEW_JOB),
        ("interviews", routes.INTERVIEWS),
        ("reports", routes.REPORTS),
        ("questions", routes.QUESTIONS),
        ("outbox", routes.OUTBOX),
        ("audit", routes.AUDIT),
        ("settings", routes.SETTINGS),
    ]
    with session(make_engine(settings().database)) as db:
        job = db.exec(select(Job).order_by(col(Job.created_at))).first()
        done = select(Interview).where(Interview.status == "reported").order_by(col(Interview.ended_at).desc())
        interview = db.exec(done).first()
    if job:
        pages.append(("pool", routes.job(job.id)))
    if interview:
        pages.append(("report", routes.report(interview.id)))
    return pages


def _candidate(browser: Browser, width: int, height: int) -> None:
    """The welcome, the check and the room, in an interview of the demo. The link can be used again."""
    with session(make_engine(settings().database)) as db:
        link = seed.demo_link(db, secret_key(settings()), settings().address)
    if link is None:
        return
    with _visitor(browser, width, height) as page:
        page.goto(link)
        page.wait_for_selector("[data-step]")
        if page.locator("[data-step=welcome]").count():
            _keep(page, "welcome", width)
            page.click("#begin")
            page.wait_for_selector("#agree")
            _keep(page, "consent", width)
            for box in page.locator("input[type=checkbox]").all():
                box.check()
            page.click("#agree:enabled")
        page.click("#devices-on")
        page.wait_for_selector("#start")
        _keep(page, "check", width)
        page.click("#start:enabled")
        page.wait_for_selector("[data-room-state=speaking]")
        page.wait_for_timeout(6000)
        _keep(page, "room", width)


if __name__ == "__main__":
    sys.exit(main())
