"""A list that the database searches and pages: what the states of such lists share."""

import reflex as rx

from interview_platform.states.guard import recruiter_event


class Paged(rx.State, mixin=True):
    """Mixed into a state with `_read(first, size)`: fills the lines from row `first` (0 is the first), tells how many.

    `first` and `last` are the numbers of the rows shown, as people count them.
    """

    search: str = ""
    first: int = 1
    last: int = 0
    total: int = 0
    _size: int = 50

    @recruiter_event
    def find(self, text: str):
        """Narrow by words."""
        self.search = text[:200]
        self._show(1)

    @recruiter_event
    def page(self, step: int):
        """Go on (1) or back (-1)."""
        self._show(max(1, self.first + (1 if step > 0 else -1) * self._size))

    def _show(self, first: int) -> None:
        """The page that begins at `first`; the last page where there are fewer rows by now."""
        shown, self.total = self._read(first - 1, self._size)
        if not shown and self.total and first > 1:
            first = (self.total - 1) // self._size * self._size + 1
            shown, self.total = self._read(first - 1, self._size)
        self.first, self.last = (first, first - 1 + shown) if shown else (1, 0)

    def _read(self, first: int, size: int) -> tuple[int, int]:
        raise NotImplementedError
