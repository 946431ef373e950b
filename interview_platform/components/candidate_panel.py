"""The side panel about one candidate: why this rank, facts, the original, the text as read."""

import reflex as rx

from interview_platform.components.charts import match_bar
from interview_platform.components.controls import button, link_button, side_panel
from interview_platform.components.feedback import badge, notice
from interview_platform.states.recruiter_candidate import CandidateState, Reason, Station
from interview_platform.states.recruiter_interviews import LinkState
from interview_platform.states.recruiter_launch import LaunchState


def candidate_head() -> rx.Component:
    """Who it is in one line: headline, status, match."""
    return rx.el.span(
        rx.cond(CandidateState.headline != "", rx.fragment(CandidateState.headline, " ")),
        badge(CandidateState.status, CandidateState.tone),
        match_bar(CandidateState.score, CandidateState.steps),
        class_name="line",
    )


def candidate_facts() -> rx.Component:
    """Everything the panel says, for the candidate's own page: why this rank first."""
    return rx.el.div(
        _why(),
        _second_look(),
        _conditions(),
        _facts(),
        _history("Experience", CandidateState.stations),
        _history("Education", CandidateState.courses),
        class_name="panel-words",
    )


def candidate_panel() -> rx.Component:
    """The panel, open when a candidate is chosen."""
    return side_panel(
        CandidateState.is_open,
        CandidateState.toggle,
        CandidateState.name,
        rx.cond(CandidateState.headline != "", rx.el.p(CandidateState.headline, class_name="muted")),
        rx.el.div(
            badge(CandidateState.status, CandidateState.tone),
            match_bar(CandidateState.score, CandidateState.steps),
            class_name="line",
            style={"margin": "12px 0"},
        ),
        candidate_actions(link_button("Open page", CandidateState.href, icon="panel-right-open", id="open-candidate")),
        candidate_notes(),
        _facts(),
        _why(),
        _second_look(),
        _conditions(),
        _history("Experience", CandidateState.stations),
        _history("Education", CandidateState.courses),
        _text(),
    )


def candidate_notes() -> rx.Component:
    """What was found in the file and not counted, with the beginning of the words nobody sees."""
    told = rx.el.div(
        rx.foreach(CandidateState.warnings, rx.el.p),
        rx.foreach(CandidateState.notes, rx.el.p),
        rx.foreach(CandidateState.unseen, lambda words: rx.el.blockquote("“", words, "”", class_name="quote")),
        class_name="stack tight",
    )
    number = CandidateState.warnings.length() + CandidateState.notes.length() + CandidateState.unseen.length()
    return rx.cond(
        number > 0,
        rx.el.div(notice("triangle-alert", told, tone="attention"), style={"marginTop": "12px"}),
    )


def candidate_actions(*first: rx.Component) -> rx.Component:
    """What can be done next with this candidate."""
    return rx.el.div(
        *first,
        rx.cond(
            CandidateState.may_launch,
            button("Launch interview", icon="send", kind="primary", on_click=LaunchState.from_panel),
        ),
        rx.cond(
            CandidateState.invite != "",
            button("Manage link", icon="link", on_click=LinkState.show(CandidateState.invite)),
        ),
        rx.cond(
            CandidateState.report != "",
            link_button("Open report", CandidateState.report, icon="file-text", kind="primary"),
        ),
        rx.cond(
            CandidateState.file_url != "",
            link_button(
                "Original file", CandidateState.file_url, icon="external-link", target="_blank", rel="noopener"
            ),
        ),
        class_name="line",
    )


def _facts() -> rx.Component:
    return rx.cond(
        CandidateState.facts.length() + CandidateState.links.length() > 0,
        rx.fragment(
            rx.el.h3("Facts"),
            rx.el.dl(
                rx.foreach(CandidateState.facts, lambda pair: rx.fragment(rx.el.dt(pair[0]), rx.el.dd(pair[1]))),
                rx.foreach(CandidateState.links, _link),
                rx.cond(
                    CandidateState.sources != "",
                    rx.fragment(rx.el.dt("Sources"), rx.el.dd(CandidateState.sources)),
                ),
                class_name="facts-grid",
            ),
        ),
    )


def _link(address: rx.Var[str]) -> rx.Component:
    shown = rx.el.a(address, href=address, target="_blank", rel="noopener noreferrer", class_name="link")
    return rx.fragment(rx.el.dt("Link"), rx.el.dd(shown))


def _why() -> rx.Component:
    return rx.fragment(
        rx.el.h3("Why this rank"),
        rx.cond(
            CandidateState.score < 0,
            rx.el.p("Not ranked yet. Ranking starts by itself after résumés are read.", class_name="note"),
            rx.el.div(
                rx.foreach(CandidateState.reasons, _reason),
                rx.el.dl(
                    rx.foreach(CandidateState.parts, lambda pair: rx.fragment(rx.el.dt(pair[0]), rx.el.dd(pair[1]))),
                    class_name="facts-grid note num",
                ),
                rx.el.p(
                    "Ranked by ", CandidateState.ranker, ". It orders the pool; it decides nothing.", class_name="note"
                ),
                class_name="stack",
            ),
        ),
    )


def _second_look() -> rx.Component:
    """What the language model said, where a recruiter asked it: grades with the words they rest on."""
    return rx.cond(
        CandidateState.second.length() > 0,
        rx.fragment(
            rx.el.h3("Second look"),
            rx.el.div(
                rx.el.p(CandidateState.second_by, class_name="note"),
                rx.foreach(CandidateState.second, _graded),
                rx.el.p(
                    "The model read the text without name, contact, age and schools. A grade counts only where its "
                    "quote stands there word for word. The score above is SmartFilter's and was not changed.",
                    class_name="note",
                ),
                class_name="stack",
                id="second-look-grades",
            ),
        ),
    )


def _graded(reason: rx.Var[Reason]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(reason.skill, class_name="dot strong " + reason.look),
            rx.el.span(reason.said, class_name="note"),
            class_name="line",
        ),
        rx.cond(reason.sentence != "", rx.el.blockquote("“", reason.sentence, "”", class_name="quote")),
        class_name="stack tight",
    )


def _conditions() -> rx.Component:
    return rx.cond(
        CandidateState.conditions.length() > 0,
        rx.fragment(
            rx.el.h3("Hard conditions"),
            rx.el.p("Apart from the score: they move nobody up or down.", class_name="note"),
            rx.el.div(rx.foreach(CandidateState.conditions, _reason), class_name="stack"),
        ),
    )


def _reason(reason: rx.Var[Reason]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(reason.skill, class_name="dot strong " + reason.look),
            rx.el.span(reason.said, rx.cond(reason.look == "gap", " in the résumé", ""), class_name="note"),
            class_name="line",
        ),
        rx.cond(reason.sentence != "", rx.el.blockquote("“", reason.sentence, "”", class_name="quote")),
        class_name="stack tight",
    )


def _history(title: str, stations: rx.Var[list[Station]]) -> rx.Component:
    return rx.cond(
        stations.length() > 0,
        rx.fragment(rx.el.h3(title), rx.el.div(rx.foreach(stations, _station), class_name="stack tight")),
    )


def _station(station: rx.Var[Station]) -> rx.Component:
    return rx.el.div(rx.el.b(station.title, class_name="strong"), rx.el.p(station.note, class_name="note"))


def _text() -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.icon("chevron-right", size=14), "Text as it was read from ", CandidateState.filename),
        rx.el.div(CandidateState.text, class_name="letter resume-text"),
        class_name="more",
        style={"marginTop": "24px"},
    )
