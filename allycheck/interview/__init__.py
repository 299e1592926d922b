"""The interview: a pure session, and two faces that ask it in a terminal."""
