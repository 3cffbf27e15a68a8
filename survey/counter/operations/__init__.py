"""Changes to counters; every operation flushes and none commits."""
