"""Reflex's own settings; the product's are in interview_platform/settings.py."""

import reflex as rx

from interview_platform.settings import settings

_s = settings()

config = rx.Config(
    app_name="interview_platform",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    default_color_mode="dark",
    frontend_port=_s.port,
    backend_port=_s.port,
    cors_allowed_origins=[_s.address, f"http://127.0.0.1:{_s.port}", f"http://localhost:{_s.port}"],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
