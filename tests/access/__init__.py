"""Who reaches what: every page, handler, route, link, socket and export, tried by everybody who must not."""
