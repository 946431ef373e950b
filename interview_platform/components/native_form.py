"""A plain HTML form. Reflex's own form always prevents the real POST, which signing in needs for its cookie."""

import reflex as rx


class NativeForm(rx.el.Div):
    """`<form>` that the browser itself sends."""

    tag = "form"


native_form = NativeForm.create
