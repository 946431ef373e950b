"""The services' own tests once more, on Postgres: what holds on SQLite holds in production."""

from __future__ import annotations

import re

from tests import on_postgres


def test_the_services_tests_pass_on_postgres_too() -> None:
    run = on_postgres.started().result()  # begun with the first test of a service, see conftest
    assert run.returncode == 0, run.stdout[-6000:]
    assert int(re.findall(r"(\d+) passed", run.stdout)[-1]) >= 300
