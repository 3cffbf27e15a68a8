"""What changes counters: every operation flushes and none commits."""
