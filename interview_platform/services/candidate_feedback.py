"""A few words to the candidate after the interview: what was verifiably good, one hint, no score, no promise.

Drafted from the final report; shown at once, after a person has read it, or not at all, as the organisation chose.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import CandidateFeedback, Interview, Organisation, Turn, now
from interview_platform.services import access, audit, reports
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.analysis import language
from interview_platform.services.report_plain import shortened, to_you
from interview_platform.services.report_view import EvidenceView, ReportView

OFF, APPROVE, ON = "off", "approve", "on"
MODES = (OFF, APPROVE, ON)
DRAFT, SHOWN, WITHHELD = "draft", "shown", "withheld"
MOST_STRENGTHS = 3
LONGEST = 3000
_ENOUGH_WORDS = 5
"""A quote shorter than this tells nobody anything."""

_THANKS = "Thank you for taking the time and for your answers."
_OTHERWISE = "We read every answer with care."
_NO_DECISION = "This is feedback on what you said, not a decision. A person will read your interview and get in touch."
_GENERAL_HINT = (
    "One idea for a next interview: add a date or a figure where you can. It makes a good account easier to follow."
)


@dataclass(frozen=True)
class Draft:
    """`strengths`: {"text", "quote", "turn_id"} of points that were met; `text`: the whole."""

    strengths: tuple[dict[str, str], ...]
    hint: str
    text: str


def draft(view: ReportView) -> Draft:
    """The words for a report: the same report always gives the same words."""
    strengths = tuple(_strengths(view))
    hint = _hint(view)
    praise = [f"- Your answer {held['text']}: “{held['quote']}”" for held in strengths]
    said = ["What stood out in your own words:", *praise] if praise else [_OTHERWISE]
    return Draft(strengths, hint, "\n".join([_THANKS, "", *said, "", hint, "", _NO_DECISION]))


def prepare(db: Session, interview_id: str) -> CandidateFeedback | None:
    """Draft the feedback for a final report; what a person changed or decided stays. None where it is switched off."""
    interview = db.get(Interview, interview_id)
    report = reports.newest(db, interview_id)
    organisation = db.get(Organisation, interview.organisation_id) if interview else None
    ready = report is not None and report.status == "ready" and not report.provisional
    if interview is None or organisation is None or report is None or not ready or interview.practice:
        return None
    if organisation.candidate_feedback == OFF:
        return None
    row = of(db, interview_id) or CandidateFeedback(organisation_id=organisation.id, interview_id=interview_id)
    if row.decided_at is not None:
        return row
    made = draft(reports.seen(db, interview))
    row.report_id, row.strengths, row.hint, row.text = report.id, list(made.strengths), made.hint, made.text
    row.status = SHOWN if organisation.candidate_feedback == ON else DRAFT
    db.add(row)
    audit.record(db, access.system(organisation.id), "feedback.drafted", f"interview:{interview_id}", status=row.status)
    return row


def of(db: Session, interview_id: str) -> CandidateFeedback | None:
    """The interview's feedback, whatever its status."""
    return db.exec(select(CandidateFeedback).where(CandidateFeedback.interview_id == interview_id)).first()


def for_reader(db: Session, actor: Actor, interview_id: str) -> CandidateFeedback | None:
    """The same for somebody of the organisation. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    return of(db, access.interview(db, actor, interview_id).id)


def for_candidate(db: Session, interview_id: str) -> str:
    """What the candidate reads; "" while there is nothing to read."""
    row = of(db, interview_id)
    return row.text if row is not None and row.status == SHOWN else ""


def approve(db: Session, actor: Actor, interview_id: str, text: str) -> CandidateFeedback:
    """Show it to the candidate, as `text` reads now. Raises BadInput, NotFound, NotAllowed."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise BadInput(f"Feedback needs a text of at most {LONGEST} characters. Nothing was shown.")
    return _decide(db, actor, interview_id, SHOWN, said)


def withhold(db: Session, actor: Actor, interview_id: str) -> CandidateFeedback:
    """Do not show it (any more). Raises NotFound, NotAllowed."""
    return _decide(db, actor, interview_id, WITHHELD, "")


def _decide(db: Session, actor: Actor, interview_id: str, status: str, text: str) -> CandidateFeedback:
    need(actor, WRITERS)
    row = of(db, access.interview(db, actor, interview_id).id)
    if row is None:
        raise NotFound("There is no feedback for this interview: it is switched off, or the report is not final yet.")
    changed = bool(text) and text != row.text
    row.status, row.text = status, text or row.text
    row.decided_by, row.decided_at = actor.user_id, now()
    db.add(row)
    audit.record(db, actor, f"feedback.{status}", f"interview:{interview_id}", changed=changed)
    return row


def _strengths(view: ReportView) -> list[dict[str, str]]:
    """The first verified met point of each competency; nothing said in passing about protected topics."""
    found = []
    for score in view.scores:
        best = next((held for held in score.evidence if held.verdict == "met" and _tellable(held)), None)
        if best is not None and (score.shown_level or 0) >= 3:  # in praise of what was good, not of one good sentence
            entry = {"text": to_you(best.point), "quote": shortened(best.quote), "turn_id": best.turn_id or ""}
            found.append(entry)
    return found[:MOST_STRENGTHS]


def _tellable(held: EvidenceView) -> bool:
    if len(held.quote.split()) < _ENOUGH_WORDS:
        return False
    said = Turn(interview_id="", position=0, speaker="candidate", kind="answer", text=held.quote)
    return not language.flags([said])


def _hint(view: ReportView) -> str:
    """The first thing that was asked for and not in the answers, of the heaviest competency that has one."""
    for score in sorted(view.scores, key=lambda s: -s.weight):
        missing = next((e.point for e in score.evidence if e.verdict == "not_shown"), "")
        if missing and score.shown_level is not None:
            return f"One idea for a next interview: it helps when an answer {to_you(missing)}."
    return _GENERAL_HINT
