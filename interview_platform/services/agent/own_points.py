"""What a good answer to a recruiter's own question gives, by the kind of question it is, where she wrote nothing.

"How do you …" has no result, and "Which would you …" no own action: each kind has points and follow-ups that fit it.
"""

from __future__ import annotations

import re

from interview_platform.services.scoring import structure

STORY, HABIT, VIEW, PLAN = "story", "habit", "view", "plan"
MOTIVE, FACT, MATTER = "motive", "fact", "matter"
"""What a question asks for: something that happened, how one works, what one thinks, what one would do, why one wants
something, a plain fact, or to explain a matter."""

_PLAN = re.compile(
    r"\b(?:would|could|might) (?:you|your)\b|\byou(?:['’]d| would)\b|\b(?:imagine|suppose|assume)\b|\bwhat if\b|"
    r"\bwhat will you\b|\bhow will you\b|\bif (?:you|a|an|the|someone|somebody)\b.{3,60}\bwould\b",
    re.IGNORECASE,
)
_MOTIVE = re.compile(
    r"^(?:so,? |and )?why (?:us|here|this|now|do you want|are you (?:interested|applying|leaving|looking)|did you "
    r"(?:apply|choose|become|leave)|would you like|should we|you)\b|\b(?:interests?|attracts?|motivates?|drives?|"
    r"draws?|excites?) you\b|\b(?:your|you) (?:motivation|goals?|hop(?:e|ing)|looking for|reasons? for)\b|"
    r"\bwhy do you (?:want|like|work)\b|\bwhat do you (?:hope|expect|want)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"^(?:and |so,? )?which\b.*\b(?:would|should|do|could) you\b", re.IGNORECASE)
_ROUTINE = re.compile(
    r"\byour (?:\w+ ){0,2}(?:routine|process|approach|method|way of|habits?)\b|\b(?:usual|typical|normal)(?:ly)?\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"^how (?:many|much|long|far|often)\b", re.IGNORECASE)
_MATTER = re.compile(
    r"^(?:please |can you |could you )?(?:explain (?:how|what|why|the|to)|define|what (?:is|are) (?!your|you)|"
    r"what['’]s (?!your)|how (?:does|do|is|are) (?!you)|what does)\b",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\b(?:why|your (?:view|opinion|favou?rite|thoughts?|take|idea of)|do you (?:think|believe|prefer|like|see|"
    r"consider|find|value|feel|agree)|would you (?:say|call|rather)|makes? (?:a|an|for|good)|most important|"
    r"matters? most|better|best|worst|favou?rite|first, and why|should)\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"^(?:(?:and|so),? )?(?:do you (?:have|hold|own|speak|need|live)|have you got|are you (?:able|willing|available|"
    r"allowed|comfortable|ready|free|prepared|happy)|can you|could you start|would you be (?:able|willing|available|"
    r"ready|prepared|happy)|will you be|how (?:many|much|long|far|soon|often)|when (?:can|could|would|are|will) you|"
    r"which (?:languages?|licen[cs]es?|certificates?)|what (?:languages?|licen[cs]es?|certificates?|is your (?:notice|"
    r"availability|current)))\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:how|what|which|when|where|whom?|with whom) (?:[\w'’]+ ){0,4}?(?:do|are|can|should) (?:you|your)\b|"
    r"\bwhat makes you\b|\b(?:usually|normally|typically|every (?:day|morning|week|shift)|as a rule)\b|"
    r"^(?:how|what) (?:\w+ )?(?:is|are) your\b|\byour (?:way|approach|routine|method|process)\b",
    re.IGNORECASE,
)
_SURELY = ((MOTIVE, _MOTIVE), (FACT, _COUNT), (HABIT, _ROUTINE))
_ELSE = ((FACT, _FACT), (VIEW, _CHOICE), (PLAN, _PLAN), (MATTER, _MATTER), (VIEW, _VIEW), (HABIT, _HABIT))
"""What a question that asks for something past may be all the same; and what others may be, in this order."""
_POINTS: dict[str, dict[str, tuple[str, ...]]] = {
    STORY: {
        "Gives a concrete example": (
            "Could you give me one example of that?",
            "When did you last meet that in practice?",
            "Which occasion comes to mind first?",
            "Could you pick one case and stay with it?",
        ),
        structure.ACTION: (
            "What was your own part in it?",
            "What would you say was your own contribution there?",
            "What fell to you in that?",
            "How did you handle your side of it?",
        ),
        structure.RESULT: (
            "What was the result of it all?",
            "What happened in the end?",
            "What did it lead to?",
            "How were things once it was over?",
        ),
    },
    HABIT: {
        "Says in which steps they go about it": (
            "How do you go about that, step by step?",
            "What does that look like in practice?",
            "Where do you begin with that?",
            "What belongs to it for you?",
        ),
        "Says why they do it that way": (
            "What is the reason for that?",
            "What is the reason behind that habit?",
            "How did you come to do it so?",
            "What does doing it like that save you from?",
        ),
        "Gives a concrete recent example": (
            "Could you give me one recent example?",
            "Can you think of a recent day when you did so?",
            "What did that look like the last time?",
            "Is there one recent case that shows it?",
        ),
    },
    VIEW: {
        "Gives a reason for it": (
            "What is your main reason for that?",
            "What brings you to that view?",
            "What weighs most for you there?",
            "On what do you base that view?",
        ),
        "Gives a concrete example of their own": (
            "Where have you seen that in your own work?",
            "Which experience of yours shows that?",
            "Can you name one case from your work for that?",
            "What have you met at work that points that way?",
        ),
        "Says what speaks against it": (
            "What speaks against that view?",
            "When would you see it differently?",
            "What would somebody say who disagrees?",
            "Where does that view have its limits?",
        ),
    },
    PLAN: {
        "Says which steps they would take first": (
            "What would be your first step?",
            "Where would you begin with that?",
            "What would you do before anything else?",
            "What comes first for you there?",
        ),
        "Says why they would do it that way": (
            "Why would you choose that way?",
            "What would you want to reach with that?",
            "What makes that the right way for you?",
            "What would be the thinking behind that?",
        ),
        "Says what could go wrong, or on what it depends": (
            "What could go wrong with that?",
            "On what would that depend?",
            "What would make you change your plan?",
            "What would you keep an eye on?",
        ),
    },
    MOTIVE: {
        "Gives a reason of their own": (
            "What matters most to you in that?",
            "What is the strongest reason for you?",
            "What first made you think so?",
            "Which of those reasons counts most for you?",
        ),
        "Ties it to something they have done": (
            "What in your work so far points that way?",
            "Which work of yours has led you there?",
            "Where have you done something close to it?",
            "Which experience stands behind that?",
        ),
        "Says what they hope to do": (
            "What would you like to do first here?",
            "What do you hope to be doing in a year?",
            "What would you like to add here?",
            "Which part of this work do you look forward to?",
        ),
    },
    MATTER: {
        "Explains it in plain words": (
            "How would you put that in plain words?",
            "How would you say that to somebody new?",
            "What is the heart of it?",
            "What belongs to that in any case?",
        ),
        "Gives a concrete example of it": (
            "What would be an example of that?",
            "Where does one meet that in practice?",
            "Which case shows that well?",
            "Where did you come across that last?",
        ),
        "Says why it matters": (
            "Why does that matter in the work?",
            "What happens where that is not known?",
            "What depends on it?",
            "Where does it make a difference?",
        ),
    },
    FACT: {
        "Answers what was asked": (
            "What would be your short answer to that?",
            "How would you put that in one sentence?",
            "What is the plain answer for you?",
            "What should the hiring team write down?",
        ),
        "Says on what it depends": (
            "Is there anything it depends on?",
            "Are there any limits to that?",
            "Is there anything the hiring team should know about that?",
            "What would have to be settled for that?",
        ),
    },
}

OF_FORM = frozenset(point for points in _POINTS.values() for point in points)
"""Points of any question of its kind: they say how an answer is told, not of what."""


def kind(question: str) -> str:
    """Which of the kinds a question is; a story where nothing says otherwise."""
    asked = " ".join(question.split())
    return next((name for name, pattern in _SURELY if pattern.search(asked)), None) or (
        STORY if structure.fits(asked) else next((name for name, pattern in _ELSE if pattern.search(asked)), STORY)
    )


def of(question: str, number: int) -> list[dict[str, str]]:
    """Points as `Question.points` for a question; their follow-ups vary by its number, so that none is asked twice."""
    points = _POINTS[kind(question)]
    return [{"point": point, "follow_up": asked[number % len(asked)]} for point, asked in points.items()]
