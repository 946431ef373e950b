"""What the interview showed."""

from datetime import datetime

from sqlmodel import SQLModel

from interview_platform.models.base import Json, id_field, json_field, ref_field, time_field


class Report(SQLModel, table=True):
    """One version of the report on one interview; the newest counts. Numbers are derived from Score rows."""

    id: str = id_field()
    interview_id: str = ref_field("interview")
    status: str = "ready"  # working | ready | failed
    error: str = ""
    overall: float | None = None  # 1..5, None = not assessed
    overall_low: float | None = None
    overall_high: float | None = None
    coverage: float = 0.0  # share of the rubric's weight that was assessed, 0..1
    groups: Json = json_field(dict)  # {"technical": float | None, "communication": …, …}
    strengths: Json = json_field()  # [{"text", "turn_id", "quote"}]
    concerns: Json = json_field()  # [{"text", "turn_id" | None, "quote"}]
    recommendation: str = ""  # strong_yes | yes | mixed | no | "" = none, too little was assessed
    tone: Json = json_field()  # [{"speaker", "turn_id", "quote", "kind", "note"}]: bias and tone of wording
    judge: str = ""  # label shown to people
    provisional: bool = False  # made before the transcript of record was whole
    rubric: Json = json_field(dict)  # what it was judged by, whole: services/scoring/rubric.snapshot
    versions: Json = json_field(dict)  # {"rubric", "engine", "prompt", "code", …}: what made it
    fairness: Json = json_field(dict)  # the counterfactual check: services/scoring/fairness
    seal: Json = json_field(dict)  # digests over all of it: services/seals
    created_at: datetime = time_field()
