"""Sentences that could stand in an answer to any question (rag_data/stock_talk.yaml), to compare answers with."""

from __future__ import annotations

from functools import lru_cache

import yaml
from pydantic import BaseModel, ConfigDict, Field

from interview_platform.services.agent.bank import RAG_DATA


class StockTalk(BaseModel):
    """The file: sentences by kind."""

    model_config = ConfigDict(extra="forbid")

    would_fit_any_question: list[str] = Field(min_length=10)
    compliments: list[str] = Field(min_length=10)
    to_the_judge: list[str] = Field(min_length=10)


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """All of them. Raises ValueError when the file breaks its schema."""
    held = StockTalk.model_validate(yaml.safe_load((RAG_DATA / "stock_talk.yaml").read_text(encoding="utf-8")))
    return (*held.would_fit_any_question, *held.compliments, *held.to_the_judge)
