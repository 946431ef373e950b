"""One report, on the whole screen: recording and transcript on the left, what they show on the right."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import busy_button, button
from interview_platform.components.delivery import delivery
from interview_platform.components.feedback import badge, loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.components.meeting_list import meetings_section
from interview_platform.components.player import review_player, seek_button
from interview_platform.components.report_dialogs import decide_dialog, override_dialog, undo_bar
from interview_platform.components.report_earlier import earlier
from interview_platform.components.report_people import (
    banners,
    flag_dialog,
    flag_sentence,
    flags,
    made_by,
    people,
    rate_dialog,
    rate_first,
)
from interview_platform.components.report_requests import report_requests
from interview_platform.components.report_share import candidate_words, share_dialog
from interview_platform.components.report_wording import wording
from interview_platform.components.schedule_dialog import schedule_button, schedule_dialog
from interview_platform.components.scores import score, verdict
from interview_platform.components.trace import asked, speech, trace, who_spoke
from interview_platform.states.recruiter_decide import DecideState
from interview_platform.states.recruiter_flag import FlagState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.recruiter_share import ShareState
from interview_platform.states.report_lines import DecisionLine, StatementLine


def page() -> rx.Component:
    """The whole page."""
    facts = rx.el.span(
        rx.el.a(ReportState.facts, href=ReportState.job_href), " ", badge(ReportState.stage, ReportState.stage_tone)
    )
    actions = rx.cond(
        ReportState.ready,
        rx.fragment(
            button("Flag interview", icon="flag", on_click=FlagState.ask("", "")),
            button("Share", icon="share-2", on_click=ShareState.show, id="share"),
            schedule_button(),
            button("Decide", icon="gavel", kind="primary", on_click=DecideState.show, id="decide"),
        ),
    )
    body = rx.el.div(
        rx.el.div(_player(), class_name="report-left"), rx.el.div(_right(), id="report"), class_name="report"
    )
    return frame(
        "reports",
        head(ReportState.name, facts, actions, back=("Reports", routes.REPORTS)),
        loaded(ReportState, body, rows=10),
        flag_dialog(),
        share_dialog(),
        rate_dialog(),
        override_dialog(),
        decide_dialog(),
        schedule_dialog(),
        undo_bar(),
    )


def _player() -> rx.Component:
    return review_player(
        src=ReportState.recording,
        missing=ReportState.recording_note,
        turns=ReportState.turns,
        chapters=ReportState.chapters,
        captions=ReportState.captions,
        on_flag=lambda turn: FlagState.ask(turn, ""),
        on_played=ReportState.played,
    )


def _right() -> rx.Component:
    return rx.fragment(
        banners(),
        report_requests(),
        who_spoke(),
        _decided(),
        meetings_section("Meetings", of_one=True),
        asked(),
        rx.match(
            ReportState.status,
            ("ready", rx.cond(ReportState.hidden, rate_first(), _numbers())),
            ("working", notice("loader-circle", "The report is being written. It appears here by itself in seconds.")),
            ("failed", _failed()),
            notice("info", "The interview is not over yet. The report follows within seconds of its end."),
        ),
        delivery(),
        speech(),
        trace(),
        rx.cond((ReportState.status == "ready") & ~ReportState.hidden, rx.fragment(wording(), earlier(), made_by())),
        _labels(),
    )


def _decided() -> rx.Component:
    return rx.foreach(ReportState.decisions, _decision)


def _decision(held: rx.Var[DecisionLine]) -> rx.Component:
    return rx.el.div(
        notice(
            "gavel",
            rx.el.b(held.words, class_name="strong"),
            " by ",
            held.by,
            rx.cond(held.note != "", rx.el.p(held.note, class_name="note")),
            tone="good",
        ),
        class_name="section",
    )


def _failed() -> rx.Component:
    return rx.el.div(
        notice(
            "circle-alert",
            rx.el.b("The report could not be written. "),
            ReportState.error,
            rx.el.p("Recording, transcript and every answer are kept.", class_name="note"),
            tone="danger",
            role="alert",
        ),
        rx.el.div(_again("Write the report again"), style={"marginTop": "12px"}),
        class_name="section",
    )


def _again(words: str) -> rx.Component:
    return busy_button(
        words, "Writing…", ReportState.writing, icon="rotate-cw", kind="small", on_click=ReportState.write_again
    )


def _numbers() -> rx.Component:
    return rx.fragment(
        verdict(),
        section("Competencies", rx.foreach(ReportState.scores, score), note="From what was said, never from how."),
        _statements("Strengths", "plus", ReportState.strengths, "None stands out in the answers."),
        _statements("Concerns", "minus", ReportState.concerns, "None in what was assessed."),
        flags(),
        people(),
        candidate_words(),
    )


def _statements(title: str, icon: str, held: rx.Var[list[StatementLine]], none: str) -> rx.Component:
    def line(item: rx.Var[StatementLine]) -> rx.Component:
        quote = rx.cond(item.quote != "", rx.el.div(seek_button(at=item.at, text=item.quote)))
        return rx.el.li(rx.icon(icon, size=16), rx.el.div(item.text, quote), flag_sentence(item.text))

    return section(
        title,
        rx.cond(
            held.length() > 0,
            rx.el.ul(rx.foreach(held, line), class_name="statements"),
            rx.el.p(none, class_name="note"),
        ),
    )


def _labels() -> rx.Component:
    return rx.el.div(
        rx.cond(
            ReportState.interviewer != "", rx.el.span("Asked by: ", ReportState.interviewer, class_name="label-tag")
        ),
        rx.cond(ReportState.judge != "", rx.el.span("Judged by: ", ReportState.judge, class_name="label-tag")),
        rx.cond(ReportState.written != "", rx.el.span("Written ", ReportState.written, class_name="label-tag num")),
        rx.el.span(class_name="spring"),
        rx.cond(ReportState.status == "ready", _again("Write again")),
        class_name="line apart",
        id="labels",
    )
