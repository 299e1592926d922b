"""The page as data, and the writers that draw it."""
