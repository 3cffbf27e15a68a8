"""Reads both rooms for the front page and the staff's home; has no table of its own yet and writes nothing."""
