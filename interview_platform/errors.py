"""Every error the product raises on purpose.

PlatformError                 message written for the person who reads it
├── NotFound                  no such row, or not this person's row (the two look the same from outside)
├── NotSignedIn               no valid session
├── NotAllowed                signed in, but the role does not cover it
├── BadInput                  what was typed or uploaded cannot be used; nothing was lost
│   ├── ResumeUnreadable      a file that is no résumé we can read, with the reason
│   └── TimeTaken             somebody else was faster with this time
├── InviteInvalid             a candidate's link that does not open
│   ├── InviteExpired
│   ├── InviteRevoked
│   ├── InviteErased          the data behind it were deleted
│   └── InviteUsed
├── ConsentMissing            the interview cannot start before consent
├── InterviewEnded            nothing more can be said in it
├── ServiceUnavailable        an outside service (LLM, mail, storage) did not do its part
└── ModelMissing              a model's weights are not here, or are not the bytes we pinned
"""


class PlatformError(Exception):
    """An expected failure. `str(error)` is shown to a person: it says what happened and the way out."""


class NotFound(PlatformError):
    """No such thing for this person."""


class NotSignedIn(PlatformError):
    """The session is missing or over."""


class NotAllowed(PlatformError):
    """The role does not cover the action."""


class BadInput(PlatformError):
    """What was typed or uploaded cannot be used."""


class ResumeUnreadable(BadInput):
    """A file that cannot be read as a résumé. `reason` is a short stable word (encrypted, damaged, …)."""

    def __init__(self, message: str, reason: str = "unreadable") -> None:
        super().__init__(message)
        self.reason = reason


class TimeTaken(BadInput):
    """A time that cannot be had any more; nothing was booked and what was booked before stays."""


class InviteInvalid(PlatformError):
    """The link does not open an interview."""


class InviteExpired(InviteInvalid):
    """The link's time is over."""


class InviteRevoked(InviteInvalid):
    """The recruiter withdrew the link."""


class InviteErased(InviteInvalid):
    """The data behind the link were deleted. `number` is the receipt's, `counts` are (kind, number of things)."""

    def __init__(self, message: str, number: str = "", counts: tuple[tuple[str, int], ...] = ()) -> None:
        super().__init__(message)
        self.number, self.counts = number, counts


class InviteUsed(InviteInvalid):
    """The interview behind the link has ended."""


class ConsentMissing(PlatformError):
    """The candidate has not agreed yet."""


class InterviewEnded(PlatformError):
    """The interview is over."""


class ServiceUnavailable(PlatformError):
    """An outside service failed; the cause is chained."""


class ModelMissing(PlatformError):
    """A model's weights are absent or wrong."""
