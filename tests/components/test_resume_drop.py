"""Uploads by our own drop zone."""

from __future__ import annotations

from reflex_components_core.core.upload import Upload

from interview_platform.components import resume_drop


def test_the_server_takes_uploads_although_the_frameworks_own_component_is_not_used() -> None:
    """Reflex mounts its upload address only where this is set, or where an earlier build left a mark."""
    assert resume_drop.ResumeDrop
    assert Upload.is_used
