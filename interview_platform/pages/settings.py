"""Settings: the organisation's words and switches, and what this installation runs on."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import (
    button,
    copy_button,
    field,
    link_button,
    switch,
    text_input,
)
from interview_platform.components.delivery_switches import single_measures
from interview_platform.components.feedback import badge, loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.components.report_share import report_rules
from interview_platform.components.retention import retention_settings
from interview_platform.states.recruiter_settings import Part, SettingsState

EMBEDDED = (
    ("Database", "SQLite in one file", "Postgres: DATABASE_URL"),
    ("Files", "A folder on this machine", "S3: S3_BUCKET"),
    ("Sessions", "In one file", "Redis: REDIS_URL"),
    ("E-mail", "The built-in outbox", "SMTP: SMTP_HOST, or Gmail: GMAIL_CREDENTIALS_FILE"),
    (
        "Interviewer and judge",
        "Offline: question banks and sentence similarity",
        "Gemini: GOOGLE_API_KEY, or another model: LLM",
    ),
)
"""Part, what is embedded, what production uses and the setting that chooses it."""


def page() -> rx.Component:
    """The whole page."""
    log_places = rx.fragment(
        link_button("Your hours", routes.HOURS, icon="calendar-clock", kind="small"),
        link_button("Integrations", routes.INTEGRATIONS, icon="plug", kind="small"),
        link_button("Work", routes.WORK, icon="list-checks", kind="small"),
        link_button("API and webhooks", routes.OTHER_SYSTEMS, icon="webhook", kind="small"),
        link_button("Team", routes.TEAM, icon="users", kind="small"),
        link_button("Your account", routes.ACCOUNT, icon="user-round-cog", kind="small"),
        link_button("Question banks", routes.QUESTIONS, icon="library", kind="small"),
        link_button("Outbox", routes.OUTBOX, icon="mail", kind="small"),
        link_button("Audit log", routes.AUDIT, icon="scroll-text", kind="small"),
    )
    return frame("settings", head("Settings", "", log_places), loaded(SettingsState, _body()), narrow=True)


def _body() -> rx.Component:
    return rx.el.div(
        section("Organisation", _organisation()),
        section("Measures of delivery", _switches(), note="Described in reports, never scored."),
        section("Ranking", _ranking(), note="SmartFilter orders pools; it decides nothing."),
        report_rules(),
        retention_settings(),
        section("Candidates from other systems", _webhook(), note="A signed message adds a candidate to a job."),
        section("What runs here", rx.el.div(rx.foreach(SettingsState.parts, _part), class_name="rows")),
        section("Embedded, and in production", _embedded(), note="Chosen by environment variables or .env."),
    )


def _organisation() -> rx.Component:
    state = SettingsState
    return rx.el.div(
        field("Name", text_input("org-name", state.name, lambda text: state.write("name", text)), name="org-name"),
        rx.cond(state.wrong != "", notice("circle-alert", state.wrong, tone="danger", role="alert")),
        rx.el.div(
            button("Save", kind="primary", on_click=state.save, disabled=~state.unsaved, id="save-organisation"),
            rx.cond(state.unsaved, rx.el.span("Not saved yet.", class_name="note")),
            class_name="line",
        ),
        rx.el.div(
            link_button("Company page and values", routes.COMPANY, icon="building-2", kind="small"),
            rx.el.span("What the interviewer may tell candidates about you.", class_name="note"),
            class_name="line",
        ),
        class_name="stack",
    )


def _switches() -> rx.Component:
    state = SettingsState
    return rx.el.div(
        switch(
            "face-analysis",
            state.face_analysis,
            state.flip("face_analysis"),
            "Picture",
            "Framing, light and head direction, from sampled pictures. No identity, no emotion.",
        ),
        switch(
            "voice-analysis",
            state.voice_analysis,
            state.flip("voice_analysis"),
            "Voice",
            "Loudness and pitch of each answer. No mood, no accent.",
        ),
        single_measures(),
        class_name="rows",
    )


def _ranking() -> rx.Component:
    return rx.el.div(
        switch(
            "blind-schools",
            SettingsState.blind_schools,
            SettingsState.flip("blind_schools"),
            "Without names of schools",
            "Names of people, addresses, age and pronouns never reach ranking. With this on, names of schools do not "
            "either. Rank a pool again to apply it.",
        ),
        class_name="rows",
    )


def _webhook() -> rx.Component:
    state = SettingsState
    return rx.el.div(
        rx.el.dl(
            rx.el.dt("Address"),
            rx.el.dd("POST ", routes.API_WEBHOOK_CANDIDATES, class_name="mono"),
            rx.el.dt("Organisation"),
            rx.el.dd(state.organisation_id, class_name="mono"),
            rx.el.dt("Signing secret"),
            rx.el.dd(rx.cond(state.webhook_secret != "", state.webhook_secret, "Not shown"), class_name="mono"),
            class_name="facts-grid",
        ),
        rx.el.div(
            button(
                rx.cond(state.webhook_secret != "", "Hide the secret", "Show the secret"),
                kind="small",
                on_click=state.show_webhook_secret,
                id="webhook-secret",
            ),
            rx.cond(state.webhook_secret != "", copy_button("Copy", state.webhook_secret)),
            class_name="line",
        ),
        rx.el.p("Fields, signature and an example: docs/webhooks.md.", class_name="note"),
        class_name="stack",
    )


def _part(part: rx.Var[Part]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(part.name), rx.el.span(part.why), class_name="row-words"),
        rx.cond(part.on, badge("On", "good"), badge("Off", "attention")),
        class_name="row",
    )


def _embedded() -> rx.Component:
    heads = [rx.el.th(words, scope="col") for words in ("Part", "Embedded", "Production")]
    rows = [rx.el.tr(rx.el.td(part), rx.el.td(here), rx.el.td(there)) for part, here, there in EMBEDDED]
    return rx.el.div(
        rx.el.table(rx.el.thead(rx.el.tr(*heads)), rx.el.tbody(*rows), class_name="table"), class_name="table-wrap"
    )
