"""How a job's pool is looked at: views with a name, and each person's habits."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class PoolView(SQLModel, table=True):
    """A search, filters, an order and columns under one name; one person's, or the team's when shared."""

    __tablename__ = "pool_view"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    job_id: str = ref_field("job")
    user_id: str = ref_field("user_account")  # who made it
    name: str = Field(max_length=60)
    shared: bool = False
    search: str = Field(default="", max_length=200)
    stage: str = Field(default="", max_length=20)
    requirement: str = Field(default="", max_length=200)
    conditions_met: bool = False
    sort: str = Field(default="match", max_length=10)  # one of pool_query.ORDERS
    columns: Json = json_field()  # [one of pool_views.COLUMNS]
    removed_at: datetime | None = time_field(nullable=True)  # kept for a day, so that it can be put back
    created_at: datetime = time_field()


class PoolHabit(SQLModel, table=True):
    """The columns one person last chose, and the view each job opens with."""

    __tablename__ = "pool_habit"

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    user_id: str = Field(foreign_key="user_account.id", unique=True, ondelete="CASCADE", max_length=32)
    columns: Json = json_field()  # [one of pool_views.COLUMNS]
    defaults: Json = json_field(dict)  # {job id: view id}
    created_at: datetime = time_field()
