"""API and webhooks: keys of other systems, who is told what happens, and what was sent."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.controls import (
    button,
    choice_list,
    copy_button,
    dialog,
    dialog_foot,
    field,
    text_input,
)
from interview_platform.components.feedback import badge, empty, loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_api import DeliveryLine, HookLine, KeyLine, OtherSystemsState

SCOPES = (("read", "Read only"), ("write", "Read, add jobs and candidates, launch interviews"))
EVENTS = (
    ("candidate.created", "Somebody is heard of for the first time"),
    ("interview.completed", "An interview has ended"),
    ("report.ready", "A report can be read"),
    ("decision.made", "A person decided"),
    ("decision.undone", "A person took a decision back"),
)


def page() -> rx.Component:
    """The whole page."""
    facts = "For an applicant tracking system or a script of yours. Nothing can be decided about a person by them."
    heading = head("API and webhooks", facts, back=("Settings", routes.SETTINGS))
    return frame("settings", heading, loaded(OtherSystemsState, _body()), _new_key(), _new_hook(), _ask(), narrow=True)


def _body() -> rx.Component:
    owners = notice("lock", "Keys and webhooks are set up by owners of your organisation. Ask one of them.")
    return rx.cond(OtherSystemsState.owner, rx.el.div(_shown(), _keys(), _hooks(), _log()), owners)


def _shown() -> rx.Component:
    state = OtherSystemsState
    made = notice(
        "key-round",
        rx.el.p(rx.el.b(state.shown_for), ". Keep it now: it is not shown again."),
        rx.el.div(
            rx.el.input(
                value=state.shown, read_only=True, aria_label="Secret", id="shown-once", class_name="input mono"
            ),
            copy_button("Copy", state.shown),
            button("I have kept it", kind="small", on_click=state.put_away, id="kept"),
            class_name="line",
        ),
        tone="good",
    )
    return rx.cond(state.shown != "", rx.el.div(made, class_name="team-made"))


# --- keys ------------------------------------------------------------------------------------------------------


def _keys() -> rx.Component:
    state = OtherSystemsState
    make = button("New key", icon="plus", kind="small", on_click=state.begin("key"), id="new-key")
    none = empty("key-round", "No keys", "A key lets one system in, with the rights you choose, until you revoke it.")
    rows = rx.el.div(rx.foreach(state.keys, _key), class_name="rows", id="keys")
    note = rx.el.p("Address: ", rx.el.code(routes.API_V1), ". Description: ", _openapi(), class_name="note")
    return section("Keys", rx.cond(state.keys.length() > 0, rows, none), note, action=make)


def _openapi() -> rx.Component:
    return rx.el.a("openapi.json", href=f"{routes.API_V1}/openapi.json", target="_blank", rel="noopener")


def _key(line: rx.Var[KeyLine]) -> rx.Component:
    used = rx.cond(line.used != "", "last used " + line.used, "not used yet")
    over = rx.cond(line.revoked != "", "revoked " + line.revoked, used)
    return rx.el.div(
        rx.el.div(
            rx.el.b(line.name),
            rx.el.span(rx.el.code(line.hint), " · made ", line.made, " · ", over),
            class_name="row-words",
        ),
        rx.cond(line.revoked != "", badge("Revoked", "attention"), badge(line.scope, "info")),
        rx.cond(
            line.revoked == "",
            button(
                "Revoke",
                kind="small",
                on_click=OtherSystemsState.ask("key:" + line.key, line.name),
                aria_label="Revoke the key of " + line.name,
            ),
        ),
        class_name="row",
    )


def _new_key() -> rx.Component:
    state = OtherSystemsState
    return dialog(
        state.making == "key",
        lambda _on: state.begin(""),
        "New key",
        field(
            "Which system will use it",
            text_input("key-name", state.name, state.write_name, placeholder="Applicant tracking"),
            name="key-name",
            wrong=state.wrong,
        ),
        field("It may", choice_list("key-scope", state.scope, SCOPES, state.pick_scope), name="key-scope"),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.begin("")),
            button("Make the key", kind="primary", on_click=state.make_key, id="make-key"),
        ),
    )


# --- webhooks --------------------------------------------------------------------------------------------------


def _hooks() -> rx.Component:
    state = OtherSystemsState
    make = button("New webhook", icon="plus", kind="small", on_click=state.begin("hook"), id="new-hook")
    none = empty("webhook", "No webhooks", "A webhook tells another system what happened: by ids, signed, once.")
    rows = rx.el.div(rx.foreach(state.hooks, _hook), class_name="rows", id="hooks")
    return section("Webhooks", rx.cond(state.hooks.length() > 0, rows, none), action=make)


def _hook(line: rx.Var[HookLine]) -> rx.Component:
    state = OtherSystemsState
    tone = rx.cond(line.failing, badge("Failing", "danger"), rx.cond(line.on, badge("On", "good"), badge("Off", "")))
    told = rx.cond(line.ok != "", "last delivered " + line.ok, "nothing delivered yet")
    off = notice("circle-alert", "Switched off, because nothing arrived any more. ", line.why_off, tone="danger")
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.b(line.url, class_name="other-url"), rx.el.span(line.events, " · ", told), class_name="row-words"
            ),
            tone,
            class_name="row other-head",
        ),
        rx.cond(line.why_off != "", off),
        rx.el.div(
            rx.cond(line.on, button("Send test", kind="small", icon="send", on_click=state.test(line.key))),
            rx.cond(
                line.on,
                button("Switch off", kind="small", on_click=state.switch(line.key, False)),
                button("Switch on", kind="small", on_click=state.switch(line.key, True)),
            ),
            button("Remove", kind="small quiet", on_click=state.ask("hook:" + line.key, line.url)),
            class_name="line",
        ),
        class_name="other-hook",
    )


def _new_hook() -> rx.Component:
    state = OtherSystemsState
    return dialog(
        state.making == "hook",
        lambda _on: state.begin(""),
        "New webhook",
        field(
            "Address",
            text_input("hook-url", state.url, state.write_url, placeholder="https://example.com/hooks", type="url"),
            name="hook-url",
            wrong=state.wrong,
        ),
        rx.el.fieldset(
            rx.el.legend("Tell it when"), *[_event(name, words) for name, words in EVENTS], class_name="other-events"
        ),
        rx.el.p("Every message is signed with a secret that is shown once, after this.", class_name="note"),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.begin("")),
            button("Make the webhook", kind="primary", on_click=state.make_hook, id="make-hook"),
        ),
    )


def _event(name: str, words: str) -> rx.Component:
    state = OtherSystemsState
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=state.events.contains(name),
            on_change=lambda _on: state.pick_event(name),
            id="event-" + name.replace(".", "-"),
        ),
        rx.el.span(words, rx.el.code(name)),
        class_name="other-event",
    )


# --- what was sent ---------------------------------------------------------------------------------------------


def _log() -> rx.Component:
    state = OtherSystemsState
    rows = rx.el.div(rx.foreach(state.deliveries, _delivery), class_name="rows", id="deliveries")
    none = rx.el.p("Nothing was sent yet.", class_name="note")
    read = button("Read again", icon="rotate-cw", kind="small", on_click=state.refresh, id="refresh-log")
    note = "The latest 50; kept for 30 days."
    return section("Deliveries", rx.cond(state.deliveries.length() > 0, rows, none), action=read, note=note)


def _delivery(line: rx.Var[DeliveryLine]) -> rx.Component:
    state = OtherSystemsState
    return rx.el.details(
        rx.el.summary(
            rx.icon("chevron-right", size=14),
            rx.el.span(
                rx.el.b(line.event),
                rx.el.span(line.at, " · ", line.tries, rx.cond(line.said != "", " · " + line.said, "")),
                class_name="row-words",
            ),
            badge(line.state, line.tone),
            class_name="row",
        ),
        rx.el.div(
            rx.el.dl(
                rx.el.dt("To"),
                rx.el.dd(line.url),
                rx.el.dt("Message"),
                rx.el.dd(line.message_id, class_name="mono"),
                class_name="facts-grid",
            ),
            rx.el.pre(line.body, class_name="other-body", tab_index=0, aria_label="What was sent"),
            rx.cond(line.again, button("Send again", kind="small", icon="send", on_click=state.again(line.key))),
            class_name="other-sent",
        ),
        class_name="other-delivery",
    )


def _ask() -> rx.Component:
    state = OtherSystemsState
    of_key = state.asked.startswith("key:")
    return dialog(
        state.asked != "",
        lambda _on: state.ask("", ""),
        rx.cond(of_key, "Revoke the key of ", "Remove the webhook to ") + state.asked_name + "?",
        rx.cond(
            of_key,
            rx.el.p("Whatever uses it is refused from the next request on. This cannot be taken back."),
            rx.el.p("Nothing more is sent to it, and its log of deliveries goes. What waits is not sent."),
        ),
        dialog_foot(
            button("Keep", kind="quiet", on_click=state.ask("", "")),
            button(rx.cond(of_key, "Revoke", "Remove"), kind="danger", on_click=state.end, id="end-it"),
        ),
    )
