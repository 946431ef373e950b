"""The app: registers the pages, mounts the API, starts and stops the platform. Nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from interview_platform import api
from interview_platform.pages import candidate, recruiter, shared
from interview_platform.settings import settings
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
    return api.Shield(app, settings().upload_limit_mb * 1_000_000)


app = rx.App(
    stylesheets=["/styles.css", "/candidate.css", "/pool.css", "/interview.css", "/plan.css", "/report.css"],
    api_transformer=[api.build(), shielded],
)
app.register_lifespan_task(lifespan)
recruiter.register(app)
candidate.register(app)
shared.register(app)
