"""Several organisations as one alliance (SCORING section 13)."""
