"""The candidate's own data: where it stands, what is kept, the transcript, how it was decided, a copy, deletion."""

import reflex as rx

from interview_platform.states.candidate import CandidateState
from interview_platform.states.candidate_own import CandidateOwnState, SaidLine, ShownPart

State = CandidateOwnState


def own_link() -> rx.Component:
    """The way to the own data from a screen before the interview."""
    return rx.cond(
        (CandidateState.step == "welcome") | (CandidateState.step == "consent"),
        rx.el.button(
            rx.icon("shield-check", size=18),
            rx.cond(State.shown, "Back to the interview", "Your data and your rights"),
            type="button",
            id="own-data",
            aria_expanded=rx.cond(State.shown, "true", "false"),
            on_click=[State.toggle, State.load],
            class_name="cand-small",
        ),
    )


def own_page() -> rx.Component:
    """Everything, one part below the other; of deleted data, the receipt."""
    erased = (State.receipt_number != "") & ~State.ready
    return rx.el.section(
        rx.el.h2(rx.cond(erased, "Your receipt", "Your data and your rights"), class_name="own-title"),
        rx.cond(
            State.receipt_number != "",
            rx.cond(State.ready, _asked_deletion(), receipt()),
        ),
        rx.cond(
            State.ready,
            rx.el.div(_status(), _kept(), _transcript(), _explained(), _review(), _copy(), _delete(), class_name="own"),
        ),
        on_mount=State.load,
        class_name="cand-screen own-page",
        id="own-page",
    )


def receipt() -> rx.Component:
    """What was deleted: number, kinds and counts."""
    return rx.el.div(
        rx.el.dl(
            rx.foreach(State.receipt, lambda pair: rx.fragment(rx.el.dt(pair[0]), rx.el.dd(pair[1]))),
            class_name="own-counts",
        ),
        rx.el.p("Receipt number ", rx.el.code(State.receipt_number), class_name="cand-note"),
        rx.el.p(
            "The receipt holds no personal data. Copies in backups disappear as those are replaced; if one is ever "
            "restored, your data are deleted again.",
            class_name="cand-note",
        ),
        class_name="own-box",
        id="receipt",
    )


def _asked_deletion() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong("You asked for your data to be deleted. "), State.receipt_words),
        rx.el.p("It goes on by itself. Receipt number ", rx.el.code(State.receipt_number), class_name="cand-note"),
        role="status",
        class_name="own-box",
        id="deletion-waits",
    )


def _part(icon: str, title: str, *content: rx.Component, name: str, is_open: bool = False) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.icon(icon, size=18, aria_hidden="true"),
            rx.el.h3(title),
            rx.icon("chevron-down", size=18, class_name="own-fold", aria_hidden="true"),
        ),
        rx.el.div(*content, class_name="own-part-body"),
        open=is_open,
        id=name,
        class_name="own-part",
    )


def _status() -> rx.Component:
    return rx.el.div(
        rx.el.p(State.status, class_name="own-lead", id="own-status"),
        rx.el.p(State.next),
        class_name="own-box",
    )


def _kept() -> rx.Component:
    until = rx.cond(
        State.on_hold,
        rx.el.p(
            rx.icon("scale", size=18, aria_hidden="true"),
            CandidateState.organisation_name,
            " must keep your data for now because of a legal matter. Nothing is deleted until that is over; then it "
            "goes on by itself.",
            class_name="own-line",
            id="own-hold",
        ),
        rx.el.p(
            rx.icon("calendar-clock", size=18, aria_hidden="true"),
            "Kept until ",
            rx.el.strong(State.kept_until),
            ", then deleted by itself. The date moves when something new happens in your application.",
            class_name="own-line",
            id="own-until",
        ),
    )
    return _part(
        "archive",
        "What is kept, and who sees it",
        rx.el.ul(
            rx.foreach(
                State.kept,
                lambda pair: rx.el.li(rx.el.strong(pair[0]), rx.el.span(pair[1], class_name="cand-note")),
            ),
            class_name="own-list plain",
        ),
        until,
        name="own-kept",
        is_open=True,
    )


def _transcript() -> rx.Component:
    return rx.cond(
        State.lines.length() > 0,
        _part(
            "text",
            "What was said",
            rx.el.p(
                "This is what was heard. If a part is not what you said, say so: a person listens to the recording.",
                class_name="cand-note",
            ),
            rx.el.ol(rx.foreach(State.lines, _line), class_name="own-said"),
            name="own-transcript",
        ),
    )


def _line(line: rx.Var[SaidLine]) -> rx.Component:
    here = State.contesting == line.place
    return rx.el.li(
        rx.el.b(line.who),
        rx.el.p(line.text),
        rx.cond(line.asked != "", rx.el.p("You say: “", line.asked, "”", class_name="own-asked")),
        rx.cond(line.note != "", rx.el.p(line.note, class_name="cand-note")),
        rx.cond(
            line.may_contest,
            rx.el.button(
                rx.cond(here, "Leave it as it is", "This is not what I said"),
                type="button",
                aria_expanded=rx.cond(here, "true", "false"),
                on_click=State.contest(line.place),
                class_name="own-contest",
            ),
        ),
        rx.cond(here, _contest()),
        class_name=rx.cond(line.who == "You", "mine", ""),
    )


def _contest() -> rx.Component:
    return rx.el.div(
        rx.el.label("What you said", html_for="contested"),
        _area("contested", State.contested_text, State.write_contested),
        rx.el.button(
            "Send", type="button", id="send-contested", on_click=State.send_contested, class_name="cand-small"
        ),
        class_name="own-form",
    )


def _explained() -> rx.Component:
    return _part(
        "scale",
        "How it is decided",
        rx.el.h4("By whom"),
        _list(State.decided),
        rx.el.h4("What is used"),
        _list(State.used),
        rx.el.h4("What is not used"),
        _list(State.not_used),
        rx.cond(
            State.parts.length() > 0,
            rx.fragment(rx.el.h4("What your answers showed"), rx.foreach(State.parts, _shown)),
        ),
        name="own-explained",
    )


def _list(lines: rx.Var[list[str]]) -> rx.Component:
    return rx.el.ul(rx.foreach(lines, lambda words: rx.el.li(words)), class_name="own-list")


def _shown(part: rx.Var[ShownPart]) -> rx.Component:
    return rx.el.div(
        rx.el.h5(part.name),
        rx.cond(part.words != "", rx.el.p(part.words, class_name="cand-note")),
        _list(part.points),
    )


def _review() -> rx.Component:
    ask = rx.el.div(
        rx.el.p("Somebody who can change the result looks again, and answers you in words within 14 days."),
        rx.el.label("What shall they look at? (you may leave this empty)", html_for="review-text"),
        _area("review-text", State.review_text, State.write_review),
        rx.el.button(
            "Ask a person", type="button", id="ask-review", on_click=State.ask_review, class_name="cand-small"
        ),
        class_name="own-form",
    )
    waits = rx.el.p(
        "You asked. A person at ",
        CandidateState.organisation_name,
        " answers by ",
        rx.el.strong(State.review_due),
        ".",
        id="review-due",
    )
    answered = rx.el.div(
        rx.el.p(rx.el.strong(State.review_outcome)), rx.el.p(State.review_answer, class_name="own-answer"), ask
    )
    return rx.cond(
        State.may_review,
        _part(
            "user-search",
            "Ask a person to look again",
            rx.match(State.review_state, ("open", waits), ("answered", answered), ask),
            name="own-review",
        ),
    )


def _copy() -> rx.Component:
    make = _small("Make a copy", "make-copy", State.make_copy)
    ready = rx.el.div(
        rx.el.button(
            rx.icon("download", size=18), "Download", type="button", on_click=State.take_copy, class_name="cand-small"
        ),
        rx.el.span(State.copy_note, class_name="cand-note"),
        id="copy-ready",
        class_name="own-line",
    )
    failed = rx.el.div(rx.el.p(State.copy_note, role="alert"), make)
    return _part(
        "download",
        "A copy of everything",
        rx.el.p("One ZIP file: your data as text, your résumé and the recording, with a list that explains it."),
        rx.match(
            State.copy_state,
            ("working", rx.el.p("The copy is being made…", role="status")),
            ("ready", ready),
            ("failed", failed),
            make,
        ),
        name="own-copy",
    )


def _delete() -> rx.Component:
    sure = rx.el.div(
        rx.el.p(rx.el.strong("This cannot be undone.")),
        _list_of(
            "Everything goes: contact, résumé, interview, recording, transcript, report, e-mails.",
            "Your application ends with it, as nobody can read it any more.",
            "You get a receipt by e-mail and on this page.",
        ),
        rx.cond(
            State.several > 1,
            rx.el.p("You applied ", State.several, " times at this organisation. All of it is deleted."),
        ),
        rx.el.div(
            rx.el.button(
                "Keep my data",
                type="button",
                id="keep-data",
                on_click=State.ask_delete(False),
                disabled=State.deleting,
                class_name="cand-quiet",
            ),
            rx.el.button(
                rx.cond(State.deleting, "Deleting…", "Delete everything"),
                type="button",
                id="delete-data",
                on_click=State.delete,
                disabled=State.deleting,
                class_name="own-danger",
            ),
            class_name="own-actions",
        ),
    )
    ask = _small("Delete my data…", "ask-delete", State.ask_delete(True))
    return rx.cond(
        State.receipt_number == "",
        _part(
            "trash-2",
            "Delete everything",
            rx.el.p("At any time, without a reason. Under some laws it takes up to 30 days; here it is done at once."),
            rx.cond(State.confirming, sure, ask),
            name="own-delete",
        ),
    )


def _list_of(*lines: str) -> rx.Component:
    return rx.el.ul(*[rx.el.li(words) for words in lines], class_name="own-list")


def _small(words: str, name: str, on_click: object) -> rx.Component:
    return rx.el.button(words, type="button", id=name, on_click=on_click, class_name="cand-small")


def _area(name: str, value: rx.Var, on_change: rx.EventHandler) -> rx.Component:
    return rx.debounce_input(
        rx.el.textarea(id=name, value=value, on_change=on_change, rows="4", class_name="own-area"), debounce_timeout=400
    )
