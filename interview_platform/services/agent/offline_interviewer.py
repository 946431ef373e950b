"""The interviewer that needs no LLM: it asks for what an answer leaves open, in authored words.

What an answer shows is read by services/scoring/coverage.py. A point is asked for only where it is almost certainly
open: not told anywhere in the interview, and not seen by the judge of the reports either. Where that is not certain a
probe asks to be told more of what was told (open_probes.py). The candidate's own words lead over to it where they can
be told back safely. Deterministic, and unable to invent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.embeddings import Embeddings

from interview_platform.ports import Decision, Exchange, FollowUpOption, PointVerdict, Verdict
from interview_platform.services.agent import answer_signs, deeper, diagnostic, guard, open_probes, phrases
from interview_platform.services.agent.remembering import Remembering
from interview_platform.services.scoring import structure
from interview_platform.services.scoring.coverage import Coverage, Shown

OPEN, OPEN_AGAIN = 0.1, 0.06
"""Chance of having been shown below which a point may be asked for, and for a second follow-up on one question."""
OPEN_IF_LEAST = 0.2
"""As OPEN, for the point that of all is shown least: there the order of the points says more than the chance."""
SEEN_BY_JUDGE = 0.47
"""Support by which the judge of the reports counts a point as met: what a report calls shown was not asked for."""
UNCERTAIN = 0.5
"""Chance below which a point that is not asked for still leaves the answer open to a probe."""
SHOWN_WELL = 0.6
TOLD_EARLIER = 0.5
"""Nearness of an earlier answer to a point from which the point counts as told there."""
LONG_WORDS = 130
FULL_WORDS = 40
CLEARLY = 0.8
OPEN_IN_THIN = 0.1
"""As OPEN, for own action and outcome after an answer too thin to have shown most points (diagnostic.py)."""
OPEN_IF_HARD_TO_READ = 0.03
NO_SIGN = 0.05
"""Chance at most that a thin answer shows situation, own action or outcome without any sign of it."""
_SURE, _THIN_SURE = 3, 4  # how much it counts that a point is open beside what asking for it is worth
HINTED = 0.5
"""Share of the signs of a point in one sentence from which it is not asked for, however unlike the words are."""
_BRIDGE_FITS = 0.3
MOST_LOOKED_AT = 3
"""Points that are looked at once more by the judge's eye."""
_HEDGED = 0.6
_OF_ANY_ACCOUNT = {*structure.POINTS, "Gives a concrete example"}
"""Points that stand in for own ones; they fit no question that asks for a view or a plan."""


@dataclass(frozen=True)
class _Point:
    """A point of the question, how likely it was shown, and what asking for it would be worth."""

    option: FollowUpOption
    shown: Shown
    worth: float
    was_asked: bool
    first: bool = False

    def is_open(self, bar: float) -> bool:
        """Whether it may be asked for."""
        if self.was_asked or self.was_opened or self.shown.signs >= HINTED:
            return False
        return self.shown.chance < (min(bar, OPEN_IF_HARD_TO_READ) if self._hard_to_read else bar)

    @property
    def _hard_to_read(self) -> bool:
        """What something cost, what was noticed and how it was known: a tale tells these in a thousand ways."""
        point, asked = self.option.point, self.option.question
        return diagnostic.is_hard_to_read(point) or diagnostic.is_evidence(point, asked)

    @property
    def was_opened(self) -> bool:
        """Whether it only asks what it was about, as the first point does, and anything on the matter was said."""
        matter = self.first or diagnostic.is_matter(self.option.point, self.option.question)
        return matter and bool(self.shown.quote)

    @property
    def verdict(self) -> PointVerdict:
        """For the audit trail; "not_shown" only where it might be asked for."""
        chance = self.shown.chance
        found: Verdict = "met" if chance >= SHOWN_WELL else "partly" if chance >= OPEN else "not_shown"
        quotes = (self.shown.quote,) if found != "not_shown" and self.shown.quote else ()
        return PointVerdict(
            self.option.point, found if quotes else "not_shown", quotes, round(abs(chance - 0.5) * 2, 2)
        )


class OfflineInterviewer:
    """Interviewer over any LangChain Embeddings."""

    name = "offline"
    label = "Offline interviewer"

    def __init__(self, embeddings: Embeddings) -> None:
        self._coverage = Coverage(Remembering(embeddings))

    def remember(self, questions: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Compute ahead what questions and their points (with follow-ups) need, so that no candidate waits for it."""
        self._coverage.remember(questions)

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """Ask for the open point that tells most, go deeper, make it easier, or accept."""
        points = self._points(exchange)
        made = self._decided(exchange, points) if points else Decision()
        return replace(made, covered=tuple(one.verdict for one in points), engine=self.label)

    def _decided(self, exchange: Exchange, points: list[_Point]) -> Decision:
        newest = exchange.answer.rsplit("\n", 1)[-1]
        again = exchange.follow_ups_here > 0
        before = [held.answer for held in exchange.earlier]
        over = answer_signs.has_nothing_more(newest)
        if again and (over or answer_signs.said_before(newest, exchange.answer, before)):
            return Decision()
        if answer_signs.only_ends(exchange.answer):
            return Decision()
        if not again and _knows_nothing(exchange.answer, points):
            return _easier(exchange, points)
        thin = diagnostic.is_thin(exchange.answer, len(points))
        chosen = self._chosen(exchange, points, thin)
        if chosen is not None and not (again and len(exchange.answer.split()) > LONG_WORDS):
            return _follow_up(exchange, chosen)
        if again:
            return Decision()
        probe = _probe(exchange, points)
        rambles = answer_signs.rambles(exchange.answer)
        if probe.text or not (rambles or _is_strong(exchange.answer, points)):
            return probe
        return _deeper(exchange, rambles)

    def _chosen(self, exchange: Exchange, points: list[_Point], thin: bool) -> _Point | None:
        """The open point that is worth most, if the judge of the reports does not see it in the answer."""
        least = min((one for one in points if not one.was_opened), key=lambda one: one.shown.chance, default=None)
        asked_for = [one for one in points if one.is_open(_bar(exchange, one, thin, one is least))]
        if diagnostic.only_names(exchange.answer) and structure.fits(exchange.question):
            return None
        sure = _THIN_SURE if thin else _SURE
        ranked = sorted(asked_for, key=lambda one: -one.worth * (1 - one.shown.chance) ** sure)
        for one in ranked[:MOST_LOOKED_AT]:
            if self._coverage.support(exchange.question, one.option.point, exchange.answer) < SEEN_BY_JUDGE:
                return one
        return None

    def _points(self, exchange: Exchange) -> list[_Point]:
        about_past = structure.fits(exchange.question)
        wanted = [(option.point, option.question) for option in exchange.options]
        if not wanted or (not about_past and all(point in _OF_ANY_ACCOUNT for point, _ in wanted)):
            return []
        here = self._coverage.read(exchange.question, wanted, self._with_what_it_refers_to(exchange))
        thin = diagnostic.is_thin(exchange.answer, len(wanted))
        best = self._told_earlier(exchange, [_less_without_sign(_less_if_hedged(one), thin) for one in here])
        return [
            _Point(option, shown, _worth(exchange, place), _was_asked(option, exchange), place == 0)
            for place, (option, shown) in enumerate(zip(exchange.options, best, strict=True))
        ]

    def _told_earlier(self, exchange: Exchange, here: list[Shown]) -> list[Shown]:
        """The points as earlier answers show them, where that is more than this one does."""
        sought = [
            place
            for place, one in enumerate(here)
            if one.chance < SHOWN_WELL and one.point not in structure.POINTS and exchange.earlier
        ]
        wanted = [(exchange.options[place].point, exchange.options[place].question) for place in sought]
        told = list(here)
        for held in exchange.earlier if wanted else ():
            for place, near in zip(sought, self._coverage.nearest(exchange.question, wanted, held.answer), strict=True):
                if near.fit >= TOLD_EARLIER and told[place] is here[place]:
                    told[place] = replace(near, chance=max(SHOWN_WELL, here[place].chance))
        return told

    def _with_what_it_refers_to(self, exchange: Exchange) -> str:
        """The answer, and the earlier one it points back to ("as I said"), which then answers this question, too."""
        if not answer_signs.points_back(exchange.answer) or not exchange.earlier:
            return exchange.answer
        nearest = max(exchange.earlier, key=lambda held: self._coverage.about(exchange.question, held.answer))
        return f"{nearest.answer}\n{exchange.answer}"


# --- what is said -----------------------------------------------------------------------------------------------


def _follow_up(exchange: Exchange, one: _Point) -> Decision:
    because = diagnostic.missing(one.option.point, one.shown.chance >= OPEN_AGAIN)
    return Decision("follow_up", one.option.question, _bridge(exchange, one), one.option.point, because)


def _bridge(exchange: Exchange, one: _Point) -> str:
    """A deed from the sentence that comes nearest to what is asked, not twice in a row; or a focus after many words."""
    if len(exchange.answer.split()) > LONG_WORDS and exchange.follow_ups_here == 0:
        return deeper.FOCUS
    if one.shown.fit < _BRIDGE_FITS or any("ou said that" in text for text in exchange.asked[-2:]):
        return ""
    said = phrases.deed(one.shown.quote)
    bridge = f"You said that {said.as_you()}." if said else ""
    return bridge if bridge and guard.check(f"{bridge} {one.option.question}", exchange.asked) else ""


def _deeper(exchange: Exchange, rambles: bool) -> Decision:
    """Not for who struggles, nor for who had nothing to add to the last one."""
    before = [held.answer for held in exchange.earlier]
    if deeper.strained([exchange.answer, *before]) or any(answer_signs.ended_short(answer) for answer in before):
        return Decision()
    imagined = not structure.fits(exchange.question)
    text = deeper.question(exchange.group, imagined, exchange.asked, rambles, exchange.question, exchange.answer)
    strong = "Every point of the question was shown; this asks for the thinking behind it."
    because = "A long answer; this asks for its point." if rambles else strong
    return Decision("deeper", text, because=because) if text else Decision()


def _probe(exchange: Exchange, points: list[_Point]) -> Decision:
    """More of what was told, where it was little or where a point may be open; nothing after a full answer."""
    about_past = structure.fits(exchange.question)
    few = diagnostic.only_names(exchange.answer)
    if all(one.was_asked for one in points) or (answer_signs.has_nothing_more(exchange.answer) and not few):
        return Decision()
    if few:
        text = open_probes.steps(about_past, exchange.asked, exchange.question)
        because = "The answer only named what it was about; this asks for what was done."
        return Decision("follow_up", text, because=because) if text else Decision()
    uncertain = any(one.shown.chance < UNCERTAIN and not one.was_asked for one in points)
    if not uncertain or not about_past or len(exchange.answer.split()) > LONG_WORDS:
        return Decision()
    deed = phrases.deed(exchange.answer)
    bridge = f"You said that {deed.as_you()}." if deed and deed.tells_much else ""
    text = open_probes.further(bool(bridge), exchange.asked, exchange.question)
    because = "Which point is still open is not certain, so this asks for more of what was told."
    return Decision("follow_up", text, bridge, because=because) if text else Decision()


def _easier(exchange: Exchange, points: list[_Point]) -> Decision:
    """The question in plainer words; after a few words on the matter, or without plainer ones, its first open point."""
    because = "Hardly anything was said, so this is an easier way in."
    said_something = any(one.shown.quote for one in points)
    text = "" if said_something else deeper.easier(exchange.plain_question, structure.fits(exchange.question))
    if text and guard.check(text, exchange.asked):
        return Decision("ease", text, because=because)
    left = [one for one in points if one.is_open(OPEN)]
    if not left:
        return Decision()
    one = max(left, key=lambda entry: entry.worth)
    because = f"{because} {diagnostic.missing(one.option.point, False)}"
    return Decision("ease", one.option.question, point=one.option.point, because=because)


# --- small steps ------------------------------------------------------------------------------------------------


def _worth(exchange: Exchange, place: int) -> float:
    option, level, number = exchange.options[place], exchange.level, len(exchange.options)
    if not diagnostic.is_thin(exchange.answer, number):
        return diagnostic.worth(option.point, place, level)
    terse, again = diagnostic.is_terse(exchange.answer), exchange.follow_ups_here > 0
    return diagnostic.worth_when_thin(option.point, option.question, place, level, terse, again)


def _bar(exchange: Exchange, one: _Point, thin: bool, least: bool) -> float:
    """The chance of having been shown below which a point may be asked for: higher where little was said."""
    again = exchange.follow_ups_here > 0
    core = diagnostic.is_core(one.option.point, one.option.question)
    if again:
        return OPEN if thin and core and diagnostic.is_terse(exchange.answer) else OPEN_AGAIN
    if least and one.option.point not in structure.POINTS:
        return OPEN_IF_LEAST
    return OPEN_IN_THIN if thin and core else OPEN


def _less_without_sign(here: Shown, thin: bool) -> Shown:
    """A thin answer without a sign of situation, own action or outcome has not told it."""
    unsigned = thin and here.point in structure.POINTS and not here.signs
    return replace(here, chance=min(here.chance, NO_SIGN)) if unsigned else here


def _less_if_hedged(here: Shown) -> Shown:
    return replace(here, chance=round(here.chance * _HEDGED, 3)) if here.hedged else here


def _was_asked(option: FollowUpOption, exchange: Exchange) -> bool:
    return any(guard.same(option.question, asked) for asked in exchange.asked)


def _is_strong(answer: str, points: list[_Point]) -> bool:
    """Enough was said, every point is there, and most of them clearly."""
    chances = [one.shown.chance for one in points]
    met = all(one.verdict.verdict == "met" for one in points)
    return met and len(answer.split()) >= FULL_WORDS and sum(chances) / len(chances) >= CLEARLY


def _knows_nothing(answer: str, points: list[_Point]) -> bool:
    """Nothing on the matter, or an unsure answer that shows nothing."""
    if any(one.shown.chance >= SHOWN_WELL for one in points):
        return False
    if answer_signs.is_unsure(answer):
        return True
    return not any(one.shown.quote for one in points) and not diagnostic.names_something(answer)
