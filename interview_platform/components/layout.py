"""The frame of every recruiter's page: sidebar, head, palette, keys. One page is `page(...)` around its content."""

import reflex as rx

from interview_platform import routes
from interview_platform.components.hotkeys import hotkeys
from interview_platform.components.look import light_or_dark
from interview_platform.components.native_form import native_form
from interview_platform.components.palette import palette
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_palette import PaletteState

NAV = (
    ("home", "house", "Home", routes.HOME),
    ("jobs", "briefcase", "Jobs", routes.JOBS),
    ("talent", "users-round", "Talent pool", routes.TALENT),
    ("interviews", "video", "Interviews", routes.INTERVIEWS),
    ("reports", "file-text", "Reports", routes.REPORTS),
    ("questions", "library", "Question banks", routes.QUESTIONS),
    ("outbox", "mail", "Outbox", routes.OUTBOX),
    ("audit", "scroll-text", "Audit", routes.AUDIT),
    ("fairness", "scale", "Fairness", routes.FAIRNESS),
    ("settings", "settings", "Settings", routes.SETTINGS),
)
Words = str | rx.Var


def page(here: str, *content: rx.Component, narrow: bool = False, on_clear: object = None) -> rx.Component:
    """A recruiter's page. `here` is the key of its place in NAV; `on_clear` is what Escape does."""
    keys = {"on_palette": PaletteState.show}
    if on_clear is not None:
        keys["on_clear"] = on_clear
    return rx.el.div(
        rx.el.a("Skip to the page", href="#main", class_name="skip"),
        _sidebar(here),
        rx.el.main(
            rx.el.div(*content, class_name="content-inner narrow" if narrow else "content-inner"),
            id="main",
            class_name="content",
        ),
        palette(),
        hotkeys(**keys),
        class_name="app",
    )


def head(
    title: Words, facts: Words | rx.Component = "", *actions: rx.Component, back: tuple[str, Words] | None = None
) -> rx.Component:
    """A page's title, one line of facts, its actions on the right. `back`: (words, address) of the page above."""
    crumb = []
    if back is not None:
        crumb = [rx.el.a(rx.icon("chevron-left", size=14), back[0], href=back[1], class_name="crumb")]
    line = [rx.el.p(facts, class_name="facts")] if not isinstance(facts, str) or facts else []
    return rx.el.header(
        rx.el.div(*crumb, rx.el.h1(title), *line, class_name="head-words"),
        rx.el.div(*actions, class_name="head-actions") if actions else rx.fragment(),
        class_name="head",
    )


def section(title: Words, *content: rx.Component, action: rx.Component | None = None, note: Words = "") -> rx.Component:
    """A part of a page under its own title."""
    beside = [rx.el.span(note, class_name="note")] if not isinstance(note, str) or note else []
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title),
            *beside,
            *([rx.el.span(class_name="spring"), action] if action is not None else []),
            class_name="section-head",
        ),
        *content,
        class_name="section",
    )


def _sidebar(here: str) -> rx.Component:
    return rx.el.aside(
        rx.el.div(
            rx.el.span(RecruiterState.organisation_name[:1], aria_hidden="true", class_name="side-mark"),
            rx.el.span(RecruiterState.organisation_name),
            class_name="side-org",
        ),
        rx.el.button(
            rx.icon("search", size=16),
            rx.el.span("Go to"),
            rx.el.kbd("Ctrl K"),
            type="button",
            aria_label="Go to a page, job or interview",
            on_click=PaletteState.show,
            class_name="side-find",
        ),
        rx.el.nav(
            *[_seen(key, _link(here == key, icon, words, href, key)) for key, icon, words, href in NAV],
            aria_label="Main",
            class_name="side-nav",
        ),
        _person(),
        class_name="side",
    )


def _seen(key: str, link: rx.Component) -> rx.Component:
    """A place only for roles that may see it."""
    return rx.cond(RecruiterState.audits, link) if key == "fairness" else link


def _link(current: bool, icon: str, words: str, href: str, key: str) -> rx.Component:
    return rx.el.a(
        rx.icon(icon, size=18),
        rx.el.span(words),
        href=href,
        title=words,
        aria_current="page" if current else "false",
        class_name="side-link hide-narrow" if key in ("questions", "outbox", "audit", "fairness") else "side-link",
    )


def _person() -> rx.Component:
    return rx.el.div(
        rx.el.a(
            rx.el.b(RecruiterState.user_name),
            rx.el.span(RecruiterState.user_email),
            href=routes.ACCOUNT,
            title="Your account",
            class_name="side-person",
        ),
        light_or_dark(),
        native_form(
            rx.el.button(
                rx.icon("log-out", size=16),
                type="submit",
                title="Sign out",
                aria_label="Sign out",
                class_name="btn icon quiet",
            ),
            custom_attrs={"action": routes.API_SIGN_OUT, "method": "post"},
        ),
        class_name="side-foot",
    )
