"""Every table, imported in one place so that metadata is whole."""

from interview_platform.models import demographics as _demographics  # noqa: F401 - known to metadata, offered to nobody
from interview_platform.models.access_export import AccessExport
from interview_platform.models.api_request import ApiRequest
from interview_platform.models.api_token import ApiToken
from interview_platform.models.application import Application
from interview_platform.models.audit_event import AuditEvent
from interview_platform.models.audit_head import AuditHead
from interview_platform.models.base import make_engine, new_id, now, session
from interview_platform.models.booking import Booking, BusyTime
from interview_platform.models.candidate import Candidate
from interview_platform.models.candidate_feedback import CandidateFeedback
from interview_platform.models.candidate_question import CandidateQuestion
from interview_platform.models.competency import Competency
from interview_platform.models.consent import Consent
from interview_platform.models.correction import Correction
from interview_platform.models.correction_request import CorrectionRequest
from interview_platform.models.duplicate import Duplicate
from interview_platform.models.erasure import Erasure
from interview_platform.models.evidence import Evidence
from interview_platform.models.feedback import Feedback
from interview_platform.models.host_hours import HostHours
from interview_platform.models.human_review import HumanReview
from interview_platform.models.integration import Integration
from interview_platform.models.interview import Interview
from interview_platform.models.invite import Invite
from interview_platform.models.job import Job
from interview_platform.models.legal_hold import LegalHold
from interview_platform.models.match import Match
from interview_platform.models.material import Material
from interview_platform.models.message import Message
from interview_platform.models.organisation import Organisation
from interview_platform.models.override import Override
from interview_platform.models.plan_version import PlanVersion
from interview_platform.models.pool_view import PoolHabit, PoolView
from interview_platform.models.question import Question
from interview_platform.models.rating import Rating
from interview_platform.models.recording import Recording
from interview_platform.models.replay import Replay
from interview_platform.models.report import Report
from interview_platform.models.report_link import ReportLink
from interview_platform.models.resume import Resume
from interview_platform.models.score import Score
from interview_platform.models.second_factor import SecondFactor
from interview_platform.models.sign_in_session import SignInSession
from interview_platform.models.signal import Signal
from interview_platform.models.team_invite import TeamInvite
from interview_platform.models.turn import Turn
from interview_platform.models.user import User
from interview_platform.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "AccessExport",
    "ApiRequest",
    "ApiToken",
    "Application",
    "AuditEvent",
    "AuditHead",
    "Booking",
    "BusyTime",
    "Candidate",
    "CandidateFeedback",
    "CandidateQuestion",
    "Competency",
    "Consent",
    "Correction",
    "CorrectionRequest",
    "Duplicate",
    "Erasure",
    "Evidence",
    "Feedback",
    "HostHours",
    "HumanReview",
    "Integration",
    "Interview",
    "Invite",
    "Job",
    "LegalHold",
    "Match",
    "Material",
    "Message",
    "Organisation",
    "Override",
    "PlanVersion",
    "PoolHabit",
    "PoolView",
    "Question",
    "Rating",
    "Recording",
    "Replay",
    "Report",
    "ReportLink",
    "Resume",
    "Score",
    "SecondFactor",
    "SignInSession",
    "Signal",
    "TeamInvite",
    "Turn",
    "User",
    "Webhook",
    "WebhookDelivery",
    "make_engine",
    "new_id",
    "now",
    "session",
]
