"""The product's guard and routes, without its pages, behind the web server it is shipped with and as it is set there.

Run as `python -m tests.attacks.small_server PORT`; the times are shorter, so that no test waits for them.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from sqlmodel import SQLModel

from interview_platform.cli.serving import guards

HEADER_SECONDS = BODY_SECONDS = 1.0
LIMIT_BYTES = 100_000


def worker() -> Any:
    """What the web worker runs."""
    from interview_platform import api
    from interview_platform.api_shield import Shield
    from interview_platform.wiring import platform

    SQLModel.metadata.create_all(platform().engine)
    return Shield(api.build(), LIMIT_BYTES, os.environ["PUBLIC_URL"], None, api.may_upload, BODY_SECONDS)


if __name__ == "__main__":
    Granian(
        "tests.attacks.small_server:worker",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        factory=True,
        **guards(HEADER_SECONDS),
    ).serve()
