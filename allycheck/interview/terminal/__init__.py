"""The terminal behind the screen face: keys, windows, signals."""
