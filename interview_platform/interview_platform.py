"""The app: registers the pages, mounts the API, starts and stops the platform. Nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from interview_platform import api
from interview_platform.api_shield import Shield
from interview_platform.pages import candidate, interview_time, meeting, recruiter, shared
from interview_platform.settings import PROJECT, settings
from interview_platform.wiring import platform


@asynccontextmanager
async def lifespan() -> AsyncIterator[None]:
    """Finish what a crash left undone, load the models while the first page is read; stop everything at the end."""
    held = platform()
    warming = asyncio.create_task(asyncio.to_thread(held.warm))
    try:
        yield
    finally:
        warming.cancel()
        await asyncio.to_thread(held.close)


def shielded(app):  # type: ignore[no-untyped-def]
    """Reflex and our routes behind one guard."""
    chosen = settings()
    built = PROJECT / ".web" / "build" / "client"
    return Shield(app, chosen.upload_limit_mb * 1_000_000, chosen.address, built, api.may_upload)


app = rx.App(
    stylesheets=[
        "/styles.css",
        "/candidate.css",
        "/pool.css",
        "/interview.css",
        "/plan.css",
        "/report.css",
        "/rights.css",
        "/meetings.css",
        "/audit.css",
        "/account.css",
        "/fairness.css",
        "/other_systems.css",
    ],
    api_transformer=[api.build(), shielded],
)
app.register_lifespan_task(lifespan)
recruiter.register(app)
candidate.register(app)
shared.register(app)
meeting.register(app)
interview_time.register(app)
