"""What the sign-in page says. It has no handlers: signing in is a native form (api.py)."""

import reflex as rx

_WRONG = "This e-mail address and password do not belong together. Check both and try again."
_TOO_MANY = "Too many tries for this address. Wait 15 minutes and try again."


class SignInState(rx.State):
    """Reads the address; only words of ours are shown, whatever the link says."""

    @rx.var
    def reason(self) -> str:
        """Why the last try failed, or "" before the first."""
        said = str(self.router.url.query_parameters.get("error", ""))
        if not said:
            return ""
        return _TOO_MANY if said.startswith("Too many") else _WRONG

    @rx.var
    def target(self) -> str:
        """The page that was asked for."""
        return str(self.router.url.query_parameters.get("next", ""))
