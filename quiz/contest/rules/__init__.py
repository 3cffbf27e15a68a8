"""Rules of contests, from values alone."""
