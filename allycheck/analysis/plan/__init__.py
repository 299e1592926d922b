"""The cheapest steps to a target, or the most for a budget (method 14)."""
