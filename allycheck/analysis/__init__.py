"""Pure functions from scored answers to a result model."""
