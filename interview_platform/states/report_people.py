"""What people and seals say of a report, put into words for its page: pure, from services/report_view."""

from dataclasses import dataclass

from interview_platform.services import review
from interview_platform.services.agreement import Agreement
from interview_platform.services.report_plain import PlainPart
from interview_platform.services.report_versions import EarlierView
from interview_platform.services.report_view import RECOMMENDATIONS, FlagView, ReportView, ScoreView, TurnView
from interview_platform.services.seals import CHANGED, INTACT, OUTDATED
from interview_platform.states.words import moment

MAKERS = (
    ("rubric", "Rubric"),
    ("plan", "Plan"),
    ("judge", "Judge"),
    ("prompt", "Prompt"),
    ("rules", "Rules of scoring"),
    ("interviewer", "Interviewer"),
)
"""Keys of a report's versions, and their words."""


@dataclass
class EarlierLine:
    """An earlier report: what it said, which levels differ, what changed in the rubric since."""

    when: str
    facts: str
    levels: list[str]
    changes: list[str]


@dataclass
class BannerLine:
    """Something about the whole report that has to be read first. `tone`: danger | attention | ""."""

    icon: str
    title: str
    lines: list[str]
    tone: str


@dataclass
class FactLine:
    """A name and its value."""

    name: str
    value: str


@dataclass
class NoteLine:
    """A flag or a comment: what it is on, what is said, who said it."""

    about: str
    quote: str
    text: str
    by: str


@dataclass
class RateLine:
    """One line of the rubric to be rated, and what its levels mean. `level`: "" | "1".."5" | "none"."""

    name: str
    group: str
    anchors: list[str]
    questions: list[str]
    level: str


@dataclass
class RatedLine:
    """One competency with everybody's level beside the judge's. `apart`: people lie far from each other."""

    name: str
    judge: str
    people: list[str]
    apart: bool


@dataclass
class WordingLine:
    """Words to look at, whose they are, and other words."""

    where: str
    sentence: str
    why: str
    instead: str


def wording_lines(view: ReportView) -> list[WordingLine]:
    """The report's own wording, and people's notes."""
    return [WordingLine(held.where, held.sentence, held.why, held.instead) for held in view.wording]


@dataclass
class PlainLine:
    """One thing the interview was about, in the candidate's words."""

    name: str
    level: str
    left_out: str
    shown: list[str]
    quotes: list[str]
    open: list[str]


def plain_line(part: PlainPart) -> PlainLine:
    """A part of the candidate's version."""
    shown = [f"Your answer {point}" for point, _ in part.shown]
    quotes = [quote for _, quote in part.shown]
    missing = [f"An answer that {point}" for point in part.open]
    return PlainLine(part.name, part.level, part.left_out, shown, quotes, missing)


def banners(view: ReportView) -> list[BannerLine]:
    """Tampering first, then what is not final, then what did not work."""
    found = []
    if view.seal.state == CHANGED:
        ways = "Do not decide by it. Compare with the audit log; writing it again judges what is stored now."
        found.append(
            BannerLine("shield-alert", "This report was tampered with.", [*view.seal.findings, ways], "danger")
        )
    if view.seal.state == OUTDATED:
        found.append(BannerLine("file-clock", "Not up to date.", list(view.seal.findings), "attention"))
    if view.provisional:
        words = "The better transcript is still being made. The final report takes this one's place by itself."
        found.append(BannerLine("hourglass", "Provisional.", [words], ""))
    if view.rubric_changed:
        words = "This report keeps the rubric it was made with. Write it again to judge by the job's present one."
        found.append(BannerLine("ruler", "The job's rubric has changed since.", [words], ""))
    if view.degraded:
        found.append(BannerLine("triangle-alert", "Not everything worked.", list(view.degraded), "attention"))
    return found


def facts(view: ReportView) -> list[FactLine]:
    """What the report was made by, and its seal."""
    made = [FactLine(words, view.versions[key]) for key, words in MAKERS if view.versions.get(key)]
    seal = f"{view.seal.mark}, intact" if view.seal.state == INTACT else view.seal.mark
    return [*made, FactLine("Seal", seal)] if view.seal.mark else made


def earlier_lines(view: ReportView) -> list[EarlierLine]:
    """The other reports on this interview, newest first."""
    return [_earlier_line(held) for held in view.earlier]


def _earlier_line(held: EarlierView) -> EarlierLine:
    overall = "nothing assessed" if held.overall is None else f"overall {held.overall:.1f}"
    said = RECOMMENDATIONS.get(held.recommendation, "") or "no recommendation"
    facts = [overall, said.partition(":")[0], f"rubric {held.rubric}" if held.rubric else "", held.judge]
    levels = [f"{name.rstrip('.')}: {_or_none(then)} then, {_or_none(now)} now" for name, then, now in held.levels]
    changes = [
        f"{one.line.rstrip('.')}: {one.text[:1].lower()}{one.text[1:]}".removeprefix(": ") for one in held.changes
    ]
    when = f"{moment(held.at)}{', provisional' if held.provisional else ''}"
    return EarlierLine(when, " · ".join(fact for fact in facts if fact), levels, changes)


def _or_none(level: int | None) -> str:
    return "not assessed" if level is None else str(level)


def notes(view: ReportView) -> list[NoteLine]:
    """Flags that belong to no turn, newest last; those on turns show in the transcript."""
    return [note_line(flag) for flag in view.flags if flag.turn_id is None]


def comments(view: ReportView) -> list[NoteLine]:
    """Comments, oldest first, with the words they are on."""
    said = {turn.turn_id: turn.text for turn in view.turns}
    return [
        NoteLine("", said.get(held.turn_id or "", "")[:160], held.text, f"{held.by}, {moment(held.at)}")
        for held in view.comments
    ]


def note_line(flag: FlagView) -> NoteLine:
    """A flag in words."""
    about = review.ABOUT.get(flag.about, "") if flag.about != "other" else ""
    text = "" if flag.text == about else flag.text
    return NoteLine(about, flag.quote, text, f"{flag.by}, {moment(flag.at)}")


def heard_before(turn: TurnView) -> list[str]:
    """What was heard before somebody corrected it, and why; nothing where nobody did."""
    held = turn.correction
    if held is None:
        return []
    heard = held.heard or "nothing"
    return [f"Heard as “{heard}”, corrected by {held.by}: {held.reason}"]


def rate_lines(view: ReportView, groups: dict[str, str], chosen: dict[str, str]) -> list[RateLine]:
    """What is to be rated, with the levels of the questions that were asked, or else the competency's anchors."""
    return [_rate_line(score, groups, view.anchors.get(score.name, ()), chosen) for score in view.scores]


def _rate_line(score: ScoreView, groups: dict[str, str], anchors: tuple[str, ...], chosen: dict[str, str]) -> RateLine:
    asked = [held.question for held in score.levels]
    shown = list(score.levels[0].levels) if len(score.levels) == 1 else list(anchors)
    return RateLine(score.name, groups.get(score.group, score.group), shown, asked, chosen.get(score.name, ""))


def rated_lines(view: ReportView) -> list[RatedLine]:
    """Everybody's levels, where anybody rated."""
    if not view.ratings:
        return []
    apart = {held.name for held in view.disagreements}
    return [
        RatedLine(
            score.name,
            _level(score.level),
            [
                f"{person.by}: {_level(person.levels[score.name])}"
                for person in view.ratings
                if score.name in person.levels
            ],
            score.name in apart,
        )
        for score in view.scores
    ]


def agreement_words(held: Agreement | None) -> str:
    """How far people and the judge agree in this interview."""
    if held is None or not held.pairs or held.same is None or held.near is None or held.bias is None:
        return ""
    way = (
        ""
        if abs(held.bias) < 0.05
        else f"; the judge is {abs(held.bias):.1f} {'kinder' if held.bias > 0 else 'stricter'}"
    )
    return f"People and judge: same level {held.same:.0%}, at most one apart {held.near:.0%}{way}."


def _level(level: int | None) -> str:
    return "not assessed" if level is None else f"{level} of 5"
