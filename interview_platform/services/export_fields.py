"""Which columns of which table a candidate gets in the copy of the data, and what stays out for which reason."""

from __future__ import annotations

OWN: dict[str, tuple[str, ...]] = {
    "candidate": ("name", "email", "phone", "location", "headline", "links", "created_at"),
    "resume": ("source", "filename", "media_type", "bytes", "status", "text", "pages", "unseen", "facts", "created_at"),
    "application": ("stage", "created_at"),
    "match": ("conditions", "ranker", "created_at"),
    "invite": ("created_at", "opened_at", "expires_at", "revoked_at"),
    "consent": ("version", "items", "text_sha256", "given_at"),
    "interview": ("status", "interviewer", "started_at", "ended_at", "ended_by", "created_at"),
    "question": ("text",),
    "turn": ("position", "speaker", "kind", "text", "started_seconds", "ended_seconds", "created_at"),
    "recording": ("part", "media_type", "offset_seconds", "seconds", "bytes", "sha256", "created_at"),
    "signal": ("source", "name", "value", "unit", "at_seconds", "note"),
    "report": ("status", "judge", "provisional", "versions", "created_at"),
    "correction": ("before", "text", "created_at"),
    "correction_request": ("text", "status", "answer", "created_at", "decided_at"),
    "human_review": ("text", "status", "outcome", "answer", "due_at", "created_at", "answered_at"),
    "candidate_question": ("about", "text", "status", "created_at"),
    "message": ("purpose", "to_address", "subject", "text", "status", "created_at", "sent_at"),
    "booking": ("provider", "minutes", "note", "place", "url", "status", "starts_at", "zone", "wish", "created_at"),
    "access_export": ("status", "created_at", "expires_at"),
    "legal_hold": ("set_at", "lifted_at"),
}

LEFT_OUT: dict[str, str] = {
    "score": "Levels follow a rubric that is the employer's; what your answers showed stands in report.txt.",
    "evidence": "The rubric's points are the employer's; your quotes stand in report.txt.",
    "override": "Levels set by people of the employer; what they decided is in the stage of your application.",
    "rating": "Levels and notes of single people of the employer.",
    "feedback": "Notes between people of the employer; the decision is in the stage of your application.",
    "candidate_feedback": "The words of feedback that were released to you stand in feedback.txt.",
    "report_link": "Links that the employer made to your report; they hold nothing of yours.",
    "duplicate": "That two entries of yours were found to be one person.",
    "busy_time": "Which minutes of a colleague's day a meeting with you takes.",
}

NOT_OF_FACTS = ("ranking", "sketch")
"""Of a résumé's facts: made of it for comparing, without a word that is not in the text."""
