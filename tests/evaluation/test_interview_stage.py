"""The stage plays what a persona's job says, and invents nothing for it."""

from __future__ import annotations

import pytest
from sqlmodel import select

from interview_platform.evaluation.interview_stage import stage
from interview_platform.evaluation.personas import Persona
from interview_platform.models import Organisation, Question, session
from interview_platform.ports import Decision, Exchange


class Silent:
    """An interviewer that never asks further."""

    name = label = "silent"

    def decide(self, exchange: Exchange, say: object = None) -> Decision:
        """Accept."""
        return Decision(engine=self.label)


@pytest.mark.parametrize(("values", "asked"), [({}, 0), ({"values": "We say what went wrong."}, 1)])
def test_a_company_that_wrote_no_values_is_not_asked_about_any(values: dict[str, str], asked: int) -> None:
    persona = Persona(name="Baker", job={"title": "Baker", **values})
    with stage(Silent()) as held:
        held.planned(persona)
        with session(held.engine) as db:
            assert db.exec(select(Organisation)).one().values == values.get("values", "")
            on_values = [row for row in db.exec(select(Question)) if row.source.startswith("values")]
    assert len(on_values) == asked
