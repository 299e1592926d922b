"""The face that draws the whole window."""
