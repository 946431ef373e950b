"""A plain HTML form and a plain link. Reflex's own form always prevents the real POST, which signing in needs for its
cookie; its own link stays within the pages, where a route of the API is no page.
"""

import reflex as rx


class NativeForm(rx.el.Div):
    """`<form>` that the browser itself sends."""

    tag = "form"


class NativeLink(rx.el.Div):
    """`<a>` that the browser itself follows; give its address as `custom_attrs={"href": …}`."""

    tag = "a"


native_form = NativeForm.create
native_link = NativeLink.create
