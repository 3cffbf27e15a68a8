"""Rules of counters, from values alone."""
