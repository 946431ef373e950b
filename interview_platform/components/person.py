"""Parts of a candidate's page: the original beside the text, the sources, who may be the same person."""

import reflex as rx

from interview_platform.components.controls import button, link_button, tabs
from interview_platform.components.feedback import empty, notice
from interview_platform.components.layout import section
from interview_platform.states.person_lines import ConflictLine, MergedLine, PairLine, SourceLine, UnseenLine
from interview_platform.states.recruiter_import import ImportState
from interview_platform.states.recruiter_person import PersonState


def document() -> rx.Component:
    """The file as a person sees it, as it was read, and what only a machine would see."""
    unseen = rx.cond(
        PersonState.unseen.length() > 0,
        "Not seen by people (" + PersonState.unseen.length().to_string() + ")",
        "Not seen",
    )
    return rx.el.section(
        rx.el.div(
            tabs(
                PersonState.view,
                (("original", "Original"), ("text", "Text as read"), ("unseen", unseen)),
                PersonState.show_view,
            ),
            class_name="candidate-tabs",
        ),
        rx.match(
            PersonState.view,
            ("text", rx.el.div(PersonState.text, class_name="letter candidate-text", tab_index=0)),
            ("unseen", _unseen()),
            _original(),
        ),
        aria_label="The file",
        class_name="candidate-right",
        id="document",
    )


def _original() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(PersonState.filename, class_name="note"),
            rx.el.span(class_name="spring"),
            rx.cond(
                PersonState.file_url != "",
                link_button(
                    "Open the file",
                    PersonState.file_url,
                    icon="external-link",
                    kind="small",
                    target="_blank",
                    rel="noopener",
                ),
            ),
            class_name="line",
        ),
        rx.cond(PersonState.not_drawn != "", notice("image-off", PersonState.not_drawn)),
        rx.cond(
            PersonState.pictures.length() > 0,
            rx.foreach(PersonState.pictures, _picture),
            rx.cond(
                PersonState.drawing,
                rx.el.div(
                    rx.el.span("The pages are being drawn", class_name="hidden-text"),
                    role="status",
                    class_name="skeleton file-page",
                ),
                rx.el.div(PersonState.text, class_name="letter candidate-text", tab_index=0),
            ),
        ),
        class_name="stack",
    )


def _picture(address: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    return rx.el.img(
        src=address,
        alt="Page " + (index + 1).to_string() + " as a person sees it",
        loading="lazy",
        class_name="file-page",
    )


def _unseen() -> rx.Component:
    return rx.cond(
        PersonState.unseen.length() > 0,
        rx.el.div(
            notice(
                "eye-off",
                "This text stands in the file, but a person who reads it does not see it. It was left out of facts and "
                "ranking. Templates and scanners leave such text behind by accident, too: ask before you conclude.",
                tone="attention",
            ),
            rx.foreach(PersonState.unseen, _unseen_text),
            class_name="stack",
        ),
        rx.cond(
            PersonState.checked,
            empty("eye", "Nothing hidden was found", "What a person sees and what the file's text says are the same."),
            empty(
                "eye-off",
                "This source was not checked",
                "What a person sees could not be compared with what the file says. Look at the original first.",
            ),
        ),
    )


def _unseen_text(line: rx.Var[UnseenLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.el.b(line.why, class_name="strong"), rx.el.span(line.where, class_name="note"), class_name="line"),
        rx.el.div(line.text, class_name="letter"),
        class_name="stack tight",
    )


def more_facts() -> rx.Component:
    """Skills, languages and certificates, as the sources name them."""
    return rx.el.div(
        _listed("Skills", PersonState.skills, "person-skills"),
        _listed("Languages", PersonState.languages, "person-languages"),
        _listed("Certificates and licences", PersonState.certificates, "person-certificates"),
        class_name="panel-words",
    )


def _listed(title: str, lines: rx.Var[list[MergedLine]], key: str) -> rx.Component:
    def one(line: rx.Var[MergedLine]) -> rx.Component:
        level = rx.cond(line.detail != "", rx.el.span(" · " + line.detail, class_name="note"))
        return rx.el.li(line.value, level, class_name="chip", style={"padding": "0 10px"})

    held = rx.el.ul(rx.foreach(lines, one), class_name="chips", style={"list_style": "none", "padding": "0"}, id=key)
    return rx.cond(lines.length() > 0, rx.fragment(rx.el.h3(title), held))


def sources() -> rx.Component:
    """Where the facts come from, and where sources say different things."""
    return section(
        "Sources",
        rx.el.div(rx.foreach(PersonState.sources, _source), class_name="rows", id="sources"),
        rx.cond(
            PersonState.several & (PersonState.skills.length() > 0),
            rx.el.details(
                rx.el.summary(rx.icon("chevron-right", size=14), "Skills, and which source says so"),
                rx.el.ul(rx.foreach(PersonState.skills, _merged), class_name="rows"),
                class_name="more",
            ),
        ),
        rx.cond(
            PersonState.conflicts.length() > 0,
            rx.el.div(
                rx.el.h3("Where sources differ", class_name="small-head"),
                rx.foreach(PersonState.conflicts, _conflict),
                class_name="stack",
                id="conflicts",
            ),
        ),
        action=button("Add a source", icon="plus", kind="small", on_click=ImportState.show_for_person, id="add-source"),
    )


def _source(line: rx.Var[SourceLine]) -> rx.Component:
    return rx.el.button(
        rx.icon("file-text", size=18),
        rx.el.div(
            rx.el.b(line.kind),
            rx.el.span(line.filename, " · ", line.when),
            rx.cond(line.note != "", rx.el.span(line.note, class_name=line.tone)),
            class_name="row-words",
        ),
        rx.cond(line.resume == PersonState.shown_source, rx.el.span("shown", class_name="note")),
        type="button",
        on_click=PersonState.show_source(line.resume),
        class_name="row",
    )


def _merged(line: rx.Var[MergedLine]) -> rx.Component:
    return rx.el.li(rx.el.div(rx.el.b(line.value), rx.el.span(line.said_by), class_name="row-words"), class_name="row")


def _conflict(line: rx.Var[ConflictLine]) -> rx.Component:
    return rx.el.div(
        rx.el.b(line.what, class_name="strong"),
        rx.el.ul(rx.foreach(line.said, lambda said: rx.el.li(said, class_name="note"))),
        class_name="stack tight",
    )


def duplicates() -> rx.Component:
    """Candidates who may be the same person; a person decides."""
    return rx.el.div(rx.foreach(PersonState.pairs, _pair), id="duplicates")


def _pair(pair: rx.Var[PairLine]) -> rx.Component:
    return rx.el.div(
        notice(
            "users",
            rx.cond(
                pair.merged,
                rx.fragment("Merged with ", rx.el.b(pair.name), ". "),
                rx.fragment("May be the same person as ", rx.el.b(pair.name), ": ", pair.why, "."),
            ),
            rx.el.div(
                rx.cond(
                    pair.merged,
                    button("Undo", kind="small", on_click=PersonState.undo(pair.key)),
                    rx.fragment(
                        button("Merge", kind="small primary", on_click=PersonState.merge(pair.key)),
                        button("Two people", kind="small", on_click=PersonState.dismiss(pair.key)),
                    ),
                ),
                class_name="line",
            ),
            tone=rx.cond(pair.merged, "", "attention"),
        ),
        class_name="section",
    )
