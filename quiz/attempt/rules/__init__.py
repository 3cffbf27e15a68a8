"""Rules of attempts, from values alone."""
