"""Tables: heads, cells, paging."""

from typing import Any

import reflex as rx

from interview_platform.components.controls import choice_list, search_box

Words = str | rx.Var


def table(label: str, heads: list[rx.Component], rows: rx.Var, row: Any) -> rx.Component:
    """A table over a list var; `row` makes one `<tr>`."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(label, class_name="hidden-text"),
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(rx.foreach(rows, row)),
            class_name="table",
        ),
        class_name="table-wrap",
    )


def head(words: Words = "", look: str = "") -> rx.Component:
    """One column's head."""
    return rx.el.th(words, scope="col", class_name=look)


def cell(*content: rx.Component | Words, look: str = "", label: str = "") -> rx.Component:
    """One cell. `look`: right | hide-narrow | nowrap | fill | person. `label` stands before it on a phone."""
    return rx.el.td(*content, class_name=look, custom_attrs={"data-label": label} if label else {})


def named(words: rx.Var, note: rx.Var, href: rx.Var) -> rx.Component:
    """A name that leads on, with a line under it."""
    return rx.fragment(
        rx.el.a(words, href=href, class_name="cell-link"),
        rx.cond(note != "", rx.el.span(note, class_name="cell-note")),
    )


def searched(
    state: Any, name: str, placeholder: str, statuses: Any, rows: rx.Component, none: rx.Component
) -> rx.Component:
    """A list of a state with `Paged`: search, statuses to narrow by, the rows or what stands for none, the pages."""
    tools = rx.el.div(
        search_box(f"{name}-search", state.search, state.find, placeholder),
        choice_list(
            f"{name}-status",
            state.status,
            statuses,
            state.narrow,
            aria_label="Status",
            look="compact",
            style={"width": "auto"},
        ),
        class_name="tools",
    )
    shown = rx.cond(state.lines.length() > 0, rows, none)
    return rx.el.div(tools, shown, pager(state.first, state.last, state.total, state.page))


def pager(first: rx.Var, last: rx.Var, total: rx.Var, on_page: Any) -> rx.Component:
    """ "51–100 of 212" with earlier and later; `on_page` takes -1 or 1. Nothing when all is on one page."""
    return rx.cond(
        (first > 1) | (last < total),
        rx.el.div(
            rx.el.span(first, "–", last, " of ", total, class_name="num"),
            rx.el.button("Earlier", type="button", disabled=first <= 1, on_click=on_page(-1), class_name="btn small"),
            rx.el.button("Later", type="button", disabled=last >= total, on_click=on_page(1), class_name="btn small"),
            class_name="pager",
        ),
    )
