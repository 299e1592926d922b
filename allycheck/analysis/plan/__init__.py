"""The cheapest steps to a target, or the most for a budget (SCORING section 14)."""
