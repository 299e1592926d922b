"""Tests see no settings of the machine that they run on."""

import os

for _variable in ("ACCESSIBLE", "ALLYCHECK_PLAIN", "CI", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR"):
    os.environ.pop(_variable, None)
