"""Everything the agent says that is not a planned question, and the templates of questions made from a résumé.

Spoken words: short, plain, warm, neutral. Never a judgement, a promise, or anything about scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_platform.services.agent import bank

_LEADS = (
    "All right.",
    "Thank you.",
    "Okay, let us go on.",
    "Thanks. Now something else.",
    "All right, here is the next one.",
    "Okay. The next question.",
    "Thank you, on we go.",
)


_NOTHING_MORE = (
    "Thank you, I have that.",
    "Thanks, then we go on.",
    "That is fine, thank you.",
    "Thank you. Let us go on.",
)


@dataclass(frozen=True)
class Words:
    """The agent's words in one interview."""

    job_title: str
    organisation: str

    def greeting(self, total: int) -> str:
        """Who speaks, what will happen, who decides."""
        role = spoken_title(self.job_title)
        about = f" about the {role} role" if role else ""
        return (
            f"Hello, I am an AI interviewer, and I will ask you {count(total, 'question')}{about}. "
            "Take your time; you can ask me to repeat a question, or skip it. "
            "A person reviews your answers and decides, not me."
        )

    def welcome_back(self) -> str:
        """After a new connection."""
        return "Welcome back. Everything you said so far is saved, so we go on where we were."

    def moment(self) -> str:
        """The candidate wants time."""
        return "Of course, take your time. Just start speaking when you are ready."

    def not_heard(self) -> str:
        """Nothing intelligible came."""
        return "Sorry, I could not hear that clearly. Could you say it once more, or type it?"

    def confirm_end(self) -> str:
        """The candidate asked to stop."""
        return "Do you want to end the interview now? Please say yes, or no to carry on."

    def after_skip(self, number: int) -> str:
        """A question was declined."""
        return ("That is fine, we leave this one out.", "Of course, we skip it.")[number % 2]

    def after_unheard(self) -> str:
        """The second try brought nothing either."""
        return "I still cannot hear it clearly, so we go on. The hiring team will see that this was not your choice."

    def after_dont_know(self) -> str:
        """No answer came to mind."""
        return "That is all right, we can go on."

    def after_answered(self, number: int = 0) -> str:
        """The candidate has nothing to add to what was said before."""
        return _NOTHING_MORE[number % len(_NOTHING_MORE)]

    def lead(self, number: int, before: str, after: str) -> str:
        """Between two planned questions: a short word, or what is true of the next one by its kind."""
        if after == "custom" and before != "custom":
            return "Thank you. The next question comes from the hiring team."
        if after == "core" and before == "resume":
            return "Thank you. The next question is the same for everybody who applies."
        return _LEADS[number % len(_LEADS)]

    def last_question(self, lead: str) -> str:
        """The lead before the last planned question."""
        if "The next question comes" in lead:
            return lead.replace("The next question comes", "The last question comes")
        return f"{re.split(r'(?<=[.!]) ', lead)[0]} This is the last question."

    def spoken_about(self, deed: str) -> str:
        """Before a planned question on something the candidate has spoken about; `deed` is told back, or empty."""
        said = f"You already mentioned that {deed}." if deed else "You already spoke about something like this."
        return f"{said} I ask everybody this one, so add what you like."

    def invite(self, again: bool) -> str:
        """Their own questions, at the end."""
        return (
            "Is there anything else you would like to know?"
            if again
            else ("Those were my questions. Do you have a question for us?")
        )

    def go_ahead(self) -> str:
        """The candidate said yes to having a question."""
        return "Please go ahead."

    def closing(self, answers: Sequence[str], complete: bool) -> str:
        """A plain thanks and what happens next; nothing is told back, for nothing said last can be taken back."""
        opening = "" if complete else "All right, we stop here. "
        if answers:
            thanks = "Thank you for your time, and for telling me about your work."
        else:
            thanks = "Thank you for your time."
        return (
            f"{opening}{thanks} Your answers are saved. A person at {self.organisation or 'the company'} "
            "will review them and write to you about the next step."
        )


def count(number: int, noun: str) -> str:
    """ "one question", "six questions"."""
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return f"{names[number] if number < len(names) else number} {noun}{'' if number == 1 else 's'}"


def spoken_title(title: str) -> str:
    """A job title as one says it: without what stands in brackets or after a dash."""
    return re.split(r"\s+[–—|/-]\s+|\s*[(\[]", title.strip())[0].strip()


# --- questions made from a template -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Wording:
    """A made question: what is said, the same in plainer words, and its points as `Question.points`."""

    text: str
    plain_text: str
    points: list[dict[str, str]]


_SITUATION, _ACTION, _RESULT = (
    "Says what the situation was",
    "Says what they did themselves",
    "Says what came of it",
)
"""The three points any account of one's own work can show; services/scoring/structure.py reads them by their form."""


def _account(situation: str, action: str, result: str) -> list[dict[str, str]]:
    asked = ((_SITUATION, situation), (_ACTION, action), (_RESULT, result))
    return [{"point": point, "follow_up": follow_up} for point, follow_up in asked]


def on_position(title: str, company: str) -> Wording:
    """On a position in the résumé; one of the two may be empty."""
    place = f"your work as {title} at {company}" if title and company else f"your work as {title}" if title else ""
    place = place or f"your time at {company}"
    where = f"at {company}" if company else "there"
    return Wording(
        text=f"Your résumé lists {place}. Tell me about one piece of work from that time that you know well.",
        plain_text=f"Think of {place}. What is one thing you worked on?",
        points=_account(
            f"What was the situation {where} when that work began?",
            f"Which part of that work {where} did you do yourself?",
            f"What came of that work {where} in the end?",
        ),
    )


def on_skill(skill: str) -> Wording:
    """On a skill in the résumé."""
    return Wording(
        text=f"Your résumé mentions {skill}. Tell me about one real task where you used it.",
        plain_text=f"When did you last use {skill} for something that mattered?",
        points=_account(
            f"What was the task for which you needed {skill}?",
            f"What did you do with {skill} yourself?",
            f"What was the result of using {skill} there?",
        ),
    )


def on_studies(degree: str, school: str) -> Wording:
    """On a course of study in the résumé; one of the two may be empty."""
    what = f"{degree} at {school}" if degree and school else degree or f"your studies at {school}"
    return Wording(
        text=f"Your résumé lists {what}. Tell me about one project or task from then that you did yourself.",
        plain_text=f"Think of {what}. What is one thing you made or did there?",
        points=_account(
            "What was that project about?",
            "What did you do yourself in that project?",
            "What was the result of that project?",
        ),
    )


def on_competency(name: str) -> Wording:
    """On a competency the banks do not know."""
    subject = name if name[:2].isupper() else name[:1].lower() + name[1:]
    return Wording(
        text=f"Tell me about a time at work when {subject} really mattered.",
        plain_text=f"Think of a day on which you needed {subject}. What did you do?",
        points=_account(
            f"What was the situation in which {subject} mattered?",
            f"Where {subject} was needed, what did you do yourself?",
            f"What came of it, as far as {subject} is concerned?",
        ),
    )


def on_value(value: str) -> Wording:
    """On one line of the employer's written values."""
    template = bank.values()
    line = value if value[-1] in ".!?" else f"{value}."
    return Wording(
        text=template.text.replace("{value}", line),
        plain_text=template.plain_text.replace("{value}", line),
        points=[
            {"point": entry.point.replace("{value}", value.rstrip(".!?")), "follow_up": entry.follow_up}
            for entry in template.points
        ],
    )
