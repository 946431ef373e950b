"""Fixtures that tests of several services share."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.models import session
from interview_platform.services.access import Actor
from tests import builders


@pytest.fixture
def blobs(tmp_path: Path) -> LocalFiles:
    """Local files."""
    return LocalFiles(tmp_path / "files", builders.SECRET, "http://localhost")


@pytest.fixture
def job(engine: Engine) -> tuple[str, Actor]:
    """A job's id and the recruiter whose it is."""
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        return builders.job(db, actor).id, actor


@pytest.fixture(scope="session")
def minilm() -> Embeddings:
    """The product's own sentence encoder, for tests marked `models`."""
    from interview_platform.adapters.sentence_embedder import SentenceEmbedder
    from interview_platform.settings import settings

    return SentenceEmbedder(settings().cache_dir / "minilm")
