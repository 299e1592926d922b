"""Several organisations as one alliance (method 13)."""
