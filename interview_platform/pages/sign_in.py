"""The pages before signing in: password, second step, forgotten password, new password, joining a team."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.feedback import notice
from interview_platform.components.native_form import native_form, native_link
from interview_platform.states.sign_in import LetterLinkState, SignInState


def page() -> rx.Component:
    """E-mail, password, and why the last try failed."""
    return _gate(
        "Sign in",
        "Interviews that a person decides on.",
        rx.cond(SignInState.done != "", notice("circle-check", SignInState.done, tone="good")),
        _form(
            routes.API_SIGN_IN,
            _field("email", "E-mail address", type="email", auto_complete="username"),
            _field("password", "Password", type="password", auto_complete="current-password"),
            _hidden("next", SignInState.target),
            _submit("Sign in", "sign-in"),
        ),
        rx.cond(
            SignInState.single_sign_on != "",
            native_link(
                "Sign in with " + SignInState.single_sign_on,
                custom_attrs={"href": SignInState.sso_address},
                id="single-sign-on",
                class_name="btn wide",
            ),
        ),
        rx.el.a("Forgot your password?", href=routes.FORGOT, class_name="gate-more"),
    )


def second_step() -> rx.Component:
    """The code of the authenticator app, or a recovery code."""
    return _gate(
        "Second step",
        "Type the six digits your authenticator app shows now.",
        _form(
            routes.API_SECOND_STEP,
            _field(
                "code",
                "Code",
                type="text",
                auto_complete="one-time-code",
                input_mode="text",
                max_length=40,
                auto_focus=True,
                spell_check=False,
                hint="Lost your phone? A recovery code works here too, once.",
            ),
            _hidden("next", SignInState.target),
            _submit("Go on", "second-step"),
        ),
        rx.el.a("Sign in as somebody else", href=routes.SIGN_IN, class_name="gate-more"),
    )


def forgot() -> rx.Component:
    """The address that a letter goes to."""
    ask = _form(
        routes.API_FORGOT,
        _field("email", "E-mail address", type="email", auto_complete="username"),
        _submit("Send me a link", "send-link"),
    )
    by_hand = notice(
        "info",
        "This installation sends no e-mail. Whoever runs it can make a link for you: ",
        rx.el.code("python -m interview_platform reset-link YOUR-ADDRESS"),
    )
    return _gate(
        "Forgot your password?",
        "We send you a link to choose a new one.",
        rx.cond(
            LetterLinkState.mails,
            rx.cond(SignInState.sent != "", notice("mail", SignInState.sent, tone="good"), ask),
            by_hand,
        ),
        rx.el.a("Back to signing in", href=routes.SIGN_IN, class_name="gate-more"),
    )


def reset() -> rx.Component:
    """A new password, by the link of the letter."""
    state = LetterLinkState
    return _gate(
        "Choose a new password",
        rx.cond(state.ready, "For " + state.email + ". You are signed out everywhere else.", ""),
        _opened(
            _form(
                routes.API_RESET,
                _new_password(),
                _hidden("token", state.token),
                _submit("Change the password", "set-password"),
            ),
            rx.el.a("Ask for a new link", href=routes.FORGOT, class_name="btn wide"),
        ),
    )


def join() -> rx.Component:
    """An invited colleague makes an account."""
    state = LetterLinkState
    return _gate(
        rx.cond(state.ready, "Join " + state.organisation, "Join the team"),
        rx.cond(state.ready, "As " + state.role + ", with the address " + state.email + ".", ""),
        _opened(
            _form(
                routes.API_JOIN,
                _field("name", "Your name", type="text", auto_complete="name", max_length=200),
                _new_password(),
                _hidden("token", state.token),
                _submit("Join", "join-team"),
            ),
            rx.el.a("To the sign-in page", href=routes.SIGN_IN, class_name="btn wide"),
        ),
    )


def _gate(title: str | rx.Var, line: str | rx.Var, *content: rx.Component) -> rx.Component:
    return rx.el.main(
        rx.el.div(
            rx.el.span(rx.icon("messages-square", size=18), aria_hidden="true", class_name="side-mark"),
            rx.el.h1(title),
            rx.el.p(line, class_name="muted"),
            *content,
            class_name="gate-box",
        ),
        class_name="gate",
    )


def _opened(form: rx.Component, way_out: rx.Component) -> rx.Component:
    """The form when the link is good; else why not and what to do."""
    shut = rx.el.div(
        notice("circle-alert", LetterLinkState.problem, tone="danger", role="alert"), way_out, class_name="stack"
    )
    return rx.cond(LetterLinkState.problem != "", shut, rx.cond(LetterLinkState.ready, form))


def _form(action: str, *content: rx.Component) -> rx.Component:
    wrong = notice("circle-alert", SignInState.reason, tone="danger", role="alert")
    return native_form(
        rx.cond(SignInState.reason != "", wrong), *content, custom_attrs={"action": action, "method": "post"}
    )


def _new_password() -> rx.Component:
    return _field(
        "password",
        "New password",
        type="password",
        auto_complete="new-password",
        min_length=10,
        max_length=200,
        hint="At least 10 characters. A sentence is easy to keep in mind.",
    )


def _field(name: str, label: str, *, hint: str = "", **props: object) -> rx.Component:
    described = {"aria_describedby": f"{name}-hint"} if hint else {}
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.input(id=name, name=name, required=True, class_name="input", **described, **props),
        rx.el.span(hint, id=f"{name}-hint", class_name="hint") if hint else rx.fragment(),
        class_name="field",
    )


def _hidden(name: str, value: rx.Var) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)


def _submit(words: str, name: str) -> rx.Component:
    return rx.el.button(words, type="submit", id=name, class_name="btn primary wide")
