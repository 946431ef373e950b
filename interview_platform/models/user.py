"""A person on the employer's side."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import id_field, ref_field, time_field


class User(SQLModel, table=True):
    """Signs in with e-mail and password (argon2)."""

    __tablename__ = "user_account"  # `user` is a reserved word in Postgres

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    email: str = Field(max_length=320, unique=True)  # kept in lower case
    name: str = Field(max_length=200)
    role: str = "recruiter"  # owner | recruiter | hiring_manager | reviewer | auditor
    password_hash: str
    disabled: bool = False
    created_at: datetime = time_field()
