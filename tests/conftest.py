"""Tests see no settings of the machine that they run on."""

import os

from hypothesis import settings

for _variable in ("ACCESSIBLE", "ALLYCHECK_PLAIN", "CI", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR"):
    os.environ.pop(_variable, None)

# A busy machine is not a fault.
settings.register_profile("allycheck", deadline=None)
settings.load_profile("allycheck")
