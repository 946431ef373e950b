"""Keys that work anywhere on a recruiter's page."""

import reflex as rx
from reflex.event import no_args_event_spec

_asset = rx.asset("hotkeys.jsx", shared=True)


class Hotkeys(rx.NoSSRComponent):
    """Listens on the window; draws nothing."""

    library = _asset.importable_path
    tag = "Hotkeys"

    on_palette: rx.EventHandler[no_args_event_spec]
    on_clear: rx.EventHandler[no_args_event_spec]


hotkeys = Hotkeys.create
