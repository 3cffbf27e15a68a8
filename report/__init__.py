"""The front page and the staff's home, which read both rooms. It has no table of its own and writes nothing."""
