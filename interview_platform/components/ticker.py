"""A clock on the page that calls a handler every few seconds."""

import reflex as rx
from reflex.event import no_args_event_spec

_asset = rx.asset("ticker.jsx", shared=True)


class Ticker(rx.NoSSRComponent):
    """Draws nothing; stops when it leaves the page or the tab is hidden."""

    library = _asset.importable_path
    tag = "Ticker"

    seconds: rx.Var[float]
    on_tick: rx.EventHandler[no_args_event_spec]


ticker = Ticker.create
