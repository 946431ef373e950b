"""How an interview went, put into words for a reader who is no engineer: pure, from services/interview_trace."""

from dataclasses import dataclass, field
from typing import cast

from interview_platform.services.candidate_questions import DONE, Asked
from interview_platform.services.interview_trace import AUTHORED, Live, Refused, Source, Speech, Step, Trace
from interview_platform.states.trace_words import ABOUT, DECISIONS, INTENTS, KINDS, SOURCES, VERDICTS
from interview_platform.states.words import ago, clock, count, moment

NO_TIME = -1.0
LONGEST = 400
"""Characters of an answer or a passage that are shown."""


@dataclass
class CoveredLine:
    """One point after an answer."""

    point: str
    verdict: str
    said: str
    quote: str


@dataclass
class SourceLine:
    """A passage that was looked at."""

    title: str
    text: str
    fit: str


@dataclass
class RefusedLine:
    """Words that were not said, and why."""

    text: str
    reason: str


@dataclass
class StepLine:
    """One thing the interviewer said. Empty where there is nothing to tell."""

    key: str
    at: float
    clock: str
    title: str
    text: str
    decision: str
    because: str
    heard: str  # what came before, and what it was read as
    heard_as: str
    refers: str
    covered: list[CoveredLine] = field(default_factory=list)
    sources: list[SourceLine] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)
    fallback: str = ""
    facts: list[str] = field(default_factory=list)
    more: bool = False  # whether there is anything to open


@dataclass
class SpokenLine:
    """Words that a measure of the interviewer's speech stands on."""

    quote: str
    note: str
    at: float


@dataclass
class SpeechLine:
    """One measure of the interviewer's own speech."""

    name: str
    value: str
    candidate: str  # the candidate's value beside it, where there is one
    note: str
    evidence: list[SpokenLine] = field(default_factory=list)
    found: str = ""  # "3 places"


@dataclass
class AskedLine:
    """Something a candidate asked that waits for a person."""

    key: str
    text: str
    about: str
    tone: str
    done: bool
    when: str
    who: str
    email: str
    job: str
    interview: str


@dataclass
class LiveLine:
    """A running interview."""

    key: str
    name: str
    facts: str
    question: str = ""  # the planned question, where something else is asked on it
    said: str = ""
    title: str = ""
    because: str = ""
    decision: str = ""
    competency: str = ""
    points: list[str] = field(default_factory=list)
    over: bool = False


def step_line(step: Step) -> StepLine:
    """A step in words."""
    return StepLine(
        key=step.turn_id,
        at=step.at_seconds,
        clock=clock(step.at_seconds),
        title=_title(step),
        text=step.text,
        decision=named(DECISIONS, step.decision),
        because=step.because,
        heard=_cut(step.reply_to),
        heard_as=named(INTENTS, step.intent) if step.intent not in ("", "answer") else "",
        refers=step.refers,
        covered=[
            CoveredLine(one.point, one.verdict, VERDICTS.get(one.verdict, one.verdict), one.quote)
            for one in step.covered
        ],
        sources=[_source(one) for one in step.sources],
        refused=[_refused(one) for one in step.refused],
        fallback=step.fallback,
        facts=_facts(step),
        more=bool(step.reply_to or step.covered or step.sources or step.refused or step.prompt or step.refers),
    )


def who_spoke(trace: Trace) -> str:
    """One sentence: which engine worded how much, and that the rest is fixed words."""
    if not trace.steps:
        return ""
    fixed = dict(trace.engines).get(AUTHORED, 0)
    engines = [f"{label} worded {count(number, 'turn')}" for label, number in trace.engines if label != AUTHORED]
    words = f"{fixed} of {len(trace.steps)} turns are words written beforehand"
    whole = "The one turn is" if len(trace.steps) == 1 else f"All {len(trace.steps)} turns are"
    told = f"{'; '.join(engines)}; {words}." if engines else f"{whole} words written beforehand."
    if trace.fallbacks:
        told += f" {count(trace.fallbacks, 'time')} the offline interviewer stepped in."
    return told


def sums(trace: Trace) -> str:
    """What stands beside the section's title: refusals, tokens, cost, the slowest decision."""
    told = [count(len(trace.steps), "step")]
    told.append(
        f"{count(trace.refused, 'sentence')} stopped by the guard" if trace.refused else "nothing stopped by the guard"
    )
    if trace.tokens:
        told.append(f"{trace.tokens:,} tokens")
    if trace.cost is not None:
        told.append(f"${trace.cost:.4f}")
    if trace.slowest_seconds is not None:
        told.append(f"slowest decision {seconds(trace.slowest_seconds)}")
    return " · ".join(told)


def speech_lines(speech: Speech) -> list[SpeechLine]:
    """The measures in reading order, without who spoke: that stands at the top of the report already."""
    rows = speech.measured.as_rows() if speech.measured.turns else []
    return [_speech_line(row, speech) for row in rows if row["name"] != "Engines"]


def _speech_line(row: dict[str, object], speech: Speech) -> SpeechLine:
    name = str(row["name"])
    held = cast("list[dict[str, str]]", row["evidence"])
    spoken = [
        SpokenLine(one["quote"], one["note"], speech.started_seconds.get(one["turn_id"], NO_TIME)) for one in held
    ]
    found = count(len(spoken), "place") if spoken else ""
    return SpeechLine(name, str(row["value"]), speech.candidate.get(name, ""), str(row["note"]), spoken, found)


def asked_line(asked: Asked) -> AskedLine:
    """A passed-on question."""
    row = asked.row
    about, tone = ABOUT.get(row.about, (row.about.capitalize(), ""))
    when = f"Done by {asked.done_by}" if row.status == DONE and asked.done_by else moment(row.created_at)
    return AskedLine(
        key=row.id,
        text=row.text,
        about=about,
        tone=tone if row.status != DONE else "",
        done=row.status == DONE,
        when=when,
        who=asked.candidate_name or "Name not found",
        email=asked.candidate_email,
        job=asked.job_title,
        interview=row.interview_id,
    )


def live_line(live: Live) -> LiveLine:
    """A running interview, with the open question and why it is asked."""
    place = f"question {live.number} of {live.total}" if live.number else "has just begun"
    last = ago(live.last_at)
    facts = " · ".join(
        filter(None, (live.job_title, place, f"last words {last} ago" if last not in ("", "now") else ""))
    )
    made = LiveLine(key=live.interview_id, name=live.candidate_name or "Name not found", facts=facts)
    made.over = live.status != "live"
    if live.said is None:
        return made
    made.competency, made.points = live.competency, list(live.points)
    made.said, made.title = live.said.text, _title(live.said)
    made.question = "" if live.question in live.said.text else live.question
    made.because = live.said.because or _planned(live)
    made.decision = named(DECISIONS, live.said.decision)
    return made


def named(words: dict[str, str], key: str) -> str:
    """The words for a key; an unknown key is shown as it is, with spaces."""
    return words.get(key, key.replace("_", " ").capitalize() if key else "")


def seconds(value: float) -> str:
    """ "0.04 s", "1.5 s"."""
    return f"{value:.2f} s" if value < 1 else f"{value:.1f} s"


def _planned(live: Live) -> str:
    """Why a question is asked for which no turn says why: its place in the plan."""
    if live.kind == "resume":
        return "It is about this candidate's own résumé."
    if live.kind == "custom":
        return "It is one of your own questions for this job, word for word."
    about = f" on {live.competency}" if live.competency else ""
    return f"It is a core question{about}: every candidate of this job is asked it."


def _title(step: Step) -> str:
    title = KINDS.get(step.kind, step.kind.replace("_", " ").capitalize())
    if step.kind == "core":
        return f"{title} {step.number}" if step.number else title
    return f"{title}, on question {step.number}" if step.number and step.kind in ("follow_up", "repeat") else title


def _source(held: Source) -> SourceLine:
    kind = SOURCES.get(held.source, held.source)
    title = kind if held.title in ("", kind) else f"{kind}: {held.title}"
    return SourceLine(title, _cut(held.text), f"fits {held.score:.0%}" if held.score is not None else "")


def _refused(held: Refused) -> RefusedLine:
    return RefusedLine(_cut(held.text), held.reason)


def _facts(step: Step) -> list[str]:
    fixed = step.engine in ("", AUTHORED)
    told = ["Words written beforehand" if fixed else f"Worded by {step.engine}"]
    if step.prompt:
        told.append(f"prompt {step.prompt}")
    if step.took_seconds is not None:
        told.append(seconds(step.took_seconds))
    if step.tokens_in is not None or step.tokens_out is not None:
        told.append(f"{step.tokens_in or 0:,} tokens read, {step.tokens_out or 0:,} written")
    if step.cost is not None:
        told.append(f"${step.cost:.4f}")
    return told


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
