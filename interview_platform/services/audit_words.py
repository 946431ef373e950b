"""Audit events as sentences. `{}` stands for the thing, which services/audit_things names.

A deed that is not listed is put together from its own name ("hold.set" → "hold: set"), so that nothing is hidden.
"""

from __future__ import annotations

from interview_platform.services.live import REASONS as STOPPED

PHRASES: dict[str, str] = {
    "answer.pasted": "pasted text into an answer in {}",
    "application.decided": "decided about {}",
    "application.decision_undone": "took back the decision about {}",
    "audit.chained": "chained the events from before the audit log had a chain",
    "audit.exported": "downloaded the audit log",
    "audit.verified": "verified the audit log",
    "backup.made": "made a backup",
    "backup.restored": "restored a backup",
    "candidate.created": "first heard of {}",
    "candidate.opened": "looked at {}",
    "candidate.taken": "took {} into the pool of another job",
    "colleague.disabled": "closed the account of {}",
    "colleague.invite_withdrawn": "withdrew the invitation of a colleague",
    "colleague.invited": "invited a colleague",
    "colleague.joined": "joined as a colleague",
    "colleague.role_changed": "changed the role of {}",
    "consent.given": "gave consent for {}",
    "database.copied": "copied the database to Postgres",
    "duplicate.dismissed": "said that two candidates are not the same person",
    "duplicate.found": "found two candidates who may be the same person",
    "duplicate.merged": "merged two candidates into one",
    "duplicate.unmerged": "took two merged candidates apart",
    "erasure.begun": "began a deletion",
    "erasure.done": "finished a deletion",
    "erasure.requested": "asked for a deletion",
    "fairness.read": "looked at the fairness figures",
    "feedback.approved": "approved the feedback to the candidate of {}",
    "feedback.declined": "kept back the feedback to the candidate of {}",
    "feedback.drafted": "drafted feedback to the candidate of {}",
    "feedback.exported": "downloaded the cases that people corrected",
    "hold.lifted": "lifted a legal hold",
    "hold.set": "set a legal hold",
    "intake.paused": "paused the reading of résumés for {}",
    "intake.resumed": "let the reading of résumés for {} go on",
    "interview.commented": "left a note on {}",
    "interview.ended": "ended {}",
    "interview.failed": "could not finish the work after {}",
    "interview.flagged": "flagged something in {}",
    "interview.followed": "followed {} while it ran",
    "interview.launched": "launched {}",
    "interview.rated": "rated {}",
    "interview.reported": "finished the work after {}",
    "interview.started": "started {}",
    "interview.stopped": "ended {} before its time",
    "invite.extended": "extended the link of {}",
    "invite.issued": "made an interview link for {}",
    "invite.opened": "opened the interview link of {}",
    "invite.resent": "sent the interview link of {} again",
    "invite.revoked": "withdrew the interview link of {}",
    "job.blind_first": "changed whether people rate before they see the levels, for {}",
    "job.changed": "changed {}",
    "job.created": "created {}",
    "job.status_changed": "opened or closed {}",
    "judge.replayed": "put the cases that people corrected to the judge again",
    "material.added": "added material: {}",
    "material.removed": "removed material: {}",
    "material.replaced": "replaced material: {}",
    "message.failed": "could not send {}",
    "message.kept": "kept {} in the outbox",
    "message.queued": "wrote {}",
    "message.retried": "tried to send {} again",
    "message.sent": "sent {}",
    "organisation.changed": "changed the company page",
    "organisation.reports": "changed how reports are made",
    "organisation.switched": "changed a setting",
    "outgoing.changed": "changed a webhook",
    "outgoing.created": "made a webhook",
    "outgoing.removed": "removed a webhook",
    "outgoing.repeated": "sent an event of a webhook again",
    "outgoing.switched_off": "switched off a webhook that failed for days",
    "outgoing.tested": "tested a webhook",
    "page.left": "had another tab or window in front during {}",
    "plan.saved": "saved the interview plan of {}",
    "pool.looked_again": "had the first of {} looked at again by a language model",
    "pool.ranked": "ranked the candidates for {}",
    "pool.reweighed": "changed the weights of the ranking for {}",
    "practice.deleted": "deleted a practice interview",
    "practice.started": "started a practice interview",
    "profile.added": "added a profile from another source to {}",
    "recording.played": "played the recording of {}",
    "report.built": "wrote {}",
    "report.exported": "downloaded {}",
    "report.opened": "read the report on {}",
    "report.opened_by_link": "was read by somebody with a link: the report on {}",
    "report.shared": "made a link to the report on {}",
    "report.unshared": "withdrew a link to the report on {}",
    "rescoring.started": "began to score the interviews of {} anew",
    "rescoring.resumed": "let the scoring of {} go on",
    "rescoring.paused": "paused the scoring of {}",
    "rescoring.taking": "began to take over the new reports of {}",
    "rescoring.taken": "took over the new reports of {}",
    "rescoring.dropped": "dropped the new reports of {}",
    "rescoring.failed": "could not score an interview of {} anew",
    "resume.added": "added {}",
    "resume.failed": "could not read {}",
    "resume.parsed": "read {}",
    "resume.removed": "removed a file that could not be read",
    "rubric.saved": "saved the rubric of {}",
    "score.overridden": "changed a level in {}",
    "second_factor.added": "added a second factor to the sign-in",
    "second_factor.removed": "removed a second factor from the sign-in",
    "session.ended": "ended a session",
    "token.created": "made a key for another system",
    "token.revoked": "revoked the key of another system",
    "turn.contested": "contested a part of the transcript",
    "turn.corrected": "corrected the transcript of {}",
    "user.password_changed": "changed a password",
    "work.cancelled": "cancelled background work on {}",
    "work.retried": "had background work on {} taken up again",
    "user.password_reset": "set a new password",
    "user.reset_asked": "asked for a new password",
    "user.signed_in": "signed in",
    "view.changed": "changed a saved view of the pool of {}",
    "view.removed": "removed a saved view of the pool of {}",
    "view.restored": "put back a saved view of the pool of {}",
    "view.saved": "saved a view of the pool of {}",
    "webhook.received": "received {} from another system",
}

KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("jobs", "Jobs and plans", ("job", "plan", "rubric", "intake", "material", "practice")),
    (
        "candidates",
        "Candidates and ranking",
        ("candidate", "resume", "profile", "duplicate", "pool", "view", "webhook"),
    ),
    ("interviews", "Interviews", ("interview", "invite", "consent", "answer", "page", "recording", "meeting", "turn")),
    ("reports", "Reports and levels", ("report", "score", "rescoring", "feedback", "judge", "work")),
    ("decisions", "Decisions", ("application", "review", "contest")),
    ("mail", "E-mails", ("message",)),
    ("people", "Sign-in and colleagues", ("user", "colleague", "second_factor", "session")),
    (
        "settings",
        "Settings and integrations",
        ("organisation", "integration", "hours", "fairness", "outgoing", "token"),
    ),
    ("privacy", "Privacy", ("erasure", "export", "hold", "retention")),
    ("audit", "Audit and backup", ("audit", "backup", "database")),
)
"""What the page's filter offers: key, words, and what the names of its deeds begin with."""

_WHYS = {**STOPPED, "candidate": "the candidate asked for it", "retention": "its time was over"}


def phrase(action: str) -> str:
    """What was done, with `{}` for the thing."""
    held = PHRASES.get(action)
    if held:
        return held
    thing, _, done = action.replace("_", " ").partition(".")
    return f"{thing}: {done or 'done'}, {{}}"


def because(code: str) -> str:
    """A reason that is a word of a closed list, in words."""
    said = _WHYS.get(code, code.replace("_", " "))
    return said[:1].upper() + said[1:]


def meant(words: str) -> list[str]:
    """Deeds whose sentence, or name, holds these words."""
    wanted = words.casefold()
    return [
        action
        for action, said in PHRASES.items()
        if wanted in said.replace("{}", "").casefold() or wanted in action or wanted in action.replace("_", " ")
    ]


def prefixes(kind: str) -> tuple[str, ...]:
    """What the names of a kind's deeds begin with; none for an unknown kind."""
    return next((tuple(f"{name}." for name in names) for key, _, names in KINDS if key == kind), ())
