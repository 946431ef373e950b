"""SmartFilter: how well each résumé of a pool fits the job, with the résumé's own sentence for every requirement.

The score is made of parts that mean the same in any pool: evidence of the required and the preferred skills, nearness
of the job to what the person calls herself and did, words in common, and how long and how lately she did such work. It
is read from the blind text alone (rank_blind), without the tricks of rank_tricks. Hard conditions stand apart from it.
The same input gives the same score, and no score decides anything.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from interview_platform.models import Job
from interview_platform.services.rank_again import Regraded, rerank
from interview_platform.services.rank_conditions import conditions_of, explained
from interview_platform.services.rank_coverage import Advert, Asked, Line, best, copied_note
from interview_platform.services.rank_document import RankDocument, Seen, document, see
from interview_platform.services.rank_parts import (
    PART_NAMES,
    STATUS,
    WEIGHTS,
    ConditionFit,
    Fit,
    RequirementFit,
    Wish,
    score,
    wish_texts,
)
from interview_platform.services.rank_tricks import Note
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.text import Sentence, sentences

__all__ = [
    "PART_NAMES", "VERSION", "WEIGHTS", "ConditionFit", "Fit", "Prepared", "Regraded",
    "RequirementFit", "Wish", "conditions_of", "explain", "rerank", "score", "wish_of",
    "wish_texts",
]  # fmt: skip

Explained = tuple[tuple[RequirementFit, ...], tuple[ConditionFit, ...], tuple[Note, ...]]
VERSION = "smartfilter-8"


def wish_of(job: Job) -> Wish:
    """What a stored job asks for; a job without skills takes those that its own text names."""
    skills = [(skill, True) for skill in job.required_skills] + [(skill, False) for skill in job.preferred_skills]
    conditions = tuple((str(item["kind"]), str(item["value"])) for item in job.conditions)
    return Wish(job.title, f"{job.title}\n{job.description}", tuple(dict(reversed(skills)).items()), conditions)


@dataclass(frozen=True)
class Prepared:
    """A résumé read once, to be explained for many jobs."""

    facts: ResumeFacts
    seen: Seen
    shown: tuple[Sentence, ...]  # of the blind text, those that can show something
    lines: tuple[Line, ...]  # the same, made ready
    made: RankDocument
    written: tuple[Sentence, ...]  # of the résumé itself

    @classmethod
    def of(cls, facts: ResumeFacts, blind_schools: bool = True) -> Prepared:
        """What explaining needs of a résumé."""
        seen = see(facts, blind_schools=blind_schools)
        held = seen.lines()
        lines = tuple(Line.of(line.text, muted=line.muted) for line in held)
        made = document("", facts, blind_schools=blind_schools, seen=seen)
        return cls(facts, seen, tuple(line.sentence for line in held), lines, made, tuple(sentences(facts.text)))

    def explain(self, wish: Wish) -> Explained:
        """Requirements with the sentences that show them, hard conditions, and what was left out."""
        copied = Advert.of(wish).copied(self.lines)
        requirements = tuple(self._requirement(skill, required, copied) for skill, required in wish.skills)
        conditions = explained(self.made, self.facts, wish) if wish.conditions else ()
        pasted = [line.text for line, of in zip(self.lines, copied, strict=True) if of]
        return requirements, conditions, (*self.seen.notes, *copied_note(pasted))

    def _requirement(self, skill: str, required: bool, copied: list[bool]) -> RequirementFit:
        reached, at = best(Asked.of(skill), self.lines, copied)
        if not reached:
            return RequirementFit(skill, required, STATUS[0])
        found = self.shown[at]
        start, end = self._whole(*self.seen.blind.original(found.start, found.end))
        shown = " ".join(self.facts.text[start:end].split())
        return RequirementFit(skill, required, STATUS[reached], shown, start, end, _page(self.facts, start))

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """A stretch with what blindness took from its line's ends ("fell by 40%"): people read what was written."""
        text = self.facts.text
        for sentence in self.written:
            if sentence.start <= start < sentence.end:
                start = max(sentence.start, text.rfind("\n", 0, start) + 1)
            if sentence.start < end <= sentence.end:
                line_end = text.find("\n", end)
                end = sentence.end if line_end < 0 else min(sentence.end, line_end)
        return start, end


def explain(facts: ResumeFacts, wish: Wish, blind_schools: bool = True) -> Explained:
    """One résumé explained for one job. Spans index `facts.text`; the rules are those of RankIndex.scores' coverage."""
    return Prepared.of(facts, blind_schools).explain(wish)


def _page(facts: ResumeFacts, start: int) -> int:
    """The page (from 1) of a place in the text; 0 where pages are not known."""
    return bisect_right(getattr(facts, "page_starts", ()), start)
