"""One's own account: the password, the second factor, where one is signed in."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import button, field, link_button
from interview_platform.components.feedback import badge, loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.components.look import look_choice
from interview_platform.components.native_form import native_form
from interview_platform.states.recruiter_account import AccountState, PlaceLine


def page() -> rx.Component:
    """The whole page."""
    facts = rx.fragment(AccountState.user_email, " · ", AccountState.role)
    to_team = link_button("Team", routes.TEAM, icon="users", kind="small")
    out = native_form(
        rx.el.button(rx.icon("log-out", size=16), "Sign out", type="submit", class_name="btn small"),
        custom_attrs={"action": routes.API_SIGN_OUT, "method": "post"},
    )
    return frame("account", head("Your account", facts, to_team, out), loaded(AccountState, _body()), narrow=True)


def _body() -> rx.Component:
    return rx.el.div(
        section("Look", look_choice(), note="Kept in this browser."),
        section("Second factor", _factor(), note="A code from an app on your phone, besides the password."),
        section("Password", _password(), note="Changing it ends every other session."),
        section(
            "Where you are signed in",
            rx.el.div(rx.foreach(AccountState.places, _place), class_name="rows"),
            action=rx.cond(
                AccountState.places.length() > 1,
                button(
                    "Sign out everywhere else",
                    icon="log-out",
                    kind="small",
                    on_click=AccountState.sign_out_elsewhere,
                    id="sign-out-elsewhere",
                ),
            ),
        ),
    )


def _factor() -> rx.Component:
    state = AccountState
    return rx.el.div(
        rx.cond(state.new_codes.length() > 0, _new_codes()),
        rx.cond(state.setting_up, _set_up(), rx.cond(state.factor_on, _in_use(), _off())),
        class_name="stack",
    )


def _off() -> rx.Component:
    return rx.el.div(
        rx.el.p("Off. Whoever learns your password can sign in as you.", class_name="muted"),
        rx.el.div(
            button("Set it up", icon="shield-check", kind="primary", on_click=AccountState.set_up, id="set-up-factor")
        ),
        class_name="stack",
    )


def _in_use() -> rx.Component:
    state = AccountState
    ask = rx.el.form(
        field(
            "Your password",
            _secret("off-password", "password", "current-password"),
            name="off-password",
            wrong=state.wrong_off,
        ),
        rx.el.div(
            rx.el.button("Turn it off", type="submit", class_name="btn danger", id="turn-off-factor"),
            button("Keep it", kind="quiet", on_click=state.stop),
            class_name="line",
        ),
        on_submit=state.turn_off,
        class_name="stack narrow-form",
    )
    return rx.el.div(
        rx.el.div(
            badge("On", "good"),
            rx.el.span(state.codes_left, rx.cond(state.codes_left == 1, " recovery code left", " recovery codes left")),
            class_name="line",
        ),
        rx.cond(
            state.turning_off, ask, rx.el.div(button("Turn it off", kind="small", on_click=state.ask_off, id="ask-off"))
        ),
        class_name="stack",
    )


def _set_up() -> rx.Component:
    state = AccountState
    return rx.el.div(
        rx.el.ol(
            rx.el.li("Open an authenticator app (such as Aegis, 2FAS, Google or Microsoft Authenticator)."),
            rx.el.li("Let it read this picture, or type the words under it."),
            rx.el.li("Type the six digits it shows."),
            class_name="steps-list",
        ),
        rx.el.div(
            rx.el.img(
                src=state.picture, alt="QR code for the authenticator app", class_name="qr", width="190", height="190"
            ),
            rx.el.p(state.typed_secret, class_name="mono", id="typed-secret"),
            class_name="stack tight",
        ),
        rx.el.form(
            field(
                "Code",
                rx.el.input(
                    id="factor-code", name="code", required=True, auto_complete="one-time-code", input_mode="numeric",
                    max_length=10, class_name="input",
                ),
                name="factor-code",
                wrong=state.wrong_code,
            ),
            rx.el.div(
                rx.el.button("Take it into use", type="submit", class_name="btn primary", id="confirm-factor"),
                button("Not now", kind="quiet", on_click=state.stop),
                class_name="line",
            ),
            on_submit=state.confirm,
            class_name="stack narrow-form",
        ),
        class_name="stack",
    )  # fmt: skip


def _new_codes() -> rx.Component:
    state = AccountState
    return rx.el.div(
        notice(
            "key-round",
            rx.el.b("Keep these recovery codes where you find them without your phone."),
            " Each lets you in once. They are not shown again.",
            tone="attention",
        ),
        rx.el.ul(
            rx.foreach(state.new_codes, lambda code: rx.el.li(code)), class_name="codes mono", id="recovery-codes"
        ),
        rx.el.div(button("I have kept them", icon="check", kind="primary", on_click=state.stop, id="codes-kept")),
        class_name="stack",
    )


def _password() -> rx.Component:
    state = AccountState
    return rx.el.form(
        field(
            "Password now",
            _secret("old-password", "old", "current-password"),
            name="old-password",
            wrong=state.wrong_old,
        ),
        field(
            "New password",
            _secret("new-password", "new", "new-password"),
            name="new-password",
            hint="At least 10 characters.",
        ),
        field("The new one again", _secret("again-password", "again", "new-password"), name="again-password"),
        rx.el.div(rx.el.button("Change the password", type="submit", class_name="btn", id="change-password")),
        key=state.changed.to_string(),
        on_submit=state.change_password,
        reset_on_submit=False,
        class_name="stack narrow-form",
    )


def _secret(name: str, field_name: str, complete: str) -> rx.Component:
    return rx.el.input(
        id=name,
        name=field_name,
        type="password",
        auto_complete=complete,
        required=True,
        max_length=200,
        class_name="input",
    )


def _place(place: rx.Var[PlaceLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(place.device),
            rx.el.span("Since ", place.since, rx.cond(place.here, "", ", last seen " + place.seen)),
            class_name="row-words",
        ),
        rx.cond(
            place.here,
            badge("This session", "info"),
            button("Sign out", kind="small", on_click=AccountState.sign_out_there(place.key)),
        ),
        class_name="row",
    )
