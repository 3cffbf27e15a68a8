"""Changes to ratings; every operation flushes and none commits."""
