"""What changes ratings: every operation flushes and none commits."""
