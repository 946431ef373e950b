"""Every table, imported in one place so that metadata is whole."""

from interview_platform.models.application import Application
from interview_platform.models.audit_event import AuditEvent
from interview_platform.models.base import make_engine, new_id, now, session
from interview_platform.models.booking import Booking
from interview_platform.models.candidate import Candidate
from interview_platform.models.candidate_feedback import CandidateFeedback
from interview_platform.models.candidate_question import CandidateQuestion
from interview_platform.models.competency import Competency
from interview_platform.models.consent import Consent
from interview_platform.models.correction import Correction
from interview_platform.models.duplicate import Duplicate
from interview_platform.models.evidence import Evidence
from interview_platform.models.feedback import Feedback
from interview_platform.models.interview import Interview
from interview_platform.models.invite import Invite
from interview_platform.models.job import Job
from interview_platform.models.match import Match
from interview_platform.models.material import Material
from interview_platform.models.message import Message
from interview_platform.models.organisation import Organisation
from interview_platform.models.override import Override
from interview_platform.models.plan_version import PlanVersion
from interview_platform.models.question import Question
from interview_platform.models.rating import Rating
from interview_platform.models.recording import Recording
from interview_platform.models.replay import Replay
from interview_platform.models.report import Report
from interview_platform.models.report_link import ReportLink
from interview_platform.models.resume import Resume
from interview_platform.models.score import Score
from interview_platform.models.signal import Signal
from interview_platform.models.turn import Turn
from interview_platform.models.user import User

__all__ = [
    "Application",
    "AuditEvent",
    "Booking",
    "Candidate",
    "CandidateFeedback",
    "CandidateQuestion",
    "Competency",
    "Consent",
    "Correction",
    "Duplicate",
    "Evidence",
    "Feedback",
    "Interview",
    "Invite",
    "Job",
    "Match",
    "Material",
    "Message",
    "Organisation",
    "Override",
    "PlanVersion",
    "Question",
    "Rating",
    "Recording",
    "Replay",
    "Report",
    "ReportLink",
    "Resume",
    "Score",
    "Signal",
    "Turn",
    "User",
    "make_engine",
    "new_id",
    "now",
    "session",
]
