"""The entry point. `--version` answers before anything heavy is imported."""

import gc
import os
import sys


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
    # A short-lived process: looking for reference cycles while importing costs more than it could free.
    gc.set_threshold(100_000)
    # pydantic would otherwise look through every installed package for plugins at each start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from allycheck.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()
