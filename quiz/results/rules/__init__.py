"""Rules of results, from values alone."""
