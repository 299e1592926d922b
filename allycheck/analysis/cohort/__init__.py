"""Many organisations at once, by group, with nobody given away (method 12)."""
