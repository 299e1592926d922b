"""The entry point. `--version` and `-V` answer before anything heavy is imported.

Ctrl-C is taken care of before anything else, so little is imported here; what comes before `main` is Python's own.
"""

import os
import sys

INTERRUPTED = 130

try:
    import signal
except KeyboardInterrupt:
    os._exit(INTERRUPTED)


def main() -> None:
    """Run the command line and exit with its code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    if sys.argv[1:] in (["--version"], ["-V"]) and sys.stdout is not None and not _asked_for_words():
        from allycheck import __version__

        try:
            print(f"allycheck {__version__}", flush=True)
        except OSError:
            pass  # the command line says so below
        else:
            return
    import gc

    # A short-lived process: looking for reference cycles never pays, not while importing ...
    gc.set_threshold(100_000)
    # pydantic would otherwise look through every installed package for plugins at each start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = _interruptible()
    # ... and not at the end, where the interpreter would go through all that is left.
    gc.freeze()
    sys.exit(code)


def _interruptible() -> int:
    """Run what was asked for; from here on Ctrl-C unwinds it, so that nothing half-written is left."""
    from allycheck.cli.app import run

    taken = signal.getsignal(signal.SIGINT) is _leave
    try:
        if taken:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = run()
        if taken:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python is ending: an exception would only be a traceback
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _asked_for_words() -> bool:
    """Whether a shell completes what is typed (see `allycheck.cli.completion`), which runs nothing."""
    return "_ALLYCHECK_COMPLETE" in os.environ


def _leave(_number: int, _frame: object) -> None:
    """End at Ctrl-C on the spot, while nothing is done yet: an exception may surface anywhere amid imports."""
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
