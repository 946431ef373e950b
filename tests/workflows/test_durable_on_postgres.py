"""The contract of durable work once more, in the run on Postgres."""

from __future__ import annotations

import os

import pytest

from tests.adapters.test_durable_work import *  # noqa: F403

pytestmark = pytest.mark.skipif("TEST_POSTGRES_URL" not in os.environ, reason="tests/adapters runs it on SQLite")
