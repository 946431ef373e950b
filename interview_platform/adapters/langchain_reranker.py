"""Any LangChain chat model as Reranker: one call a candidate, structured output with required fields only.

Candidates are graded alone, so that none's text or place can move another's grades.
"""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from pydantic import BaseModel, Field

from interview_platform.adapters.langchain_chat import bound, many, numbered, prompt, whole
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Grade

_AT_ONCE = 5
_MOST_CHARACTERS = 12_000
_JOB_CHARACTERS = 4_000


class RequirementGrade(BaseModel):
    """One requirement's grade."""

    requirement_number: int = Field(description="number of the requirement, from 1")
    level: int = Field(description="0 nothing shows it, 1 little, 2 much, 3 fully", ge=0, le=3)
    quote: str = Field(description="words copied from the résumé; empty for 0")


class Grades(BaseModel):
    """What the model gives back for one candidate."""

    grades: list[RequirementGrade]


class LangChainReranker:
    """Reranker over a chat model."""

    name = "langchain"

    def __init__(self, model: BaseChatModel, label: str) -> None:
        self.label = label
        self._model = bound(model, Grades)

    def grade(self, job: str, requirements: Sequence[str], texts: Sequence[str]) -> list[Grade]:
        """Grades of every candidate and requirement; quotes are only claimed. Raises ServiceUnavailable."""
        if not requirements or not texts:
            return []
        asked = [self._asked(job, requirements, text) for text in texts]
        answers = many(self._model, asked, at_once=_AT_ONCE)
        return [
            Grade(candidate, made.requirement_number - 1, made.level, made.quote.strip())
            for candidate, answer in enumerate(answers)
            for made in _whole(whole(answer, Grades), len(requirements))
        ]

    def _asked(self, job: str, requirements: Sequence[str], text: str) -> list[BaseMessage]:
        stable = {"job": job[:_JOB_CHARACTERS], "requirements": numbered(requirements)}
        return prompt("reranker").messages(stable, {"answer": text[:_MOST_CHARACTERS]})


def _whole(made: Grades, requirements: int) -> list[RequirementGrade]:
    """The grades, if every requirement was graded once."""
    if sorted(grade.requirement_number for grade in made.grades) != list(range(1, requirements + 1)):
        raise ServiceUnavailable("The language model did not grade every requirement once.")
    return made.grades
