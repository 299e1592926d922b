"""What can go wrong through no fault of the program, said for people: what, where, what to do.

Exit codes are part of the command line's contract (see README, "Exit codes").
"""

from dataclasses import dataclass

Loc = tuple[str | int, ...]
"""A path into a document: keys and list positions from the root."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file.

    `loc` is where it stands in the document; `at_key` points at a mapping's key rather than at its value.
    `where` is the printed place ("answers.yaml:12:3"), filled in by whoever knows the file.
    """

    what: str
    loc: Loc = ()
    hint: str = ""
    at_key: bool = False
    where: str = ""

    def __str__(self) -> str:
        path = ".".join(str(part) for part in self.loc)
        parts = [part for part in (self.where, path, self.what) if part]
        return ": ".join(parts) + (f"; {self.hint}" if self.hint else "")


class AllycheckError(Exception):
    """The one root of every error a user can cause. `faults` holds at least one, in reading order."""

    exit_code = 3

    def __init__(self, what: str | list[Fault], where: str = "", hint: str = "") -> None:
        self.faults = what if isinstance(what, list) else [Fault(what, where=where, hint=hint)]
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageError(AllycheckError):
    """The command was called with something that makes no sense."""

    exit_code = 2


class MissingAnswersError(AllycheckError):
    """Answers are missing where nothing may be asked."""

    exit_code = 5


class OutputError(AllycheckError):
    """A result could not be written: full disk, read-only folder."""

    exit_code = 6
