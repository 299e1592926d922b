"""allycheck: alliance readiness as a command."""

__version__ = "0.1.0"
