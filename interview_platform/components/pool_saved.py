"""The saved views of a pool, the dialog that saves one, and which columns the table shows."""

from typing import ClassVar

import reflex as rx
from reflex.components.radix.primitives.dialog import DialogContent, DialogRoot
from reflex.components.radix.primitives.dialog import dialog as primitive

from interview_platform.components.controls import button, dialog, dialog_foot, field, text_input
from interview_platform.components.feedback import notice
from interview_platform.states.pool_saved import ViewChip, ViewsState
from interview_platform.states.recruiter_pool import PoolState

COLUMNS = (
    ("number", "Place in the list"),
    ("match", "Match"),
    ("requirements", "Requirements"),
    ("status", "Status"),
    ("added", "Added"),
)


class _MenuRoot(DialogRoot):
    """A dialog that is not modal and stands where it was opened, so it goes without a portal."""

    _valid_children: ClassVar[list[str]] = ["DialogTrigger", "_MenuContent"]


class _MenuContent(DialogContent):
    """What stands in it."""

    _valid_parents: ClassVar[list[str]] = ["_MenuRoot"]


def saved_views() -> rx.Component:
    """Everybody, each view, and what can be done with them."""
    everybody = rx.el.button(
        "Everybody",
        type="button",
        aria_pressed=rx.cond(PoolState.view == "", "true", "false"),
        on_click=ViewsState.open_view(""),
        class_name="stage-chip",
    )
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                everybody,
                rx.foreach(ViewsState.chips, _chip),
                role="group",
                aria_label="Saved views",
                id="views",
                class_name="stage-chips",
            ),
            rx.el.span(class_name="spring"),
            rx.cond(
                ViewsState.may_save,
                button("Save view", icon="bookmark", kind="quiet", on_click=ViewsState.ask(""), id="save-view"),
            ),
            _columns(),
            class_name="tools views",
        ),
        rx.cond(ViewsState.removed != "", _removed()),
        _dialog(),
    )


def _chip(chip: rx.Var[ViewChip]) -> rx.Component:
    is_open = PoolState.view == chip.key
    return rx.fragment(
        rx.el.button(
            rx.cond(chip.first, rx.icon("star", size=13)),
            chip.name,
            rx.cond(chip.first, rx.el.span(", your first view", class_name="hidden-text")),
            rx.cond(chip.shared, rx.el.span("team", class_name="note")),
            type="button",
            aria_pressed=rx.cond(is_open, "true", "false"),
            on_click=ViewsState.open_view(chip.key),
            class_name="stage-chip",
        ),
        rx.cond(
            is_open & chip.mine,
            button("Edit view", icon="pencil", kind="quiet small", on_click=ViewsState.ask(chip.key), id="edit-view"),
        ),
    )


def _removed() -> rx.Component:
    return notice(
        "trash-2",
        rx.el.span("The view “", ViewsState.removed_name, "” is removed. "),
        rx.el.button("Undo", type="button", on_click=ViewsState.undo, class_name="link", id="undo-view"),
    )


def _dialog() -> rx.Component:
    state = ViewsState
    new = state.editing == ""
    return dialog(
        state.is_open,
        state.toggle,
        rx.cond(new, "Save this view", "Edit this view"),
        rx.el.p("Keeps the search, the filters, the order and the columns as they are now.", class_name="muted"),
        field(
            "Name",
            text_input("view-name", state.name, state.write_name, max_length=60),
            name="view-name",
            wrong=state.wrong,
        ),
        rx.cond(state.may_share, _tick("view-shared", "Share with the team", state.shared, state.switch_shared)),
        _tick("view-first", "Open this job with it (for me)", state.first, state.switch_first),
        dialog_foot(
            rx.cond(
                ~new, button("Remove view", icon="trash-2", kind="danger", on_click=state.remove, id="remove-view")
            ),
            button("Not now", kind="quiet", on_click=state.toggle(False)),
            button("Save view", kind="primary", on_click=state.save, id="keep-view"),
        ),
    )


def _columns() -> rx.Component:
    """A menu of tick boxes beside the table: Escape or a click beside it closes it."""
    return rx.el.div(
        _MenuRoot.create(
            primitive.trigger(button("Columns", icon="columns-3", kind="quiet", id="columns"), as_child=True),
            _MenuContent.create(
                primitive.title("Columns"),
                *[
                    _tick(f"column-{key}", words, PoolState.columns.contains(key), PoolState.pick_column(key))
                    for key, words in COLUMNS
                ],
                rx.el.p("Yours, in every job.", class_name="note"),
                class_name="column-menu",
                aria_describedby="",
            ),
            modal=False,
        ),
        class_name="column-choice",
    )


def _tick(name: str, words: str, checked: rx.Var, on_change: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", id=name, checked=checked, on_change=on_change, class_name="check"),
        words,
        html_for=name,
        class_name="tick-line",
    )
