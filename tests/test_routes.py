"""Paths, and what is read from them."""

from __future__ import annotations

import pytest

from interview_platform import routes


@pytest.mark.parametrize(
    ("path", "name", "found"),
    [
        (routes.job("abc"), "job_id", "abc"),
        (routes.job("abc") + "/", "job_id", "abc"),
        (routes.report("i1"), "interview_id", "i1"),
        (routes.interview("t.o-k"), "token", "t.o-k"),
        (routes.candidate("abc", "d1"), "job_id", "abc"),
        (routes.candidate("abc", "d1"), "application_id", "d1"),
        ("/jobs/abc/candidates", "application_id", ""),
        (routes.NEW_JOB, "job_id", ""),
        (routes.JOBS, "job_id", ""),
        (routes.job("abc"), "token", ""),
        ("", "token", ""),
    ],
)
def test_a_value_is_read_from_the_path_of_its_own_page_only(path: str, name: str, found: str) -> None:
    assert routes.value(path, name) == found
