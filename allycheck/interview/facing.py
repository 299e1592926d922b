"""Which face to show: the screen, plain lines, or none where nobody could answer."""

import os
import sys
from collections.abc import Mapping
from typing import Literal, NamedTuple

from allycheck.interview.terminal import STDERR, STDIN, Window, window_size

FaceName = Literal["screen", "lines"]
SMALLEST = Window(40, 12)
_NO = {"", "0", "false", "no"}
_SIMPLE_TERMINALS = {"", "dumb", "unknown"}


class Surroundings(NamedTuple):
    """What the choice depends on."""

    environment: Mapping[str, str]
    has_terminal: bool
    window: Window
    needs_term: bool = True


def surroundings() -> Surroundings:
    """Those of this process. The test is that of the system: libraries are talked round by FORCE_COLOR."""
    return Surroundings(
        os.environ, os.isatty(STDIN) and os.isatty(STDERR), window_size(), needs_term=sys.platform != "win32"
    )


def face_for(around: Surroundings, *, plain: bool = False, no_input: bool = False) -> FaceName | None:
    """The face to show; None where nothing may be asked."""
    environment = around.environment
    if no_input or not around.has_terminal or _says_yes(environment, "CI"):
        return None
    simple = around.needs_term and environment.get("TERM", "") in _SIMPLE_TERMINALS
    wanted = plain or _says_yes(environment, "ALLYCHECK_PLAIN") or _says_yes(environment, "ACCESSIBLE")
    small = around.window.width < SMALLEST.width or around.window.height < SMALLEST.height
    return "lines" if simple or wanted or small else "screen"


def _says_yes(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").lower() not in _NO
