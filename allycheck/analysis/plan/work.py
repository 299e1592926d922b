"""How much a plan may take: some questionnaires' weights make an exact plan too large, and that is said (method 14)."""

MOST_WORK = 1_000_000
"""States that a plan may look at, some seconds; the questionnaires that ship take a few thousand."""
MOST_HELD = 300_000
"""States that it may hold at once, some hundred megabytes."""


class TooLargeError(Exception):
    """A plan takes more work than it was allowed."""


class Work:
    """Counts states looked at and states held; weights without a common measure can take very many of both."""

    def __init__(self, most: int = MOST_WORK) -> None:
        """At most so many to look at."""
        self.left = most

    def spend(self, states: int) -> None:
        """Raise TooLargeError where no more are left."""
        self.left -= states
        if self.left < 0:
            raise TooLargeError

    def hold(self, states: int) -> None:
        """Look at so many and hold them at once. Raises TooLargeError where they are too many."""
        self.spend(states)
        if states > MOST_HELD:
            raise TooLargeError
