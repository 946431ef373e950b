"""The API against its own OpenAPI document: requests made from it, good and bad, and every answer as it says."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from starlette.applications import Starlette
from starlette.routing import Mount

from interview_platform import api_v1, routes
from interview_platform.api_v1_operations import OPERATIONS
from tests.api_world import Employer, employer, newcomer
from tests.fakes import HashingEmbeddings

load_all_checks()
positive_data_acceptance = CHECKS.get_one("positive_data_acceptance")
EXAMPLES = 5
NAMES = {one.name: one for one in OPERATIONS}


@pytest.fixture
def of(held) -> Employer:
    held.__dict__["embeddings"] = HashingEmbeddings()
    made = employer(held)
    newcomer(held, made)
    return made


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_answer_is_one_that_the_document_says(of, name, mode) -> None:
    app = Starlette(routes=[Mount(routes.API_V1, app=api_v1.build())])
    schema = schemathesis.openapi.from_asgi(f"{routes.API_V1}/openapi.json", app)
    one = NAMES[name]
    places = {key: value for key, value in of.ids.items() if "{" + key + "}" in one.path}
    wrong = mode == GenerationMode.NEGATIVE
    if wrong and one.body is None and one.query is None and not places:
        pytest.skip("takes nothing that could be wrong")
    given_places = {} if wrong and one.body is None else {"path_parameters": places} if places else {}
    cases = schema[one.path][one.method].as_strategy(generation_mode=mode, **given_places)
    counted = []

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def tried(case: schemathesis.Case) -> None:
        answer = case.call_and_validate(
            headers={"Authorization": f"Bearer {of.keys['write']}"},
            excluded_checks=[positive_data_acceptance],  # a name of spaces, a cursor of no page: 422 is the answer
        )
        counted.append(answer.status_code)

    tried()
    assert counted, "nothing was asked"
