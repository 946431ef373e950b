"""How the interview went, step by step, and what the candidate asked people: parts of the report."""

import reflex as rx

from interview_platform.components.asked import asked_rows
from interview_platform.components.layout import section
from interview_platform.components.player import seek_button
from interview_platform.states.recruiter_trace import TraceState
from interview_platform.states.trace_lines import CoveredLine, RefusedLine, SourceLine, SpeechLine, SpokenLine, StepLine


def who_spoke() -> rx.Component:
    """Who worded the interview, at the top of the report."""
    return rx.cond(
        TraceState.who_spoke != "",
        rx.el.p(rx.icon("mic", size=14), rx.el.span(TraceState.who_spoke), class_name="note who-spoke"),
    )


def asked() -> rx.Component:
    """What the candidate asked and no source could answer, with what is still open first to see."""
    return rx.cond(
        TraceState.asked.length() > 0,
        section(
            "The candidate asked",
            asked_rows(TraceState.asked, TraceState.tick),
            note="Passed on to you: no source could answer it, or it needs a person.",
        ),
    )


def speech() -> rx.Component:
    """How the interviewer itself spoke, beside the candidate's side."""
    return rx.cond(
        TraceState.speech.length() > 0,
        rx.el.section(
            rx.el.h2("The interviewer's own speech", style={"fontSize": "16px", "fontWeight": "600"}),
            rx.el.p(
                "Tone, fairness and who spoke how much, measured from what the interviewer said. Never scored.",
                class_name="note",
                style={"marginBottom": "16px"},
            ),
            rx.el.dl(rx.foreach(TraceState.speech, _measure), class_name="measures"),
            class_name="apart",
            id="agent-speech",
        ),
    )


def _measure(line: rx.Var[SpeechLine]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(rx.el.span(line.name)),
        rx.el.dd(
            rx.el.b(line.value),
            rx.cond(line.candidate != "", rx.el.span("Candidate: ", line.candidate)),
            rx.el.span(line.note),
            rx.cond(
                line.found != "",
                rx.el.details(
                    rx.el.summary(rx.icon("chevron-right", size=14), line.found),
                    rx.el.div(rx.foreach(line.evidence, _spoken), class_name="stack tight"),
                    class_name="more",
                ),
            ),
        ),
        class_name="measure",
    )


def _spoken(line: rx.Var[SpokenLine]) -> rx.Component:
    return rx.el.div(
        rx.el.blockquote(seek_button(at=line.at, text=line.quote), class_name="quote"),
        rx.cond(line.note != "", rx.el.p(line.note, class_name="note")),
    )


def trace() -> rx.Component:
    """Every step, folded until somebody wants to know."""
    return rx.el.section(
        rx.el.h2("How the interview went", style={"fontSize": "16px", "fontWeight": "600"}),
        rx.el.p(
            "Each thing the interviewer said, and what led to it: the candidate's words, the points they showed, the "
            "sources that were read, the sentences that were stopped.",
            class_name="note",
        ),
        rx.cond(
            TraceState.steps.length() > 0,
            rx.el.details(
                rx.el.summary(
                    rx.icon("chevron-right", size=14),
                    rx.el.span("Show every step", class_name="nowrap strong"),
                    rx.el.span(TraceState.sums),
                    class_name="num",
                    id="trace-open",
                ),
                rx.el.ol(rx.foreach(TraceState.steps, _step), class_name="steps-told"),
                class_name="more",
            ),
            rx.el.p("Nothing was said yet.", class_name="note"),
        ),
        class_name="section apart",
        id="trace",
    )


def _step(step: rx.Var[StepLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(step.title, class_name="strong"),
            rx.cond(step.decision != "", rx.el.span(step.decision, class_name="note")),
            class_name="line",
        ),
        rx.el.p(seek_button(at=step.at, text=step.text), class_name="said"),
        rx.cond(step.because != "", rx.el.p("Why: ", step.because, class_name="note")),
        rx.cond(
            step.fallback != "",
            rx.el.p("The offline interviewer took this turn: ", step.fallback, class_name="note"),
        ),
        rx.cond(
            step.more,
            rx.el.details(
                rx.el.summary(rx.icon("chevron-right", size=14), "What led to it"),
                _more(step),
                class_name="more",
            ),
            rx.el.div(rx.foreach(step.facts, rx.el.span), class_name="step-facts"),
        ),
        class_name="step-told",
    )


def _more(step: rx.Var[StepLine]) -> rx.Component:
    heard = rx.el.div(
        rx.el.h4("The candidate said", rx.cond(step.heard_as != "", ", read as " + step.heard_as, "")),
        rx.el.blockquote("“", step.heard, "”", class_name="quote"),
    )
    refers = rx.el.div(
        rx.el.h4("Words of the candidate told back"), rx.el.blockquote("“", step.refers, "”", class_name="quote")
    )
    return rx.el.div(
        rx.cond(step.heard != "", heard),
        rx.cond(step.covered.length() > 0, _part("What a good answer covers", step.covered, _covered)),
        rx.cond(step.refers != "", refers),
        rx.cond(step.sources.length() > 0, _part("Sources that were read", step.sources, _source)),
        rx.cond(step.refused.length() > 0, _part("Stopped before it was said", step.refused, _refused)),
        rx.el.div(rx.foreach(step.facts, rx.el.span), class_name="step-facts"),
        class_name="step-more",
    )


def _part(title: str, held: rx.Var, line: object) -> rx.Component:
    return rx.el.div(rx.el.h4(title), rx.el.div(rx.foreach(held, line), class_name="stack tight"))


def _covered(line: rx.Var[CoveredLine]) -> rx.Component:
    icon = rx.match(
        line.verdict,
        ("met", rx.icon("circle-check", size=16, class_name="met")),
        ("partly", rx.icon("circle-dot", size=16, class_name="met")),
        rx.icon("circle", size=16, class_name="muted"),
    )
    return rx.el.div(
        icon,
        rx.el.div(
            rx.el.span(line.point, " "),
            rx.el.span(line.said, class_name="note"),
            rx.cond(line.quote != "", rx.el.blockquote("“", line.quote, "”", class_name="quote")),
        ),
        class_name="point",
    )


def _source(line: rx.Var[SourceLine]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span(line.title, class_name="strong"), rx.el.span(line.fit, class_name="note num"), class_name="line"
        ),
        rx.el.p(line.text, class_name="note"),
    )


def _refused(line: rx.Var[RefusedLine]) -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.s(line.text), class_name="note refused"), rx.el.p("Why not: ", line.reason, class_name="note")
    )
