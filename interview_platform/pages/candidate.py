"""The candidate's side: one address, one calm path, one action per screen."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.candidate_layout import fact, heading, primary, quiet, shell
from interview_platform.components.candidate_own import own_link, own_page
from interview_platform.components.demographics import demographics_form
from interview_platform.components.report_share import candidate_feedback
from interview_platform.components.room import room
from interview_platform.states.candidate import CandidateState
from interview_platform.states.candidate_own import CandidateOwnState
from interview_platform.states.interview_time import InterviewTimeState


def register(app: rx.App) -> None:
    """Add the page."""
    app.add_page(page, route=routes.INTERVIEW, title="Your interview", on_load=CandidateState.load)


def page() -> rx.Component:
    """The screen of the step the candidate is at.

    The room stands beside the steps, always: when the server restarts in the middle of an interview, this state starts
    from nothing, and the talk must outlive that.
    """
    return shell(
        interview(),
        rx.el.div(
            rx.match(
                CandidateState.step,
                ("welcome", rx.cond(CandidateOwnState.shown, own_page(), welcome())),
                ("consent", rx.cond(CandidateOwnState.shown, own_page(), consent())),
                ("check", rx.fragment()),
                ("room", rx.fragment()),
                ("end", end()),
                ("closed", closed()),
                opening(),
            ),
            class_name="cand-steps",
        ),
        own_link(),
    )


def opening() -> rx.Component:
    """While the link is looked up."""
    return rx.el.div(
        rx.el.p("Opening your interview…", role="status", class_name="cand-lead"),
        *[rx.el.div(class_name=f"cand-skeleton {size}", aria_hidden="true") for size in ("wide", "wide", "half")],
        class_name="cand-opening",
    )


def welcome() -> rx.Component:
    """Who invites, for what, how it goes, what it takes."""
    return rx.el.section(
        heading(
            rx.cond(CandidateState.first_name != "", "Hello " + CandidateState.first_name, "Hello"),
            rx.fragment(
                rx.cond(CandidateState.contact_name != "", CandidateState.contact_name + " at ", ""),
                rx.el.strong(CandidateState.organisation_name),
                " invites you to an interview for ",
                rx.el.strong(CandidateState.job_title),
                ".",
            ),
        ),
        rx.cond(
            CandidateState.practice,
            rx.el.p(
                "Practice: this one is in no list, and you can delete it in the job’s plan.", class_name="cand-lead"
            ),
        ),
        rx.el.ul(
            fact("clock", "About ", CandidateState.minutes, " minutes. Start whenever it suits you."),
            fact(
                "message-circle",
                rx.cond(
                    CandidateState.questions > 0,
                    "An AI asks you " + CandidateState.questions.to_string() + " questions",
                    "An AI asks you questions",
                ),
                ", and may ask a little more about an answer. You speak or write, and may change at any time.",
            ),
            fact("user-check", "A person at ", CandidateState.organisation_name, " reads the result and decides."),
            fact("video", "Your sound, picture and words are recorded. You are asked to agree first."),
            fact(
                "headphones",
                "To speak, you need a quiet place, a microphone and, if you like, a camera. To write, only this page.",
            ),
            fact(
                "rotate-ccw",
                "If the connection drops, the page connects again by itself, at the same question.",
            ),
            class_name="cand-facts",
        ),
        primary("Continue", on_click=CandidateState.begin, name="begin"),
        quiet("Not now: plan a time, and be reminded", on_click=InterviewTimeState.go, name="plan-time"),
        class_name="cand-screen",
    )


def consent() -> rx.Component:
    """What the candidate agrees to, box by box."""
    return rx.el.section(
        heading(
            "What you agree to", "Please read each line. The optional boxes are your choice and change nothing else."
        ),
        rx.el.div(rx.foreach(CandidateState.consent_items, _consent_item), class_name="cand-consents"),
        rx.el.div(
            quiet("Back", on_click=CandidateState.back, name="back"),
            primary(
                "Agree and continue", on_click=CandidateState.agree, disabled=~CandidateState.may_agree, name="agree"
            ),
            class_name="cand-actions",
        ),
        rx.el.p(
            "Would you rather be interviewed another way? Ask below. Nothing is recorded until you start.",
            class_name="cand-note",
        ),
        class_name="cand-screen",
    )


def _consent_item(item: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=CandidateState.ticked[item["name"]].bool(),
            on_change=lambda on: CandidateState.tick(item["name"], on),
            id="consent-" + item["name"],
            aria_describedby="about-" + item["name"],
        ),
        rx.el.span(
            rx.el.span(
                item["label"],
                rx.cond(
                    item["required"] != "",
                    rx.el.em("needed", class_name="cand-tag needed"),
                    rx.el.em("optional", class_name="cand-tag"),
                ),
                class_name="cand-consent-label",
            ),
            rx.el.span(item["detail"], id="about-" + item["name"], class_name="cand-consent-detail"),
        ),
        class_name="cand-consent",
    )


def interview() -> rx.Component:
    """Camera check and live room: one component, so that devices stay open from one to the other."""
    return room(
        offer_url=CandidateState.offer_url,
        events_url=CandidateState.events_url,
        mode=CandidateState.step,
        active=(CandidateState.step == "check") | (CandidateState.step == "room"),
        with_camera=True,
        returning=CandidateState.returning,
        elapsed=CandidateState.elapsed,
        more_time=CandidateState.more_time,
        on_more_time=CandidateState.give_more_time,
        on_ready=CandidateState.enter_room,
        on_ended=CandidateState.leave_room,
        on_problem=CandidateState.note_problem,
    )


def end() -> rx.Component:
    """Thanks, what comes next, and that nothing more is needed; or, kindly, that somebody ended it."""
    return rx.cond(CandidateState.ended_by_people, _ended_by_people(), _thanks())


def _thanks() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.icon("circle-check", size=40), class_name="cand-done", aria_hidden="true"),
        heading(
            "Thank you",
            rx.cond(
                CandidateState.closing != "",
                CandidateState.closing,
                "Your interview is complete, and your answers are saved. Thank you for the time you took.",
            ),
        ),
        rx.cond(~CandidateOwnState.told, _what_follows()),
        candidate_feedback(),
        rx.el.p("You can close this tab. Your link brings you back here.", class_name="cand-note", id="close-note"),
        own_page(),
        demographics_form(),
        class_name="cand-screen",
    )


def _what_follows() -> rx.Component:
    return rx.fragment(
        rx.el.h2("What happens next", class_name="cand-subtitle"),
        rx.el.ul(
            fact("user-check", "A person at ", CandidateState.organisation_name, " reads and watches your interview."),
            fact("mail", "You hear from them by e-mail. They decide, not the AI."),
            fact("message-circle-question", "Something went wrong, or is missing? Tell them: the contact is below."),
            class_name="cand-facts",
        ),
    )


def _ended_by_people() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.icon("hand-heart", size=40), class_name="cand-done off", aria_hidden="true"),
        heading(
            "Thank you. The interview was ended early",
            rx.fragment(
                "A person at ",
                rx.el.strong(CandidateState.organisation_name),
                " ended it. That is no judgement of your answers: there can be many reasons, such as a bad connection.",
            ),
        ),
        rx.el.h2("What happens next", class_name="cand-subtitle"),
        rx.el.ul(
            fact("save", "What you said until then is saved. You do not lose it."),
            fact("mail", CandidateState.organisation_name, " tells you by e-mail how it goes on."),
            fact("message-circle-question", "Was it a mistake, or do you want to say more? The contact is below."),
            class_name="cand-facts",
        ),
        rx.el.p("You can close this tab. Your link brings you back here.", class_name="cand-note", id="ended-early"),
        own_page(),
        class_name="cand-screen",
    )


def closed() -> rx.Component:
    """A link that does not open, why, and the way out."""
    return rx.el.section(
        rx.cond(
            CandidateOwnState.receipt_number != "",
            rx.el.div(rx.icon("circle-check", size=36), class_name="cand-done", aria_hidden="true"),
            rx.el.div(rx.icon("link-2-off", size=36), class_name="cand-done off", aria_hidden="true"),
        ),
        heading(CandidateState.closed_title, CandidateState.closed_text),
        rx.cond(CandidateState.own_open, own_page()),
        class_name="cand-screen",
        id="closed",
    )
