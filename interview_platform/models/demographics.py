"""Voluntary demographics, kept apart: nobody can tell from this table whose row is whose, or read what it says."""

from sqlmodel import Field, SQLModel

from interview_platform.models.base import ref_field


class Demographics(SQLModel, table=True):
    """One person's answers. There is no time in it and no key to any other row of the person, on purpose.

    Only services/demographics reads it (import contract in pyproject.toml).
    """

    id: str = Field(primary_key=True, max_length=64)  # HMAC of the candidate's id under the demographics key
    organisation_id: str = ref_field("organisation")
    sealed: str = Field(max_length=400)  # AES-GCM under another part of that key; always of the same length
