"""A candidate's data being deleted, and afterwards the receipt of it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Erasure(SQLModel, table=True):
    """One deletion. Its id is the receipt's number. Once done, it holds ids, kinds and counts: nothing of a person."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    asked_by: str = Field(max_length=80)  # "user:<id>" | "invite:<id>" | "system", as in the audit log
    reason: str = Field(max_length=40)  # candidate | recruiter | retention | restored
    scope: str = Field(default="person", max_length=20)  # person | application (the rest of the person stays)
    status: str = Field(default="waiting", max_length=20, index=True)  # waiting | held | sweeping | done
    why: str = ""  # why it waits, for people; no personal data
    roots: Json = json_field(dict)  # {table: [id]}: where the deletion begins
    ids: Json = json_field(dict)  # {table: [id]}: what belonged to the person, to find it again after a restore
    left: Json = json_field(dict)  # what outside the database is still to be removed; emptied when done
    counts: Json = json_field(dict)  # {kind: number}: the receipt
    told: bool = False  # whether the receipt's e-mail was given to the mailer
    tries: int = 0
    requested_at: datetime = time_field()
    due_at: datetime = time_field()  # by law at the latest
    done_at: datetime | None = time_field(nullable=True)
