"""What the agent says when a candidate says something else than an answer: authored, short, kind, and firm at need.

It names only what the room really has: typing, captions, repeat, skip, a moment, the same link later. Never a verdict,
never advice on health, never a promise beyond "I pass it on".
"""

from __future__ import annotations

import re

from interview_platform.services.agent import intents_asides, intents_questions
from interview_platform.services.agent.intents_plain import plain

SCORE = "I cannot tell you how it is going. Please go on in your own words. A person reviews your answers and decides."
INSTRUCT = "I cannot change how this interview works, or share how answers are reviewed. Let us stay with the question."
OFF_TOPIC = "I am only here for the interview, so let us keep to that."
COMPLAINT = "I am sorry that it feels that way. I pass this on to the hiring team, in your words."
CALM = "I hear that this is frustrating. I keep to my questions, and you can skip one or stop at any time."
CALM_AGAIN = "Let us stay respectful. We can go on, or stop here. Do you want to end the interview now?"
NERVOUS = (
    "That is quite normal, and there is no hurry. Start whenever you are ready.",
    "Please do not worry, many people feel like that. Take your time, and go on when you like.",
)
UNSURE = "Sorry, I am not sure that I understood you. You can answer, or say that you want to leave this out."
COME_BACK = "Let us come back to the question. {}"
TEAMS_WORDS = "The hiring team chose these words, so I read them to you again. You can also leave this one out."
DISTRESS = (
    "I am sorry to hear that. There is no hurry. We can pause, leave this question out, or stop here, and I let "
    "the team "
    "know. What would help you?"
)
DANGER = (
    "I am sorry. If you need help right now, please call your local emergency number. The interview can wait: we "
    "can pause, "
    "leave this out, or stop. What would help you?"
)
PAUSE = "Of course. Take all the time you need. You can also close this page and open the same link later."
LANGUAGE = "I am sorry, I only understand English so far. Simple words are fine, and you may type. I let the team know."
CORRECTED = ("Thank you, I have noted that correction.", "All right, I keep it the way you say now.")
GO_BACK = "Of course. What would you like to add?"
NOTED = "Thank you, that is noted."
UNKNOWN = (
    "I do not know that, so I pass your question on to the hiring team.",
    "I cannot answer that one either. I note it for the hiring team.",
    "That is one for the hiring team too; I pass it on.",
)
LATER = "I have noted that question. There is time for your questions at the end."
_TOLD = "I also let the hiring team know."
_NEEDS: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:human|person|someone real)\b",
        "I cannot bring in a person now. You may go on with me, or stop and wait for a reply.",
    ),
    (
        r"\bcamera\b",
        "Nothing about your picture is scored. To go on without it, close this page and open the same link again.",
    ),
    (
        r"\b(?:captions?|subtitles?|deaf|hear|hearing|in writing|sign language|interpreter|tinnitus)\b",
        "Everything I say stands as text on the page, and you can type your answers.",
    ),
    (
        r"\b(?:typ\w+|writ(?:e|ten)|keyboard|chat)\b",
        'Yes. Press "Type instead" and write; written answers count the same as spoken ones.',
    ),
    (
        r"\b(?:slow\w*|fast|quickly|loud\w*|quiet\w*|softly|volume|turn it up|speak up)\b",
        "I cannot change my voice, but you can hear each question again, and read it on the page.",
    ),
    (
        r"\b(?:stutter\w*|stammer\w*|speech|lisp|aphasia|tourette\w*|voice|throat)\b",
        "Take all the time you need. What counts is what you say, not how it sounds.",
    ),
    (
        r"\benglish|native\b",
        "That is fine. Simple words are enough, you can type, and I can put a question more plainly.",
    ),
    (r"\b(?:time|break)\b", "There is no limit on your time, and pauses do not count."),
)
_MOST_NEEDS = 2
_ANY_NEED = (
    "Thank you for telling me. You can type, read everything as text, hear a question again, and take your time."
)
_BACK = ("Back to the question: {}", "So, my question again: {}", "The question was: {}")
_CLARITY: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:confidential|nda|name (?:the|my|names)|mention (?:the )?names?|secret|under contract|client names?)\b",
        "Please leave out names and anything confidential; the rest is welcome.",
    ),
    (
        r"\b(?:make (?:one |it )?up|invent\w*|hypothetical\w*|imagin\w*|made up|theor\w+|what i would do)\b",
        "A real example is best. If you have none, tell me what you would do.",
    ),
    (
        r"\bhow (?:long|detailed|much detail|deep|technical|specific)\b|\blevel of detail\b|\bin detail\b",
        "As long as you like. One or two minutes are usually enough.",
    ),
    (
        r"\bhow many\b|\b(?:only|just) one\b|\b(?:two|several|more than one|multiple) examples?\b",
        "One example is enough.",
    ),
    (r"\bor\b", "Either is fine. Take it the way that fits your own experience."),
    (
        r"\b(?:example|project|situation|story|experience|case|something|one|thesis|internship|university|studies|"
        r"school|college|volunteer\w*|hobby|private|personal|team)\b",
        "Yes, that is fine. Choose the example that fits best.",
    ),
)
_ANY_CLARITY = "Take it the way that fits your own experience best."


def accommodation(text: str) -> str:
    """What is possible now."""
    words = plain(text)
    found = [say for pattern, say in _NEEDS if re.search(pattern, words)][:_MOST_NEEDS]
    return " ".join([*(found or [_ANY_NEED]), _TOLD])


def distress(text: str) -> str:
    """An offer to pause, skip or stop; where it sounds like danger, the emergency number first."""
    return DANGER if intents_asides.danger(plain(text)) else DISTRESS


def clarity(text: str) -> str:
    """An answer to a question about how to answer; empty where the question itself must be put more plainly."""
    words = plain(text)
    if intents_questions.asks_meaning(words):
        return ""
    return next((say for pattern, say in _CLARITY if re.search(pattern, words)), _ANY_CLARITY)


def back(question: str, number: int) -> str:
    """The open question in short, after something else was spoken about."""
    return _BACK[number % len(_BACK)].format(question)


REST = "The rest I pass on to the hiring team."
"""After an answer to a part of what was asked."""


NEAREST = (
    "I have no clear answer to that; this comes nearest.",
    "I cannot answer that for certain; the nearest is this.",
    "That is not clearly answered in what I have; nearest is this.",
)
"""Before the nearest that a source says: that it is not known to answer."""
PASSED = ("I pass your question on to the team.", "I note your question for the team.")
"""After it: that people will answer."""


def nearest(quoted: str, number: int) -> str:
    """A question without a clear answer, with the nearest that a source says, quoted after its name."""
    return f"{NEAREST[number % len(NEAREST)]} {quoted} {PASSED[number % len(PASSED)]}"


def unknown(number: int) -> str:
    """A question that no source answers."""
    return UNKNOWN[number % len(UNKNOWN)]


def corrected(number: int) -> str:
    """A correction was taken."""
    return CORRECTED[number % len(CORRECTED)]
