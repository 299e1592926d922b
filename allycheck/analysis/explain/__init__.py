"""Where a number comes from: every term of its sum."""
