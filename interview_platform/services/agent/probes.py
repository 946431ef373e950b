"""What an account of work shows, and short questions for each point of it, each in several wordings.

Nothing is asked twice in one interview (guard.py), so neighbouring questions take neighbouring wordings.
"""

from __future__ import annotations

HARD = "Says what made it difficult and how they dealt with it"
REASON = "Says why they did it that way"
ACCOUNT: dict[str, tuple[str, ...]] = {
    "Says what the situation was": (
        "What was going on at the time?",
        "How did that situation come about?",
        "What had you been asked to do there?",
        "Where did things stand when you began?",
        "What made that necessary?",
        "What exactly was the task that day?",
        "What did you find when you started?",
        "When was that, roughly?",
    ),
    "Says what they did themselves": (
        "Which steps did you take yourself?",
        "Which part of it was yours?",
        "What was the first thing you did there?",
        "What did you take care of personally?",
        "Could you take me through what you did, step by step?",
        "What was your own share in that work?",
        "What did you do once you saw what was needed?",
        "How did you get that done?",
    ),
    "Says what came of it": (
        "How did it turn out?",
        "What came of it in the end?",
        "What was different afterwards?",
        "How did you know it had worked?",
        "How did it end?",
        "Where did that leave things?",
        "What did others get from it?",
        "What could be seen afterwards?",
    ),
    REASON: (
        "Why did you do it that way?",
        "What made you choose that way?",
        "What was your reason for that?",
        "What did you weigh up before that?",
        "What was your thinking behind it?",
        "Why that way rather than another?",
        "What told you that it was the right step?",
        "On what did you base that?",
    ),
    HARD: (
        "What made it difficult?",
        "What was the hardest moment in it?",
        "Where did it nearly go wrong?",
        "What gave you the most trouble there?",
        "What turned out harder than you expected?",
        "Which part needed the most care?",
        "What stood in your way?",
        "What did you have to watch out for?",
    ),
}
"""By the point; three of them as services/scoring/structure.py reads them."""


def account(number: int) -> list[dict[str, str]]:
    """The points of any account of work, as `Question.points`, in the wordings of this number."""
    return [{"point": point, "follow_up": wordings[number % len(wordings)]} for point, wordings in ACCOUNT.items()]
