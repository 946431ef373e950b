"""A report as a PDF: the page's order on paper, for a hiring manager who was not there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from interview_platform.services import report_levels
from interview_platform.services.report_events import LIMITS
from interview_platform.services.report_view import RECOMMENDATIONS, EvidenceView, ReportView, ScoreView, StatementView
from interview_platform.services.seals import CHANGED, INTACT

MEDIA_TYPE = "application/pdf"
_VERDICTS = {"met": "Shown", "partly": "Not shown clearly: listen", "not_shown": "Not shown"}
_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]+")
_INK, _SOFT, _RED, _LINE = "#1b1e25", "#5b6474", "#b3261e", "#c9ced8"
_TAMPERED = "This report was tampered with. Do not decide by it."
_PROVISIONAL = "Provisional: the better transcript was still being made."


def as_pdf(view: ReportView) -> bytes:
    """The whole document. Pure but for the fonts it reads."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    made = io.BytesIO()
    title = f"{view.candidate_name or 'Candidate'} · {view.job_title}"
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=18 * mm, title=title
    )

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(_fonts()[0], 8)
        canvas.setFillColor(_SOFT)
        canvas.drawString(20 * mm, 10 * mm, f"Seal {view.seal.mark or 'none'}")
        canvas.drawRightString(A4[0] - 20 * mm, 10 * mm, f"Page {canvas.getPageNumber()}")

    document.build(list(_story(view)), onFirstPage=foot, onLaterPages=foot)
    return made.getvalue()


def _story(view: ReportView) -> Iterator[Any]:
    yield from _top(view)
    yield from _overall(view)
    yield _head("Competencies")
    for score in view.scores:
        yield from _score(score, view)
    yield from _statements("Strengths", view.strengths, "None stands out in the answers.")
    yield from _statements("Concerns", view.concerns, "None in what was assessed.")
    yield from _questions(view)
    yield from _wording(view)
    yield from _people(view)
    yield from _end(view)


def _top(view: ReportView) -> Iterator[Any]:
    yield _text(view.candidate_name or "Name not found", "title")
    when = view.ended_at or view.started_at
    yield _text(f"{view.job_title} · interview of {when:%d %B %Y}" if when else view.job_title, "soft")
    if view.seal.state == CHANGED:
        yield _text(_TAMPERED, "red")
        yield from (_text(finding, "red") for finding in view.seal.findings)
    elif view.seal.findings:
        yield from (_text(finding, "strong") for finding in view.seal.findings)
    if view.provisional:
        yield _text(_PROVISIONAL, "strong")
    yield from (_text(said, "soft") for said in view.degraded)


def _overall(view: ReportView) -> Iterator[Any]:
    changed = view.overridden
    value, low, high, coverage, recommendation = (
        (
            view.adjusted_overall,
            view.adjusted_low,
            view.adjusted_high,
            view.adjusted_coverage,
            view.adjusted_recommendation,
        )
        if changed
        else (view.overall, view.overall_low, view.overall_high, view.coverage, view.recommendation)
    )
    yield _head("Overall")
    spread = f" (likely {low:.1f} to {high:.1f})" if low is not None and high is not None else ""
    yield _text(f"{_of_five(value)}{spread} · {coverage:.0%} of the rubric's weight was assessed", "strong")
    if changed:
        yield _text(f"With people's levels. The judge by itself: {_of_five(view.overall)}.", "soft")
    yield _text(f"Recommendation: {RECOMMENDATIONS.get(recommendation, '')}. A person decides.")
    if not recommendation:
        yield _text(f"Your organisation asks for at least {view.enough_coverage:.0%} coverage.", "soft")
    for group in view.groups:
        level = group.adjusted if changed else group.level
        yield _text(f"{group.title}: {_of_five(level)}" + (f". {group.note}" if level is None else ""))


def _score(score: ScoreView, view: ReportView) -> Iterator[Any]:
    yield _text(f"{score.name.rstrip('.')}: {_of_five(score.shown_level)}", "name")
    if score.override:
        held = score.override
        yield _text(f"Judge: {_of_five(score.level)}. Changed by {held.by}, {held.at:%d %B %Y}: {held.reason}", "soft")
    if score.shown_level is None and score.not_assessed:
        yield _text(score.not_assessed, "soft")
    if score.anchor and not score.override:
        yield _text(f"Level {score.level} means: {score.anchor}", "soft")
    if score.evidence:
        yield _text(report_levels.basis(score), "soft")
    for point in dict.fromkeys(held.point for held in score.evidence):
        yield from _point([held for held in score.evidence if held.point == point], view)


def _point(shown: list[EvidenceView], view: ReportView) -> Iterator[Any]:
    yield _text(f"{_VERDICTS.get(shown[0].verdict, shown[0].verdict)}: {shown[0].point}", "point")
    for held in shown:
        if held.quote:
            yield _text(f"{_clock(held.started_seconds)}“{held.quote}”", "quote")


def _statements(title: str, held: tuple[StatementView, ...], none: str) -> Iterator[Any]:
    yield _head(title)
    if not held:
        yield _text(none, "soft")
    for one in held:
        yield _text(one.text, "point")
        if one.quote:
            yield _text(f"{_clock(one.started_seconds)}“{one.quote}”", "quote")


def _questions(view: ReportView) -> Iterator[Any]:
    yield _head("Questions")
    for held in view.questions:
        state = "answered" if held.answered else "asked, not answered" if held.asked else "not asked"
        yield _text(f"{held.number}. {held.text} ({state})", "point")
    if view.asked:
        yield _text("The candidate asked:", "name")
        yield from (_text(f"“{words}”", "quote") for words in view.asked)


def _wording(view: ReportView) -> Iterator[Any]:
    yield _head("Bias and tone")
    if not view.tone and not view.wording:
        yield _text("No wording to look at was found, of either side.", "soft")
    for held in view.tone:
        who = "Interviewer" if held.speaker == "agent" else "Candidate"
        yield _text(f"{who}, {held.kind.replace('_', ' ')}: “{held.quote}”. {held.note}", "point")
    for said in view.wording:
        better = f" Better: {said.instead}" if said.instead else " Better left out."
        yield _text(f"{said.where}: “{said.sentence}” {said.why}{better}", "point")
    if view.fairness.get("said"):
        yield _text(str(view.fairness["said"]), "point")


def _people(view: ReportView) -> Iterator[Any]:
    if view.ratings:
        yield _head("People's levels")
        for person in view.ratings:
            levels = ", ".join(f"{name} {level or 'cannot say'}" for name, level in person.levels.items())
            yield _text(f"{person.by}{' (before seeing the judge)' if person.blind else ''}: {levels}", "point")
    if view.decisions:
        yield _head("Decisions")
        for held in view.decisions:
            note = f": {held.note}" if held.note else ""
            yield _text(f"{held.decision.replace('_', ' ')} by {held.by}, {held.at:%d %B %Y}{note}", "point")
    if view.events:
        yield _head("Events to review")
        yield _text(LIMITS, "soft")
        yield from (_text(event.text, "point") for event in view.events)


def _end(view: ReportView) -> Iterator[Any]:
    yield _head("What made this report")
    names = {"rubric": "Rubric", "plan": "Plan", "judge": "Judge", "prompt": "Prompt", "rules": "Rules of scoring"}
    for key, words in {**names, "interviewer": "Interviewer"}.items():
        if view.versions.get(key):
            yield _text(f"{words}: {view.versions[key]}", "point")
    state = "intact" if view.seal.state == INTACT else view.seal.state
    yield _text(f"Seal: {view.seal.mark or 'none'} ({state})", "point")
    yield _text("Levels come from the candidate's words alone. Face, voice and manner are never scored.", "soft")


def _text(words: str, look: str = "body") -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(_marked(words), _styles()[look])


def _head(words: str) -> Any:
    return _text(words, "head")


def _marked(words: str) -> str:
    """Escaped, with runs of East Asian letters in a font that has them."""
    parts, at = [], 0
    for run in _EAST_ASIAN.finditer(words):
        parts += [escape(words[at : run.start()]), f'<font name="{_fonts()[2]}">{escape(run.group())}</font>']
        at = run.end()
    return "".join([*parts, escape(words[at:])])


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, str, str]:
    """Names of the plain, bold and East Asian fonts; matplotlib's DejaVu where it is installed, else the PDF's own."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    folder = _dejavu()
    if folder is None:
        return "Helvetica", "Helvetica-Bold", "STSong-Light"
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    return "DejaVuSans", "DejaVuSans-Bold", "STSong-Light"


def _dejavu() -> Path | None:
    from importlib.util import find_spec

    found = find_spec("matplotlib")
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" if found and found.origin else None
    return folder if folder and (folder / "DejaVuSans.ttf").is_file() else None


@lru_cache(maxsize=1)
def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    plain, bold, _ = _fonts()
    body = ParagraphStyle("body", fontName=plain, fontSize=9.5, leading=13.5, textColor=_INK, spaceAfter=3)
    looks: dict[str, dict[str, Any]] = {
        "body": {},
        "soft": {"textColor": _SOFT},
        "strong": {"fontName": bold},
        "red": {"fontName": bold, "textColor": _RED},
        "title": {"fontName": bold, "fontSize": 17, "leading": 22},
        "head": {"fontName": bold, "fontSize": 12, "leading": 16, "spaceBefore": 12, "keepWithNext": 1},
        "name": {"fontName": bold, "spaceBefore": 6, "keepWithNext": 1},
        "point": {"leftIndent": 8},
        "quote": {"leftIndent": 16, "textColor": _SOFT, "borderColor": _LINE},
    }
    return {name: ParagraphStyle(name, parent=body, **given) for name, given in looks.items()}


def _of_five(level: float | int | None) -> str:
    if level is None:
        return "not assessed"
    return f"{level} of 5" if isinstance(level, int) else f"{level:.1f} of 5"


def _clock(seconds: float | None) -> str:
    return "" if seconds is None else f"{int(seconds) // 60:02}:{int(seconds) % 60:02} "
