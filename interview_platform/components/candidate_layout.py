"""What every screen of the candidate's side shares: column, progress, one main action, help in reach."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from interview_platform.components.look import light_or_dark
from interview_platform.states.candidate import STEPS, CandidateState

_STEP_NAMES = ("Welcome", "Consent", "Camera and microphone", "Interview")


def shell(*content: rx.Component) -> rx.Component:
    """The column with who it is for on top and help at the bottom."""
    return rx.el.div(
        rx.el.header(
            rx.el.span(CandidateState.organisation_name, class_name="cand-org"),
            rx.el.span(CandidateState.job_title, class_name="cand-job"),
            light_or_dark(),
            class_name="cand-head",
        ),
        _progress(),
        rx.cond(
            has_connection_errors,
            rx.el.p(
                rx.icon("wifi-off", size=20),
                "The connection dropped. We are trying again; nothing you did is lost.",
                role="status",
                class_name="cand-offline",
            ),
        ),
        rx.el.main(*content, class_name="cand-main", id="main"),
        rx.cond(CandidateState.organisation_name != "", _help()),
        class_name="cand",
        custom_attrs={"data-step": CandidateState.step},
    )


def _progress() -> rx.Component:
    """“Step 2 of 4” with a bar; nothing off the way."""
    bars = [rx.el.i(class_name=rx.cond(CandidateState.step_number > index, "done", "")) for index in range(len(STEPS))]
    names = rx.match(CandidateState.step, *[(step, name) for step, name in zip(STEPS, _STEP_NAMES, strict=True)], "")
    return rx.cond(
        CandidateState.step_number > 0,
        rx.el.div(
            rx.el.p(
                rx.el.span("Step ", CandidateState.step_number, f" of {len(STEPS)}"),
                rx.el.span(names, class_name="cand-step-name"),
                class_name="cand-step",
            ),
            rx.el.div(*bars, class_name="cand-bars", aria_hidden="true"),
            role="region",
            aria_label="Progress",
            class_name="cand-progress",
        ),
    )


def _help() -> rx.Component:
    """Another way to be interviewed, and whom to ask."""
    return rx.el.details(
        rx.el.summary(rx.icon("life-buoy", size=18), "Help, or another way to interview"),
        rx.el.p(
            "You may ask for more time, a written or phone interview, or anything else that helps you show what you "
            "can do. Asking never counts against you."
        ),
        _more_time(),
        rx.cond(
            CandidateState.contact_email != "",
            rx.el.p(
                "Write to ",
                rx.cond(CandidateState.contact_name != "", CandidateState.contact_name + ": ", ""),
                rx.el.a(CandidateState.contact_email, href="mailto:" + CandidateState.contact_email),
            ),
            rx.el.p("Reply to the e-mail that brought you here."),
        ),
        class_name="cand-help",
    )


def _more_time() -> rx.Component:
    """The one accommodation the room gives by itself, from the first screen on."""
    on = CandidateState.more_time
    return rx.cond(
        (CandidateState.step_number > 0) & (CandidateState.step != "room"),  # the room has its own button
        rx.el.div(
            rx.el.button(
                rx.cond(on, rx.icon("check", size=18), rx.icon("clock-3", size=18)),
                rx.cond(on, "More time is on", "Give me more time to answer"),
                type="button",
                id="ask-more-time",
                aria_pressed=rx.cond(on, "true", "false"),
                on_click=CandidateState.give_more_time(~on),
                class_name="cand-small",
            ),
            rx.el.span(
                "The interviewer waits longer before it takes an answer as finished. Nobody is told.",
                class_name="cand-note",
            ),
            class_name="cand-help-time",
        ),
    )


def heading(title: str | rx.Var, lead: str | rx.Var | rx.Component = "") -> rx.Component:
    """A screen's one heading and its opening line."""
    return rx.fragment(
        rx.el.h1(title, class_name="cand-title"),
        rx.el.p(lead, class_name="cand-lead") if not isinstance(lead, str) or lead else rx.fragment(),
    )


def fact(icon: str, *text: rx.Component | str | rx.Var) -> rx.Component:
    """One line of a list of facts, with its icon."""
    return rx.el.li(rx.icon(icon, size=20), rx.el.span(*text))


def primary(label: str, *, on_click: rx.EventHandler, disabled: bool | rx.Var = False, name: str) -> rx.Component:
    """The screen's one main action; `name` is its id."""
    return rx.el.button(label, on_click=on_click, disabled=disabled, id=name, type="button", class_name="cand-primary")


def quiet(label: str, *, on_click: rx.EventHandler, name: str) -> rx.Component:
    """A way that is open but not the main one."""
    return rx.el.button(label, on_click=on_click, id=name, type="button", class_name="cand-quiet")
