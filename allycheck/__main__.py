"""The entry point. `--version` answers before anything heavy is imported."""

import gc
import os
import sys
from collections.abc import Callable
from types import FrameType

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from allycheck import __version__

        try:
            print(f"allycheck {__version__}", flush=True)
        except OSError:
            pass  # the command line says so below
        else:
            return
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    # A short-lived process: looking for reference cycles never pays, not while importing ...
    gc.set_threshold(100_000)
    # pydantic would otherwise look through every installed package for plugins at each start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from allycheck.cli.app import run

    code = _interruptible(run)
    # ... and not at the end, where the interpreter would go through all that is left.
    gc.freeze()
    sys.exit(code)


def _interruptible(run: Callable[[], int]) -> int:
    import signal

    try:
        if signal.getsignal(signal.SIGINT) is _leave:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End at Ctrl-C on the spot, while nothing is done yet: an exception may surface anywhere amid imports."""
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
