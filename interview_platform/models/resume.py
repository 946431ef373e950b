"""A résumé, or another source about a person, as it came, and what was read from it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Resume(SQLModel, table=True):
    """One source. `facts` is the shape of services/resumes.ResumeFacts; spans index `text`."""

    id: str = id_field()
    organisation_id: str = ref_field("organisation")
    job_id: str | None = ref_field("job", nullable=True, ondelete="SET NULL")
    candidate_id: str | None = ref_field("candidate", nullable=True)
    source: str = "resume"  # resume | linkedin_pdf | linkedin_export | github | table | webhook
    filename: str = Field(max_length=255)
    media_type: str = Field(default="", max_length=100)
    blob_key: str = Field(max_length=300)
    sha256: str = Field(max_length=64, index=True)
    bytes: int = 0
    status: str = "queued"  # queued | parsed | failed
    error: str = ""  # for the recruiter: what is wrong and the way out
    text: str = ""
    pages: int = 0
    unseen: Json = json_field()  # [{"kind", "page", "text", "count"}]: in the file, but not for people's eyes
    checked: bool = False  # whether the file was checked for text that nobody sees
    facts: Json = json_field(dict)
    created_at: datetime = time_field()
