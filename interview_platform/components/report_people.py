"""What people do beside the judge: flag a sentence, rate, comment; and what has to be read before the report."""

import reflex as rx

from interview_platform.components.controls import (
    busy_button,
    button,
    dialog,
    dialog_foot,
    field,
    icon_button,
    text_area,
)
from interview_platform.components.feedback import badge, notice
from interview_platform.components.layout import section
from interview_platform.states.recruiter_flag import FlagState
from interview_platform.states.recruiter_rate import RateState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.states.report_people import (
    BannerLine,
    FactLine,
    NoteLine,
    RatedLine,
    RateLine,
)

KINDS = (
    ("hallucination", "Not what was said"),
    ("bias", "Unfair or biased"),
    ("transcript", "Wrong transcript"),
    ("inconsistent", "Does not fit the rest"),
    ("other", "Something else"),
)
LEVELS = (("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("none", "Can’t say"))


def banners() -> rx.Component:
    """Tampering, provisional, another rubric by now, what did not work."""
    return rx.foreach(ReportState.banners, banner)


def banner(held: rx.Var[BannerLine]) -> rx.Component:
    """One of them."""
    icon = rx.match(
        held.icon,
        ("shield-alert", rx.icon("shield-alert", size=18)),
        ("file-clock", rx.icon("file-clock", size=18)),
        ("hourglass", rx.icon("hourglass", size=18)),
        ("ruler", rx.icon("ruler", size=18)),
        rx.icon("triangle-alert", size=18),
    )
    words = rx.el.div(
        rx.el.b(held.title), rx.foreach(held.lines, lambda line: rx.el.p(line)), class_name="notice-words"
    )
    role = rx.cond(held.tone == "danger", "alert", "status")
    return rx.el.div(
        rx.el.div(icon, words, role=role, class_name="notice " + held.tone), class_name="section report-banner"
    )


def flag_dialog() -> rx.Component:
    """What is wrong with a sentence; a wrong transcript is put right here."""
    state = FlagState
    return dialog(
        state.is_open,
        state.toggle,
        rx.cond(state.quote != "", "Flag this sentence", "Flag this interview"),
        rx.cond(state.quote != "", rx.el.blockquote(state.quote, class_name="quote flag-quote")),
        rx.el.div(
            *[_kind(words, key) for key, words in KINDS],
            role="radiogroup",
            aria_label="What is wrong",
            class_name="flag-kinds",
        ),
        rx.cond(state.corrects, _correction(), _what()),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            busy_button(
                rx.cond(state.corrects, "Correct and judge again", "Flag"),
                "Saving…",
                state.busy,
                icon="flag",
                on_click=state.save,
                id="save-flag",
            ),
        ),
    )


def _kind(words: str, key: str) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        role="radio",
        id=f"flag-{key}",
        aria_checked=rx.cond(FlagState.about == key, "true", "false"),
        on_click=FlagState.pick(key),
        class_name="choice",
    )


def _what() -> rx.Component:
    state = FlagState
    return field(
        "What should be looked at?",
        text_area("flag-text", state.text, state.write, look="short"),
        name="flag-text",
        wrong=state.wrong,
        hint="Others in your organisation see it here. It changes no level, and becomes a case the judge is tested on.",
    )


def _correction() -> rx.Component:
    state = FlagState
    return rx.fragment(
        field(
            "What the candidate really said",
            text_area("flag-words", state.corrected, state.write_words),
            name="flag-words",
            hint="Listen to the recording first. What was heard is kept and shown beside your words.",
        ),
        field(
            "How you know",
            text_area("flag-text", state.text, state.write, look="short", placeholder="For instance: heard at 4:12"),
            name="flag-text",
            wrong=state.wrong,
        ),
    )


def flag_sentence(quote: rx.Var[str]) -> rx.Component:
    """A small flag beside a sentence of the report."""
    return icon_button("flag", "Flag this sentence", kind="quiet small", on_click=FlagState.ask("", quote))


def rate_first() -> rx.Component:
    """Instead of the judge's levels, for a person who rates before she sees them."""
    return rx.el.div(
        notice(
            "eye-off",
            rx.el.b("Rate first. "),
            "In this job, people give their own levels before they see the judge’s. Listen or read, then rate; the "
            "report opens at once.",
            rx.el.div(
                button("Rate the answers", icon="list-checks", kind="primary", on_click=RateState.show, id="rate"),
                style={"marginTop": "12px"},
            ),
        ),
        class_name="section",
    )


def rate_dialog() -> rx.Component:
    """Five levels per line, with what each means."""
    state = RateState
    return dialog(
        state.is_open,
        state.toggle,
        "Your own levels",
        rx.el.p("From what was said, never from how. Nobody’s rating changes the judge’s.", class_name="muted"),
        rx.el.div(rx.foreach(state.lines, _rate), class_name="rate-lines"),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            button("Keep my levels", icon="check", kind="primary", on_click=state.save, id="save-ratings"),
        ),
        look="wide",
    )


def _rate(line: rx.Var[RateLine]) -> rx.Component:
    levels = [
        rx.el.button(
            words,
            type="button",
            role="radio",
            aria_checked=rx.cond(line.level == key, "true", "false"),
            on_click=RateState.pick(line.name, key),
            class_name="choice",
        )
        for key, words in LEVELS
    ]
    return rx.el.div(
        rx.el.h3(line.name, " ", rx.el.span(line.group, class_name="note")),
        rx.foreach(line.questions, lambda question: rx.el.p(question, class_name="note")),
        rx.el.div(*levels, role="radiogroup", aria_label=line.name, class_name="levels"),
        rx.cond(
            line.anchors.length() > 0,
            rx.el.details(
                rx.el.summary(rx.icon("chevron-right", size=14), "What each level means"),
                rx.el.ol(rx.foreach(line.anchors, lambda words: rx.el.li(words)), class_name="bank-anchors note num"),
                class_name="more",
            ),
        ),
        class_name="rate-line",
    )


def people() -> rx.Component:
    """Everybody's levels beside the judge's, and comments."""
    return rx.fragment(_ratings(), _comments())


def _ratings() -> rx.Component:
    add = button("Add your levels", icon="list-checks", kind="small", on_click=RateState.show, id="rate-too")
    rows = rx.el.div(rx.foreach(ReportState.rated, _rated), class_name="rows")
    shown = rx.cond(
        ReportState.rated.length() > 0,
        rx.fragment(rows, rx.el.p(ReportState.agreement, class_name="note", style={"marginTop": "8px"})),
        rx.el.p(
            "Nobody has rated yet. A second person’s levels show where people read it differently.",
            class_name="note",
        ),
    )
    return section("People’s levels", shown, action=add)


def _rated(line: rx.Var[RatedLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(line.name),
            rx.el.span("Judge: ", line.judge, rx.foreach(line.people, lambda words: rx.fragment(" · ", words))),
            class_name="row-words num",
        ),
        rx.cond(line.apart, badge("Talk about it", "attention", "users-round")),
        class_name="row",
    )


def _comments() -> rx.Component:
    state = RateState
    return section(
        "Comments",
        rx.foreach(ReportState.comments, note),
        field(
            "Write to your colleagues",
            text_area("comment", state.comment, state.write_comment, look="short"),
            name="comment",
            wrong=state.comment_wrong,
        ),
        button("Comment", icon="message-square", kind="small", on_click=state.add_comment, id="add-comment"),
        note="The candidate does not see them.",
    )


def note(held: rx.Var[NoteLine]) -> rx.Component:
    """A flag or a comment."""
    return rx.el.div(
        rx.cond(held.about != "", badge(held.about, "attention", "flag")),
        rx.cond(held.quote != "", rx.el.blockquote(held.quote, class_name="quote")),
        rx.cond(held.text != "", rx.el.p(held.text)),
        rx.el.p(held.by, class_name="note"),
        class_name="person-note",
    )


def flags() -> rx.Component:
    """Flags on sentences of the report, or on the whole interview."""
    return rx.cond(
        ReportState.notes.length() > 0,
        section("Flags", rx.foreach(ReportState.notes, note), note="They change no level."),
    )


def made_by() -> rx.Component:
    """Versions of everything that made the report, and its seal."""
    return rx.cond(
        ReportState.made_by.length() > 0,
        section(
            "What made this report",
            rx.el.dl(rx.foreach(ReportState.made_by, _fact), class_name="facts-grid"),
            note="The same versions and words always give the same levels.",
        ),
    )


def _fact(held: rx.Var[FactLine]) -> rx.Component:
    return rx.fragment(rx.el.dt(held.name), rx.el.dd(held.value, class_name="mono"))
