"""The team: everybody of the organisation, their roles, who is invited."""

import reflex as rx

from interview_platform.components.controls import (
    button,
    choice_list,
    copy_button,
    dialog,
    dialog_foot,
    field,
    text_input,
)
from interview_platform.components.feedback import badge, loaded, notice
from interview_platform.components.layout import head, section
from interview_platform.components.layout import page as frame
from interview_platform.states.recruiter_team import PersonLine, TeamState, WaitingLine

ROLES = (
    ("owner", "Owner"),
    ("recruiter", "Recruiter"),
    ("hiring_manager", "Hiring manager"),
    ("reviewer", "Reviewer"),
    ("auditor", "Auditor"),
)
MAY = (
    ("Owner", "Everything, and who belongs to the team."),
    ("Recruiter, hiring manager", "Jobs, candidates, interviews, decisions, settings of the organisation."),
    ("Reviewer", "Reads, rates, comments and corrects reports."),
    ("Auditor", "Reads everything, changes nothing."),
)


def page() -> rx.Component:
    """The whole page."""
    invite = rx.cond(
        TeamState.owner,
        button(
            "Invite a colleague",
            icon="user-plus",
            kind="primary",
            on_click=TeamState.toggle(True),
            id="invite-colleague",
        ),
    )
    return frame(
        "team",
        head("Team", TeamState.organisation_name, invite),
        loaded(TeamState, _body()),
        _invite(),
        _ask(),
        narrow=True,
    )


def _body() -> rx.Component:
    state = TeamState
    return rx.el.div(
        rx.cond(state.link != "", _made()),
        section("People", rx.el.div(rx.foreach(state.people, _person), class_name="rows")),
        rx.cond(
            state.waiting.length() > 0,
            section("Invited", rx.el.div(rx.foreach(state.waiting, _waiting), class_name="rows")),
        ),
        section("What each role may do", _roles(), note="Nobody sees another organisation's rows."),
    )


def _person(line: rx.Var[PersonLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(line.name, rx.cond(line.me, " (you)", "")), rx.el.span(line.email), class_name="row-words"),
        rx.cond(line.second_factor, badge("Second factor", "good", "shield-check")),
        rx.cond(line.disabled, badge("Switched off", "attention")),
        rx.cond(TeamState.owner & ~line.disabled, _role(line), rx.el.span(line.role_words, class_name="muted")),
        rx.cond(TeamState.owner & ~line.me, _switch(line)),
        class_name="row team-row",
    )


def _role(line: rx.Var[PersonLine]) -> rx.Component:
    return rx.el.select(
        *[rx.el.option(words, value=key) for key, words in ROLES],
        value=line.role,
        on_change=lambda role: TeamState.change_role(line.key, role),
        aria_label="Role of " + line.name,
        class_name="input compact",
    )


def _switch(line: rx.Var[PersonLine]) -> rx.Component:
    return rx.cond(
        line.disabled,
        button("Let in again", kind="small", on_click=TeamState.enable(line.key)),
        button("Switch off", kind="small", on_click=TeamState.ask(line.key, line.name)),
    )


def _waiting(line: rx.Var[WaitingLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(line.email), rx.el.span(line.role, " · open until ", line.until), class_name="row-words"),
        button("Withdraw", kind="small", on_click=TeamState.withdraw(line.key)),
        class_name="row",
    )


def _made() -> rx.Component:
    state = TeamState
    sent = rx.cond(state.mailed, "A letter is on its way to ", "No letter could be sent. Hand this link to ")
    made = notice(
        "mail",
        rx.el.p(sent, rx.el.b(state.link_for), ". The link makes one account and is not shown again."),
        rx.el.div(
            rx.el.input(value=state.link, read_only=True, aria_label="Link", id="join-link", class_name="input mono"),
            copy_button("Copy", state.link),
            class_name="line",
        ),
        tone="good",
    )
    return rx.el.div(made, class_name="team-made")


def _roles() -> rx.Component:
    return rx.el.dl(*[part for role, may in MAY for part in (rx.el.dt(role), rx.el.dd(may))], class_name="facts-grid")


def _invite() -> rx.Component:
    state = TeamState
    return dialog(
        state.inviting,
        state.toggle,
        "Invite a colleague",
        field(
            "E-mail address",
            text_input("colleague-email", state.email, state.write_email, type="email"),
            name="colleague-email",
            wrong=state.wrong,
        ),
        field("Role", choice_list("colleague-role", state.role, ROLES, state.pick_role), name="colleague-role"),
        rx.el.p("The link in the letter is good for seven days and one account.", class_name="note"),
        dialog_foot(
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            button("Send the invitation", icon="send", kind="primary", on_click=state.invite, id="send-invitation"),
        ),
    )


def _ask() -> rx.Component:
    state = TeamState
    return dialog(
        state.asked != "",
        lambda _on: state.ask("", ""),
        "Switch off " + state.asked_name + "?",
        rx.el.p("Every session ends at once. What this person did stays, with the name. You can let them in again."),
        dialog_foot(
            button("Keep", kind="quiet", on_click=state.ask("", "")),
            button("Switch off", kind="danger", on_click=state.disable, id="switch-off"),
        ),
    )
