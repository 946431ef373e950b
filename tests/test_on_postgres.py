"""The services' own tests once more, on Postgres: what holds on SQLite holds in production."""

from __future__ import annotations

import re

import pytest

from tests import on_postgres


@pytest.mark.skipif(not on_postgres.PACKAGED, reason="this platform has no packaged Postgres")
def test_the_services_tests_pass_on_postgres_too() -> None:
    code, said = on_postgres.started().finished()  # begun with the first test of a service, see conftest
    assert code == 0, said[-6000:]
    assert int(re.findall(r"(\d+) passed", said)[-1]) >= 300
